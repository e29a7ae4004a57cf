"""Clean-contracts reform: integrity that rises by and by, slower deals and angry insiders while it lasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Array
from game.engine.world import World

SCOPES = ("mining", "state")
REFORM_TURNS = 6
MINING_POINTS, STATE_POINTS = 2.5, 5.0  # of integrity a turn, for a government without any
MINING_SUPPORT, STATE_SUPPORT = 0.2, 0.5  # points of support that insiders take a turn
SLOW_LN = 0.02  # that investors ask for more while contracts are opened


def reforming(world: World) -> NDArray[np.bool_]:
    """Which nations reform in the turn of `world`, [W, N]."""
    return np.asarray((world.reform_until >= world.turn) & (world.reform_until > 0))


def reform(world: World) -> None:
    """Raise integrity where a reform is under way, in place: by less the cleaner a government is."""
    running = reforming(world)
    if running.any():
        points = np.where(world.reform_scope > 0, STATE_POINTS, MINING_POINTS) * (1.0 - world.integrity / 100.0)
        world.integrity[...] += np.where(running, points, 0.0)


def insiders(world: World) -> Array:
    """Points of support that those who lose by a reform take this turn, [W, N]."""
    return np.asarray(reforming(world) * np.where(world.reform_scope > 0, STATE_SUPPORT, MINING_SUPPORT))
