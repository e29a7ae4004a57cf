"""Trade: contracts are filled, then ore and refined metal clear in one call, and the world learns the outcome."""

import numpy as np

from game.engine.axes import ORE, REFINED
from game.engine.calibrate import Calibration
from game.engine.clearing import clear
from game.engine.contract import Contracts, contract_deliveries
from game.engine.corridor import CorridorGates, corridor_gates, delay_t, open_trade_ln, rents_usd_bn
from game.engine.gate import cap_gates, export_gates, joined_gates, only_origin
from game.engine.inputs import RECYCLED, RELEASED, SYNTHETIC, market_inputs
from game.engine.layout import by_mineral, by_nation
from game.engine.market import Array, Gates, Solution, Start
from game.engine.processing import processing_gates
from game.engine.surcharge import surcharges
from game.engine.use import ordinary_use
from game.engine.way import ways
from game.engine.world import World


def trade(world: World, calibration: Calibration) -> Solution:
    """Clear all markets of the turn and write the outcome fields."""
    contracts, way = contract_deliveries(world, calibration), ways(world, calibration)
    ordinary_t = ordinary_use(world, calibration)
    quotas, caps = export_gates(world, calibration, contracts), cap_gates(world, calibration, contracts, ordinary_t)
    held = corridor_gates(world, calibration, contracts, way)
    surcharged = surcharges(world, calibration, way, held.waiting)
    delayed_t = delay_t(world, calibration, contracts, way, surcharged)
    open_trade = open_trade_ln(calibration, way, surcharged)
    rules = joined_gates(caps, processing_gates(world, calibration, contracts))
    gates = joined_gates(joined_gates(quotas, rules), held.gates)
    markets = market_inputs(world, calibration, contracts, gates, open_trade, delayed_t, ordinary_t)
    start = Start(
        mine_gate=by_mineral(world.mine_gate_ln),
        ore_delivered=by_mineral(world.ore_delivered_ln),
        refinery_gate=by_mineral(world.refinery_gate_ln),
        delivered=by_mineral(world.delivered_ln),
    )
    solution = clear(markets, start)
    world.need_t[...] = ordinary_t
    _write(world, calibration, contracts, solution, delayed_t)
    _write_rents(world, quotas, solution)
    _write_corridor_rents(world, calibration, held, solution)
    world.arrays["corridor_load"][...] = held.load
    return solution


def _write(world: World, calibration: Calibration, contracts: Contracts, solution: Solution, delayed_t: Array) -> None:
    """Outcome fields in tonnes a turn."""
    unit, per_ore = calibration.world_use_t, calibration.world_use_t / calibration.ratio
    products = len(calibration.axes.products)
    put = world.arrays
    put["mine_gate_ln"][...] = by_nation(solution.mine_gate)
    put["ore_delivered_ln"][...] = by_nation(solution.ore_delivered)
    put["refinery_gate_ln"][...] = by_nation(solution.refinery_gate)
    put["delivered_ln"][...] = by_nation(solution.delivered)

    ore_short = solution.unmet[:, :, 0]
    sold_metal = contracts.sold[:, :, REFINED]
    kept_at_sea = np.maximum(delayed_t, 0.0)
    ore_at_sea = by_mineral(kept_at_sea[..., ORE] / per_ore)
    need = solution.refined + sold_metal + solution.direct + ore_at_sea
    ore_met = np.clip(1.0 - ore_short / np.where(need > 0, need, 1.0), 0.0, 1.0)
    made = (solution.refined + sold_metal) * ore_met
    sold_ore = solution.mined - solution.idle[:, :, 0] + contracts.sold[:, :, ORE]
    put["mined_t"][...] = by_nation(np.maximum(sold_ore, 0.0)) * per_ore
    put["refined_t"][...] = by_nation(made) * unit
    put["direct_use_t"][...] = by_nation(solution.direct * ore_met) * per_ore
    put["recycled_t"][...] = by_nation(solution.sourced[:, :, RECYCLED]) * unit
    put["synthetic_t"][...] = by_nation(solution.sourced[:, :, SYNTHETIC]) * unit
    put["released_t"][...] = by_nation(solution.sourced[:, :, RELEASED]) * unit + world.release_users_t
    put["idle_t"][...] = by_nation(solution.idle[:, :, 1]) * unit

    spot_met = _spot_met(solution, ore_met)
    missing = solution.unmet[:, :, 1] + _failed_contracts(contracts, solution, ore_met)
    if (spot_met < 1.0).any():
        missing += (solution.flow[:, :, 1] * (1.0 - spot_met)[..., None]).sum(2)
    asked = solution.used.sum(2) + by_mineral(kept_at_sea[..., REFINED] / unit)
    met = np.clip(1.0 - missing / np.where(asked > 0, asked, 1.0), 0.0, 1.0)
    at_sea_met = np.stack([by_nation(ore_met), by_nation(met)], 3)
    put["at_sea_t"][...] = np.maximum(world.at_sea_t + delayed_t - kept_at_sea * (1.0 - at_sea_met), 0.0)
    used = solution.used * met[:, :, None]
    put["use_t"][...] = by_nation(used[:, :, :products]) * unit[:, None]
    put["unmet_t"][...] = by_nation(solution.used.sum(2) - used.sum(2)) * unit
    put["purchased_t"][...] = by_nation(used[:, :, products]) * unit
    put["commercial_stock_t"][...] = by_nation(used[:, :, products + 1]) * unit
    _write_flows(world, calibration, contracts, solution, ore_met, spot_met)


def _spot_met(solution: Solution, ore_met: Array) -> Array:
    """Share of each nation's spot sales of metal that its ore allows, [W, M, N]."""
    offered = solution.refined + solution.sourced.sum(2)
    return np.asarray(1.0 - (1.0 - ore_met) * solution.refined / np.where(offered > 0, offered, 1.0))


def _failed_contracts(contracts: Contracts, solution: Solution, ore_met: Array) -> Array:
    """Contract metal that could not be made for lack of ore, at its buyers [W, M, N]."""
    failed = np.zeros(ore_met.shape)
    metal = contracts.place[2] == REFINED
    w, m, _layer, seller, buyer = (column[metal] for column in contracts.place)
    np.add.at(failed, (w, m, buyer), contracts.amount[metal] * (1.0 - ore_met[w, m, seller]))
    return failed


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
    w, m, layer, seller, buyer = contracts.place
    met = np.where(layer == ORE, 1.0, ore_met[w, m, seller])
    ore, refined = solution.flow[:, :, 0].copy(), solution.flow[:, :, 1] * spot_met[..., None]
    world.arrays["ore_flow_t"], world.arrays["refined_flow_t"] = ore, refined
    for flow, chosen in ((ore, layer == ORE), (refined, layer == REFINED)):
        np.add.at(flow, tuple(column[chosen] for column in (w, m, seller, buyer)), (contracts.amount * met)[chosen])
    ore *= unit / ratio
    received = refined.sum(2)
    home = np.arange(refined.shape[-1])
    own = refined[..., home, home]
    refined[..., home, home] = 0.0
    imports = refined.sum(2)
    refined[..., home, home] = own
    refined *= unit
    weight = np.where(imports.sum(2, keepdims=True) > 0, imports, received)
    total = weight.sum(2)
    price = (weight * solution.delivered).sum(2) / np.where(total > 0, total, 1.0)
    world.arrays["headline_ln"][...] = np.where(total > 0, price, solution.delivered.max(2))


def _write_rents(world: World, quotas: Gates, solution: Solution) -> None:
    """Shadow price of each export quota; the quotas are the first gates of the clearing."""
    rent = world.arrays["export_rent_ln"]
    rent[...] = 0.0
    rent[quotas.world, only_origin(quotas), quotas.mineral, quotas.layer] = solution.gate_price[: len(quotas.capacity)]


def _write_corridor_rents(world: World, calibration: Calibration, held: CorridorGates, solution: Solution) -> None:
    """What places in full corridors were worth; their gates are the last of the clearing."""
    world.arrays["corridor_rent_usd_bn"][...] = 0.0
    count = len(held.corridor)
    if not count:
        return
    flow = solution.flow[held.gates.world, held.gates.mineral, held.gates.layer]
    rents = rents_usd_bn(world, calibration, held, flow, solution.gate_price[-count:])
    world.arrays["corridor_rent_usd_bn"][...] = rents
