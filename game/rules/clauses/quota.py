"""Mine output that producers hold back together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np

from game.engine.axes import MINE, Axes
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import mineral_field, number_field
from game.rules.number import percent
from game.text import _


class Quota(Clause):
    """Members keep this share of their mines of a mineral idle while its price is below the band's top.

    The price is the world's, in per cent of 2024's; above the top members may dig what they can.
    """

    kind = "quota"
    title = "Output quota"
    summary = "Members sell less at a better price; users everywhere pay it, and mines outside the club grow."
    by = "each"
    size = "cut"

    mineral: str = mineral_field()
    cut: float = number_field("Held back", "share of mine capacity", 0.02, 0.4, 0.02, 0.1)
    percent: int = number_field("While the price is below", "% of 2024's", 50, 400, 10, 150)

    def numbers(self, axes: Axes) -> Numbers:
        """Mineral, top of the band and cut."""
        return Numbers(axes.mineral_index[self.mineral], option=self.percent, amount=self.cut)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The quota."""
        return cls(mineral=axes.minerals[numbers.mineral], cut=numbers.amount, percent=numbers.option)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Hold mines back where last turn's price was below the top."""
        low = world.headline_ln[rows.w, rows.mineral] < np.log(rows.option / 100.0)
        a, member = np.nonzero(rows.givers(world) & low[:, None])
        np.minimum.at(world.output_quota_share, (rows.w[a], member, rows.mineral[a]), 1.0 - rows.amount[a])

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """Whether what was mined stayed within the quota."""
        allowed = world.capacity_t[..., MINE] * world.output_quota_share
        over = world.mined_t > allowed * (1.0 + 1e-6) + 1e-9
        broken = over.swapaxes(1, 2)[rows.w, rows.mineral] & rows.givers(world)
        return np.where(broken, 0.0, 1.0)

    def describe(self, name: Callable[[str], str]) -> str:
        """Mineral and cut."""
        return _("{share} of the mines of {mineral} held back while it costs less than {percent}% of 2024's price",
                 share=percent(self.cut), mineral=name(self.mineral), percent=self.percent)  # fmt: skip
