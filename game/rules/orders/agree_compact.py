"""A compact with the communities around the sites of a mineral."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from game.engine.acceptance import opening_licence
from game.engine.axes import TURNS_PER_YEAR, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.compact import COMPACT_TURNS, FULL_SHARE, site_value_usd_bn
from game.engine.fields import PROGRAMME
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, mineral_field
from game.rules.number import money, two_digits
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_mineral, free_cash, want
from game.text import _

MOST_PACKAGE = 5.0  # times what brings two thirds of the effect
SHOWS_AFTER = 2  # turns until acceptance has risen visibly
CALM_LICENCE = 50.0  # social licence under which a nation thinks of a compact
GREAT_STAKE = 0.005  # of GDP: yearly value made at sites from which a nation takes full interest in them


class AgreeCompact(Order):
    """Schools, water, jobs and a say for those who live around the sites, paid each turn for eight turns."""

    kind = "agree_compact"
    title = "Community compact"
    summary = (
        "Neighbours keep the site open and investors stay; your purse pays every turn, and other sites want the same."
    )
    lead = "paid from this turn for eight turns; acceptance rises over some turns"
    icon = "compact"
    group = "resources"

    mineral: str = mineral_field()
    package_usd_bn: float = amount_field("Package", "US$ bn a turn")

    def row(self, axes: Axes) -> Row:
        """Mineral, package."""
        return Row(axes.mineral_index[self.mineral], size=self.package_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(mineral=axes.minerals[row.mineral], package_usd_bn=row.size)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Sites work, none of their compacts is in force, and the package is no more than could be used."""
        where = (batch.w, batch.n, batch.mineral)
        full = FULL_SHARE * site_value_usd_bn(world, calibration)[where]
        allowed: Flags = (batch.size > 0) & (batch.size <= MOST_PACKAGE * full)
        return allowed & (world.compact_until[where] <= world.turn)

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The package, every turn."""
        outlays: Array = (np.arange(HORIZON) < COMPACT_TURNS) * batch.size[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Promise the package."""
        where = (batch.w, batch.n, batch.mineral)
        world.compact_usd_bn[where] = batch.size
        world.compact_until[where] = world.turn + COMPACT_TURNS
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind], :COMPACT_TURNS] += batch.size[:, None]

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Those who care for standards or have lost their neighbours, at the sites that matter."""
        w = s.world
        value = site_value_usd_bn(w, s.calibration)
        stake = np.sqrt(np.clip(value * TURNS_PER_YEAR / s.baseline.gdp_usd_bn[:, None] / GREAT_STAKE, 0.0, 1.0))
        lost = np.maximum(opening_licence(s.baseline) - w.social_licence, 0.0) / 15.0
        low = np.maximum(CALM_LICENCE - w.social_licence, 0.0) / CALM_LICENCE
        package = np.minimum(FULL_SHARE * value, 0.2 * free_cash(s))
        free = w.compact_until <= w.turn
        keen = want(p, "standards") * low + want(p, "patience") * lost
        running = (w.compact_usd_bn > 0).sum(2, keepdims=True)
        score = keen * stake * free * (package > 0.2 * FULL_SHARE * value) / (1.0 + 2.0 * running)
        return by_mineral(s, score, package)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No site, a compact in force, or more than could be used."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        names = {"nation": view.name(view.iso3), "mineral": view.name(self.mineral)}
        wait = int(view.world.compact_until[0, n, m]) - view.world.turn
        if wait > 0:
            what = _("a compact for {mineral} is in force", **names)
            return [self.problem("mineral", what, _("it can be renewed in {turns}", turns=turns_text(wait)))]
        most = MOST_PACKAGE * FULL_SHARE * float(site_value_usd_bn(view.world, view.calibration)[0, n, m])
        if most <= 0:
            what = _("no site of {mineral} works in {nation}", **names)
            return [self.problem("mineral", what, _("choose a mineral that is dug or refined at home"))]
        what = _("the communities could not use {package} a turn", package=money(self.package_usd_bn))
        return [self.problem("package_usd_bn", what, _("at most {most} a turn", most=money(most)))]

    def describe(self, view: NationView) -> str:
        """Package and social licence today."""
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        return _(
            "Community compact for {mineral}: {package} a turn for {turns} (social licence {licence:.0f})",
            mineral=view.name(self.mineral),
            package=money(self.package_usd_bn),
            turns=turns_text(COMPACT_TURNS),
            licence=float(view.world.social_licence[0, n, m]),
        )

    def objects(self, view: NationView) -> list[str]:
        """Other sites, and the taxpayer."""
        return [_("communities at other sites, who want the same"), _("taxpayers")]

    def turns_until_effect(self, view: NationView) -> int:
        """Acceptance rises by a part each turn."""
        return SHOWS_AFTER

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to what could be used; a package of the usual size is proposed, or half of what can be paid."""
        if name != "package_usd_bn" or given.get("mineral") not in view.axes.mineral_index:
            return None
        m = view.axes.mineral_index[given["mineral"]]
        full = FULL_SHARE * float(site_value_usd_bn(view.world, view.calibration)[0, view.nation, m])
        unit = Batch.of(view.nation, Row(m, size=1.0))
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        most = float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0])
        return two_digits(full / 10), two_digits(MOST_PACKAGE * full), two_digits(min(full, most / 2))
