"""A rule that ore must be refined at home."""

from __future__ import annotations

from typing import Self

import numpy as np

from game.engine.axes import ORE, REFINE, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.climate import change_rules
from game.engine.postings import post_trust
from game.engine.processing import able, rule_share
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.field import mineral_field, number_field
from game.rules.number import percent
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, want
from game.text import _

SAME = 1e-6  # smaller differences of a share are none
LONGEST = 12  # turns until the whole of a rule holds
USUAL_TURNS = 6
LIFT_CAPITAL = 1.0
TRUST_POINTS = 10.0  # that a buyer loses whose ore all comes from here and all must stay
USUAL_SHARE = 0.5
ABLE_ENOUGH = 0.35  # from which a nation of its own accord tries
STALL_LN = 0.4  # by which trapped ore is cheaper than the world's before a nation gives up


class RequireProcessing(Order):
    """A part of the ore dug that has to be refined at home, reached evenly over some turns; 0% lifts the rule."""

    kind = "require_processing"
    title = "Processing rule"
    summary = (
        "Value and jobs stay home if power, skill and scale exist; otherwise mines stall, and foreign refiners starve."
    )
    lead = "ore exports held back from this turn, more each turn; refineries a lead time later"
    icon = "processing"
    group = "resources"
    capital = 2.0

    mineral: str = mineral_field()
    share: float = number_field("Ore to be refined at home", "share", 0.0, 1.0, 0.05, USUAL_SHARE)
    turns: int = number_field("Reached in", "turns", 1, LONGEST, 1, USUAL_TURNS)

    def row(self, axes: Axes) -> Row:
        """Mineral, turns, share."""
        return Row(axes.mineral_index[self.mineral], option=self.turns, size=self.share)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(mineral=axes.minerals[row.mineral], share=row.size, turns=row.option)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Ore is dug, and the rule would change."""
        where = (batch.w, batch.n, batch.mineral)
        held = world.processing_share[where]
        digs = (world.mined_t[where] > 0) | (held > 0)
        changes = np.abs(held - batch.size) > SAME
        bounded = (batch.size >= 0) & (batch.size <= 1) & (batch.option >= 1) & (batch.option <= LONGEST)
        allowed: Flags = digs & changes & bounded
        return allowed

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Two points for more, one for less."""
        held = world.processing_share[batch.w, batch.n, batch.mineral]
        return np.asarray(np.where(batch.size > held, cls.capital, LIFT_CAPITAL))

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the rule so that it goes on from where it stands; those who live on the ore trust less."""
        where = (batch.w, batch.n, batch.mineral)
        now = rule_share(world)[where]
        reached = np.clip(np.where(batch.size > 0, now / np.maximum(batch.size, SAME), 0.0), 0.0, 0.99)
        last = world.turn + batch.option
        more = np.maximum(batch.size - world.processing_share[where], 0.0)
        world.processing_share[where] = batch.size
        world.processing_by[where] = last
        world.processing_from[where] = (world.turn - reached * last) / (1.0 - reached)
        change_rules(world, calibration, batch.w, batch.n)
        lost = np.zeros_like(world.trust)
        lost[batch.w, :, batch.n] = more[:, None] * ore_share(world, batch)
        post_trust(world, "restricted_partner", -TRUST_POINTS * lost)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Upgraders with ore that goes abroad and the means to refine it; whose mines stall lifts the rule."""
        w = s.world
        abroad = ratio(s.exports_t[..., ORE], w.mined_t)
        keen = np.clip((p.of("value_added") - 2.0) / 2.0, 0.0, 1.0)[:, None]
        can = np.clip((able(w, s.calibration) - ABLE_ENOUGH) / 0.3, 0.0, 1.0)
        part = ratio(w.mined_t, w.mined_t.sum(1, keepdims=True))
        held = w.processing_share
        running = (held > 0).sum(2, keepdims=True)
        calm = (w.country_risk_ln < 0.3 * s.calibration.parameters.rule_change_risk)[..., None]
        more = 2.0 * keen * can * np.sqrt(part) * np.maximum(abroad - 0.3, 0.0) / (1.0 + running) * (held == 0) * calm
        world_price = (w.mine_gate_ln * part).sum(1, keepdims=True)
        stalls = np.maximum(world_price - w.mine_gate_ln - STALL_LN, 0.0) * (held > 0)
        less = 2.0 * want(p, "revenue") * stalls
        share = np.where(less > more, 0.0, USUAL_SHARE)
        return by_mineral(s, np.maximum(more, less), share, option=USUAL_TURNS)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No ore, or no change."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        held = float(view.world.processing_share[0, n, m])
        if not (view.world.mined_t[0, n, m] > 0 or held > 0):
            names = {"nation": view.name(view.iso3), "mineral": view.name(self.mineral)}
            return [self.problem("mineral", _("{nation} digs no {mineral}", **names), _("choose an ore you dig"))]
        if held > 0:
            what = _("the rule is {share} already", share=percent(held))
            return [self.problem("share", what, _("choose another share; 0% lifts the rule"))]
        return [self.problem("share", _("there is no rule to lift"), _("choose a share above 0%"))]

    def describe(self, view: NationView) -> str:
        """The rule, and how far firms can follow it."""
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        if self.share == 0:
            return _("Processing rule for {mineral} lifted", mineral=view.name(self.mineral))
        return _(
            "{share} of {mineral} ore to be refined at home in {turns} (power, know-how and scale: {able})",
            share=percent(self.share),
            mineral=view.name(self.mineral),
            turns=turns_text(self.turns),
            able=percent(float(able(view.world, view.calibration)[0, n, m])),
        )

    def objects(self, view: NationView) -> list[str]:
        """Those who refine the ore abroad, and one's own miners."""
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        if self.share < view.world.processing_share[0, n, m]:
            return [_("refiners at home")]
        shipped = np.array(view.world.ore_flow_t[0, m, n])
        shipped[n] = 0.0
        buyers = [int(d) for d in np.argsort(-shipped)[:2] if shipped[d] > 0]
        return [*(_("refiners in {nation}", nation=view.name(view.axes.nations[d])) for d in buyers), _("your miners")]

    def turns_until_effect(self, view: NationView) -> int:
        """The lead time of a refinery."""
        return int(view.calibration.schedule.lead[view.axes.mineral_index[self.mineral], REFINE])


def ore_share(world: World, batch: Batch) -> Array:
    """Part of each nation's ore that came from the asking one last turn, [A, N]; 0 for itself."""
    flow = world.ore_flow_t[batch.w, batch.mineral]
    part = ratio(flow[np.arange(len(batch)), batch.n], flow.sum(1))
    rows: Index = np.arange(len(batch))
    part[rows, batch.n] = 0.0
    return np.asarray(part)
