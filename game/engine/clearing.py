"""The market equilibrium of ore and refined metal, many worlds and minerals in one call.

Per market four log prices a nation: mine gate P, ore delivered Q, refinery gate U, refined delivered V. The balances

    S(P) = sum_j x            sum_i x + ore_inflow = R(U - Q) + direct(Q)
    R + C(U) = sum_j y        sum_i y + refined_inflow = D(V)

with x = w exp(sigma (Q - P - tau - lambda)) and y likewise are the gradient of one convex potential, so that Newton
finds the only solution. P and V have diagonal blocks and are eliminated; what is left is symmetric positive definite in
(Q, U), which are kept, and the shadow prices lambda of the gates, whose potential gains Z lambda - nu Z ln lambda,
and - nu Z ln(limit - lambda) where goods can go round a gate at a price.

A virtual node in every layer carries the backstops: unmet need enters at a price above the last choke, unsold output
leaves at a price below shut-down. Each (world, mineral) market is solved in a size class that depends on its own active
nodes and gates alone, which makes world k of a batch bit-equal to world k alone.
"""

import numpy as np
from numpy.typing import NDArray

from game.engine.balance import State, gated_flow, powers
from game.engine.gated_arc import GatedArcs
from game.engine.group import Group, gather, grouped
from game.engine.market import FLOOR_LN, Array, Index, Markets, Solution, Start
from game.engine.newton import solve_group
from game.engine.reach import Active, reachable


def clear(markets: Markets, start: Start | None = None) -> Solution:
    """Solve every (world, mineral) market. Residuals end below 1e-8 of the units given."""
    active = reachable(markets)
    solution = _blank(markets)
    for w, m, n, r in grouped(active, markets.gates):
        group = gather(markets, active, w, m, n, r)
        state, steps = solve_group(group, *_first_prices(group, start, markets))
        _scatter(solution, group, state, steps)
    solution = _trimmed(solution, markets.mine_size.shape[2])
    _quote_absent(solution, markets, active)
    return solution


def _quote_absent(s: Solution, markets: Markets, active: Active) -> None:
    """Nations that do not mine, refine or use a mineral are quoted the mean price of those that do."""
    sells = (markets.refinery_size > 0) | (markets.source_size > 0).any(2)
    wants_ore = (markets.refinery_size > 0) | (markets.direct_size > 0) | (markets.ore_inflow < 0)
    uses = (markets.use_size > 0).any(2)
    for price, there, present in (
        (s.mine_gate, active.mine, markets.mine_size > 0),
        (s.refinery_gate, active.seller, sells),
        (s.ore_delivered, active.ore_user, wants_ore),
        (s.delivered, active.user, uses),
    ):
        mean = (price * there).sum(2, keepdims=True) / np.maximum(there.sum(2, keepdims=True), 1)
        price[...] = np.where(present, price, mean)


def _first_prices(g: Group, start: Start | None, markets: Markets) -> tuple[Array, Array]:
    """A row of prices and shadow prices [G] that Newton starts from."""
    if start is None:
        return np.zeros(g.real.shape), np.full(len(g.gates), g.nu)
    worlds_minerals = (g.world * start.mine_gate.shape[1] + g.mineral)[:, None]
    nations = start.mine_gate.shape[2]
    ip, ir, iv = (np.minimum(place, nations - 1) + worlds_minerals * nations for place in (g.mine, g.refinery, g.user))
    price = [start.delivered.take(iv), start.refinery_gate.take(ir)]
    if g.has_ore:
        price = [start.mine_gate.take(ip), price[0], start.ore_delivered.take(ir), price[1]]
    first = _brought_near(np.concatenate(price, 1), g, markets.ceiling[g.mineral][:, None])
    return first, _first_shadow(g, first)


def _first_shadow(g: Group, price: Array) -> Array:
    """Shadow prices [G] at which the flows of the first prices would just fill the gates.

    At last turn's prices they are last turn's shadow prices. Where gates share an arc the tightest one limits it, and
    the others find it limited already.
    """
    if not len(g.gates):
        return np.zeros(0)
    flow = gated_flow(g, *powers(g, price))
    shadow = _filling(g.gates, flow, g.sigma, g.nu)
    other = g.gates.stronger(shadow)
    return shadow if other is None else _filling(g.gates, flow * np.exp(-g.sigma * other), g.sigma, g.nu)


def _filling(gates: GatedArcs, flow: Array, sigma: float, nu: float) -> Array:
    """Shadow prices [G] at which flows [E] would just fill each gate on its own."""
    fill = gates.by_gate(flow) / gates.capacity
    wanted = np.log(np.maximum(fill, 1.0)) / sigma + nu / np.maximum(1.0 - fill, 0.05)
    beyond = fill * np.exp(-sigma * gates.limit) - 1.0
    at_limit = gates.limit - nu / np.maximum(beyond, 0.05)
    return np.asarray(np.where(wanted < at_limit, wanted, np.maximum(at_limit, 0.5 * gates.limit)))


def _brought_near(price: Array, g: Group, ceiling: Array) -> Array:
    """The first prices, nodes that could reach nobody last time where the others of their kind are.

    From far outside, flows grow so steeply that Newton would take dozens of steps of 1 / sigma.
    """
    near = g.real * ((price != FLOOR_LN) & (price != ceiling))
    sizes = [g.n] * g.layers + [g.r] * g.layers
    first = np.cumsum([0, *sizes[:-1]])
    mean = np.add.reduceat(price * near, first, 1) / np.maximum(np.add.reduceat(near, first, 1), 1.0)
    return np.where(near > 0, price, np.repeat(mean, sizes, 1))


def _blank(markets: Markets) -> Solution:
    """Prices of nodes that reach nobody: the ceiling for those who want, the floor for those who sell.

    One nation more than there are: padding is written there.
    """
    w, m, n = markets.mine_size.shape
    shape = (w, m, n + 1)
    ceiling = np.broadcast_to(markets.ceiling[None, :, None], shape)
    uses, sources = markets.use_size.shape[2], markets.source_size.shape[2]
    return Solution(
        mine_gate=np.full(shape, FLOOR_LN),
        ore_delivered=ceiling.copy(),
        refinery_gate=np.full(shape, FLOOR_LN),
        delivered=ceiling.copy(),
        mined=np.zeros(shape),
        refined=np.zeros(shape),
        sourced=np.zeros((w, m, sources, n + 1)),
        used=np.zeros((w, m, uses, n + 1)),
        direct=np.zeros(shape),
        flow=np.zeros((w, m, 2, n + 1, n + 1)),
        unmet=np.zeros((w, m, 2, n + 1)),
        idle=np.zeros((w, m, 2, n + 1)),
        gate_price=np.zeros(len(markets.gates.capacity)),
        residual=np.zeros((w, m)),
        iterations=np.zeros((w, m), dtype=np.int64),
    )


def _scatter(s: Solution, g: Group, state: State, steps: NDArray[np.int64]) -> None:
    """Write a group's results back to the full arrays."""
    n, r, nations = g.n, g.r, s.mined.shape[2]
    market = g.world * s.mined.shape[1] + g.mineral
    row, layer = (market * nations)[:, None], ((2 * market[:, None] + (0, 1)) * nations)[..., None]
    kept_real = g.split(g.real)[1]
    iu, iv = np.where(kept_real[:, -1] > 0, g.refinery, nations - 1), g.user
    away, kept = g.split(state.price)
    flow = g.weight * state.kept_power[..., None]
    flow *= state.away_power[:, :, None]
    _put(s.delivered, row + iv, away[:, -1])
    _put(s.refinery_gate, row + iu, kept[:, -1])
    _put(s.sourced, _rows_of(row, s.sourced.shape[2], nations) + iu[:, None], g.sources_of(state.supply))
    _put(s.used, _rows_of(row, s.used.shape[2], nations) + iv[:, None], g.uses_of(state.use))
    _put(s.idle, layer[:, 1] + iu, flow[:, -1, :r, n])
    _put(s.unmet, layer[:, 1] + iv, flow[:, -1, r, :n])
    _put(s.flow, ((layer[:, 1] + iu) * nations)[..., None] + iv[:, None], flow[:, -1, :r, :n])
    if g.has_ore:
        ip, iq = g.mine, np.where(kept_real[:, 0] > 0, g.refinery, nations - 1)
        _put(s.mine_gate, row + ip, away[:, 0])
        _put(s.ore_delivered, row + iq, kept[:, 0])
        _put(s.mined, row + ip, state.supply[:, :n])
        _put(s.refined, row + iu, state.supply[:, n : n + r])
        _put(s.direct, row + iq, state.use[:, -r:])
        _put(s.idle, layer[:, 0] + ip, flow[:, 0, r, :n])
        _put(s.unmet, layer[:, 0] + iq, flow[:, 0, :r, n])
        _put(s.flow, ((layer[:, 0] + ip) * nations)[:, None] + iq[..., None], flow[:, 0, :r, :n])
    s.gate_price[g.gates.row] = state.shadow
    s.residual[g.world, g.mineral], s.iterations[g.world, g.mineral] = state.worst, steps


def _rows_of(row: Index, several: int, nations: int) -> Index:
    """Where rows [B, 1] of nations begin in an array with several for each market, [B, several, 1]."""
    return (row * several + np.arange(several) * nations)[..., None]


def _put(values: Array, place: Index, new: Array) -> None:
    """Write to places of the whole memory of an array: several times faster than by an index for each axis."""
    values.reshape(-1)[place] = new


def _trimmed(s: Solution, nations: int) -> Solution:
    """Without the spare nation."""
    for name, value in vars(s).items():
        if value.ndim > 2:
            setattr(s, name, value[..., :nations])
    s.flow = s.flow[..., :nations, :]
    return s
