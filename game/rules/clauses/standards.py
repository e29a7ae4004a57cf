"""A common standard for what members dig and buy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import number_field
from game.text import _

LEAST_LICENCE = (0.0, 35.0, 45.0, 55.0)  # mean social licence of sites that each level asks for, 0-100
BARRIER_LN = 0.03  # a level, on goods of outsiders that fall short
RECOGNITION_LN = 0.005  # a level: audits that members need not repeat


class Standards(Clause):
    """Members buy dearer from outsiders whose sites fall short of the standard, and recognise each other's audits."""

    kind = "standards"
    title = "Standards"
    summary = "Clean and accepted supply earns a premium among members; others are barred, and members pay more."
    by = "each"
    size = "level"

    level: int = number_field("Level", "of 3", 1, 3, 1, 1)

    def numbers(self, axes: Axes) -> Numbers:
        """The level."""
        return Numbers(amount=float(self.level))

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The standard."""
        return cls(level=round(numbers.amount))

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Goods of outsiders below the highest standard a member holds are dearer to it, members' own cheaper."""
        together = rows.most(world, rows.amount)  # [W, destination, origin], recognition among members
        level = together.max(2)  # [W, destination]
        least = np.asarray(LEAST_LICENCE)[level.astype(np.int64)]
        short = accepted(world)[:, None] < least[..., None]
        barred = short & (together == 0) & (level > 0)[..., None]
        nation = np.arange(level.shape[1])
        barred[:, nation, nation] = False
        change = RECOGNITION_LN * together - BARRIER_LN * level[..., None] * barred
        world.alliance_ln[...] += change.swapaxes(1, 2)

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """How far the members' own sites reach the standard."""
        least = np.asarray(LEAST_LICENCE)[rows.amount.astype(np.int64)]
        reached = np.minimum(accepted(world)[rows.w] / least[:, None], 1.0)
        return np.asarray(np.where(rows.givers(world), reached, 1.0))

    def describe(self, name: Callable[[str], str]) -> str:
        """The level."""
        return _("a common standard of level {level}", level=self.level)


def accepted(world: World) -> Array:
    """Mean social licence of each nation's sites, 0-100 [W, N]."""
    return np.asarray(world.social_licence.sum(2) / world.social_licence.shape[2])
