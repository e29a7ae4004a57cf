"""Early warning, a hotline and shared figures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.field import number_field
from game.rules.number import percent
from game.text import _

TENSION_EASED = 0.2  # of the tension between members that a hotline takes away each turn


class Consult(Clause):
    """Members warn each other and share figures: their traders hoard less, and tension among them wears off faster."""

    kind = "consult"
    title = "Consultation"
    summary = "Members' traders hoard less and quarrels cool; whoever planned a surprise has to give it up."
    by = "each"
    size = "calm"

    calm: float = number_field("Fear taken away", "share", 0.05, 0.5, 0.05, 0.2)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Calm for the members' holders of stock, and less tension among the members."""
        a, member = np.nonzero(rows.givers(world))
        np.maximum.at(world.calm_share, (rows.w[a], member), rows.amount[a])
        if world.tension.any():
            together = rows.most(world, np.ones(len(rows)))
            world.tension[...] *= 1.0 - TENSION_EASED * together

    def describe(self, name: Callable[[str], str]) -> str:
        """The consultation."""
        return _("early warning and shared figures, {share} less hoarding", share=percent(self.calm))
