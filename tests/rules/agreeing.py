"""Puts treaties into force in the play world."""

import numpy as np

from game.engine.world import World
from game.rules.clauses._base import Clause
from game.rules.terms import place_contracts, terms, write_treaty
from game.rules.uphold import uphold
from tests.rules.play_world import calibration, play_world

SLOT = 7  # of the treaty
TURNS = 6


def agreed(
    *clauses: Clause,
    first: tuple[int, ...] = (0,),
    second: tuple[int, ...] = (3,),
    treaty: str = "market_access",
    world: World | None = None,
) -> World:
    """The play world (or `world`) with a treaty in force from the turn that has begun; nobody has upheld it yet."""
    world = world or play_world()
    found = terms(treaty, clauses, world.axes, first, second)
    for w in range(world.size):
        places = np.flatnonzero(world.clause_treaty[w] < 0)
        write_treaty(world, w, SLOT, found, world.turn + 1, world.turn + TURNS, places)
        place_contracts(world, w, SLOT)
    return world


def upheld(*clauses: Clause, **kwargs: object) -> World:
    """The same, and its clauses have written their levers."""
    world = agreed(*clauses, **kwargs)  # type: ignore[arg-type]
    uphold(world, calibration())
    return world
