"""Community compacts: yearly packages for the people around the sites of a mineral, and what other sites make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

COMPACT_TURNS = 8
COMPACT_POINTS = 30.0  # of social licence, where it comes to rest, for more money than anybody needs
FULL_SHARE = 0.01  # of the value made at the sites: a package that brings two thirds of that
ENVY = 0.15  # of the points of the best treated site, lost at all others of the nation


def site_value_usd_bn(world: World, calibration: Calibration) -> Array:
    """What the sites of each mineral make a turn at 2024's prices, [W, N, M] US$ bn: ore, and what refining adds."""
    base = calibration.baseline
    refining = np.maximum(base.price_usd_per_t - base.ore_price_usd_per_t / calibration.ratio, 0.0)
    return np.asarray((world.mined_t * base.ore_price_usd_per_t + world.refined_t * refining) / 1e9)


def compact_points(world: World, calibration: Calibration) -> Array | float:
    """Points that compacts in force bring their sites and cost others, [W, N, M]; 0 where there are none."""
    if not world.compact_usd_bn.any():
        return 0.0
    full = FULL_SHARE * site_value_usd_bn(world, calibration)
    paid = np.where(full > 0, world.compact_usd_bn / np.where(full > 0, full, 1.0), 0.0)
    points = COMPACT_POINTS * -np.expm1(-paid)
    best = points.max(2, keepdims=True)
    return np.asarray(points - ENVY * np.where(points < best, best, 0.0))


def end_compacts(world: World) -> None:
    """Compacts that have run out bring nothing any more, in place."""
    if world.compact_usd_bn.any():
        world.compact_usd_bn[world.compact_until < world.turn] = 0.0
