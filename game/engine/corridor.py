"""What corridors do to trade: the way of every pair, its freight and insurance, what can pass, what is still under way.

A corridor that is shut sends its pairs round. One that is open but nearly full, or open in part, is a gate of the
clearing for every mineral and layer that passes it, with room by last turn's traffic; its shadow price is what a place
in it is worth, and its owners collect it. Where the way round costs little it is no gate: a share of the cargo waits or
goes round, and all of it pays for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.engine.axes import ORE, REFINE, REFINED, TURNS_PER_YEAR
from game.engine.calibrate import Calibration
from game.engine.contract import Contracts, working_capacity
from game.engine.gate import flow_unit
from game.engine.layout import by_nation
from game.engine.market import Array, Gates
from game.engine.network import Flags, Network
from game.engine.routes import Routes
from game.engine.surcharge import DAYS_PER_TURN, Surcharges, way_round
from game.engine.way import Index, Pattern, Ways, ways
from game.engine.world import World

CORRIDOR_WATCH = 0.85  # a corridor is gated once its traffic passes this part of what can pass
HARBOUR_WATCH = 0.95  # the same of ports, which handle more when they must
LEAST_TRAFFIC = 0.02  # of a corridor's tonnes; smaller streams pass freely
SPOT_SHARE = 0.05  # of a corridor's room that firm contracts leave to others
LEAST_DETOUR_LN = 0.05  # where the way round costs less a full corridor is no gate, as gates cost time
WAITING_WIDTH = 0.3  # from CORRIDOR_WATCH on, more traffic over room makes all cargo of such a corridor go round


@dataclass(frozen=True)
class CorridorGates:
    """Gates of the clearing and the corridor of each, and who finds no place where a full corridor is no gate."""

    gates: Gates
    corridor: Index  # [g]
    waiting: Array | None  # [W, C, M, L] share of the cargo, None for nowhere
    load: Array  # [W, C] traffic over what can pass


def open_trade_ln(calibration: Calibration, way: Ways, surcharged: Surcharges | None) -> Array:
    """ln weights of trade per size on today's ways, less what freight, insurance and interest cost more than in 2024;
    [W, M, L, N, N] or, where it is the same in all worlds, [1, M, L, N, N]. Not to be written into."""
    if surcharged is None and len(way.patterns) == 1:
        return way.patterns[0].trade_ln[None]
    trade = np.empty((len(way.number), *way.patterns[0].trade_ln.shape))
    for number, found in enumerate(way.patterns):
        trade[way.number == number] = found.trade_ln
    if surcharged is not None:
        row, pair, flat = surcharged.row, surcharged.pair, (*trade.shape[1:3], -1)
        per_value = np.stack([found.per_value.reshape(flat)[..., pair] for found in way.patterns])[way.number[row]]
        per_value *= surcharged.share
        dearer = np.log1p(per_value, out=per_value)
        dearer *= calibration.parameters.trade_elasticity
        layers, arcs = flat[0] * flat[1], trade[0, 0, 0].size
        place = ((row[:, None] * layers + np.arange(layers)) * arcs)[..., None] + pair
        trade.reshape(-1)[place] -= dearer.reshape(place.shape)
    return trade


def capacity_now_t(world: World) -> Array:
    """Gross tonnes that can pass each corridor this turn [W, C]; inf without limit, 0 where it is shut."""
    share = world.corridor_open
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(share > 0, world.corridor_capacity_t * share, 0.0))


def traffic_t(world: World, calibration: Calibration, way: Ways, corridors: Index) -> Array:
    """Gross tonnes of last turn's trade whose way now leads through each of the corridors, [W, c, M, L]."""
    base = calibration.baseline
    minerals, nations = len(base.axes.minerals), len(base.axes.nations)
    result = np.zeros((world.size, len(corridors), minerals, 2))
    every = np.arange(minerals)
    for rows, pattern, found, cargo in way.parts():
        pair, place, first = _passing_pairs(pattern, found, tuple(corridors.tolist()))
        for layer, field, gross in (
            (ORE, "ore_flow_t", base.gross_ore),
            (REFINED, "refined_flow_t", base.gross_refined),
        ):
            if len(pair):
                start = (rows[:, None] * minerals + every) * nations**2
                flow = world.arrays[field].take(start[..., None] + pair)
                if cargo is not None:
                    flow *= cargo[:, layer].reshape(minerals, -1)[:, pair]
                passed = np.add.reduceat(flow, first, axis=2).swapaxes(1, 2) * gross
                result[np.ix_(rows, place, every, np.array([layer]))] += passed[..., None]
    return result


@lru_cache(maxsize=1024)
def _passing_pairs(pattern: Pattern, found: Routes, corridors: tuple[int, ...]) -> tuple[Index, Index, Index]:
    """Pairs of nations, positions in N x N, some of whose cargo takes the routes through each corridor, one corridor
    after another; the places in `corridors` of those that anybody passes, and the first pair of each."""
    cargo = next(chosen for routes, chosen in pattern.taken() if routes is found)
    use = found.use if cargo is None else found.use & np.asarray(cargo.any((0, 1)))[..., None]
    passes = use.reshape(use.shape[0] * use.shape[1], use.shape[2]).T[np.array(corridors, dtype=np.int64)]
    place, pair = np.nonzero(passes)
    return (pair, *np.unique(place, return_index=True))


def opening_capacity_t(world: World, calibration: Calibration) -> Array:
    """Gross tonnes a turn that can pass each corridor at the start [C]: what is published or, where more passed in the
    base year, that with some headroom; inf without limit."""
    passages = calibration.baseline.network.passages
    everyone = np.arange(len(passages.capacity_t))
    passed = traffic_t(world, calibration, ways(world, calibration), everyone)[0].sum((1, 2))
    bounded = np.isfinite(passages.headroom)
    most = np.maximum(passages.capacity_t / TURNS_PER_YEAR, np.where(bounded, passages.headroom, 0.0) * passed)
    return np.where(bounded, most, np.inf)


def corridor_gates(world: World, calibration: Calibration, contracts: Contracts, way: Ways) -> CorridorGates:
    """One gate for each mineral and layer in every corridor that is nearly full; firm contracts pass first.

    A place in a corridor is worth no more than the way round it costs: what has no room goes there at that price.
    """
    base = calibration.baseline
    (w, m, layer, corridor), room_t, load = _full(world, calibration, way)
    limit = np.full(len(w), np.inf)
    arcs = np.zeros((len(w), *base.network.days.shape), dtype=bool)
    kinds, kind = np.unique(way.number[w] * len(base.network.corridor_ids) + corridor, return_inverse=True)
    for place, (number, c) in enumerate(zip(*np.divmod(kinds, len(base.network.corridor_ids)), strict=True)):
        rows = np.flatnonzero(kind == place)
        at = w[rows], m[rows], layer[rows]
        arcs[rows], limit[rows] = _passing(world, calibration, way.patterns[number], at, int(c))
    some = np.flatnonzero(limit > LEAST_DETOUR_LN)
    w, m, layer, corridor, room_t, arcs = w[some], m[some], layer[some], corridor[some], room_t[some], arcs[some]
    gross = np.stack([base.gross_ore, base.gross_refined], 1)
    room = room_t / (gross * flow_unit(calibration)[..., 0])[m, layer]
    promised = (contracts.pair[w, m, layer] * arcs).sum((1, 2))
    room = np.maximum(room - promised, SPOT_SHARE * room)
    waiting = _waiting(waiting_share(load, base.network), (w, m, layer, corridor), len(base.axes.minerals))
    return CorridorGates(Gates(w, m, layer, room, arcs, limit[some]), corridor, waiting, load)


@lru_cache(maxsize=8)
def watched_load(network: Network) -> Array:
    """Traffic over what can pass, [C], from which on a corridor is a gate or some of its cargo waits."""
    is_harbour = np.arange(len(network.corridor_ids)) >= len(network.corridor_ids) - network.harbours
    return np.where(is_harbour, HARBOUR_WATCH, CORRIDOR_WATCH)


def waiting_share(load: Array, network: Network) -> Array:
    """Share of the cargo that finds no place in corridors that are no gates, [..., C]: from none at the watched load it
    rises with the load, the traffic over what can pass, in a straight line."""
    return np.asarray(np.clip((load - watched_load(network)) / WAITING_WIDTH, 0.0, 1.0))


def _waiting(share: Array, gated: tuple[Index, Index, Index, Index], minerals: int) -> Array | None:
    """Share of a corridor's cargo that finds no place [W, C, M, L]: `share` [W, C] where it is no gate; None where all
    find one."""
    if not share.any():
        return None
    result = np.repeat(share[:, :, None], 2 * minerals, axis=2).reshape(*share.shape, minerals, 2)
    w, m, layer, corridor = gated
    result[w, corridor, m, layer] = 0.0
    return result


def _passing(
    world: World, calibration: Calibration, found: Pattern, at: tuple[Index, Index, Index], corridor: int
) -> tuple[Flags, Array]:
    """The arcs [r, N, N] of minerals and layers (`at`: worlds, minerals, layers [r]) that pass a corridor, and what the
    way round adds to the log price in the mean over last turn's trade of them [r]; inf where there is no way round."""
    w, m, layer = at
    minerals, nations = world.ore_flow_t.shape[1], world.ore_flow_t.shape[-1]
    arcs, (total, more) = np.zeros((len(w), nations * nations), dtype=bool), np.zeros((2, len(w)))
    for taken, _cargo in found.taken():
        around = way_round(calibration, found, taken, corridor)
        goes = around.cargo[m, layer]
        arcs[:, around.pair] |= goes
        goes = goes & np.isfinite(around.cost[m, layer])
        place = ((w * minerals + m) * nations**2)[:, None] + around.pair
        flow = np.where((layer == ORE)[:, None], world.ore_flow_t.take(place), world.refined_flow_t.take(place))
        tonnes = np.where(goes, flow, 0.0)
        total += tonnes.sum(1)
        more += (tonnes * np.where(goes, around.cost_ln[m, layer], 0.0)).sum(1)
    mean = np.where(total > 0, more / np.where(total > 0, total, 1.0), np.inf)
    return arcs.reshape(len(w), nations, nations), mean


def _full(world: World, calibration: Calibration, way: Ways) -> tuple[tuple[Index, Index, Index, Index], Array, Array]:
    """Streams through nearly full corridors: world, mineral, layer and corridor, and gross tonnes left for each; and
    the traffic of all corridors over their room [W, C]."""
    room_t = capacity_now_t(world)
    bounded = np.isfinite(room_t) & (room_t > 0)
    limited = np.flatnonzero(bounded.any(0))
    traffic = traffic_t(world, calibration, way, limited)
    total = traffic.sum((2, 3))
    full = bounded[:, limited] & (total > watched_load(calibration.baseline.network)[limited] * room_t[:, limited])
    share = traffic / np.where(total > 0, total, 1.0)[:, :, None, None]
    w, place, m, layer = np.nonzero(full[:, :, None, None] & (share > LEAST_TRAFFIC))
    corridor = limited[place]
    load = np.zeros_like(room_t)
    load[:, limited] = np.where(bounded[:, limited], total / np.where(bounded, room_t, 1.0)[:, limited], 0.0)
    return (w, m, layer, corridor), room_t[w, corridor] * share[w, place, m, layer], load


def delay_t(
    world: World, calibration: Calibration, contracts: Contracts, way: Ways, surcharged: Surcharges | None
) -> Array:
    """Tonnes that stay under way at the turn's end beyond those that were, by nation of destination [W, N, M, L].

    Where a route is longer than in the base year, its goods of the days that it takes longer are at sea; when it
    shortens again they arrive. Ore arrives no faster than refineries can work it: the rest waits off the port.
    """
    change: Array = _under_way_t(world, calibration, way) - world.at_sea_t
    if surcharged is not None:
        change += surcharged.late_t
    if not change.any():
        return change
    room = working_capacity(world)[..., REFINE] / calibration.ratio + world.direct_use_t
    bought = by_nation(contracts.bought[:, :, ORE]) * (calibration.world_use_t / calibration.ratio)
    most = np.maximum(calibration.parameters.contract_capacity_share * room - bought, 0.0)
    change[..., ORE] = np.maximum(change[..., ORE], -most)
    return change


def _under_way_t(world: World, calibration: Calibration, way: Ways) -> Array:
    """Last turn's trade on today's ways for the days by which they are longer than in the base year, [W, N, M, L]."""
    result = np.zeros(world.at_sea_t.shape)
    days = calibration.baseline.network.days
    for rows, _pattern, found, cargo in way.parts():
        if not found.closed and cargo is None:
            continue
        late = np.where(found.reachable, np.where(found.reachable, found.days, 0.0) - days, 0.0)
        late = np.clip(late / DAYS_PER_TURN, 0.0, 1.0)
        origin_last = np.flatnonzero((late > 0).T)
        if not len(origin_last):
            continue
        destination, origin = np.divmod(origin_last, len(days))
        pair, (reached, first) = origin * len(days) + destination, np.unique(destination, return_index=True)
        minerals = world.ore_flow_t.shape[1]
        place = ((rows[:, None] * minerals + np.arange(minerals)) * days.size)[..., None] + pair
        for layer, field in ((ORE, "ore_flow_t"), (REFINED, "refined_flow_t")):
            goes = np.True_ if cargo is None else cargo[:, layer].reshape(minerals, -1)[:, pair]
            tonnes = np.add.reduceat(world.arrays[field].take(place) * (late.reshape(-1)[pair] * goes), first, axis=2)
            result[rows[:, None], reached, :, layer] += tonnes.swapaxes(1, 2)
    return result


def rents_usd_bn(world: World, calibration: Calibration, held: CorridorGates, flow: Array, price_ln: Array) -> Array:
    """What places in full corridors were worth, US$ bn [W, C].

    `flow` [g, N, N] is the trade of each gate's layer in units of the clearing, `price_ln` the shadow prices [g]. What
    went round the corridor paid its owner nothing.
    """
    result = np.zeros_like(world.corridor_open)
    base, gates = calibration.baseline, held.gates
    ore = base.ore_price_usd_per_t[gates.mineral, None] * np.exp(world.mine_gate_ln[gates.world, :, gates.mineral])
    metal = base.price_usd_per_t[gates.mineral, None] * np.exp(world.refinery_gate_ln[gates.world, :, gates.mineral])
    value = np.where((gates.layer == ORE)[:, None], ore, metal) * flow_unit(calibration)[gates.mineral, gates.layer]
    through = (flow * gates.arcs).sum(2)
    total = through.sum(1)
    inside = np.minimum(1.0, gates.capacity / np.where(total > 0, total, 1.0))
    paid = (through * value).sum(1) * inside * np.expm1(price_ln) / 1e9
    np.add.at(result, (gates.world, held.corridor), paid)
    return result
