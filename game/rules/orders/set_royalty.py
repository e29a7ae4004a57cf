"""What the state takes of the price at the mine."""

from __future__ import annotations

from typing import Self

import numpy as np

from game.engine.axes import MINE, TURNS_PER_YEAR, Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.climate import change_rules, usual_ln
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import mineral_field, number_field
from game.rules.number import percent
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import USD_PER_BN, Situation
from game.rules.wish import Wishes, by_mineral, want
from game.text import _

MOST, MOST_WINDFALL = 0.30, 0.60
SAME = 1e-6  # smaller differences of a rate are none
GREAT_STAKE = 0.01  # of GDP: yearly value of an ore from which a nation takes full interest in its royalty
BOOM_LN = 0.3  # expected price over the ordinary one that counts as a full boom, or under it as a slump
CALM = 0.3  # of what one change of rules adds to risk: above, a nation leaves its rules alone
STEP = 0.04  # by which a nation moves its rate at once


class SetRoyalty(Order):
    """A rate on the price at the mine, and a share of what the price stands above the ordinary one."""

    kind = "set_royalty"
    title = "Royalty and windfall tax"
    summary = (
        "Your treasury takes more of every tonne; miners keep less, open fewer mines, and neighbours undercut you."
    )
    lead = "income this turn; mines that are opened or not, some turns later"
    icon = "royalty"
    group = "resources"

    mineral: str = mineral_field()
    rate: float = number_field("Royalty on the price at the mine", "share", 0.0, MOST, 0.005, 0.08)
    windfall: float = number_field("Share of what is above the ordinary price", "share", 0.0, MOST_WINDFALL, 0.05, 0.0)

    def row(self, axes: Axes) -> Row:
        """Mineral, windfall in percent, rate."""
        return Row(axes.mineral_index[self.mineral], option=round(100 * self.windfall), size=self.rate)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(mineral=axes.minerals[row.mineral], rate=row.size, windfall=row.option / 100)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is ore to mine, and the rule would change."""
        where = (batch.w, batch.n, batch.mineral)
        mines = (world.capacity_t[where][:, MINE] > 0) | (world.reserves_t[where] > 0)
        changes = np.abs(world.royalty[where] - batch.size) > SAME
        changes |= np.abs(world.windfall_share[where] - batch.option / 100) > SAME
        bounded = (batch.size >= 0) & (batch.size <= MOST) & (batch.option <= round(100 * MOST_WINDFALL))
        allowed: Flags = mines & changes & bounded & (batch.option >= 0)
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the rule; investors note that rules change."""
        where = (batch.w, batch.n, batch.mineral)
        world.royalty[where] = batch.size
        world.windfall_share[where] = batch.option / 100
        change_rules(world, calibration, batch.w, batch.n)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Take more of what is dug much and dear; give way in a slump. Nobody touches rules twice in a short time."""
        w, b = s.world, s.baseline
        ore = w.mined_t * b.ore_price_usd_per_t * np.exp(w.mine_gate_ln) * TURNS_PER_YEAR / USD_PER_BN
        stake = np.sqrt(np.clip(ore / b.gdp_usd_bn[:, None] / GREAT_STAKE, 0.0, 1.0))
        above = (w.expected_mine_ln - usual_ln(s.calibration)) / BOOM_LN
        boom, slump = np.clip(above, 0.0, 1.0), np.clip(-above - 1.0, 0.0, 1.0)
        target = 0.03 + 0.02 * p.of("revenue")[:, None] + STEP * boom
        calm = np.clip(1.0 - w.country_risk_ln / (CALM * s.calibration.parameters.rule_change_risk), 0.0, 1.0)[
            ..., None
        ]
        keen = stake * calm * (w.mined_t > 0)
        more = want(p, "revenue") * keen * (0.3 + boom) * np.clip((target - w.royalty) / STEP, 0.0, 1.0)
        less = want(p, "patience") * keen * slump * np.clip((w.royalty - b.royalty) / STEP, 0.0, 1.0)
        raised = np.maximum(np.minimum(w.royalty + STEP, target), w.royalty)
        rate = np.where(less > more, np.maximum(w.royalty - STEP, b.royalty), raised)
        seeks_windfall = (boom > 0.5) & (p.of("revenue") >= 4)[:, None]
        windfall = np.where(less > more, 0.0, np.where(seeks_windfall, 0.25, w.windfall_share))
        option = np.asarray(np.round(100 * windfall), dtype=np.int64)
        return by_mineral(s, np.maximum(more, less), np.asarray(np.round(rate, 3), dtype=np.float64), option=option)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No ore, or no change."""
        batch = self.batch(view)
        if self.allowed(view.world, view.calibration, batch)[0]:
            return []
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        if not (view.world.capacity_t[0, n, m, MINE] > 0 or view.world.reserves_t[0, n, m] > 0):
            what = _("{nation} has no ore of {mineral}", nation=view.name(view.iso3), mineral=view.name(self.mineral))
            return [self.problem("mineral", what, _("choose a mineral that is or can be mined at home"))]
        what = _("the rule is that already: {rule}", rule=self._rule())
        return [self.problem("rate", what, _("choose another rate or another share of the windfall"))]

    def describe(self, view: NationView) -> str:
        """The new rule and the old."""
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        return _(
            "Royalty on {mineral}: {rule} (now {rate})",
            mineral=view.name(self.mineral),
            rule=self._rule(),
            rate=percent(float(view.world.royalty[0, n, m])),
        )

    def objects(self, view: NationView) -> list[str]:
        """Those who pay, if anybody pays more; the budget if it gets less."""
        n, m = view.nation, view.axes.mineral_index[self.mineral]
        more = self.rate > view.world.royalty[0, n, m] or self.windfall > view.world.windfall_share[0, n, m]
        if not more:
            return [_("your own budget")]
        owned = view.baseline.foreign_share[n, :, m, MINE]
        owners = [int(o) for o in np.argsort(-owned)[:2] if owned[o] > 0]
        named = [_("owners in {nation}", nation=view.name(view.axes.nations[o])) for o in owners]
        return [*named, _("your miners")]

    def _rule(self) -> str:
        rate = percent(self.rate)
        if not self.windfall:
            return _("{rate} of the price at the mine", rate=rate)
        windfall = percent(self.windfall)
        return _("{rate} of the price at the mine, {windfall} of a windfall", rate=rate, windfall=windfall)
