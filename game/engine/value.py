"""Who earns the value of a chain: what each stage adds, by where it is added and by who owns the sites.

The stages of a mineral's chain add up to what its products bring: ore at the mine gate, the refinery's gain on its
ore, and the makers' gain on their metal, which is shared out over the minerals of a product by their part in its cost.
US$ bn of 2024 a turn; W, N, M, K as in the field table, O owners (nations).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import MINE, REFINE
from game.engine.baseline import Array
from game.engine.equity import foreign_share
from game.engine.maker import BILLION
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

VALUE_STAGES = ("ore", "refined", "product")


def value_added_usd_bn(world: World, calibration: Calibration) -> Array:
    """What each stage of each mineral's chain adds in a nation, [W, N, M, stage]; a stage that loses money adds 0."""
    base = calibration.baseline
    ore_price, price = base.ore_price_usd_per_t, base.price_usd_per_t
    ore = world.mined_t * ore_price * np.exp(world.mine_gate_ln)
    metal = (world.refined_t + world.recycled_t + world.synthetic_t) * price * np.exp(world.refinery_gate_ln)
    ore_cost = world.refined_t / calibration.ratio * ore_price * np.exp(world.ore_delivered_ln)
    paid = price * np.exp(world.delivered_ln)
    metal_cost = (world.use_t * paid[..., None]).sum(2)
    revenue = world.product_made_usd_bn * np.exp(world.product_gate_ln) * BILLION
    gain = np.where(metal_cost > 0, revenue / np.where(metal_cost > 0, metal_cost, 1.0) - 1.0, 0.0)
    made = (world.use_t * np.maximum(gain, 0.0)[:, :, None]).sum(3) * paid
    return np.stack([ore, np.maximum(metal - ore_cost, 0.0), made], axis=-1) / BILLION


def owned_usd_bn(world: World, calibration: Calibration) -> Array:
    """The same by the nation whose firms own the sites, [W, O, M, stage]; makers count as home-owned."""
    added = value_added_usd_bn(world, calibration)
    foreign = foreign_share(world, calibration)
    owned = added.copy()
    for stage in (MINE, REFINE):
        owned[..., stage] += (added[:, :, None, :, stage] * foreign[..., stage]).sum(1)
        owned[..., stage] -= added[..., stage] * foreign[..., stage].sum(2)
    return owned


def chain_share(earned_usd_bn: Array) -> Array:
    """Percent of each chain's value by nation and stage, [W, N, M, stage], from either of the above; each chain's
    shares add up to 100, or to 0 where nothing is earned."""
    total = earned_usd_bn.sum((1, 3), keepdims=True)
    return np.asarray(100.0 * earned_usd_bn / np.where(total > 0, total, 1.0))
