"""How stock holders answer to price: ordinary cover is kept dearly, what lies beyond it is let go of cheaply."""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Array, Baseline


def stock_elasticity(baseline: Baseline) -> Array:
    """Elasticity of the stock wanted to price over its expectation, [M].

    The mean of that of ordinary cover and that of spare stock, weighted by how much of a mineral's cover is which.
    """
    p = baseline.parameters
    spare = baseline.spare_cover / np.maximum(baseline.stock_cover, 1e-9)
    return np.asarray((1.0 - spare) * p.stock_elasticity + spare * p.spare_stock_elasticity)
