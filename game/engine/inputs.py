"""What the clearing needs, from the state of the world.

Quantities are shares of the mineral's base-year refined use per turn, ore counted as the metal it yields.
"""

import numpy as np

from game.engine.axes import MINE, ORE, RECYCLE, REFINE, REFINED, TURNS_PER_YEAR
from game.engine.calibrate import Calibration
from game.engine.climate import royalty_cost_ln
from game.engine.contract import Contracts, working_capacity
from game.engine.cover import stock_elasticity
from game.engine.fear import stock_for_fear
from game.engine.gate import BAN_SHARE, flow_unit
from game.engine.layout import by_mineral
from game.engine.leak import allowed_exports_t
from game.engine.market import CHOKE_MARGIN, Array, Gates, Markets
from game.engine.scrap import scrap_available
from game.engine.standard import standard_ln
from game.engine.technology import running_cost_ln
from game.engine.use import choke_ln, scenario_growth, synthetic_capacity_t
from game.engine.world import World

RECYCLED, SYNTHETIC, RELEASED = range(3)  # sources of metal that was not refined from ore this turn
RELEASE_LIMIT_LN = -1.0  # a stockpile is not sold below about a third of the base price


def market_inputs(
    world: World,
    calibration: Calibration,
    contracts: Contracts,
    gates: Gates,
    open_trade: Array,
    delayed_t: Array,
    ordinary_t: Array,
) -> Markets:
    """Everything the clearing needs, from the state of the world; `open_trade` [W or 1, M, L, N, N] are ln weights of
    trade without measures, `delayed_t` [W, N, M, L] goods that leave their sellers and stay under way (negative: that
    arrive from there), `ordinary_t` [W, N, M, K] what users want at ordinary prices."""
    base, p = calibration.baseline, calibration.parameters
    unit = 1.0 / calibration.world_use_t  # [M]
    per_ore = calibration.ratio * unit
    working = working_capacity(world)
    lag = (1.0 - p.current_price_weight) * by_mineral(world.mine_gate_ln)
    cost = calibration.mine_cost + _depletion_cost(world, calibration) + running_cost_ln(world, calibration, MINE)
    cost = cost + royalty_cost_ln(world, calibration)
    use_size, use_choke, use_elasticity = _uses(world, calibration, ordinary_t)
    origin_ln, destination_ln = _sizes_ln(world, calibration, ordinary_t)
    mine_size = np.maximum(by_mineral(working[..., MINE] * per_ore) - contracts.sold[:, :, ORE], 0.0)
    refinery_size = np.maximum(by_mineral(working[..., REFINE] * unit) - contracts.sold[:, :, REFINED], 0.0)
    source_size, source_cost = _sources(world, calibration)
    refined_inflow = by_mineral((world.commercial_stock_t + world.release_users_t) * unit)
    refined_inflow = refined_inflow - by_mineral(delayed_t[..., REFINED] * unit)
    if p.constant_stock_change:
        refined_inflow = refined_inflow - (calibration.base_stock_change_t * unit).T
    minerals = len(unit)
    return Markets(
        sigma=p.trade_elasticity,
        mine_size=mine_size,
        mine_steepness=calibration.mine_steepness.T * p.current_price_weight,
        mine_cost=(by_mineral(cost) - lag) / p.current_price_weight,
        refinery_size=refinery_size,
        refinery_steepness=np.full(minerals, p.refinery_steepness),
        refinery_cost=calibration.refinery_cost[:, None] + by_mineral(running_cost_ln(world, calibration, REFINE)),
        source_size=source_size,
        source_steepness=np.tile([p.recycler_steepness, p.synthetic_steepness, p.choke_steepness], (minerals, 1)),
        source_cost=source_cost,
        use_size=use_size,
        use_elasticity=use_elasticity,
        use_choke=use_choke,
        direct_size=_direct_use(world, calibration),
        direct_elasticity=base.demand_elasticity,
        direct_choke=base.choke_ln,
        choke_steepness=p.choke_steepness,
        ore_inflow=contracts.bought[:, :, ORE]
        - contracts.sold[:, :, REFINED]
        - by_mineral(delayed_t[..., ORE] * per_ore),
        refined_inflow=refined_inflow + contracts.bought[:, :, REFINED],
        trade_ln=_trade_ln(world, calibration, open_trade),
        origin_ln=origin_ln,
        destination_ln=destination_ln,
        ceiling=base.choke_ln + base.product_choke.max() + CHOKE_MARGIN,
        gates=gates,
        gate_smoothing=p.gate_smoothing,
    )


def _depletion_cost(world: World, calibration: Calibration) -> Array:
    """Rise of ln cost as reserves shrink [W, N, M]."""
    reserves = calibration.baseline.reserves_t
    with np.errstate(divide="ignore", invalid="ignore"):
        used = np.log(reserves / np.maximum(world.reserves_t, 1e-9 * reserves))
    limiting = np.isfinite(reserves) & (reserves > 0)
    return calibration.parameters.depletion_cost * np.where(limiting, np.clip(used, 0.0, 8.0), 0.0)


def _direct_use(world: World, calibration: Calibration) -> Array:
    """Ore used as ore [W, M, N], grown with the mineral's demand; slow substitution follows the refined price."""
    base = calibration.baseline
    slow = (base.demand_elasticity_long - base.demand_elasticity) * (
        world.slow_response_ln - calibration.smoothed_past_ln
    )
    grown = calibration.direct_constant_t * scenario_growth(world, calibration) * np.exp(-slow)
    return by_mineral(grown / calibration.world_use_t)


def _uses(world: World, calibration: Calibration, ordinary: Array) -> tuple[Array, Array, Array]:
    """Rows of demand: the products, stockpile purchases, commercial stock. Sizes and chokes [W, M, K+2, N]."""
    base, p = calibration.baseline, calibration.parameters
    unit = 1.0 / calibration.world_use_t
    choke = choke_ln(calibration)
    products = len(calibration.axes.products)
    shape = (world.size, len(unit), products + 2, len(calibration.axes.nations))
    size, limit = np.empty(shape), np.empty(shape)
    size[:, :, :products] = by_mineral(ordinary * (unit[:, None] * (1 + np.exp(-p.choke_steepness * choke))))
    limit[:, :, :products] = choke[None, :, :, None]
    size[:, :, products] = by_mineral(world.purchase_t[..., 0] * unit)
    limit[:, :, products] = by_mineral(world.purchase_limit_ln)
    momentum = p.momentum * np.clip(world.price_change_ln, -p.momentum_cap, p.momentum_cap)
    wanted = calibration.stock_constant * base.stock_cover * ordinary.sum(3) * stock_for_fear(world, calibration)
    beta = stock_elasticity(base)
    size[:, :, products + 1] = by_mineral(wanted * np.exp(beta * world.expected_ln + momentum) * unit)
    limit[:, :, products + 1] = np.inf
    elasticity = np.empty((len(unit), products + 2))
    elasticity[:, :products] = base.demand_elasticity[:, None]
    elasticity[:, products], elasticity[:, products + 1] = 0.0, beta
    return size, limit, elasticity


def _sources(world: World, calibration: Calibration) -> tuple[Array, Array]:
    """Refined supply that needs no ore: recycled, synthetic, released from stockpiles. [W, M, 3, N]."""
    unit = 1.0 / calibration.world_use_t
    working = working_capacity(world)[..., RECYCLE]
    recycled = by_mineral(np.minimum(working, scrap_available(world, calibration)) * unit)
    synthetic = (synthetic_capacity_t(world, calibration) * unit).T
    released = by_mineral(np.minimum(world.release_spot_t, world.public_stock_t) * unit)
    size = np.stack([recycled, np.broadcast_to(synthetic, recycled.shape), released], 2)
    cost = np.empty_like(size)
    cost[:, :, :RELEASED] = calibration.source_cost[None, :, :, None]
    cost[:, :, RELEASED] = RELEASE_LIMIT_LN
    return size, cost


def _sizes_ln(world: World, calibration: Calibration, ordinary: Array) -> tuple[Array, Array]:
    """ln of the sizes of origins (shares of the world's) and destinations that scale trade weights, [W, M, L, N]."""
    unit = 1.0 / calibration.world_use_t
    per_ore = calibration.ratio * unit
    base, capacity, growth = calibration.baseline, world.capacity_t, scenario_growth(world, calibration)
    metal = capacity[..., REFINE] + capacity[..., RECYCLE] + synthetic_capacity_t(world, calibration)
    metal = metal + world.release_spot_t
    origin = np.stack([by_mineral(capacity[..., MINE] * per_ore), by_mineral(metal * unit)], 2)
    direct = (base.direct_use_t / TURNS_PER_YEAR * growth) * per_ore
    ore_use = capacity[..., REFINE] * unit + direct
    use = (ordinary.sum(3) + world.purchase_t[..., 0]) * unit
    destination = np.stack([by_mineral(ore_use), by_mineral(use)], 2)
    total = origin.sum(3, keepdims=True)
    with np.errstate(divide="ignore"):
        return np.log(origin / np.where(total > 0, total, 1.0)), np.log(destination)


def _trade_ln(world: World, calibration: Calibration, open_trade: Array) -> Array:
    """ln(weight per size) - sigma tau [W or 1, M, L, N, N], with -inf on closed arcs.

    Only rows that a measure names are touched.
    """
    sigma = calibration.parameters.trade_elasticity
    allied = bool(world.alliance_ln.any() or world.procurement_ln.any())
    measures = _has_import_terms(world) or world.sanction_rate.any() or world.export_target.any()
    if not (allied or measures):
        return open_trade
    trade = np.broadcast_to(open_trade, (world.size, *open_trade.shape[1:])).copy()
    everyone = np.arange(trade.shape[-1])
    if allied:
        _add_treaties(trade, world, sigma)
    w, n, m, layer = np.nonzero(world.import_tariff)
    charged = world.import_tariff[w, n, m, layer][:, None] * (1.0 - world.tariff_relief[w, :, n])
    trade[w, m, layer, :, n] -= sigma * np.log1p(charged) * (everyone != n[:, None])
    w, punishing, punished = np.nonzero(world.sanction_rate)
    if len(w):
        sanction = sigma * np.log1p(world.sanction_rate[w, punishing, punished])
        np.subtract.at(trade.transpose(0, 3, 4, 1, 2), (w, punished, punishing), sanction[:, None, None])
    w, n, m, layer = np.nonzero(world.import_standard)
    if len(w):
        asked = standard_ln(world, calibration, world.import_standard[w, n, m, layer], m, w)
        trade[w, m, layer, :, n] -= sigma * asked * (everyone != n[:, None])
    w, n, m, layer = np.nonzero(world.export_target.any(4))
    named = world.export_target[w, n, m, layer] & (everyone != n[:, None])
    tax = sigma * np.log1p(world.export_tax[w, n, m, layer])
    allowed = allowed_exports_t(world)[w, n, m, layer] / flow_unit(calibration)[m, layer, 0]
    banned = (allowed <= BAN_SHARE)[:, None] & named
    trade[w, m, layer, n] = np.where(banned, -np.inf, trade[w, m, layer, n] - tax[:, None] * named)
    return trade


def _has_import_terms(world: World) -> bool:
    return bool(world.import_tariff.any() or world.import_standard.any())


def _add_treaties(trade: Array, world: World, sigma: float) -> None:
    """What treaties take off or put on the price of goods between nations, and off metal that clubs buy, in place."""
    trade += sigma * world.alliance_ln[:, None, None]
    w, n, m = np.nonzero(world.procurement_ln)
    foreign = np.arange(trade.shape[-1]) != n[:, None]
    trade[w, m, REFINED, :, n] += sigma * world.procurement_ln[w, n, m][:, None] * foreign
