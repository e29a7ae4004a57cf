"""Variants of a product: recipes of one product with other metals in them, such as the chemistries of batteries.

Makers move from one to another as their costs part, slowly: a new cell takes years to design and prove. At prices of
2024 nobody moves. Axes: N nations, V variants, M minerals, K products.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.world import World

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Variants:
    """Recipes of 2024; without figures every product has one recipe."""

    product: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # [V] position of it
    content: Array = field(default_factory=lambda: np.zeros((0, 1)))  # [V, M] kg of metal a unit
    cost_usd: Array = field(default_factory=lambda: np.zeros(0))  # [V] a unit
    share: Array = field(default_factory=lambda: np.zeros((1, 0)))  # [N, V] of a nation's output, sums to 1 a product


def variant_cost_ln(world: World, calibration: Calibration) -> Array:
    """ln of each variant's unit cost against 2024, at the prices of metal delivered in a nation [W, N, V]."""
    variants, price = calibration.baseline.variants, calibration.baseline.price_usd_per_t / 1000.0
    part = variants.content * price / variants.cost_usd[:, None]
    return np.asarray(np.log1p((np.expm1(world.delivered_ln)[:, :, None] * part).sum(3)))


def wanted_share(world: World, calibration: Calibration) -> Array:
    """Shares that makers would choose at present prices, had they all the time [W, N, V]: a logit of cost."""
    variants = calibration.baseline.variants
    pull = variants.share * np.exp(-calibration.parameters.variant_sensitivity * variant_cost_ln(world, calibration))
    return np.asarray(pull / _by_product(pull, variants.product))


def shift_variants(world: World, calibration: Calibration) -> None:
    """Makers move part of the way to the variants that pay."""
    if not len(calibration.baseline.variants.product):
        return
    speed = calibration.parameters.variant_speed
    world.variant_share[...] += speed * (wanted_share(world, calibration) - world.variant_share)


def variant_intensity(world: World, calibration: Calibration) -> Array:
    """Metal in a product by its mix of variants, multiple of that of 2024 [W, N, M, K] or 1 where nothing has variants.

    A mineral that no variant of a product holds is left alone.
    """
    variants = calibration.baseline.variants
    result = np.ones((world.size, *calibration.use_constant_t.shape))
    for k in np.unique(variants.product):
        own = variants.product == k
        content = variants.content[own]
        base = (variants.share[:, own, None] * content).sum(1)
        now = (world.variant_share[:, :, own, None] * content).sum(2)
        result[..., k] = np.where(base > 0, now / np.where(base > 0, base, 1.0), 1.0)
    return result


def _by_product(share: Array, product: NDArray[np.int64]) -> Array:
    """Sum of shares over the variants of each one's product, at each variant [W, N, V]."""
    total = np.empty_like(share)
    for k in np.unique(product):
        own = product == k
        total[..., own] = share[..., own].sum(-1, keepdims=True)
    return total
