"""Duties that a state puts on its makers: to use less metal in a product, and to take back what retires.

Both come into force step by step and make the product dearer to make. W worlds, N nations, M minerals, K products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration


def step_duties(world: World, calibration: Calibration) -> None:
    """Move what is in force a turn's step towards what was ordered; in place."""
    p = calibration.parameters
    for target, reached, step in (
        (world.thrift_target_share, world.thrift_share, p.thrift_step),
        (world.collection_target_share, world.collection_reached_share, p.collection_step),
    ):
        if target.any() or reached.any():
            reached[...] += np.clip(target - reached, -step, step)


def duty_cost(world: World, calibration: Calibration) -> Array:
    """What the duties add to the unit cost of a product, as a share of its price of 2024, [W, N, K].

    Thrift costs more the further it goes, as each saving is harder than the last; taking back costs in proportion.
    """
    p = calibration.parameters
    return np.asarray(p.thrift_cost * world.thrift_share**2 + p.collection_cost * world.collection_reached_share)


def has_duties(world: World) -> bool:
    """Whether any makers have a duty anywhere."""
    return bool(world.thrift_share.any() or world.collection_reached_share.any())


def retiring_share(calibration: Calibration) -> Array:
    """Share of each product in the metal that retires in a nation, [N, M, K]: as in the goods bought in 2024."""
    baseline, makers = calibration.baseline, calibration.makers
    kept = makers.goods_share * (baseline.product_share * baseline.recoverable_share)
    total = kept.sum(2, keepdims=True)
    return np.asarray(np.where(total > 0, kept / np.where(total > 0, total, 1.0), baseline.product_share))
