"""Damped Newton on the potential of a group of markets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.group import Group, flat_arcs
from game.engine.market import Array, Flags, Index, Markets

PRICE_LIMIT = 8.0
STEP_LIMIT = 0.7
LONG_STEP_LIMIT = 2.0
TOLERANCE = 8e-9
MOST_ITERATIONS = 200
MOST_SHORTENINGS = 20
SHADOW_DROP = 0.9  # largest part of the way to zero that a shadow price goes in one step


@dataclass
class State:
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
SIGN = np.array([[-1.0, 1.0], [1.0, -1.0]])[..., None]


def _logistic(x: Array) -> Array:
    np.maximum(x, -700.0, out=x)
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1.0
    return np.reciprocal(x, out=x)


def _supply(g: Group) -> tuple[Array, Array]:
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


def _use(g: Group, kappa: float) -> tuple[Array, Array]:
    """Quantity and (positive) slope of the uses, ore used as ore last [B, K+1, n]."""
    price = np.empty_like(g.use_size)
    price[:, :-1] = g.price[:, 0, 1][:, None]
    price[:, -1] = g.price[:, 1, 0]
    stays = _logistic(kappa * (g.use_choke - price))
    use = g.use_size * np.exp(-g.use_elasticity * price) * stays
    return use, use * (g.use_elasticity + kappa * (1.0 - stays))


def _evaluate(g: Group, sigma: float, kappa: float, nu: float) -> State:
    batch, _, _, n = g.price.shape
    power = np.zeros((batch, 2, 2, n + 1))
    np.multiply(g.price, sigma * SIGN, out=power[..., :n])
    np.exp(power, out=power)
    weight = g.weight
    if g.shadow.shape[1]:
        paid = (g.shadow[:, None] @ flat_arcs(g.gate_arcs)).reshape(weight.shape)
        weight = weight * np.exp(-sigma * paid)
    total = np.empty_like(g.price)
    total[:, 1] = (weight @ power[:, 0, :, :, None])[:, :, :n, 0]
    total[:, 0] = (power[:, 1, :, None] @ weight)[:, :, 0, :n]
    total *= power[..., :n]
    supply, supply_slope = _supply(g)
    use, use_slope = _use(g, kappa)

    balance = SIGN * total
    balance[:, 0, 0] += supply[:, 0]
    balance[:, 0, 1] += g.inflow[:, 1] - use[:, :-1].sum(1)
    balance[:, 1, 0] += g.inflow[:, 0] - supply[:, 1] - use[:, -1]
    balance[:, 1, 1] += supply[:, 1:].sum(1)
    balance *= g.real
    gradient = balance.reshape(batch, 4 * n)
    if g.shadow.shape[1]:
        flow = weight * power[:, 1, :, :, None] * power[:, 0, :, None]
        through = (flat_arcs(g.gate_arcs) @ flow.reshape(batch, -1, 1))[..., 0]
        room = np.where(g.gate_real, g.gate_capacity * (1.0 - nu / g.shadow) - through, 0.0)
        gradient = np.concatenate([gradient, room], 1)
    worst = np.abs(gradient).max(1)
    return State(weight, power, total, supply, supply_slope, use, use_slope, gradient, worst)


def _newton_step(g: Group, s: State, sigma: float, nu: float) -> tuple[Array, Array]:
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
        kept[:, :, n:] = (gated_away * SIGN[0]).transpose(0, 2, 1, 3)
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
            [schur[:, layer, n:, :n] - SIGN[1, layer] * gated_kept[:, :, layer] for layer in (0, 1)], 2
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


def _gate_block(g: Group, s: State, gated: Array, sigma: float, nu: float) -> Array:
    """Curvature of the potential among the gates [B, G, G].

    The barrier's own curvature nu Z / lambda^2 is raised to room / lambda: the same at the solution, but a slack gate
    then goes straight to its small shadow price instead of overshooting below zero and dragging the prices along.
    """
    gates = g.shadow.shape[1]
    block = sigma * (flat_arcs(gated) @ flat_arcs(g.gate_arcs).transpose(0, 2, 1))
    barrier = nu * g.gate_capacity / g.shadow
    room = s.gradient[:, g.real[0].size :] + barrier
    own = np.arange(gates)
    block[:, own, own] += np.where(g.gate_real, np.maximum(barrier, room) / g.shadow, 1.0)
    return block


def solve_group(g: Group, markets: Markets) -> tuple[Group, State, NDArray[np.int64]]:
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
                state = State(*(v[going] for v in state.__dict__.values()))
                going = going[going]
        steps[here] += going
        g, state = _damped(g, state, going, sigma, kappa, nu)
    _put(full, final, here, g, state)
    return full, final, steps


def _put(full: Group, final: State, here: Index, g: Group, state: State) -> None:
    if g is full and state is final:
        return
    full.price[here], full.shadow[here] = g.price, g.shadow
    for name, value in state.__dict__.items():
        getattr(final, name)[here] = value


def _damped(g: Group, state: State, going: Flags, sigma: float, kappa: float, nu: float) -> tuple[Group, State]:
    """One Newton step that lowers the potential.

    A step that halves the largest residual is taken. Otherwise: the potential is convex, so along a line it falls for
    as long as its slope (gradient times step) is negative, and a step that overshoots is shortened by the secant rule
    until little of the slope is left.
    """
    step, shadow_step = _limited(g, state, *_newton_step(g, state, sigma, nu))
    step *= going[:, None, None, None]
    shadow_step *= going[:, None]
    length = np.ones(len(g.rows))
    good = np.maximum(0.5 * state.worst, TOLERANCE)
    first: Array | None = None
    for _ in range(MOST_SHORTENINGS):
        trial = Group(**g.__dict__)
        trial.price = np.clip(g.price + length[:, None, None, None] * step, -PRICE_LIMIT, PRICE_LIMIT)
        trial.shadow = g.shadow + length[:, None] * shadow_step
        new = _evaluate(trial, sigma, kappa, nu)
        open_question = going & (new.worst > good)
        if not open_question.any():
            break
        if first is None:
            first = np.abs(_slope(state, step, shadow_step))
        slope = _slope(new, step, shadow_step)
        over = open_question & (slope > 0.5 * first)
        if not over.any():
            break
        length = np.where(over, length * np.clip(first / np.where(over, first + slope, 1.0), 0.1, 0.7), length)
    return trial, new


def _limited(g: Group, state: State, direction: Array, shadow: Array) -> tuple[Array, Array]:
    """A step that keeps shadow prices positive and prices near.

    Without gates each price is limited on its own, which is quick and nearly always downhill. Where it is not, and in
    markets with gates, whose shadow prices tie prices together, the whole Newton direction is shortened.
    """
    longest = np.abs(direction).max((1, 2, 3))
    gated = np.asarray(g.gate_real.any(1), dtype=bool)
    step = direction
    bent = gated
    if (longest > STEP_LIMIT).any():
        step = np.clip(direction, -STEP_LIMIT, STEP_LIMIT)
        bent = np.asarray(gated | (_slope(state, step, shadow) > 0))
    if not bent.any():
        return step, shadow
    share = LONG_STEP_LIMIT / np.maximum(longest, LONG_STEP_LIMIT)
    room = SHADOW_DROP * g.shadow / np.maximum(-shadow, SHADOW_DROP * g.shadow)
    share = np.where(bent, np.minimum(share, room.min(1, initial=1.0)), 1.0)
    return np.where(bent[:, None, None, None], share[:, None, None, None] * direction, step), share[:, None] * shadow


def _slope(state: State, step: Array, shadow_step: Array) -> Array:
    """Directional derivative of the potential [B]."""
    n4 = step[0].size
    return np.asarray(
        (state.gradient[:, :n4] * step.reshape(len(step), n4)).sum(1) + (state.gradient[:, n4:] * shadow_step).sum(1)
    )
