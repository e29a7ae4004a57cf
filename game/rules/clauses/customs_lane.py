"""A fast lane at the border for members' goods."""

from __future__ import annotations

from collections.abc import Callable

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.field import number_field
from game.rules.number import percent
from game.text import _

BORDER_LN = 0.02  # what papers, checks and waiting at borders add to the price of ores and metals


class CustomsLane(Clause):
    """Members' goods pass each other's borders with one form and few checks."""

    kind = "customs_lane"
    title = "Customs lane"
    summary = "Members' cargo saves days and papers at the border; goods of outsiders wait and lose customers."
    by = "each"
    size = "share"

    share: float = number_field("Border cost saved", "share", 0.1, 1.0, 0.1, 0.5)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Border costs saved by origin and destination."""
        world.alliance_ln[...] += BORDER_LN * rows.most(world, rows.amount).swapaxes(1, 2)

    def describe(self, name: Callable[[str], str]) -> str:
        """The lane."""
        return _("a customs lane that saves {share} of the border's cost", share=percent(self.share))
