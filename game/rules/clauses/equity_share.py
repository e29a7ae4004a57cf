"""A stake of one side in the other's new sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Self

import numpy as np

from game.engine.axes import MINE, REFINE, Axes
from game.engine.calibrate import Calibration
from game.engine.fields import TREASURY
from game.engine.phases.policy import supported_t
from game.engine.postings import post_at
from game.engine.world import World
from game.rules.budget import USD_PER_BN
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Numbers
from game.rules.clauses._paid import PaidClause
from game.rules.field import choice_field, mineral_field, number_field
from game.rules.number import money, percent
from game.rules.payment import PROJECT, TRANSFER, pay
from game.text import _

Stage = Literal["mine", "refine"]
STAGES: tuple[Stage, ...] = ("mine", "refine")
STAGE_OF = (MINE, REFINE)


class EquityShare(PaidClause):
    """The investor pays into new sites of the host and gets a share of the host's royalties of the mineral."""

    kind = "equity_share"
    title = "Equity"
    summary = "The host gets capacity it did not pay for; the investor a share of its royalties, and both depend."
    by = "second"
    size = "usd_bn"

    mineral: str = mineral_field()
    stage: Stage = choice_field("Stage", {"mine": "Mining", "refine": "Refining"}, default="refine")
    usd_bn: float = number_field("Paid in", "US$ bn a turn", 0.01, 3.0, 0.01, 0.2)
    percent: int = number_field("Share of the host's royalties", "%", 5, 60, 5, 20)

    def numbers(self, axes: Axes) -> Numbers:
        """Mineral, stage, share and money."""
        return Numbers(axes.mineral_index[self.mineral], STAGES.index(self.stage), self.percent, self.usd_bn)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The stake."""
        return cls(
            mineral=axes.minerals[numbers.mineral],
            stage=STAGES[numbers.layer],
            usd_bn=numbers.amount,
            percent=numbers.option,
        )

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Pay in, build, and hand over last turn's share of royalties."""
        paid = pay(world, calibration, rows, rows.amount, PROJECT)
        total = np.zeros(world.capacity_t.shape)
        a, host = np.nonzero(rows.takers(world))
        place = (rows.w[a], host, rows.mineral[a], np.asarray(STAGE_OF)[rows.layer[a]])
        np.add.at(total, place, paid.sum(1)[a])
        m, s = calibration.schedule.sites
        built = supported_t(world, calibration, total)
        world.pipeline_t[:, :, m, s, calibration.schedule.entry_lead] += built
        _pay_dividends(world, calibration, rows)

    def describe(self, name: Callable[[str], str]) -> str:
        """Money, stage and share."""
        stage = _("mining") if self.stage == "mine" else _("refining")
        return _("{money} a turn into {stage} of {mineral} for {share} of the royalties", money=money(self.usd_bn),
                 stage=stage, mineral=name(self.mineral), share=percent(self.percent / 100))  # fmt: skip


def _pay_dividends(world: World, calibration: Calibration, rows: Rows) -> None:
    """The host's royalties of the mineral that reach its minerals envelope, in part to the investor."""
    base, kept = calibration.baseline, calibration.parameters.earmarked_royalty
    a, investor, host = rows.pair_list(world)
    w, m = rows.w[a], rows.mineral[a]
    value = world.mined_t[w, host, m] * base.ore_price_usd_per_t[m] * np.exp(world.mine_gate_ln[w, host, m])
    share = rows.option[a] / 100.0 * value * world.royalty[w, host, m] * kept / USD_PER_BN
    post_at(world, TREASURY, TRANSFER, (w, host), -share)
    post_at(world, TREASURY, TRANSFER, (w, investor), share)
