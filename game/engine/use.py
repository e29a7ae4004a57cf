"""What users want at ordinary prices, by scenario."""

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.market import Array
from game.engine.schedule import scenario_multiple
from game.engine.variant import variant_intensity
from game.engine.world import World


def ordinary_use(world: World, calibration: Calibration) -> Array:
    """Use wanted at base prices for what makers plan, after shock and slow substitution, less what is saved and lost
    for good or saved by standard; [W, N, M, K], tonnes a turn."""
    base, makers = calibration.baseline, calibration.makers
    slow = base.demand_elasticity_long - base.demand_elasticity
    choke = 1.0 + np.exp(-calibration.parameters.choke_steepness * choke_ln(calibration))
    factor = np.exp(world.demand_shock_ln - slow * world.slow_response_ln)
    recipe = calibration.use_constant_t / choke * makers.at(makers.intensity, world.turn)
    left = (1.0 - world.saved_share)[:, None] * (1.0 - world.scar)[..., None] * variant_intensity(world, calibration)
    wanted = recipe * left * activity(world, calibration)[:, :, None] * factor[..., None]
    if world.thrift_share.any():
        wanted *= (1.0 - world.thrift_share)[:, :, None]
    return np.asarray(wanted)


def activity(world: World, calibration: Calibration) -> Array:
    """Output that makers plan as a multiple of the base year's, [W, N, K]; the world's where a nation is no maker."""
    base = planned_in_base_year(calibration)
    whole = world.planned_usd_bn.sum(1, keepdims=True) / base.sum(0)
    return np.asarray(np.where(base > 0, world.planned_usd_bn / np.where(base > 0, base, 1.0), whole))


def planned_in_base_year(calibration: Calibration) -> Array:
    """Output that makers planned in the base year [N, K], US$ bn a turn."""
    return np.asarray(calibration.makers.made_usd_bn / calibration.parameters.maker_delivery)


def scenario_growth(world: World, calibration: Calibration) -> Array:
    """The scenario's multiple of a mineral's base use over all products [M]."""
    share = calibration.baseline.product_share
    return np.asarray(
        (scenario_multiple(calibration.baseline, world.turn) * share).sum(1) / np.maximum(share.sum(1), 1e-12)
    )


def synthetic_capacity_t(world: World, calibration: Calibration) -> Array:
    """Capacity of plants whose output never was ore [N, M], t per turn; past the schedule it stays where it is."""
    path = calibration.schedule.synthetic_t
    return np.asarray(path[min(world.turn, len(path) - 1)])


def choke_ln(calibration: Calibration) -> Array:
    """ln of the price at which a product's users stop [M, K]."""
    base = calibration.baseline
    return np.asarray(base.choke_ln[:, None] + base.product_choke[None])
