"""Grades of refined metal from the tables of a level."""

from __future__ import annotations

import numpy as np

from game.content.fold import Fold
from game.content.level import Level
from game.engine.axes import Axes
from game.engine.purity import Purity

DEFAULT = "default"


def build_purity(level: Level, axes: Axes, fold: Fold) -> Purity:
    """Return who makes high purity and who needs it. A folded group makes what its members do, by refined output."""
    world = level.world
    share = np.ones((len(axes.nations), len(axes.minerals)))
    is_needed = np.zeros((len(axes.minerals), len(axes.products)), dtype=bool)
    for m, mineral in enumerate(axes.minerals):
        if mineral not in world.high_purity:
            continue
        table, refined = world.high_purity[mineral], world.refined_primary.get(mineral, {})
        own = np.array([table.get(nation, table[DEFAULT]).value for nation in fold.names])
        weight = np.array([refined[nation].value if nation in refined else 0.0 for nation in fold.names])
        share[:, m] = fold.means(own, np.maximum(weight, 1e-9))
        for product in world.high_purity_use.get(mineral, ()):
            is_needed[m, axes.product_index[product]] = True
    return Purity(share, is_needed)
