"""How much a nation hangs on others: what it would lose without each, who leans on whom, and the risk of its supply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.measures.nation import met_with_all, met_without, traded_usd
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

WORST_GOVERNANCE = 10.0  # the method's scale of governance: 0 the best, 10 the worst


def need_lost(world: World, calibration: Calibration) -> Array:
    """Points of need (0-100) that nations would lose at once were each supplier (first) to stop, [W, S, N].

    The sum of N-1 security with the supplier and without it; 0 for oneself.
    """
    lost = 100.0 * (met_with_all(world, calibration)[:, None] - met_without(world, calibration))
    home = np.arange(lost.shape[1])
    lost[:, home, home] = 0.0
    return np.asarray(np.maximum(lost, 0.0))


def sales_lost(world: World, calibration: Calibration) -> Array:
    """Points (0-100) of a nation's sales of ore and metal, at prices of 2024, that go to each buyer, [W, O, D]; 0 for
    oneself."""
    value = traded_usd(world, calibration)
    total = value.sum(2, keepdims=True)
    share = 100.0 * value / np.where(total > 0, total, 1.0)
    home = np.arange(share.shape[1])
    share[:, home, home] = 0.0
    return np.asarray(share)


def leverage(world: World, calibration: Calibration) -> Array:
    """What the second nation loses if the first stops selling to it, less what the first loses, [W, A, B] points.

    The second loses need (by the sum of N-1 security), the first its sales. Above 0 the first can afford to stop
    sooner than the second can afford to go without.
    """
    return np.asarray(need_lost(world, calibration) - sales_lost(world, calibration))


def supply_risk(world: World, calibration: Calibration) -> Array:
    """Supply risk by the EU's criticality method, [W, N, M]; from 1 on a material counts as at risk, 0 where none is
    used.

    Methodology for establishing the EU list of critical raw materials (European Commission 2017), for each stage

        SR = (HHI_WGI(world) IR / 2 + HHI_WGI(own suppliers) (1 - IR / 2)) (1 - RIR) SI

    and the stage with the larger one counts. HHI_WGI is the sum over nations of squared shares (0-1) times governance
    (0 best to 10 worst), IR net import reliance, RIR the part of recycled metal in what is delivered. The method's
    trade parameter t is 1. Its substitution index SI rests on experts' judgement; here it is the share of use that
    would remain were the price to double for good.
    """
    base = calibration.baseline
    poor = WORST_GOVERNANCE * (1.0 - base.governance)
    refined = world.refined_t + world.recycled_t + world.synthetic_t
    metal = _risk_of_stage(world.refined_flow_t, refined, poor)
    ore = _risk_of_stage(world.ore_flow_t, world.mined_t, poor)
    recycled = world.recycled_t / np.where(refined > 0, refined, 1.0)
    delivered = world.refined_flow_t.sum(2)
    from_scrap = (world.refined_flow_t * recycled.transpose(0, 2, 1)[..., None]).sum(2)
    primary = 1.0 - from_scrap / np.where(delivered > 0, delivered, 1.0)
    remains = 2.0**-base.demand_elasticity_long
    risk = np.maximum(metal, ore) * (primary * remains[:, None])
    return np.asarray(np.where(delivered > 0, risk, 0.0).transpose(0, 2, 1))


def _risk_of_stage(flow: Array, output: Array, poor: Array) -> Array:
    """HHI_WGI of the world and of a nation's suppliers, weighed by its net import reliance, [W, M, N].

    `flow` [W, M, O, D], `output` [W, N, M], `poor` [N]. Who is delivered nothing of a stage hangs on the world's.
    """
    made = output.transpose(0, 2, 1)
    share = made / np.maximum(made.sum(2, keepdims=True), 1e-12)
    world_risk = (share**2 * poor).sum(2, keepdims=True)
    delivered = flow.sum(2)
    weighed = flow * flow
    weighed *= poor[:, None]
    own_risk = np.where(delivered > 0, weighed.sum(2) / np.where(delivered > 0, delivered, 1.0) ** 2, world_risk)
    home = np.arange(flow.shape[2])
    kept = flow[:, :, home, home]
    net = (delivered - kept) - (flow.sum(3) - kept)
    reliance = np.clip(net / np.maximum(made + net, 1e-12), 0.0, 1.0)
    return np.asarray(world_risk * reliance / 2.0 + own_risk * (1.0 - reliance / 2.0))
