"""Variants of products from the tables of a level."""

from __future__ import annotations

import numpy as np

from game.content.fold import Fold
from game.content.level import Level
from game.engine.axes import Axes
from game.engine.variant import Variants

DEFAULT = "default"


def build_variants(level: Level, axes: Axes, fold: Fold) -> Variants:
    """Return the recipes and each nation's mix of 2024. A folded group mixes as its members do, by what they make."""
    rows = {name: level.world.variants[name] for name in axes.variants}
    if not rows:
        return Variants()
    product = np.array([axes.product_index[row.product] for row in rows.values()], dtype=np.int64)
    content = [[row.content.get(mineral, 0.0) for mineral in axes.minerals] for row in rows.values()]
    share = np.empty((len(axes.nations), len(rows)))
    for v, (name, row) in enumerate(rows.items()):
        table = level.world.variant_share[name]
        made = level.world.manufacturing[row.product]
        mix = np.array([table.get(nation, table[DEFAULT]).value for nation in fold.names])
        weight = np.array([made[nation].value if nation in made else 0.0 for nation in fold.names])
        share[:, v] = fold.means(mix, np.maximum(weight, 1e-9))
    return Variants(product, np.array(content), np.array([row.cost.value for row in rows.values()]), share)
