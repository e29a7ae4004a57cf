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

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Index = NDArray[np.int64]

SIZE_CLASSES = (24, 32, 40, 64, 128, 256)
GATE_CLASSES = (0, 4, 16, 64, 256)
PRICE_LIMIT = 8.0
STEP_LIMIT = 0.7
LONG_STEP_LIMIT = 2.0
CHOKE_MARGIN = 1.0  # unmet need enters this far above the highest choke
TOLERANCE = 8e-9
MOST_ITERATIONS = 200
MOST_SHORTENINGS = 20
SHADOW_DROP = 0.9  # largest part of the way to zero that a shadow price goes in one step
FLOOR_LN = -4.0  # unsold output leaves at this price


@dataclass(frozen=True)
class Gates:
    """Capacities shared by sets of arcs, one row a gate: `arcs` [g, N, N] (origin, destination), capacity as flow."""

    world: Index
    mineral: Index
    layer: Index
    capacity: Array
    arcs: Flags

    @classmethod
    def none(cls, nations: int) -> "Gates":
        """No gate at all."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, empty, np.zeros(0), np.zeros((0, nations, nations), dtype=bool))


@dataclass(frozen=True)
class Markets:
    """Inputs of the clearing. Quantities in any one unit per mineral, prices in logs; axes W, M, N, F sources, K uses.

    `sources` supply refined metal that is not refined from ore (recycled, synthetic, released). A use is
    `size exp(-elasticity V) h(steepness (choke - V))`; an infinite choke never binds.
    """

    sigma: float
    mine_size: Array  # [W, M, N]
    mine_steepness: Array  # [M]
    mine_cost: Array  # [W, M, N]
    refinery_size: Array  # [W, M, N]
    refinery_steepness: Array  # [M]
    refinery_cost: Array  # [W, M, N]
    source_size: Array  # [W, M, F, N]
    source_steepness: Array  # [M, F]
    source_cost: Array  # [W, M, F, N]
    use_size: Array  # [W, M, K, N]
    use_elasticity: Array  # [M, K]
    use_choke: Array  # [W, M, K, N]
    direct_size: Array  # [W, M, N] ore used as ore
    direct_elasticity: Array  # [M]
    direct_choke: Array  # [M]
    choke_steepness: float
    ore_inflow: Array  # [W, M, N] constant, may be negative
    refined_inflow: Array  # [W, M, N] constant, may be negative
    trade_ln: Array  # [W or 1, M, 2, N, N] ln(weight per size) - sigma tau, origin x destination; -inf where closed
    origin_ln: Array  # [W, M, 2, N] ln of the size that scales what an origin sends; -inf for none
    destination_ln: Array  # [W, M, 2, N] likewise for destinations
    ceiling: Array  # [M] price at which unmet need is booked
    gates: Gates
    gate_smoothing: float = 1e-4


@dataclass
class Solution:
    """Prices [W, M, N] (logs), quantities in the units of the inputs, and how the solver got there."""

    mine_gate: Array
    ore_delivered: Array
    refinery_gate: Array
    delivered: Array
    mined: Array
    refined: Array
    sourced: Array  # [W, M, F, N]
    used: Array  # [W, M, K, N], before unmet need is taken off
    direct: Array
    flow: Array  # [W, M, 2, N, N]
    unmet: Array  # [W, M, 2, N] at ore and refined users
    idle: Array  # [W, M, 2, N] at mines and refineries
    gate_price: Array  # [g]
    residual: Array  # [W, M]
    iterations: NDArray[np.int64]  # [W, M]


@dataclass
class Start:
    """Where Newton starts: last turn's prices [W, M, N]."""

    mine_gate: Array
    ore_delivered: Array
    refinery_gate: Array
    delivered: Array


@dataclass
class _Active:
    """Nodes that can reach a counterpart: masks [W, M, N]."""

    mine: Flags
    ore_user: Flags  # has a price Q
    seller: Flags  # has a price U
    smelts: Flags  # refinery with both ore and an outlet
    direct: Flags
    user: Flags


def reachable(markets: Markets) -> _Active:
    """Drop nodes without a counterpart over open arcs until nothing changes."""
    open_arc = np.isfinite(markets.trade_ln)
    ore_arc, refined_arc = open_arc[:, :, 0], open_arc[:, :, 1]
    sends, takes = np.isfinite(markets.origin_ln), np.isfinite(markets.destination_ln)
    mine = (markets.mine_size > 0) & sends[:, :, 0]
    smelts = (markets.refinery_size > 0) & sends[:, :, 1] & takes[:, :, 0]
    source = (markets.source_size > 0).any(2) & sends[:, :, 1]
    direct = (markets.direct_size > 0) & takes[:, :, 0]
    wants_ore = (markets.ore_inflow < 0) & takes[:, :, 0]
    user = (markets.use_size > 0).any(2) & takes[:, :, 1]
    while True:
        seller = smelts | source
        user_now = user & ((refined_arc & seller[..., :, None]).any(-2) | (markets.refined_inflow != 0))
        outlet = (refined_arc & user_now[..., None, :]).any(-1)
        source_now = source & outlet
        has_ore = (ore_arc & mine[..., :, None]).any(-2) | (markets.ore_inflow > 0)
        smelts_now = smelts & outlet & has_ore
        direct_now = direct & has_ore
        mine_now = mine & (ore_arc & (smelts_now | direct_now | wants_ore)[..., None, :]).any(-1)
        same = (
            np.array_equal(mine_now, mine)
            and np.array_equal(smelts_now, smelts)
            and np.array_equal(source_now, source)
            and np.array_equal(direct_now, direct)
            and np.array_equal(user_now, user)
        )
        mine, smelts, source, direct, user = mine_now, smelts_now, source_now, direct_now, user_now
        if same:
            break
    return _Active(mine, smelts | direct | wants_ore, smelts | source, smelts, direct, user)


def _class_of(count: NDArray[np.int64], classes: tuple[int, ...]) -> NDArray[np.int64]:
    return np.asarray(classes)[np.searchsorted(classes, count)]


def _positions(mask: Flags, size: int) -> tuple[Index, Flags]:
    """Positions of the true entries of [B, N] masks, padded to `size` with others, and which are real."""
    order = np.argsort(~mask, axis=1, kind="stable")[:, :size]
    if order.shape[1] < size:
        order = np.pad(order, ((0, 0), (0, size - order.shape[1])))
    real = np.arange(size) < mask.sum(1)[:, None]
    return order, real


@dataclass
class _Group:
    """Markets of one size class, gathered. B markets, n nodes a layer, F sources, K uses, G gates."""

    at: tuple[Index, Index]  # world and mineral of each market
    rows: Index  # positions among the group's results
    place: tuple[Index, Index, Index]  # nation of each mine, refinery and user node [B, n], N where none
    supply_size: Array  # [B, 2+F, n]: mines, refineries, sources
    supply_cost: Array
    supply_steepness: Array  # [B, 2+F, 1]
    use_size: Array  # [B, K+1, n], the last row is ore used as ore
    use_elasticity: Array  # [B, K+1, 1]
    use_choke: Array  # [B, K+1, n]
    inflow: Array  # [B, 2, n] at Q and V
    weight: Array  # [B, 2, n+1, n+1] trade at equal prices: layer x kept x eliminated node, the virtual node last
    real: Array  # [B, 2, 2, n]: 1 on nodes that exist, axes as the price
    gate_arcs: Array  # [B, G, 2, n+1, n+1]
    gate_capacity: Array  # [B, G]
    gate_real: Flags  # [B, G]
    gate_row: Index  # [B, G] row among all gates, -1 for padding
    price: Array = field(default_factory=lambda: np.zeros(0))  # [B, 2, 2, n]: eliminated (P, V), kept (Q, U)
    shadow: Array = field(default_factory=lambda: np.zeros(0))  # [B, G]

    def taken(self, keep: Flags) -> "_Group":
        """The same group with only the kept markets."""
        values: dict[str, Any] = {}
        for name, value in vars(self).items():
            values[name] = tuple(v[keep] for v in value) if isinstance(value, tuple) else value[keep]
        return _Group(**values)


@dataclass
class _State:
    """Everything evaluated at one point. A flow is weight x power of its kept x power of its eliminated node."""

    weight: Array  # [B, 2, n+1, n+1], shadow prices included
    power: Array  # [B, 2, 2, n+1] exp(+- sigma price), 1 at the virtual node
    total: Array  # [B, 2, 2, n] flow through each node
    supply: Array  # [B, 2+F, n]
    supply_slope: Array
    use: Array  # [B, K+1, n]
    use_slope: Array
    gradient: Array  # [B, 4n+G]: P, V, Q, U, gates
    worst: Array  # [B] largest absolute entry

    def flow(self) -> Array:
        """[B, 2, n+1, n+1]: layer x kept x eliminated node, the virtual node last."""
        return self.weight * self.power[:, 1, :, :, None] * self.power[:, 0, :, None]


# Sign of a price in the exponent of its flows, eliminated (P, V) and kept (Q, U): what sells drives flows down.
_SIGN = np.array([[-1.0, 1.0], [1.0, -1.0]])[..., None]


def _logistic(x: Array) -> Array:
    np.maximum(x, -700.0, out=x)
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1.0
    return np.reciprocal(x, out=x)


def _supply(g: _Group) -> tuple[Array, Array]:
    """Quantity and slope of mines, refineries (against the margin) and sources [B, 2+F, n]."""
    refinery_gate = g.price[:, 1, 1]
    answer = np.empty_like(g.supply_size)
    answer[:, 0] = g.price[:, 0, 0]
    answer[:, 1] = refinery_gate - g.price[:, 1, 0]
    answer[:, 2:] = refinery_gate[:, None]
    answer -= g.supply_cost
    answer *= g.supply_steepness
    share = _logistic(answer)
    supply = g.supply_size * share
    return supply, supply * (1.0 - share) * g.supply_steepness


def _use(g: _Group, kappa: float) -> tuple[Array, Array]:
    """Quantity and (positive) slope of the uses, ore used as ore last [B, K+1, n]."""
    price = np.empty_like(g.use_size)
    price[:, :-1] = g.price[:, 0, 1][:, None]
    price[:, -1] = g.price[:, 1, 0]
    stays = _logistic(kappa * (g.use_choke - price))
    use = g.use_size * np.exp(-g.use_elasticity * price) * stays
    return use, use * (g.use_elasticity + kappa * (1.0 - stays))


def _evaluate(g: _Group, sigma: float, kappa: float, nu: float) -> _State:
    batch, _, _, n = g.price.shape
    power = np.zeros((batch, 2, 2, n + 1))
    np.multiply(g.price, sigma * _SIGN, out=power[..., :n])
    np.exp(power, out=power)
    weight = g.weight
    if g.shadow.shape[1]:
        paid = (g.shadow[:, None] @ _flat(g.gate_arcs)).reshape(weight.shape)
        weight = weight * np.exp(-sigma * paid)
    total = np.empty_like(g.price)
    total[:, 1] = (weight @ power[:, 0, :, :, None])[:, :, :n, 0]
    total[:, 0] = (power[:, 1, :, None] @ weight)[:, :, 0, :n]
    total *= power[..., :n]
    supply, supply_slope = _supply(g)
    use, use_slope = _use(g, kappa)

    balance = _SIGN * total
    balance[:, 0, 0] += supply[:, 0]
    balance[:, 0, 1] += g.inflow[:, 1] - use[:, :-1].sum(1)
    balance[:, 1, 0] += g.inflow[:, 0] - supply[:, 1] - use[:, -1]
    balance[:, 1, 1] += supply[:, 1:].sum(1)
    balance *= g.real
    gradient = balance.reshape(batch, 4 * n)
    if g.shadow.shape[1]:
        flow = weight * power[:, 1, :, :, None] * power[:, 0, :, None]
        through = (_flat(g.gate_arcs) @ flow.reshape(batch, -1, 1))[..., 0]
        room = np.where(g.gate_real, g.gate_capacity * (1.0 - nu / g.shadow) - through, 0.0)
        gradient = np.concatenate([gradient, room], 1)
    worst = np.abs(gradient).max(1)
    return _State(weight, power, total, supply, supply_slope, use, use_slope, gradient, worst)


def _newton_step(g: _Group, s: _State, sigma: float, nu: float) -> tuple[Array, Array]:
    """Newton direction: prices [B, 2, 2, n] and shadow prices [B, G]."""
    batch, _, _, n = g.price.shape
    gates = g.shadow.shape[1]
    smelting = s.supply_slope[:, 1]
    slope = sigma * s.total
    slope[:, 0, 0] += s.supply_slope[:, 0]
    slope[:, 0, 1] += s.use_slope[:, :-1].sum(1)
    slope[:, 1, 0] += smelting + s.use_slope[:, -1]
    slope[:, 1, 1] += s.supply_slope[:, 1:].sum(1)
    slope += 1.0 - g.real
    eliminated = slope[:, 0]

    flow = s.flow()
    kept = np.empty((batch, 2, n + gates, n))
    np.multiply(flow[:, :, :n, :n], sigma, out=kept[:, :, :n])
    if gates:
        gated = flow[:, None] * g.gate_arcs
        gated_kept, gated_away = sigma * gated[..., :n, :].sum(4), sigma * gated[..., :n].sum(3)  # [B, G, 2, n]
        kept[:, :, n:] = (gated_away * _SIGN[0]).transpose(0, 2, 1, 3)
    schur = (kept * (-1.0 / eliminated)[:, :, None]) @ kept.transpose(0, 1, 3, 2)

    m = 2 * n + gates
    matrix = np.zeros((batch, m, m))
    matrix[:, :n, :n] = schur[:, 0, :n, :n]
    matrix[:, n : 2 * n, n : 2 * n] = schur[:, 1, :n, :n]
    entries = matrix.reshape(batch, m * m)
    entries[:, : 2 * n * m : m + 1] += slope[:, 1].reshape(batch, 2 * n)
    entries[:, n : n * m : m + 1] = -smelting
    entries[:, n * m : 2 * n * m : m + 1] = -smelting
    if gates:
        side = np.concatenate(
            [schur[:, layer, n:, :n] - _SIGN[1, layer] * gated_kept[:, :, layer] for layer in (0, 1)], 2
        )
        matrix[:, 2 * n :, : 2 * n], matrix[:, : 2 * n, 2 * n :] = side, side.transpose(0, 2, 1)
        matrix[:, 2 * n :, 2 * n :] = _gate_block(g, s, gated, sigma, nu) + schur[:, 0, n:, n:] + schur[:, 1, n:, n:]

    known = s.gradient[:, : 2 * n].reshape(batch, 2, n) / eliminated
    carried = (kept @ known[..., None])[..., 0]
    right = np.empty((batch, m))
    right[:, : 2 * n] = carried[:, :, :n].reshape(batch, 2 * n)
    right[:, 2 * n :] = carried[:, :, n:].sum(1)
    right += s.gradient[:, 2 * n :]
    answer = np.linalg.solve(matrix, -right[..., None])[..., 0]

    moved = np.empty((batch, 2, 1, n + gates))
    moved[:, :, 0, :n] = answer[:, : 2 * n].reshape(batch, 2, n)
    moved[:, :, 0, n:] = answer[:, None, 2 * n :]
    step = np.empty_like(g.price)
    step[:, 0] = (moved @ kept)[:, :, 0] / eliminated - known
    step[:, 1] = moved[:, :, 0, :n]
    return step, answer[:, 2 * n :]


def _flat(arcs: Array) -> Array:
    """[B, G, 2, n+1, n+1] -> [B, G, arcs]."""
    return arcs.reshape(*arcs.shape[:2], -1)


def _gate_block(g: _Group, s: _State, gated: Array, sigma: float, nu: float) -> Array:
    """Curvature of the potential among the gates [B, G, G].

    The barrier's own curvature nu Z / lambda^2 is raised to room / lambda: the same at the solution, but a slack gate
    then goes straight to its small shadow price instead of overshooting below zero and dragging the prices along.
    """
    gates = g.shadow.shape[1]
    block = sigma * (_flat(gated) @ _flat(g.gate_arcs).transpose(0, 2, 1))
    barrier = nu * g.gate_capacity / g.shadow
    room = s.gradient[:, g.real[0].size :] + barrier
    own = np.arange(gates)
    block[:, own, own] += np.where(g.gate_real, np.maximum(barrier, room) / g.shadow, 1.0)
    return block


def _solve_group(g: _Group, markets: Markets) -> tuple[_Group, _State, NDArray[np.int64]]:
    """Damped Newton until every market's largest residual is below the tolerance."""
    sigma, kappa, nu = markets.sigma, markets.choke_steepness, markets.gate_smoothing
    full, steps = g, np.zeros(len(g.rows), dtype=np.int64)
    state = final = _evaluate(g, sigma, kappa, nu)
    here = np.arange(len(g.rows))
    for _ in range(MOST_ITERATIONS):
        going = state.worst > TOLERANCE
        if not going.all():
            if not going.any():
                break
            if going.sum() <= 0.75 * len(going):
                _put(full, final, here, g, state)
                g, here = g.taken(going), here[going]
                state = _State(*(v[going] for v in state.__dict__.values()))
                going = going[going]
        steps[here] += going
        g, state = _damped(g, state, going, sigma, kappa, nu)
    _put(full, final, here, g, state)
    return full, final, steps


def _put(full: _Group, final: _State, here: Index, g: _Group, state: _State) -> None:
    if g is full and state is final:
        return
    full.price[here], full.shadow[here] = g.price, g.shadow
    for name, value in state.__dict__.items():
        getattr(final, name)[here] = value


def _damped(g: _Group, state: _State, going: Flags, sigma: float, kappa: float, nu: float) -> tuple[_Group, _State]:
    """One Newton step that lowers the potential.

    The potential is convex, so along a line it falls for as long as its slope (gradient times step) is negative: a step
    that overshoots is shortened by the secant rule until little of the slope is left.
    """
    step, shadow_step = _limited(g, state, *_newton_step(g, state, sigma, nu))
    step *= going[:, None, None, None]
    shadow_step *= going[:, None]
    first = np.abs(_slope(state, step, shadow_step))
    length = np.ones(len(g.rows))
    for _ in range(MOST_SHORTENINGS):
        trial = _Group(**g.__dict__)
        trial.price = np.clip(g.price + length[:, None, None, None] * step, -PRICE_LIMIT, PRICE_LIMIT)
        trial.shadow = g.shadow + length[:, None] * shadow_step
        new = _evaluate(trial, sigma, kappa, nu)
        slope = _slope(new, step, shadow_step)
        over = going & (slope > 0.5 * first) & (new.worst > TOLERANCE)
        if not over.any():
            break
        length = np.where(over, length * np.clip(first / np.where(over, first + slope, 1.0), 0.1, 0.7), length)
    return trial, new


def _limited(g: _Group, state: _State, direction: Array, shadow: Array) -> tuple[Array, Array]:
    """A step that keeps shadow prices positive and prices near.

    Without gates each price is limited on its own, which is quick and nearly always downhill. Where it is not, and in
    markets with gates, whose shadow prices tie prices together, the whole Newton direction is shortened.
    """
    step = np.clip(direction, -STEP_LIMIT, STEP_LIMIT)
    bent = g.gate_real.any(1) | (_slope(state, step, shadow) > 0)
    if not bent.any():
        return step, shadow
    share = LONG_STEP_LIMIT / np.maximum(np.abs(direction).max((1, 2, 3)), LONG_STEP_LIMIT)
    room = SHADOW_DROP * g.shadow / np.maximum(-shadow, SHADOW_DROP * g.shadow)
    share = np.where(bent, np.minimum(share, room.min(1, initial=1.0)), 1.0)
    return np.where(bent[:, None, None, None], share[:, None, None, None] * direction, step), share[:, None] * shadow


def _slope(state: _State, step: Array, shadow_step: Array) -> Array:
    """Directional derivative of the potential [B]."""
    n4 = step[0].size
    return np.asarray(
        (state.gradient[:, :n4] * step.reshape(len(step), n4)).sum(1) + (state.gradient[:, n4:] * shadow_step).sum(1)
    )


def _gather(markets: Markets, active: _Active, at: tuple[Index, Index], n: int, gate_rows: Index) -> _Group:
    w, m = at
    batch, nations = len(w), markets.mine_size.shape[2]
    (ip, real_p), (ir, real_r), (iv, real_v) = (
        _positions(mask[w, m], n) for mask in (active.mine, active.ore_user | active.seller, active.user)
    )
    wi, mi = w[:, None], m[:, None]
    real_q, real_u = real_r & active.ore_user[wi, mi, ir], real_r & active.seller[wi, mi, ir]
    sources, uses = markets.source_size.shape[2], markets.use_size.shape[2]
    f, k = np.arange(sources)[None, :, None], np.arange(uses)[None, :, None]
    wk, mk = w[:, None, None], m[:, None, None]

    supply_size = np.zeros((batch, 2 + sources, n))
    supply_size[:, 0] = markets.mine_size[wi, mi, ip] * real_p
    supply_size[:, 1] = markets.refinery_size[wi, mi, ir] * (active.smelts[wi, mi, ir] & real_r)
    supply_size[:, 2:] = markets.source_size[wk, mk, f, ir[:, None]] * real_r[:, None]
    supply_cost = np.empty_like(supply_size)
    supply_cost[:, 0] = markets.mine_cost[wi, mi, ip]
    supply_cost[:, 1] = markets.refinery_cost[wi, mi, ir]
    supply_cost[:, 2:] = markets.source_cost[wk, mk, f, ir[:, None]]
    steepness = np.concatenate(
        [markets.mine_steepness[m][:, None], markets.refinery_steepness[m][:, None], markets.source_steepness[m]], 1
    )[..., None]
    use_size = np.zeros((batch, uses + 1, n))
    use_size[:, :-1] = markets.use_size[wk, mk, k, iv[:, None]] * real_v[:, None]
    use_size[:, -1] = markets.direct_size[wi, mi, ir] * (active.direct[wi, mi, ir] & real_r)
    use_choke = np.empty_like(use_size)
    use_choke[:, :-1] = markets.use_choke[wk, mk, k, iv[:, None]]
    use_choke[:, -1] = markets.direct_choke[m][:, None]
    elasticity = np.concatenate([markets.use_elasticity[m], markets.direct_elasticity[m][:, None]], 1)[..., None]
    inflow = np.stack([markets.ore_inflow[wi, mi, ir] * real_r, markets.refined_inflow[wi, mi, iv] * real_v], 1)

    trade = np.full((batch, 2, n + 1, n + 1), -np.inf)
    wt = np.minimum(wk, len(markets.trade_ln) - 1)
    trade[:, 0, :n, :n] = markets.trade_ln[wt, mk, 0, ip[:, :, None], ir[:, None, :]]
    trade[:, 1, :n, :n] = markets.trade_ln[wt, mk, 1, ir[:, :, None], iv[:, None, :]]
    trade[:, 0, :n, :n] += markets.origin_ln[wi, mi, 0, ip][:, :, None] + markets.destination_ln[wi, mi, 0, ir][:, None]
    trade[:, 1, :n, :n] += markets.origin_ln[wi, mi, 1, ir][:, :, None] + markets.destination_ln[wi, mi, 1, iv][:, None]
    trade[:, 0, :n, :n][~(real_p[:, :, None] & real_q[:, None, :])] = -np.inf
    trade[:, 1, :n, :n][~(real_u[:, :, None] & real_v[:, None, :])] = -np.inf
    _add_backstops(trade, supply_size, use_size, inflow, markets.ceiling[m], markets.sigma)

    real = np.stack([real_p, real_v, real_q, real_u], 1).astype(float).reshape(batch, 2, 2, n)
    arcs, capacity, gate_real = _gather_gates(markets.gates, gate_rows, (ip, ir, iv), nations, n)
    weight = np.exp(trade)
    weight[:, 0] = weight[:, 0].transpose(0, 2, 1).copy()
    place = (np.where(real_p, ip, nations), np.where(real_r, ir, nations), np.where(real_v, iv, nations))
    return _Group(
        at, np.arange(batch), place, supply_size, supply_cost, steepness, use_size, elasticity, use_choke,
        inflow, weight, real, arcs, capacity, gate_real, gate_rows,
    )  # fmt: skip


def _add_backstops(trade: Array, supply: Array, use: Array, inflow: Array, ceiling: Array, sigma: float) -> None:
    """Arcs to and from the virtual node: unsold output at the floor price, unmet need above the choke."""
    n = supply.shape[2]
    sold = np.stack([supply[:, 0], supply[:, 1:].sum(1)], 1)
    wanted = np.stack([supply[:, 1] + use[:, -1] + np.abs(inflow[:, 0]), use[:, :-1].sum(1) + np.abs(inflow[:, 1])], 1)
    with np.errstate(divide="ignore"):
        trade[:, :, :n, n] = np.log(sold) + sigma * FLOOR_LN
        trade[:, :, n, :n] = np.log(wanted) - sigma * ceiling[:, None, None]


def _gather_gates(
    gates: Gates, rows: Index, place: tuple[Index, Index, Index], nations: int, n: int
) -> tuple[Array, Array, Flags]:
    """Arc masks [B, G, 2, n+1, n+1], capacities and which are real."""
    batch, count = rows.shape
    arcs = np.zeros((batch, count, 2, n + 1, n + 1))
    if not count:
        return arcs, np.zeros((batch, 0)), np.zeros((batch, 0), dtype=bool)
    real = rows >= 0
    safe = np.maximum(rows, 0)
    ip, ir, iv = place
    layer = gates.layer[safe]
    for number, (origin, destination) in enumerate(
        ((ip[:, None, None], ir[:, None, :, None]), (ir[:, None, :, None], iv[:, None, None]))
    ):
        picked = gates.arcs[safe[:, :, None, None], origin, destination]
        arcs[:, :, number, :n, :n] = picked & (real & (layer == number))[:, :, None, None]
    return arcs, np.where(real, gates.capacity[safe], 1.0), real


def _grouped(markets: Markets, active: _Active) -> list[tuple[Index, Index, int, Index]]:
    """Markets by size class and gate class: (world, mineral, n, gate rows [B, G])."""
    count = np.maximum(np.maximum(active.mine.sum(2), (active.ore_user | active.seller).sum(2)), active.user.sum(2))
    size = _class_of(count, SIZE_CLASSES)
    size[count == 0] = 0
    worlds, minerals = size.shape
    gates = markets.gates
    market_of_gate = gates.world * minerals + gates.mineral
    per_market = np.bincount(market_of_gate, minlength=worlds * minerals).reshape(worlds, minerals)
    gate_class = _class_of(per_market, GATE_CLASSES)
    groups = []
    for n in np.unique(size[size > 0]):
        for g in np.unique(gate_class[size == n]):
            w, m = np.nonzero((size == n) & (gate_class == g))
            groups.append((w, m, int(n), _gate_rows(market_of_gate, w * minerals + m, int(g))))
    return groups


def _gate_rows(market_of_gate: Index, chosen: Index, width: int) -> Index:
    """Rows of the gates of each chosen market, in their own order, padded with -1."""
    rows = np.full((len(chosen), width), -1, dtype=np.int64)
    if not width:
        return rows
    order = np.argsort(market_of_gate, kind="stable")
    first = np.searchsorted(market_of_gate[order], chosen)
    last = np.searchsorted(market_of_gate[order], chosen, side="right")
    column = np.arange(width)
    inside = column < (last - first)[:, None]
    rows[inside] = order[(first[:, None] + column)[inside]]
    return rows


def clear(markets: Markets, start: Start | None = None) -> Solution:
    """Solve every (world, mineral) market. Residuals end below 1e-8 of the units given."""
    active = reachable(markets)
    solution = _blank(markets)
    for w, m, n, gate_rows in _grouped(markets, active):
        group = _gather(markets, active, (w, m), n, gate_rows)
        _set_start(group, start, markets, n)
        group, state, steps = _solve_group(group, markets)
        _scatter(solution, group, state, steps)
    solution = _trimmed(solution, markets.mine_size.shape[2])
    _quote_absent(solution, markets, active)
    return solution


def _quote_absent(s: Solution, markets: Markets, active: _Active) -> None:
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


def _set_start(group: _Group, start: Start | None, markets: Markets, n: int) -> None:
    (batch, gates), nu = group.gate_row.shape, markets.gate_smoothing
    group.price = np.zeros((batch, 2, 2, n))
    group.shadow = np.full((batch, gates), nu)
    if start is None:
        return
    w, m = (v[:, None] for v in group.at)
    ip, ir, iv = (np.minimum(place, start.mine_gate.shape[2] - 1) for place in group.place)
    group.price[:, 0, 0], group.price[:, 0, 1] = start.mine_gate[w, m, ip], start.delivered[w, m, iv]
    group.price[:, 1, 0], group.price[:, 1, 1] = start.ore_delivered[w, m, ir], start.refinery_gate[w, m, ir]
    _bring_near(group, markets.ceiling[m])
    if gates:
        group.shadow = _first_shadow(group, markets.sigma, nu)


def _first_shadow(group: _Group, sigma: float, nu: float) -> Array:
    """Shadow prices [B, G] at which the flows of the first prices would just fill the gates.

    At last turn's prices they are last turn's shadow prices.
    """
    batch, _, _, n = group.price.shape
    power = np.ones((batch, 2, 2, n + 1))
    power[..., :n] = np.exp(group.price * (sigma * _SIGN))
    flow = group.weight * power[:, 1, :, :, None] * power[:, 0, :, None]
    fill = (_flat(group.gate_arcs) @ flow.reshape(batch, -1, 1))[..., 0] / group.gate_capacity
    shadow: Array = np.log(np.maximum(fill, 1.0)) / sigma + nu / np.maximum(1.0 - fill, 0.05)
    return shadow


def _bring_near(group: _Group, ceiling: Array) -> None:
    """Start nodes that could reach nobody last time where the others of their layer are.

    From far outside, flows grow so steeply that Newton would take dozens of steps of 1 / sigma.
    """
    near = group.real > 0
    for layer, wants in ((0, 1), (1, 0)):
        near[:, 1 - wants, layer] &= group.price[:, 1 - wants, layer] != FLOOR_LN
        near[:, wants, layer] &= group.price[:, wants, layer] != ceiling
    mean = (group.price * near).sum(3, keepdims=True) / np.maximum(near.sum(3, keepdims=True), 1)
    group.price = np.where(near, group.price, mean)


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


def _scatter(s: Solution, g: _Group, state: _State, steps: NDArray[np.int64]) -> None:
    """Write a group's results back to the full arrays."""
    n = g.price.shape[3]
    w, m = g.at
    wi, mi, wk, mk = w[:, None], m[:, None], w[:, None, None], m[:, None, None]
    ip, ir, iv = g.place
    spare = s.mined.shape[2] - 1
    iq, iu = np.where(g.real[:, 1, 0] > 0, ir, spare), np.where(g.real[:, 1, 1] > 0, ir, spare)
    flow = state.flow()
    sources, uses = np.arange(s.sourced.shape[2])[None, :, None], np.arange(s.used.shape[2])[None, :, None]
    s.mine_gate[wi, mi, ip], s.delivered[wi, mi, iv] = g.price[:, 0, 0], g.price[:, 0, 1]
    s.ore_delivered[wi, mi, iq], s.refinery_gate[wi, mi, iu] = g.price[:, 1, 0], g.price[:, 1, 1]
    s.mined[wi, mi, ip], s.refined[wi, mi, iu] = state.supply[:, 0], state.supply[:, 1]
    s.sourced[wk, mk, sources, iu[:, None]] = state.supply[:, 2:]
    s.direct[wi, mi, iq], s.used[wk, mk, uses, iv[:, None]] = state.use[:, -1], state.use[:, :-1]
    s.idle[wi, mi, 0, ip], s.idle[wi, mi, 1, iu] = flow[:, 0, n, :n], flow[:, 1, :n, n]
    s.unmet[wi, mi, 0, iq], s.unmet[wi, mi, 1, iv] = flow[:, 0, :n, n], flow[:, 1, n, :n]
    s.flow[wk, mk, 0, ip[:, None], iq[:, :, None]] = flow[:, 0, :n, :n]
    s.flow[wk, mk, 1, iu[:, :, None], iv[:, None]] = flow[:, 1, :n, :n]
    s.gate_price[g.gate_row[g.gate_real]] = g.shadow[g.gate_real]
    s.residual[w, m], s.iterations[w, m] = state.worst, steps


def _trimmed(s: Solution, nations: int) -> Solution:
    """Without the spare nation."""
    for name, value in vars(s).items():
        if value.ndim > 2:
            setattr(s, name, value[..., :nations])
    s.flow = s.flow[..., :nations, :]
    return s
