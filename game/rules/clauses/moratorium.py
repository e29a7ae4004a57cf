"""A zone that members leave alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.text import _


class Moratorium(Clause):
    """No member opens the seabed to mining while it is in force, whatever it knows how to do."""

    kind = "moratorium"
    title = "Seabed moratorium"
    summary = "The deep sea stays whole and nobody races for it; whoever could lift its ore first must wait."
    by = "each"

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """The seabed is closed to members."""
        a, member = np.nonzero(rows.givers(world))
        world.seabed_closed[rows.w[a], member] = True

    def describe(self, name: Callable[[str], str]) -> str:
        """The moratorium."""
        return _("no mining of the seabed")
