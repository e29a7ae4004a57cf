"""Between the layout of worlds (nations before minerals) and of markets (nations last)."""

import numpy as np

from game.engine.market import Array


def by_mineral(values: Array) -> Array:
    """[W, N, M, …] -> [W, M, …, N] contiguous."""
    return np.ascontiguousarray(np.moveaxis(values, 1, -1))


def by_nation(values: Array) -> Array:
    """[W, M, …, N] -> [W, N, M, …]."""
    return np.moveaxis(values, -1, 1)
