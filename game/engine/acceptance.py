"""Acceptance of sites: social licence moves toward what the state of a site and the benefits of it deserve.

Nothing moves at rest: everything counts from the nation's figure of 2024, which held for all of its sites alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array, Baseline
from game.engine.compact import compact_points
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

SPEED = 0.2  # of the way to where social licence rests, per turn
TOP = 100.0

# Points of social licence, where it comes to rest.
PER_ENVIRONMENT_POINT = 0.5
PER_LABOUR_POINT = 0.3
PER_INTEGRITY_POINT = 0.2
BENEFIT_POINTS = 20.0  # for benefits of FULL_BENEFIT of the value that is dug
BROKEN_BENEFIT_POINTS = 30.0  # lost for benefits of that size that were counted on and do not come
FULL_BENEFIT = 0.02
BENEFIT_SPEED_UP, BENEFIT_SPEED_DOWN = 0.5, 0.1  # at which communities come to count on benefits, and forget them
BILLION = 1e9


def opening_licence(baseline: Baseline) -> Array:
    """Social licence, environment and labour of each nation's sites when the game opens, 0-100 [N, 1]."""
    return np.asarray(100.0 * baseline.licence)[:, None]


def settle(world: World, calibration: Calibration) -> None:
    """Move social licence on by a turn, in place."""
    way = resting(world, calibration) - world.social_licence
    world.social_licence[...] = np.clip(world.social_licence + SPEED * way, 0.0, TOP)


def resting(world: World, calibration: Calibration) -> Array:
    """Where the social licence of sites comes to rest as things are, [W, N, M]."""
    base = calibration.baseline
    opening = opening_licence(base)
    points = PER_ENVIRONMENT_POINT * (world.environment - opening) + PER_LABOUR_POINT * (world.labour - opening)
    nation = PER_INTEGRITY_POINT * (world.integrity - 100.0 * base.integrity) + benefit_points(world, calibration)
    return np.asarray(opening + points + nation[..., None] + compact_points(world, calibration))


def benefit_points(world: World, calibration: Calibration) -> Array:
    """Points that a share of resource income for communities brings or, cut back, costs, [W, N]."""
    if not world.benefit_usd_bn.any():
        return np.zeros_like(world.integrity)
    full = FULL_BENEFIT * dug_usd_bn(world, calibration)
    size = np.where(full > 0, full, 1.0)
    paid = np.where(full > 0, world.benefit_paid_usd_bn / size, 0.0)
    missing = np.where(full > 0, (world.benefit_usd_bn - world.benefit_paid_usd_bn) / size, 0.0)
    return np.asarray(BENEFIT_POINTS * np.minimum(paid, 1.0) - BROKEN_BENEFIT_POINTS * np.clip(missing, 0.0, 1.0))


def dug_usd_bn(world: World, calibration: Calibration) -> Array:
    """Value of the ore dug in the turn at 2024's prices, [W, N] US$ bn."""
    return np.asarray((world.mined_t * calibration.baseline.ore_price_usd_per_t).sum(2) / BILLION)
