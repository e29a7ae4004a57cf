"""Public money that draws firms' own into new capacity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np

from game.engine.axes import MINE, RECYCLE, REFINE, STAGES, TURNS_PER_YEAR, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, choice_field, mineral_field
from game.rules.number import money, two_digits
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.site_wish import appetite
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, care, want
from game.text import _

Stage = Literal["mine", "refine", "recycle"]
PROGRAMME = 6  # turns over which the money flows
UNPROMPTED = 0.2  # of its appetite for support that a nation with idle cash keeps in a glut
SPARE_ENVELOPES = 1.0  # cash beyond which money lies idle


class SupportIndustry(Order):
    """A programme of six turns for firms that mine, refine or recycle a mineral at home."""

    kind = "support_industry"
    title = "Industrial support"
    summary = "Draws private money into home firms; taxpayers pay for some that is wasted, and partners answer in kind."
    lead = "money from this turn for six turns; capacity a lead time later"
    icon = "support"
    group = "industry"
    needs = ("mineral", "layer")
    layers = len(STAGES)

    mineral: str = mineral_field()
    stage: Stage = choice_field("Stage", {"mine": "Mining", "refine": "Refining", "recycle": "Recycling"})
    size_usd_bn: float = amount_field("Size of the programme", "US$ bn")

    def row(self, axes: Axes) -> Row:
        """Mineral, stage, size."""
        return Row(axes.mineral_index[self.mineral], STAGES.index(self.stage), size=self.size_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        stages: tuple[Stage, ...] = ("mine", "refine", "recycle")
        return cls(mineral=axes.minerals[row.mineral], stage=stages[row.layer], size_usd_bn=row.size)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Firms have something to mine, refine or recycle."""
        where = (batch.w, batch.n, batch.mineral)
        reserves = world.reserves_t[where] > 0
        scrap = world.retiring_t[where].sum(axis=-1) > 0
        ore = world.mined_t[batch.w, :, batch.mineral].sum(axis=-1) > 0
        feed = np.where(batch.layer == MINE, reserves, np.where(batch.layer == RECYCLE, scrap, ore))
        allowed: Flags = (batch.size > 0) & feed
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Equal parts over the programme."""
        outlays: Array = (np.arange(HORIZON) < PROGRAMME) * (batch.size / PROGRAMME)[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Promise the programme."""
        each = (batch.size / PROGRAMME)[:, None]
        world.support_usd_bn[batch.w, batch.n, batch.mineral, batch.layer, :PROGRAMME] += each

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Put idle cash into firms at home: refining where metal is needed or ore is dug, mining elsewhere."""
        w, b = s.world, s.baseline
        idle = np.maximum(s.spendable_usd_bn / s.envelope_usd_bn - SPARE_ENVELOPES, 0.0)[..., None]
        ore_share = ratio(w.mined_t, w.mined_t.sum(1, keepdims=True))
        refines = (w.capacity_t[..., REFINE] > 0) | (s.weight > 0)
        for_income, for_safety = appetite(s, REFINE, b.investment_lead)
        upgrade = np.sqrt(s.market_weight * ore_share) * np.maximum(for_income, UNPROMPTED)
        at_refinery = want(p, "value_added") * (s.weight * s.main_share * for_safety * care(s) + upgrade) * refines
        to_dig = np.maximum(appetite(s, MINE, b.investment_lead)[0], UNPROMPTED)
        at_mine = (
            want(p, "revenue") * np.sqrt(s.market_weight) * (0.3 + np.sqrt(ore_share)) * to_dig * (w.reserves_t > 0)
        )
        running = w.support_usd_bn.sum((-1, -2))
        fresh = 1.0 / (1.0 + 2.0 * running / s.envelope_usd_bn[:, None])
        score = np.maximum(at_refinery, at_mine) * np.minimum(idle, 6.0) * fresh
        refining = at_refinery >= at_mine
        useful = np.where(
            refining,
            _useful_usd_bn(s, REFINE, b.refinery_capex_usd_per_tpa) * np.maximum(for_safety, UNPROMPTED),
            _useful_usd_bn(s, MINE, b.mine_capex_usd_per_tpa) * to_dig,
        )
        size = np.minimum(0.6 * idle * s.envelope_usd_bn[:, None], useful)
        return by_mineral(s, score, size, layer=np.where(refining, REFINE, MINE))

    def obstacles(self, view: NationView) -> list[Problem]:
        """No feed."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        lacking = {
            "mine": _(
                "{nation} has no proven reserves of {mineral}",
                nation=view.name(view.iso3),
                mineral=view.name(self.mineral),
            ),
            "refine": _("there is no trade in ore of {mineral}", mineral=view.name(self.mineral)),
            "recycle": _(
                "no goods with {mineral} retire in {nation}",
                nation=view.name(view.iso3),
                mineral=view.name(self.mineral),
            ),
        }
        return [self.problem("stage", lacking[self.stage], _("choose another stage or mineral"))]

    def describe(self, view: NationView) -> str:
        """Size and target."""
        stage = {"mine": _("mining"), "refine": _("refining"), "recycle": _("recycling")}[self.stage]
        return _(
            "Industrial support: {size} over {turns} turns for {stage} of {mineral}",
            size=money(self.size_usd_bn),
            turns=PROGRAMME,
            stage=stage,
            mineral=view.name(self.mineral),
        )

    def objects(self, view: NationView) -> list[str]:
        """Taxpayers, and foreign firms that get nothing."""
        return [_("taxpayers"), _("foreign firms that get nothing")]

    def turns_until_effect(self, view: NationView) -> int:
        """Firms' lead after the first money."""
        return int(view.calibration.schedule.lead[view.axes.mineral_index[self.mineral], STAGES.index(self.stage)])

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to what the treasury bears; half of it is proposed."""
        if name != "size_usd_bn":
            return None
        unit = Batch.of(view.nation, Row(0, size=1.0))
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        most = float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0])
        return two_digits(most / 1000), two_digits(most), two_digits(most / 2)


def _useful_usd_bn(s: Situation, stage: int, capex: Array) -> Array:
    """Cost of a tenth more of the nation's capacity at a stage and a hundredth of the world's [W, N, M]."""
    own = s.world.capacity_t[..., stage]
    useful: Array = TURNS_PER_YEAR * (0.1 * own + 0.01 * own.sum(1, keepdims=True)) * capex / 1e9
    return useful
