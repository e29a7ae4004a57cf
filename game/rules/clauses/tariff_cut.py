"""Lower tariffs between members."""

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

ORDINARY_DUTY_LN = 0.03  # what tariffs on ores and metals add to their price in ordinary times


class TariffCut(Clause):
    """Each member spares goods of the others this share of its import tariffs, ordinary duties included."""

    kind = "tariff_cut"
    title = "Tariff cut"
    summary = "Members' goods get cheaper to each other; treasuries lose duties, and outsiders lose customers."
    by = "each"
    size = "cut"

    cut: float = number_field("Cut of tariffs", "share", 0.1, 1.0, 0.05, 0.5)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Relief from tariffs, and the ordinary duty that falls away, by origin and destination."""
        cut = rows.most(world, rows.amount).swapaxes(1, 2)
        np.maximum(world.tariff_relief, cut, out=world.tariff_relief)
        world.alliance_ln[...] += ORDINARY_DUTY_LN * cut

    def describe(self, name: Callable[[str], str]) -> str:
        """The cut."""
        return _("tariffs between members cut by {share}", share=percent(self.cut))
