"""Random markets for property tests: any shape, any hole in the data."""

from dataclasses import replace

import numpy as np

from game.batch.random_market import random_gates, random_markets
from game.engine.market import Gates, Markets

__all__ = ["one_world", "random_gates", "random_markets"]


def one_world(markets: Markets, world: int) -> Markets:
    """The markets of one world of a batch."""
    picked = {
        name: value[world : world + 1]
        for name, value in vars(markets).items()
        if isinstance(value, np.ndarray) and value.ndim >= 3
    }
    gates = markets.gates
    here = gates.world == world
    picked["gates"] = Gates(
        gates.world[here] * 0, gates.mineral[here], gates.layer[here], gates.capacity[here], gates.arcs[here]
    )
    return replace(markets, **picked)
