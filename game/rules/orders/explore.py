"""A campaign that looks for ore at home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np

from game.engine.axes import MINE, TURNS_PER_YEAR, Axes, turn_date
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.exploration import CAMPAIGN_TURNS, FRONTIER, GROUNDS, LAND, find_odds, typical_find_t
from game.engine.fields import PROGRAMME
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, choice_field, mineral_field
from game.rules.number import mass, money, percent, two_digits
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, free_cash, want
from game.text import _

Ground = Literal["land", "frontier"]
GROUND_NAMES: tuple[Ground, ...] = ("land", "frontier")
MOST_USD_BN = 0.4
PLENTY_TURNS = 40.0  # of mining that known ore lasts, from which nobody looks for more
PURSE_CASH_SHARE = 0.1


class Explore(Order):
    """Two years of drilling, paid turn by turn; at the end ore is found, or is not."""

    kind = "explore"
    title = "Explore"
    summary = "May find your own ore and miners' jobs; mostly finds nothing, and taxpayers pay for the holes."
    lead = "two years, then by chance"
    icon = "explore"
    group = "industry"
    options = len(GROUNDS)

    mineral: str = mineral_field()
    ground: Ground = choice_field("Where", {"land": "Known ground", "frontier": "Frontier"}, default="land")
    size_usd_bn: float = amount_field("Money", "US$ bn")

    def row(self, axes: Axes) -> Row:
        """Mineral, ground, money."""
        return Row(axes.mineral_index[self.mineral], option=GROUNDS.index(self.ground), size=self.size_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(mineral=axes.minerals[row.mineral], ground=GROUND_NAMES[row.option], size_usd_bn=row.size)

    @classmethod
    def odds(cls, calibration: Calibration, batch: Batch) -> Array:
        """Chance that each asking's campaign finds ore, [A]."""
        shape = (len(batch), *calibration.capacity_t.shape[:2])
        money = np.broadcast_to(batch.size[:, None, None], shape)
        ground = np.broadcast_to(batch.option[:, None, None].astype(np.float64), shape)
        return np.asarray(find_odds(calibration, money, ground)[np.arange(len(batch)), batch.n, batch.mineral])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Ore is scarce, the ground may hold some, and nobody drills for it yet."""
        at = (batch.w, batch.n, batch.mineral)
        idle = world.exploration_usd_bn[at] <= 0
        scarce = np.isfinite(world.reserves_t[at])
        bounded = (batch.size > 0) & (batch.size <= MOST_USD_BN)
        allowed: Flags = idle & scarce & bounded & (cls.odds(calibration, batch) > 0)
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Equal parts over the turns of drilling."""
        outlays: Array = (np.arange(HORIZON) < CAMPAIGN_TURNS) * (batch.size / CAMPAIGN_TURNS)[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Send the geologists and promise their pay."""
        at = (batch.w, batch.n, batch.mineral)
        world.exploration_usd_bn[at] = batch.size
        world.exploration_ground[at] = batch.option
        world.exploration_until[at] = world.turn + CAMPAIGN_TURNS
        promised = cls.outlays(world, calibration, batch)
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind]] += promised

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Look where mines run out of ore, or where all ore comes from abroad and some may lie at home."""
        w, calibration = s.world, s.calibration
        size = np.minimum(MOST_USD_BN / 2, PURSE_CASH_SHARE * free_cash(s)) * np.ones_like(s.need_t)
        odds = [find_odds(calibration, size, np.full(size.shape, ground)) for ground in (LAND, FRONTIER)]
        years = typical_find_t(calibration) / np.maximum(calibration.baseline.mined_t.sum(0), 1e-12)[:, None]
        worth = np.sqrt(np.stack(odds, -1) * np.sqrt(years))
        ground = worth.argmax(-1)
        lasts = ratio(w.reserves_t, np.maximum(w.capacity_t[..., MINE], 1e-12))
        running_out = np.clip(1.0 - lasts / PLENTY_TURNS, 0.0, 1.0) * (w.capacity_t[..., MINE] > 0)
        for_income = want(p, "revenue") * np.sqrt(s.market_weight) * running_out
        lacking = np.clip(1.0 - ratio(TURNS_PER_YEAR * w.reserves_t, PLENTY_TURNS * s.need_t), 0.0, 1.0)
        for_safety = want(p, "security") * s.weight * lacking * (s.need_t > 0)
        drilling = (w.exploration_usd_bn > 0).sum(-1, keepdims=True)
        fresh = np.isfinite(w.reserves_t) / (1.0 + 3.0 * drilling)
        score = 0.9 * (for_income + 0.7 * for_safety) * worth.max(-1) * fresh * (size > 0.005)
        return by_mineral(s, score, size, option=ground)

    def obstacles(self, view: NationView) -> list[Problem]:
        """Ore enough, drilling already, barren ground, or more money than drills can use."""
        m = view.axes.mineral_index[self.mineral]
        names = {"nation": view.name(view.iso3), "mineral": view.name(self.mineral)}
        if not np.isfinite(view.world.reserves_t[0, view.nation, m]):
            what = _("{nation} has more ore of {mineral} than it will ever dig", **names)
            return [self.problem("mineral", what, _("choose another mineral"))]
        if view.world.exploration_usd_bn[0, view.nation, m] > 0:
            date = turn_date(int(view.world.exploration_until[0, view.nation, m]))
            what = _("geologists look for {mineral} already, until {date}", date=date, **names)
            return [self.problem("mineral", what, _("wait for what they find, or choose another mineral"))]
        if self.size_usd_bn > MOST_USD_BN:
            what = _("there are not drills enough for {size}", size=money(self.size_usd_bn))
            return [self.problem("size_usd_bn", what, _("at most {most}", most=money(MOST_USD_BN)))]
        if not self.odds(view.calibration, self.batch(view))[0] > 0:
            what = _("{nation} has no known ground with {mineral}", **names)
            return [self.problem("ground", what, _("look on the frontier"))]
        return []

    def describe(self, view: NationView) -> str:
        """Money, chance, and what a find would be."""
        m, ground = view.axes.mineral_index[self.mineral], GROUNDS.index(self.ground)
        return _(
            "Exploration for {mineral} ({ground}): {money}; chance of a find {chance}, typically {amount} of ore",
            mineral=view.name(self.mineral),
            ground=_("known ground") if self.ground == "land" else _("frontier"),
            money=money(self.size_usd_bn),
            chance=percent(float(self.odds(view.calibration, self.batch(view))[0])),
            amount=mass(float(typical_find_t(view.calibration)[view.nation, m, ground])),
        )

    def objects(self, view: NationView) -> list[str]:
        """Those on whose land it is."""
        return [_("people on whose land the drills stand"), _("taxpayers")]

    def turns_until_effect(self, view: NationView) -> int:
        """The turns of drilling."""
        return CAMPAIGN_TURNS - 1

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to what drills can use and the treasury bears; half of it is proposed."""
        if name != "size_usd_bn":
            return None
        unit = Batch.of(view.nation, Row(0, size=1.0))
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        most = min(float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0]), MOST_USD_BN)
        return two_digits(most / 1000), two_digits(most), two_digits(most / 2)
