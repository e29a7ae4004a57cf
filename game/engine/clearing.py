"""The market equilibrium of ore and refined metal, many worlds and minerals in one call.

Per market four log prices a nation: mine gate P, ore delivered Q, refinery gate U, refined delivered V. The balances

    S(P) = sum_j x            sum_i x + ore_inflow = R(U - Q) + direct(Q)
    R + C(U) = sum_j y        sum_i y + refined_inflow = D(V)

with x = w exp(sigma (Q - P - tau - lambda)) and y likewise are the gradient of one convex potential, so that Newton
finds the only solution. P and V have diagonal blocks and are eliminated; what is left is symmetric positive definite in
(Q, U), which are kept, and the shadow prices lambda of the gates, whose potential gains Z lambda - nu Z ln lambda.

A virtual node in every layer carries the backstops: unmet need enters at a price above the last choke, unsold output
leaves at a price below shut-down. Each (world, mineral) market is solved in a size class that depends on its own active
nodes and gates alone, which makes world k of a batch bit-equal to world k alone.
"""

import numpy as np
from numpy.typing import NDArray

from game.engine.group import Group, gather, grouped
from game.engine.market import FLOOR_LN, Array, Markets, Solution, Start
from game.engine.newton import State, gated_flow, powers, solve_group
from game.engine.reach import Active, reachable


def clear(markets: Markets, start: Start | None = None) -> Solution:
    """Solve every (world, mineral) market. Residuals end below 1e-8 of the units given."""
    active = reachable(markets)
    solution = _blank(markets)
    for w, m, n in grouped(active):
        group = gather(markets, active, w, m, n)
        state, steps = solve_group(group, *_first_prices(group, start, markets), markets)
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
    """Prices [B, 2, 2, n] and shadow prices [G] that Newton starts from."""
    price = np.zeros(g.real.shape)
    if start is None:
        return price, np.full(len(g.gates), markets.gate_smoothing)
    w, m, last = g.world[:, None], g.mineral[:, None], start.mine_gate.shape[2] - 1
    ip, ir, iv = (np.minimum(place, last) for place in (g.mine, g.refinery, g.user))
    price[:, 0, 0], price[:, 0, 1] = start.mine_gate[w, m, ip], start.delivered[w, m, iv]
    price[:, 1, 0], price[:, 1, 1] = start.ore_delivered[w, m, ir], start.refinery_gate[w, m, ir]
    price = _brought_near(price, g.real, markets.ceiling[g.mineral])
    return price, _first_shadow(g, price, markets.sigma, markets.gate_smoothing)


def _first_shadow(g: Group, price: Array, sigma: float, nu: float) -> Array:
    """Shadow prices [G] at which the flows of the first prices would just fill the gates.

    At last turn's prices they are last turn's shadow prices.
    """
    if not len(g.gates):
        return np.zeros(0)
    fill = g.gates.by_gate(gated_flow(g, g.weight, powers(price, sigma))) / g.gates.capacity
    return np.asarray(np.log(np.maximum(fill, 1.0)) / sigma + nu / np.maximum(1.0 - fill, 0.05))


def _brought_near(price: Array, real: Array, ceiling: Array) -> Array:
    """The first prices, nodes that could reach nobody last time where the others of their layer are.

    From far outside, flows grow so steeply that Newton would take dozens of steps of 1 / sigma.
    """
    near = real > 0
    for layer, wants in ((0, 1), (1, 0)):
        near[:, 1 - wants, layer] &= price[:, 1 - wants, layer] != FLOOR_LN
        near[:, wants, layer] &= price[:, wants, layer] != ceiling[:, None]
    mean = (price * near).sum(3, keepdims=True) / np.maximum(near.sum(3, keepdims=True), 1)
    return np.where(near, price, mean)


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
    price, n = state.price, state.price.shape[3]
    w, m = g.world, g.mineral
    wi, mi, wk, mk = w[:, None], m[:, None], w[:, None, None], m[:, None, None]
    ip, ir, iv = g.mine, g.refinery, g.user
    spare = s.mined.shape[2] - 1
    iq, iu = np.where(g.real[:, 1, 0] > 0, ir, spare), np.where(g.real[:, 1, 1] > 0, ir, spare)
    flow = state.flow()
    sources, uses = np.arange(s.sourced.shape[2])[None, :, None], np.arange(s.used.shape[2])[None, :, None]
    s.mine_gate[wi, mi, ip], s.delivered[wi, mi, iv] = price[:, 0, 0], price[:, 0, 1]
    s.ore_delivered[wi, mi, iq], s.refinery_gate[wi, mi, iu] = price[:, 1, 0], price[:, 1, 1]
    s.mined[wi, mi, ip], s.refined[wi, mi, iu] = state.supply[:, 0], state.supply[:, 1]
    s.sourced[wk, mk, sources, iu[:, None]] = state.supply[:, 2:]
    s.direct[wi, mi, iq], s.used[wk, mk, uses, iv[:, None]] = state.use[:, -1], state.use[:, :-1]
    s.idle[wi, mi, 0, ip], s.idle[wi, mi, 1, iu] = flow[:, 0, n, :n], flow[:, 1, :n, n]
    s.unmet[wi, mi, 0, iq], s.unmet[wi, mi, 1, iv] = flow[:, 0, :n, n], flow[:, 1, n, :n]
    s.flow[wk, mk, 0, ip[:, None], iq[:, :, None]] = flow[:, 0, :n, :n]
    s.flow[wk, mk, 1, iu[:, :, None], iv[:, None]] = flow[:, 1, :n, :n]
    s.gate_price[g.gates.row] = state.shadow
    s.residual[w, m], s.iterations[w, m] = state.worst, steps


def _trimmed(s: Solution, nations: int) -> Solution:
    """Without the spare nation."""
    for name, value in vars(s).items():
        if value.ndim > 2:
            setattr(s, name, value[..., :nations])
    s.flow = s.flow[..., :nations, :]
    return s
