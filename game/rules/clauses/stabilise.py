"""The host's promise to leave the rules of mining as they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.asking import Batch
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.text import _

ASSURANCE_LN = 0.06  # that investors ask for less where rules cannot change


class Stabilise(Clause):
    """No new royalties, takeovers or processing rules while it is in force; investors ask for less."""

    kind = "stabilise"
    title = "Stable rules"
    summary = "Investors come for less where rules are frozen; the host cannot take more in a boom."
    by = "first"
    binds = ("set_royalty", "take_equity", "require_processing")

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Investors are assured."""
        a, host = np.nonzero(rows.givers(world))
        np.maximum.at(world.assurance_ln, (rows.w[a], host), ASSURANCE_LN)

    @classmethod
    def forbids(cls, world: World, rows: Rows, kind: str, batch: Batch) -> Flags:
        """Orders that change the rules of mining at home."""
        bound = np.zeros((world.size, world.treaty_member.shape[2]), dtype=np.bool_)
        a, host = np.nonzero(rows.givers(world))
        bound[rows.w[a], host] = True
        return np.asarray(bound[batch.w, batch.n])

    def describe(self, name: Callable[[str], str]) -> str:
        """The promise."""
        return _("the host leaves royalties, ownership and processing rules as they are")
