"""Care for what is dug: the licence of what a nation digs and uses, wherever that was dug and refined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

LICENCE_WEIGHT = 0.7  # of stewardship; the rest is integrity
SOCIAL_WEIGHT, ENVIRONMENT_WEIGHT = 0.6, 0.25  # of what is accepted at a site; the rest is labour
MINE_WEIGHT = 0.5  # of refined ore's licence; the rest is that of the refinery's nation


def accepted(world: World) -> Array:
    """Social and environmental acceptance of a nation's sites of a mineral, 0-1 [W, N, M]."""
    parts = SOCIAL_WEIGHT * world.social_licence + ENVIRONMENT_WEIGHT * world.environment
    return np.asarray((parts + (1.0 - SOCIAL_WEIGHT - ENVIRONMENT_WEIGHT) * world.labour) / 100.0)


def licence(world: World, calibration: Calibration) -> Array:
    """Social and environmental acceptance of what a nation digs and of the metal it is delivered, 0-100, [W, N].

    Each tonne counts by its value at 2024 prices. Metal refined from ore carries half the licence of where its ore was
    dug and half of where it was refined, recycled metal that of its recyclers' nation: harm done abroad stays harm.
    """
    base, own = calibration.baseline, accepted(world)
    delivered = world.refined_flow_t  # [W, M, O, D]
    value = delivered * base.price_usd_per_t[:, None, None]
    used = (value * footprint(world)[..., None]).sum((1, 2))
    mined_usd = world.mined_t * base.ore_price_usd_per_t
    total = value.sum((1, 2)) + mined_usd.sum(2)
    mean = (used + (mined_usd * own).sum(2)) / np.where(total > 0, total, 1.0)
    return np.asarray(100.0 * np.where(total > 0, mean, own.mean(2)))


def footprint(world: World) -> Array:
    """Licence (0-1) of the metal that leaves each nation's refineries and recyclers, [W, M, O]."""
    own = accepted(world).transpose(0, 2, 1)
    arrived = world.ore_flow_t.sum(2)
    dug = (world.ore_flow_t * own[..., None]).sum(2) / np.where(arrived > 0, arrived, 1.0)
    dug = np.where(arrived > 0, dug, own)
    made = world.refined_t + world.recycled_t + world.synthetic_t
    from_ore = (world.refined_t / np.where(made > 0, made, 1.0)).transpose(0, 2, 1)
    return np.asarray(own + from_ore * MINE_WEIGHT * (dug - own))


def stewardship(world: World, calibration: Calibration) -> Array:
    """The pillar: 0.7 licence of what is dug and used + 0.3 integrity of the government, 0-100, [W, N]."""
    return np.asarray(LICENCE_WEIGHT * licence(world, calibration) + (1.0 - LICENCE_WEIGHT) * world.integrity)
