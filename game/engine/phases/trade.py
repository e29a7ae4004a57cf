"""Trade: contracts are filled, then ore and refined metal clear in one call, and the outcome is written to the world.

Inside, quantities are shares of the mineral's base-year refined use per turn, ore counted as the metal it yields.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, ORE, RECYCLE, REFINE, REFINED, TURNS_PER_YEAR
from game.engine.calibrate import Calibration, freight_ln
from game.engine.clearing import clear
from game.engine.market import CHOKE_MARGIN, Gates, Markets, Solution, Start
from game.engine.schedule import scenario_multiple
from game.engine.scrap import scrap_available
from game.engine.world import World

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

RECYCLED, SYNTHETIC, RELEASED = range(3)
RELEASE_LIMIT_LN = -1.0  # a stockpile is not sold below about a third of the base price
CAP_WATCH = 0.7  # a supplier is gated once its share passes this part of the cap
BAN_SHARE = 1e-6  # a quota below this share of base use closes the arcs


@dataclass(frozen=True)
class Contracts:
    """Firm deliveries of a turn: shares of base use, by slot [W, C] and summed over pairs."""

    slot: Array  # [W, C] delivered, refined equivalents over base use
    pair: Array  # [W, M, L, N, N] origin, destination
    sold: Array  # [W, M, L, N]
    bought: Array  # [W, M, L, N]


def trade(world: World, calibration: Calibration) -> Solution:
    """Clear all markets of the turn and write the outcome fields."""
    contracts = contract_deliveries(world, calibration)
    quotas = _export_gates(world, calibration, contracts)
    markets = market_inputs(world, calibration, contracts, _joined(quotas, _cap_gates(world, calibration, contracts)))
    start = Start(
        mine_gate=_by_mineral(world.mine_gate_ln),
        ore_delivered=_by_mineral(world.ore_delivered_ln),
        refinery_gate=_by_mineral(world.refinery_gate_ln),
        delivered=_by_mineral(world.delivered_ln),
    )
    solution = clear(markets, start)
    _write(world, calibration, contracts, solution)
    _write_rents(world, quotas, solution)
    return solution


def _joined(first: Gates, second: Gates) -> Gates:
    """Gates of both, those of the first kept in front."""
    return Gates(*(np.concatenate([a, b]) for a, b in zip(vars(first).values(), vars(second).values(), strict=True)))


def _by_mineral(values: Array) -> Array:
    """[W, N, M, …] -> [W, M, …, N] contiguous."""
    return np.ascontiguousarray(np.moveaxis(values, 1, -1))


def _by_nation(values: Array) -> Array:
    """[W, M, …, N] -> [W, N, M, …]."""
    return np.moveaxis(values, -1, 1)


def working_capacity(world: World) -> Array:
    """Capacity less outages [W, N, M, S], tonnes a turn."""
    return np.asarray(world.capacity_t * (1.0 - world.outage_share))


def ordinary_use(world: World, calibration: Calibration) -> Array:
    """Use wanted at base prices, after trend, shock and slow substitution [W, N, M, K], tonnes a turn."""
    base = calibration.baseline
    slow = base.demand_elasticity_long - base.demand_elasticity
    choke = 1.0 + np.exp(-calibration.parameters.choke_steepness * _choke(calibration))
    factor = np.exp(world.demand_shock_ln - slow * world.slow_response_ln)
    return np.asarray(
        calibration.use_constant_t / choke * scenario_multiple(calibration.baseline, world.turn) * factor[..., None]
    )


def _growth(world: World, calibration: Calibration) -> Array:
    """The scenario's multiple of a mineral's base use over all products [M]."""
    share = calibration.baseline.product_share
    return np.asarray(
        (scenario_multiple(calibration.baseline, world.turn) * share).sum(1) / np.maximum(share.sum(1), 1e-12)
    )


def _choke(calibration: Calibration) -> Array:
    """ln of the price at which a product's users stop [M, K]."""
    base = calibration.baseline
    return np.asarray(base.choke_ln[:, None] + base.product_choke[None])


def contract_deliveries(world: World, calibration: Calibration) -> Contracts:
    """Delivered = min(promised, its share of 95 % of working capacity, what an export quota leaves to its target)."""
    minerals, nations = len(calibration.axes.minerals), len(calibration.axes.nations)
    shape = (world.size, minerals, 2, nations, nations)
    slot = np.zeros(world.contract_t.shape)
    pair = np.zeros(shape)
    w, c = np.nonzero((world.contract_seller >= 0) & (world.contract_t > 0))
    if len(w):
        seller, buyer = world.contract_seller[w, c], world.contract_buyer[w, c]
        mineral, layer = world.contract_mineral[w, c], world.contract_layer[w, c]
        promised = np.zeros(shape[:4])
        np.add.at(promised, (w, mineral, layer, seller), world.contract_t[w, c])
        capacity = _contract_capacity(world, calibration)
        share = np.minimum(1.0, capacity / np.where(promised > 0, promised, 1.0))[w, mineral, layer, seller]
        share = np.minimum(share, _quota_share(world, (w, c, seller, buyer, mineral, layer)))
        tonnes = world.contract_t[w, c] * share
        world.contract_delivered_t[...] = 0.0
        world.contract_delivered_t[w, c] = tonnes
        per_ore = np.where(layer == ORE, calibration.ratio[mineral], 1.0)
        slot[w, c] = tonnes * per_ore / calibration.world_use_t[mineral]
        np.add.at(pair, (w, mineral, layer, seller, buyer), slot[w, c])
    return Contracts(slot, pair, pair.sum(4), pair.sum(3))


def _contract_capacity(world: World, calibration: Calibration) -> Array:
    """[W, M, L, N] tonnes a turn that contracts may draw on."""
    working = working_capacity(world)
    share = calibration.parameters.contract_capacity_share
    return np.asarray(share * np.stack([_by_mineral(working[..., MINE]), _by_mineral(working[..., REFINE])], 2))


def _quota_share(world: World, at: tuple[NDArray[np.int64], ...]) -> Array:
    """Share of each contract that an export measure lets out."""
    w, c, seller, buyer, mineral, layer = at
    hit = world.export_target[w, seller, mineral, layer, buyer] & (seller != buyer)
    quota = world.export_quota_t[w, seller, mineral, layer]
    asked = np.zeros(world.export_quota_t.shape)
    np.add.at(asked, (w, seller, mineral, layer), np.where(hit, world.contract_t[w, c], 0.0))
    total = asked[w, seller, mineral, layer]
    return np.where(hit, np.minimum(1.0, quota / np.where(total > 0, total, 1.0)), 1.0)


def market_inputs(world: World, calibration: Calibration, contracts: Contracts, gates: Gates) -> Markets:
    """Everything the clearing needs, from the state of the world."""
    base, p = calibration.baseline, calibration.parameters
    unit = 1.0 / calibration.world_use_t  # [M]
    per_ore = calibration.ratio * unit
    working = working_capacity(world)
    lag = (1.0 - p.current_price_weight) * _by_mineral(world.mine_gate_ln)
    cost = calibration.mine_cost + _depletion_cost(world, calibration)
    use_size, use_choke, use_elasticity = _uses(world, calibration)
    origin_ln, destination_ln = _sizes_ln(world, calibration)
    mine_size = np.maximum(_by_mineral(working[..., MINE] * per_ore) - contracts.sold[:, :, ORE], 0.0)
    refinery_size = np.maximum(_by_mineral(working[..., REFINE] * unit) - contracts.sold[:, :, REFINED], 0.0)
    source_size, source_cost = _sources(world, calibration)
    refined_inflow = _by_mineral((world.commercial_stock_t + world.release_users_t) * unit)
    if p.constant_stock_change:
        refined_inflow = refined_inflow - (calibration.base_stock_change_t * unit).T
    minerals = len(unit)
    return Markets(
        sigma=p.trade_elasticity,
        mine_size=mine_size,
        mine_steepness=base.supply_steepness * p.current_price_weight,
        mine_cost=(_by_mineral(cost) - lag) / p.current_price_weight,
        refinery_size=refinery_size,
        refinery_steepness=np.full(minerals, p.refinery_steepness),
        refinery_cost=np.broadcast_to(calibration.refinery_cost[:, None], refinery_size.shape),
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
        ore_inflow=contracts.bought[:, :, ORE] - contracts.sold[:, :, REFINED],
        refined_inflow=refined_inflow + contracts.bought[:, :, REFINED],
        trade_ln=_trade_ln(world, calibration),
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
    grown = calibration.direct_constant_t * _growth(world, calibration) * np.exp(-slow)
    return _by_mineral(grown / calibration.world_use_t)


def _uses(world: World, calibration: Calibration) -> tuple[Array, Array, Array]:
    """Rows of demand: the products, stockpile purchases, commercial stock. Sizes and chokes [W, M, K+2, N]."""
    base, p = calibration.baseline, calibration.parameters
    unit = 1.0 / calibration.world_use_t
    ordinary = ordinary_use(world, calibration)
    choke = _choke(calibration)
    products = len(calibration.axes.products)
    shape = (world.size, len(unit), products + 2, len(calibration.axes.nations))
    size, limit = np.empty(shape), np.empty(shape)
    size[:, :, :products] = _by_mineral(ordinary * (unit[:, None] * (1 + np.exp(-p.choke_steepness * choke))))
    limit[:, :, :products] = choke[None, :, :, None]
    size[:, :, products] = _by_mineral(world.purchase_t[..., 0] * unit)
    limit[:, :, products] = _by_mineral(world.purchase_limit_ln)
    momentum = p.momentum * np.clip(world.price_change_ln, -p.momentum_cap, p.momentum_cap)
    wanted = calibration.stock_constant * base.stock_cover * ordinary.sum(3)
    size[:, :, products + 1] = _by_mineral(wanted * np.exp(p.stock_elasticity * world.expected_ln + momentum) * unit)
    limit[:, :, products + 1] = np.inf
    elasticity = np.empty((len(unit), products + 2))
    elasticity[:, :products] = base.demand_elasticity[:, None]
    elasticity[:, products], elasticity[:, products + 1] = 0.0, p.stock_elasticity
    return size, limit, elasticity


def _sources(world: World, calibration: Calibration) -> tuple[Array, Array]:
    """Refined supply that needs no ore: recycled, synthetic, released from stockpiles. [W, M, 3, N]."""
    unit = 1.0 / calibration.world_use_t
    working = working_capacity(world)[..., RECYCLE]
    recycled = _by_mineral(np.minimum(working, scrap_available(world, calibration)) * unit)
    synthetic = (calibration.synthetic_capacity_t * _growth(world, calibration) * unit).T
    released = _by_mineral(np.minimum(world.release_spot_t, world.public_stock_t) * unit)
    size = np.stack([recycled, np.broadcast_to(synthetic, recycled.shape), released], 2)
    cost = np.empty_like(size)
    cost[:, :, :RELEASED] = calibration.source_cost[None, :, :, None]
    cost[:, :, RELEASED] = RELEASE_LIMIT_LN
    return size, cost


def _sizes_ln(world: World, calibration: Calibration) -> tuple[Array, Array]:
    """ln of the sizes of origins (shares of the world's) and destinations that scale trade weights, [W, M, L, N]."""
    unit = 1.0 / calibration.world_use_t
    per_ore = calibration.ratio * unit
    base, capacity, growth = calibration.baseline, world.capacity_t, _growth(world, calibration)
    metal = capacity[..., REFINE] + capacity[..., RECYCLE] + calibration.synthetic_capacity_t * growth
    metal = metal + world.release_spot_t
    origin = np.stack([_by_mineral(capacity[..., MINE] * per_ore), _by_mineral(metal * unit)], 2)
    direct = (base.direct_use_t / TURNS_PER_YEAR * growth) * per_ore
    ore_use = capacity[..., REFINE] * unit + direct
    use = (ordinary_use(world, calibration).sum(3) + world.purchase_t[..., 0]) * unit
    destination = np.stack([_by_mineral(ore_use), _by_mineral(use)], 2)
    total = origin.sum(3, keepdims=True)
    with np.errstate(divide="ignore"):
        return np.log(origin / np.where(total > 0, total, 1.0)), np.log(destination)


def _trade_ln(world: World, calibration: Calibration) -> Array:
    """ln(weight per size) - sigma tau [W or 1, M, L, N, N], with -inf on closed arcs."""
    sigma = calibration.parameters.trade_elasticity
    trade = calibration.trade_ln[None]
    if (world.corridor_open <= 0).any():
        trade = trade - sigma * _freight_change(world, calibration)
    if not world.export_target.any():
        return trade
    named = np.moveaxis(world.export_target, 1, 3) & ~np.eye(
        trade.shape[-1], dtype=bool
    )  # [W, M, L, origin, destination]
    tax = np.log1p(_by_mineral(world.export_tax))  # [W, M, L, N]
    quota = _by_mineral(world.export_quota_t) / _flow_unit(calibration)
    return np.where((quota <= BAN_SHARE)[..., None] & named, -np.inf, trade - sigma * tax[..., None] * named)


def _flow_unit(calibration: Calibration) -> Array:
    """Tonnes of each layer in one unit of the clearing [M, L, 1]."""
    per_layer = np.stack([calibration.world_use_t / calibration.ratio, calibration.world_use_t], 1)
    return per_layer[..., None]


def _freight_change(world: World, calibration: Calibration) -> Array:
    """Change of ln(price with freight) against the base routes, [W, M, L, N, N]."""
    shut = world.corridor_open <= 0
    names = calibration.baseline.network.corridor_ids
    patterns, which = np.unique(shut, axis=0, return_inverse=True)
    changes = [
        freight_ln(calibration.baseline, frozenset(names[c] for c in np.flatnonzero(row))) - calibration.base_freight_ln
        for row in patterns
    ]
    return np.stack(changes)[which.reshape(-1)]


def _export_gates(world: World, calibration: Calibration, contracts: Contracts) -> Gates:
    unit = _flow_unit(calibration)
    target = np.moveaxis(world.export_target, 1, 3)
    allowed = _by_mineral(world.export_quota_t) / unit
    binds = np.isfinite(allowed) & (allowed > BAN_SHARE) & target.any(4)
    w, m, layer, origin = np.nonzero(binds)
    nations = len(calibration.axes.nations)
    arcs = np.zeros((len(w), nations, nations), dtype=bool)
    arcs[np.arange(len(w)), origin] = target[w, m, layer, origin]
    arcs[np.arange(len(w)), origin, origin] = False
    promised = (contracts.pair[w, m, layer, origin] * target[w, m, layer, origin]).sum(1)
    capacity = np.maximum(allowed[w, m, layer, origin] - promised, BAN_SHARE)
    return Gates(w, m, layer, capacity, arcs)


def _cap_gates(world: World, calibration: Calibration, contracts: Contracts) -> Gates:
    """One gate for every foreign supplier whose last share passed a part of the cap: capacity = cap x ordinary use."""
    nations = len(calibration.axes.nations)
    capped = _by_mineral(world.sourcing_cap_share) < 1.0  # [W, M, N]
    if not capped.any():
        return Gates.none(nations)
    total = world.refined_flow_t.sum(2)
    share = world.refined_flow_t / np.where(total > 0, total, 1.0)[:, :, None]
    cap = _by_mineral(world.sourcing_cap_share)
    watched = capped[:, :, None] & (share > CAP_WATCH * cap[:, :, None]) & ~np.eye(nations, dtype=bool)
    w, m, origin, destination = np.nonzero(watched)
    use = _by_mineral(ordinary_use(world, calibration).sum(3) / calibration.world_use_t)
    room = cap[w, m, destination] * use[w, m, destination] - contracts.pair[w, m, REFINED, origin, destination]
    arcs = np.zeros((len(w), nations, nations), dtype=bool)
    arcs[np.arange(len(w)), origin, destination] = True
    return Gates(w, m, np.full(len(w), REFINED), np.maximum(room, BAN_SHARE), arcs)


def _seller(gates: Gates) -> NDArray[np.int64]:
    """Origin of gates that have one origin."""
    return gates.arcs.any(2).argmax(1) if len(gates.capacity) else np.zeros(0, dtype=np.int64)


def _write(world: World, calibration: Calibration, contracts: Contracts, solution: Solution) -> None:
    """Outcome fields in tonnes a turn."""
    unit, per_ore = calibration.world_use_t, calibration.world_use_t / calibration.ratio
    products = len(calibration.axes.products)
    put = world.arrays
    put["mine_gate_ln"][...] = _by_nation(solution.mine_gate)
    put["ore_delivered_ln"][...] = _by_nation(solution.ore_delivered)
    put["refinery_gate_ln"][...] = _by_nation(solution.refinery_gate)
    put["delivered_ln"][...] = _by_nation(solution.delivered)

    ore_short = solution.unmet[:, :, 0]
    sold_metal = contracts.sold[:, :, REFINED]
    need = np.where(solution.refined + sold_metal > 0, solution.refined + sold_metal + solution.direct, 1.0)
    ore_met = np.clip(1.0 - ore_short / need, 0.0, 1.0)
    made = (solution.refined + sold_metal) * ore_met
    sold_ore = solution.mined - solution.idle[:, :, 0] + contracts.sold[:, :, ORE]
    put["mined_t"][...] = _by_nation(np.maximum(sold_ore, 0.0)) * per_ore
    put["refined_t"][...] = _by_nation(made) * unit
    put["direct_use_t"][...] = _by_nation(solution.direct * ore_met) * per_ore
    put["recycled_t"][...] = _by_nation(solution.sourced[:, :, RECYCLED]) * unit
    put["synthetic_t"][...] = _by_nation(solution.sourced[:, :, SYNTHETIC]) * unit
    put["released_t"][...] = _by_nation(solution.sourced[:, :, RELEASED]) * unit + world.release_users_t
    put["idle_t"][...] = _by_nation(solution.idle[:, :, 1]) * unit

    spot_met = _spot_met(solution, ore_met)
    failed_spot = (solution.flow[:, :, 1] * (1.0 - spot_met)[..., None]).sum(2)
    missing = solution.unmet[:, :, 1] + failed_spot + _failed_contracts(contracts, solution, ore_met)
    asked = solution.used.sum(2)
    met = np.clip(1.0 - missing / np.where(asked > 0, asked, 1.0), 0.0, 1.0)
    used = solution.used * met[:, :, None]
    put["use_t"][...] = _by_nation(used[:, :, :products]) * unit[:, None]
    put["need_t"][...] = ordinary_use(world, calibration)
    put["unmet_t"][...] = _by_nation(asked - used.sum(2)) * unit
    put["purchased_t"][...] = _by_nation(used[:, :, products]) * unit
    put["commercial_stock_t"][...] = _by_nation(used[:, :, products + 1]) * unit
    _write_flows(world, calibration, contracts, solution, ore_met, spot_met)


def _spot_met(solution: Solution, ore_met: Array) -> Array:
    """Share of each nation's spot sales of metal that its ore allows, [W, M, N]."""
    offered = solution.refined + solution.sourced.sum(2)
    return np.asarray(1.0 - (1.0 - ore_met) * solution.refined / np.where(offered > 0, offered, 1.0))


def _failed_contracts(contracts: Contracts, solution: Solution, ore_met: Array) -> Array:
    """Contract metal that could not be made for lack of ore, at its buyers [W, M, N]."""
    short = np.where(contracts.sold[:, :, REFINED] > 0, 1.0 - ore_met, 0.0)
    return np.asarray((contracts.pair[:, :, REFINED] * short[..., None]).sum(2))


def _write_flows(
    world: World,
    calibration: Calibration,
    contracts: Contracts,
    solution: Solution,
    ore_met: Array,
    spot_met: Array,
) -> None:
    unit = calibration.world_use_t[:, None, None]
    ratio = calibration.ratio[:, None, None]
    firm = contracts.pair[:, :, REFINED] * ore_met[..., None]
    world.arrays["ore_flow_t"][...] = (solution.flow[:, :, 0] + contracts.pair[:, :, ORE]) * (unit / ratio)
    refined = solution.flow[:, :, 1] * spot_met[..., None] + firm
    world.arrays["refined_flow_t"][...] = refined * unit
    foreign = refined * ~np.eye(refined.shape[-1], dtype=bool)
    imports = foreign.sum(2)
    weight = np.where(imports.sum(2, keepdims=True) > 0, imports, refined.sum(2))
    total = weight.sum(2)
    price = (weight * solution.delivered).sum(2) / np.where(total > 0, total, 1.0)
    world.arrays["headline_ln"][...] = np.where(total > 0, price, solution.delivered.max(2))


def _write_rents(world: World, quotas: Gates, solution: Solution) -> None:
    """Shadow price of each export quota; the quotas are the first gates of the clearing."""
    rent = world.arrays["export_rent_ln"]
    rent[...] = 0.0
    rent[quotas.world, _seller(quotas), quotas.mineral, quotas.layer] = solution.gate_price[: len(quotas.capacity)]
