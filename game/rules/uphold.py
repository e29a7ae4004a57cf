"""Clauses in force do what they promise, and forbid what they forbid."""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.pact import CLAUSE_CODE
from game.engine.turn import begin_turn
from game.engine.world import World
from game.rules.asking import Batch
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.treaty import CLAUSES


def begin(world: World, calibration: Calibration) -> None:
    """Begin a turn, in place: what held for the last one is forgotten, and treaties in force do what they promise."""
    begin_turn(world)
    uphold(world, calibration)


def uphold(world: World, calibration: Calibration) -> None:
    """Write the levers of all clauses in force in the turn that has begun; to be called once, before its orders."""
    world.clause_missed[...] = 0.0
    rows = Rows.in_force(world, world.turn + 1)
    for clause, part in by_kind(rows):
        clause.uphold(world, calibration, part)


def by_kind(rows: Rows) -> list[tuple[type[Clause], Rows]]:
    """The clauses among the rows, kind by kind, those that do nothing left out."""
    kinds = np.unique(rows.kind)
    return [(clause, rows.picked(rows.kind == code)) for clause, code in _CODED if code in kinds]


def forbidden(world: World, kind: str, batch: Batch) -> Flags:
    """Which askings of a kind of order a treaty in force forbids to the nation that asks, [A]."""
    found = np.zeros(len(batch), dtype=np.bool_)
    codes = [code for clause, code in _CODED if kind in clause.binds]
    if not codes or not len(batch):
        return found
    for clause, part in by_kind(Rows.in_force(world, world.turn + 1, codes)):
        found |= clause.forbids(world, part, kind, batch)
    return found


_CODED = [(clause, CLAUSE_CODE[kind]) for kind, clause in CLAUSES.items()]
