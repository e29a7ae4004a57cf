"""The third stage of the chain: what makers can make of the metal they got, and what their markets need to clear.

Products are counted in US$ bn at makers' prices of 2024 a turn; in the clearing, in shares of the world's output of the
base year. W, N, M, K as in the field table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Array
from game.engine.gate import goods_gates
from game.engine.layout import by_mineral
from game.engine.logistic import logit
from game.engine.maker_duty import duty_cost, has_duties
from game.engine.market import Markets
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

LEAST_FULFILMENT = 1e-9
FULL = 1.0 - 1e-6
CEILING_LN = 7.0  # unmet need enters here: so far above every choke that next to none does at ordinary prices


def metal_fulfilment(use_t: Array, need_t: Array) -> Array:
    """Metal used over metal needed [W, N, M, K]; inf where none is needed."""
    needed = need_t > 0
    return np.where(needed, use_t / np.where(needed, need_t, 1.0), np.inf)


def whole_fulfilment(met: Array, containing: Array) -> Array:
    """Share of all planned output [W, N, M, K] that a mineral allows: output that contains none of it, the part
    1 - `containing` [M, K], lacks nothing."""
    return np.asarray(1.0 + containing * (met - 1.0))


def recipe_output(allowed: Array, weight: Array, containing: Array, elasticity: float) -> Array:
    """Share of planned output that the metal allows [W, N, K], from what each mineral allows [W, N, M, K].

    Minerals that all output of a product contains work together in a CES in calibrated share form,
    `(sum theta f^r)^(1/r)` with `r = (s - 1) / s`: 1 when each fulfilment is 1, near the smallest of them for an
    elasticity `s` near 0. `weight` [M, K] are cost shares. What only a part of output contains stops that part. A
    mineral that a nation's makers do not need drops out.
    """
    power = (elasticity - 1.0) / elasticity
    is_part = containing < 1.0
    theta = np.where(np.isfinite(allowed), np.where(is_part, 0.0, weight), 0.0)
    total = theta.sum(2)
    term = theta * np.exp(power * np.log(np.maximum(allowed, LEAST_FULFILMENT)))
    mean = term.sum(2) / np.where(total > 0, total, 1.0)
    whole = np.where(total > 0, np.exp(np.log(np.where(total > 0, mean, 1.0)) / power), np.inf)
    part = np.where(is_part & (weight > 0), allowed, np.inf).min(2)
    output = np.minimum(whole, part)
    return np.asarray(np.where(np.isfinite(output), output, 1.0))


def scarcest(allowed: Array, weight: Array) -> NDArray[np.int64]:
    """Mineral that allows the smallest part of makers' plans, [W, N, K]; -1 where all of it was met."""
    relevant = np.where(weight > 0, allowed, np.inf)
    return np.where(relevant.min(2) < FULL, relevant.argmin(2), -1)


def metal_cost_ln(world: World, calibration: Calibration) -> Array:
    """ln of a product's unit cost in a nation against 2024 [W, N, K]: at the prices of metal delivered there, and with
    what duties on makers add."""
    makers = calibration.makers
    dearer = makers.metal_share * (np.expm1(world.delivered_ln)[..., None] * makers.recipe_weight).sum(2)
    if has_duties(world):
        dearer = dearer * (1.0 - world.thrift_share) + duty_cost(world, calibration)
    return np.asarray(np.log1p(dearer))


def making_margin_ln(world: World, calibration: Calibration) -> Array:
    """Makers' margin against 2024: price at the gate over the cost of its metal [W, N, K]; ln."""
    return np.asarray(world.product_gate_ln - metal_cost_ln(world, calibration))


def final_need(world: World, calibration: Calibration) -> Array:
    """Products that buyers want at prices of 2024, by scenario [N, K], US$ bn a turn."""
    makers = calibration.makers
    return makers.final_usd_bn * makers.at(makers.growth, world.turn)


def product_markets(world: World, calibration: Calibration) -> Markets:
    """One market for each product, with its refined layer alone: makers sell, buyers of final goods use."""
    p, makers = calibration.parameters, calibration.makers
    unit = 1.0 / makers.world_usd_bn
    allowed = np.minimum(world.planned_usd_bn * world.recipe_met_share, world.maker_capacity_usd_bn)
    shut = float(logit(p.maker_delivery)) / p.delivery_steepness
    choke = p.final_choke_ln + calibration.baseline.product_choke
    wanted = (final_need(world, calibration) * unit).T
    size = wanted * (1.0 + np.exp(-p.choke_steepness * choke))[:, None]
    shape = (world.size, len(unit), len(calibration.axes.nations))
    none, constant = np.zeros(shape), np.zeros(len(unit))
    capacity = by_mineral(world.maker_capacity_usd_bn * unit)
    total = capacity.sum(2, keepdims=True)
    closed = np.full(shape, -np.inf)
    trade = np.stack([np.full_like(makers.trade_ln, -np.inf), makers.trade_ln], 1)
    with np.errstate(divide="ignore"):
        origin = np.log(capacity / np.where(total > 0, total, 1.0))
        destination = np.broadcast_to(np.log(wanted), shape)
    return Markets(
        sigma=p.product_trade_elasticity,
        mine_size=none,
        mine_steepness=none[0],
        mine_cost=none,
        refinery_size=none,
        refinery_steepness=constant,
        refinery_cost=none,
        source_size=by_mineral(allowed * unit)[:, :, None],
        source_steepness=np.full((len(unit), 1), p.delivery_steepness),
        source_cost=by_mineral(metal_cost_ln(world, calibration) - shut)[:, :, None],
        use_size=np.broadcast_to(size[:, None], (world.size, len(unit), 1, shape[2])),
        use_elasticity=np.full((len(unit), 1), p.final_demand_elasticity),
        use_choke=np.broadcast_to(choke[:, None, None], (world.size, len(unit), 1, shape[2])),
        direct_size=none,
        direct_elasticity=constant,
        direct_choke=constant,
        choke_steepness=p.choke_steepness,
        ore_inflow=none,
        refined_inflow=none,
        trade_ln=trade[None],
        origin_ln=np.stack([closed, origin], 2),
        destination_ln=np.stack([closed, destination], 2),
        ceiling=np.full(len(unit), CEILING_LN),
        gates=goods_gates(world, calibration),
    )
