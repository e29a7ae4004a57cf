"""What users want at ordinary prices, by scenario."""

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.market import Array
from game.engine.schedule import scenario_multiple
from game.engine.world import World


def ordinary_use(world: World, calibration: Calibration) -> Array:
    """Use wanted at base prices, after trend, shock and slow substitution [W, N, M, K], tonnes a turn."""
    base = calibration.baseline
    slow = base.demand_elasticity_long - base.demand_elasticity
    choke = 1.0 + np.exp(-calibration.parameters.choke_steepness * choke_ln(calibration))
    factor = np.exp(world.demand_shock_ln - slow * world.slow_response_ln)
    return np.asarray(
        calibration.use_constant_t / choke * scenario_multiple(calibration.baseline, world.turn) * factor[..., None]
    )


def scenario_growth(world: World, calibration: Calibration) -> Array:
    """The scenario's multiple of a mineral's base use over all products [M]."""
    share = calibration.baseline.product_share
    return np.asarray(
        (scenario_multiple(calibration.baseline, world.turn) * share).sum(1) / np.maximum(share.sum(1), 1e-12)
    )


def choke_ln(calibration: Calibration) -> Array:
    """ln of the price at which a product's users stop [M, K]."""
    base = calibration.baseline
    return np.asarray(base.choke_ln[:, None] + base.product_choke[None])
