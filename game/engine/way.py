"""Which way goods go in each world of a batch, given the corridors that are shut there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.calibrate import Calibration
from game.engine.network import Flags
from game.engine.routes import Routes, routes
from game.engine.world import World

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Ways:
    """The routes of a batch: one for each pattern of shut corridors, and the pattern of each world."""

    routes: tuple[Routes, ...]
    pattern: Index  # [W]

    def worlds(self, number: int) -> Index:
        """The worlds with a pattern."""
        return np.flatnonzero(self.pattern == number)

    def can_pass(self, world: Index, origin: Index, destination: Index) -> Flags:
        """Whether goods still get from origins to destinations in the given worlds; at home they always do."""
        reach = np.stack([found.reachable for found in self.routes])
        return np.asarray(reach[self.pattern[world], origin, destination] | (origin == destination))


def ways(world: World, calibration: Calibration) -> Ways:
    """The routes of every world while its shut corridors are shut."""
    network = calibration.baseline.network
    shut = world.corridor_open <= 0
    if not shut.any():
        return Ways((routes(network),), np.zeros(world.size, dtype=np.int64))
    patterns, which = np.unique(shut, axis=0, return_inverse=True)
    names = network.corridor_ids
    found = (routes(network, frozenset(names[c] for c in np.flatnonzero(row))) for row in patterns)
    return Ways(tuple(found), which.reshape(-1))
