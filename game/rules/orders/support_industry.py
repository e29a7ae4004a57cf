"""Public money that draws firms' own into new capacity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np

from game.engine.axes import MINE, RECYCLE, STAGES, Axes
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
from game.text import _

Stage = Literal["mine", "refine", "recycle"]
PROGRAMME = 6  # turns over which the money flows


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
