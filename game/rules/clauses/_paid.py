"""What clauses have in common whose givers pay so much a turn."""

from __future__ import annotations

from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.payment import due_usd_bn, kept_share


class PaidClause(Clause):
    """A clause kept by paying: what was paid is kept, and what is not paid yet is due."""

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """The part that was paid."""
        return kept_share(world, rows)

    @classmethod
    def due_usd_bn(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """The payments still due."""
        return due_usd_bn(world, rows)
