"""Scrap that crosses members' borders freely."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.text import _


class ScrapFree(Clause):
    """Scrap that finds no plant at home goes to members' recyclers before it is sold elsewhere.

    A nation in two corridors keeps to the one signed first.
    """

    kind = "scrap_free"
    title = "Free scrap"
    summary = "Members' recyclers run fuller on each other's scrap; plants outside the corridor get what is left."
    by = "each"

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Which corridor each member's scrap stays in."""
        a, member = np.nonzero(rows.givers(world))
        at = (rows.w[a], member)
        order = np.argsort(-world.treaty_since[rows.w[a], rows.p[a]], kind="stable")
        world.scrap_club[at[0][order], at[1][order]] = rows.p[a][order]

    def describe(self, name: Callable[[str], str]) -> str:
        """The corridor."""
        return _("scrap goes to members' plants first")
