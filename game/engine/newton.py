"""Damped Newton on the potential of a group of markets."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.gated_arc import Crowd
from game.engine.group import Group
from game.engine.market import Array, Flags, Markets

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

    price: Array  # [B, 2, 2, n]: eliminated (P, V), kept (Q, U)
    weight: Array  # [B, 2, n+1, n+1], shadow prices included
    power: Array  # [B, 2, 2, n+1] exp(+- sigma price), 1 at the virtual node
    total: Array  # [B, 2, 2, n] flow through each node
    supply: Array  # [B, 2+F, n]
    supply_slope: Array
    use: Array  # [B, K+1, n]
    use_slope: Array
    gradient: Array  # [B, 4n]: P, V, Q, U
    worst: Array  # [B] largest absolute entry of the gradient and the room
    shadow: Array  # [G] shadow prices of the gates
    room: Array  # [G] the gradient in the shadow prices: capacity, less the barrier, less flow
    gated: Array  # [E] flow of the gated arcs

    def flow(self) -> Array:
        """[B, 2, n+1, n+1]: layer x kept x eliminated node, the virtual node last."""
        return self.weight * self.power[:, 1, :, :, None] * self.power[:, 0, :, None]


# Sign of a price in the exponent of its flows, eliminated (P, V) and kept (Q, U): what sells drives flows down.
SIGN = np.array([[-1.0, 1.0], [1.0, -1.0]])[..., None]
AWAY_SIGN, KEPT_SIGN = SIGN[0, :, 0], SIGN[1, :, 0]


def powers(price: Array, sigma: float) -> Array:
    """What each node's price [B, 2, 2, n] does to its flows [B, 2, 2, n+1]; the virtual node's is 1."""
    power = np.zeros((*price.shape[:3], price.shape[3] + 1))
    np.multiply(price, sigma * SIGN, out=power[..., :-1])
    return np.asarray(np.exp(power, out=power))


def gated_flow(g: Group, weight: Array, power: Array) -> Array:
    """Flow of the gated arcs [E]."""
    gates, each = g.gates, power.reshape(-1)
    return np.asarray(weight.reshape(-1)[gates.arc] * each[gates.kept_power] * each[gates.away_power])


def _logistic(x: Array) -> Array:
    np.maximum(x, -700.0, out=x)
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1.0
    return np.reciprocal(x, out=x)


def _supply(g: Group, price: Array) -> tuple[Array, Array]:
    """Quantity and slope of mines, refineries (against the margin) and sources [B, 2+F, n]."""
    refinery_gate = price[:, 1, 1]
    answer = np.empty_like(g.supply_size)
    answer[:, 0] = price[:, 0, 0]
    answer[:, 1] = refinery_gate - price[:, 1, 0]
    answer[:, 2:] = refinery_gate[:, None]
    answer -= g.supply_cost
    answer *= g.supply_steepness
    share = _logistic(answer)
    supply = g.supply_size * share
    np.subtract(1.0, share, out=share)
    share *= supply
    share *= g.supply_steepness
    return supply, share


def _use(g: Group, price: Array, kappa: float) -> tuple[Array, Array]:
    """Quantity and (positive) slope of the uses, ore used as ore last [B, K+1, n]."""
    paid = np.empty_like(g.use_size)
    paid[:, :-1] = price[:, 0, 1][:, None]
    paid[:, -1] = price[:, 1, 0]
    stays = _logistic(kappa * (g.use_choke - paid))
    use = g.use_size * np.exp(-g.use_elasticity * paid) * stays
    return use, use * (g.use_elasticity + kappa * (1.0 - stays))


def _evaluate(g: Group, price: Array, shadow: Array, sigma: float, kappa: float, nu: float) -> State:
    batch, _, _, n = price.shape
    gates = g.gates
    power = powers(price, sigma)
    weight = g.weight
    if len(gates):
        weight = weight.copy()
        np.multiply.at(weight.reshape(-1), gates.arc, np.exp(-sigma * shadow)[gates.gate])
    total = np.empty_like(price)
    total[:, 1] = (weight @ power[:, 0, :, :, None])[:, :, :n, 0]
    total[:, 0] = (power[:, 1, :, None] @ weight)[:, :, 0, :n]
    total *= power[..., :n]
    supply, supply_slope = _supply(g, price)
    use, use_slope = _use(g, price, kappa)

    balance = SIGN * total
    balance[:, 0, 0] += supply[:, 0]
    balance[:, 0, 1] += g.inflow[:, 1] - use[:, :-1].sum(1)
    balance[:, 1, 0] += g.inflow[:, 0] - supply[:, 1] - use[:, -1]
    balance[:, 1, 1] += supply[:, 1:].sum(1)
    balance *= g.real
    gradient = balance.reshape(batch, 4 * n)
    worst = np.abs(gradient).max(1)
    gated = room = np.zeros(0)
    if len(gates):
        gated = gated_flow(g, weight, power)
        room = gates.capacity * (1.0 - nu / shadow) - gates.by_gate(gated)
        np.maximum.at(worst, gates.market, np.abs(room))
    return State(
        price, weight, power, total, supply, supply_slope, use, use_slope, gradient, worst, shadow, room, gated
    )


def _newton_step(g: Group, s: State, sigma: float, nu: float) -> tuple[Array, Array]:
    """Newton direction: prices [B, 2, 2, n] and shadow prices [G].

    The prices P and V are eliminated from the system; Q and U are kept.
    """
    batch, _, _, n = s.price.shape
    smelting = s.supply_slope[:, 1]
    slope = sigma * s.total
    slope[:, 0, 0] += s.supply_slope[:, 0]
    slope[:, 0, 1] += s.use_slope[:, :-1].sum(1)
    slope[:, 1, 0] += smelting + s.use_slope[:, -1]
    slope[:, 1, 1] += s.supply_slope[:, 1:].sum(1)
    slope += 1.0 - g.real
    eliminated = slope[:, 0]

    kept = s.flow()[:, :, :n, :n]
    kept *= sigma
    passed = kept * (-1.0 / eliminated)[:, :, None]
    matrix = np.zeros((batch, 2 * n, 2 * n))
    matrix[:, :n, :n] = passed[:, 0] @ kept[:, 0].transpose(0, 2, 1)
    matrix[:, n:, n:] = passed[:, 1] @ kept[:, 1].transpose(0, 2, 1)
    entries = matrix.reshape(batch, 4 * n * n)
    entries[:, :: 2 * n + 1] += slope[:, 1].reshape(batch, 2 * n)
    entries[:, n : 2 * n * n : 2 * n + 1] = -smelting
    entries[:, 2 * n * n :: 2 * n + 1] = -smelting

    known = s.gradient[:, : 2 * n].reshape(batch, 2, n) / eliminated
    right = s.gradient[:, 2 * n :] + (kept @ known[..., None]).reshape(batch, 2 * n)
    gates = _GateRows(g, s, sigma, nu, eliminated, kept, known) if len(g.gates) else None
    answer, shadow = _solved(g, matrix, right, gates)

    step = np.empty_like(s.price)
    step[:, 1] = answer.reshape(batch, 2, n)
    moved = (step[:, 1, :, None] @ kept)[:, :, 0]
    if gates is not None:
        moved += gates.moved(shadow)
    step[:, 0] = moved / eliminated - known
    return step, shadow


def _solved(g: Group, matrix: Array, right: Array, gates: "_GateRows | None") -> tuple[Array, Array]:
    """Kept prices [B, 2n] and shadow prices [G] of the Newton direction."""
    if gates is None:
        return np.linalg.solve(matrix, -right[..., None])[..., 0], np.zeros(0)
    answer = np.empty_like(right)
    free = g.gates.free
    if len(free):
        answer[free] = np.linalg.solve(matrix[free], -right[free][..., None])[..., 0]
    shadow = np.zeros(len(g.gates) + 1)
    for crowd in g.gates.crowds:
        answer[crowd.market], shadow[crowd.gate] = gates.solved(crowd, matrix[crowd.market], right[crowd.market])
    return answer, shadow[:-1]


class _GateRows:
    """The rows of the gates in the Newton system; one gate more than there are, all zero, fills the crowds."""

    def __init__(
        self, g: Group, s: State, sigma: float, nu: float, eliminated: Array, kept: Array, known: Array
    ) -> None:
        gates, (batch, _, _, n) = g.gates, s.price.shape
        count = len(gates)
        self.gates, self.eliminated, self.kept = gates, eliminated, kept
        self.slope = sigma * s.gated
        away = self.slope * AWAY_SIGN[gates.layer]
        self.away_slope = away
        shape, size = (count + 1, 2, n), (count + 1) * 2 * n
        self.away = np.bincount(gates.away_of_gate, weights=away, minlength=size).reshape(shape)
        sold = self.slope * KEPT_SIGN[gates.layer]
        self.direct = np.bincount(gates.kept_of_gate, weights=sold, minlength=size).reshape(shape)
        self.right = np.zeros(count + 1)
        self.right[:-1] = s.room + gates.by_gate(away * known.reshape(-1)[gates.away_place])
        place, arc = gates.shared
        block = np.bincount(place, weights=self.slope[arc], minlength=(count + 1) * gates.widest)
        self.block = block.reshape(count + 1, gates.widest)
        # The barrier's own curvature nu Z / lambda^2 is raised to room / lambda: the same at the solution, but a slack
        # gate then goes straight to its small shadow price instead of overshooting and dragging the prices along.
        barrier = nu * gates.capacity / s.shadow
        self.block[np.arange(count), gates.slot] += np.maximum(barrier, s.room + barrier) / s.shadow

    def solved(self, crowd: Crowd, matrix: Array, right: Array) -> tuple[Array, Array]:
        """Kept prices [b, 2n] and shadow prices [b, width] of the markets of one crowd, by the block of the gates."""
        market, gate = crowd.market, crowd.gate
        b, width = gate.shape
        away = self.away[gate].transpose(0, 2, 1, 3)
        passed = away * (-1.0 / self.eliminated[market])[:, :, None]
        side = passed @ self.kept[market].transpose(0, 1, 3, 2) - self.direct[gate].transpose(0, 2, 1, 3)
        side = side.transpose(0, 2, 1, 3).reshape(b, width, -1)
        block = self.block[gate][:, :, :width]
        block[:, np.arange(width), np.arange(width)] += gate == len(self.gates)
        block += passed[:, 0] @ away[:, 0].transpose(0, 2, 1) + passed[:, 1] @ away[:, 1].transpose(0, 2, 1)
        known = np.linalg.solve(matrix, np.concatenate([-right[..., None], side.transpose(0, 2, 1)], 2))
        alone, pushed = known[..., :1], known[..., 1:]
        shadow = np.linalg.solve(block - side @ pushed, -self.right[gate][..., None] - side @ alone)
        return (alone - pushed @ shadow)[..., 0], shadow[..., 0]

    def moved(self, shadow: Array) -> Array:
        """What the shadow prices [G] add at the eliminated nodes [B, 2, n]."""
        weights = self.away_slope * shadow[self.gates.gate]
        shape = self.eliminated.shape
        return np.bincount(self.gates.away_place, weights=weights, minlength=self.eliminated.size).reshape(shape)


def solve_group(g: Group, price: Array, shadow: Array, markets: Markets) -> tuple[State, NDArray[np.int64]]:
    """Damped Newton until every market's largest residual is below the tolerance.

    Starts at prices [B, 2, 2, n] and shadow prices [G]; gives the last state and the steps of each market [B].
    """
    sigma, kappa, nu = markets.sigma, markets.choke_steepness, markets.gate_smoothing
    state = final = _evaluate(g, price, shadow, sigma, kappa, nu)
    steps = np.zeros(len(price), dtype=np.int64)
    here = _Rows(np.arange(len(price)), np.arange(len(shadow)), np.arange(len(state.gated)))
    for _ in range(MOST_ITERATIONS):
        going = state.worst > TOLERANCE
        if not going.any():
            break
        if going.sum() <= 0.5 * len(going):
            final = here.put(final, state)
            keep = _Rows.of(g, going)
            g, state, here = g.taken(going), keep.of_state(state), keep.among(here)
            going = going[going]
        steps[here.market] += going
        state = _damped(g, state, going, sigma, kappa, nu)
    return here.put(final, state), steps


@dataclass(frozen=True)
class _Rows:
    """Rows of markets, their gates and the arcs of those: flags or positions."""

    market: NDArray[Any]
    gate: NDArray[Any]
    arc: NDArray[Any]

    @classmethod
    def of(cls, g: Group, markets: Flags) -> "_Rows":
        """Flags of what belongs to some markets."""
        gates = markets[g.gates.market]
        return cls(markets, gates, gates[g.gates.gate])

    def at(self, name: str) -> NDArray[Any]:
        """The rows of one array of a state."""
        return {"shadow": self.gate, "room": self.gate, "gated": self.arc}.get(name, self.market)

    def among(self, rows: "_Rows") -> "_Rows":
        """Those of `rows` that the flags keep."""
        return _Rows(rows.market[self.market], rows.gate[self.gate], rows.arc[self.arc])

    def of_state(self, state: State) -> State:
        """A state of these rows alone."""
        return State(**{name: value[self.at(name)] for name, value in vars(state).items()})

    def put(self, final: State, state: State) -> State:
        """The final state with `state` written into these rows; `state` itself where it has them all."""
        if len(self.market) == len(final.worst):
            return state
        for name, value in vars(state).items():
            getattr(final, name)[self.at(name)] = value
        return final


def _damped(g: Group, state: State, going: Flags, sigma: float, kappa: float, nu: float) -> State:
    """One Newton step that lowers the potential.

    A step that halves the largest residual is taken. Otherwise: the potential is convex, so along a line it falls for
    as long as its slope (gradient times step) is negative, and a step that overshoots is shortened by the secant rule
    until little of the slope is left.
    """
    step, shadow_step = _limited(g, state, *_newton_step(g, state, sigma, nu))
    if not going.all():
        step = step * going[:, None, None, None]
        shadow_step = shadow_step * going[g.gates.market]
    length = np.ones(len(going))
    good = np.maximum(0.5 * state.worst, TOLERANCE)
    first: Array | None = None
    for _ in range(MOST_SHORTENINGS):
        price = state.price + length[:, None, None, None] * step
        np.minimum(np.maximum(price, -PRICE_LIMIT, out=price), PRICE_LIMIT, out=price)
        shadow = state.shadow + length[g.gates.market] * shadow_step
        new = _evaluate(g, price, shadow, sigma, kappa, nu)
        open_question = going & (new.worst > good)
        if not open_question.any():
            break
        if first is None:
            first = np.abs(_slope(g, state, step, shadow_step))
        slope = _slope(g, new, step, shadow_step)
        over = open_question & (slope > 0.5 * first)
        if not over.any():
            break
        length = np.where(over, length * np.clip(first / np.where(over, first + slope, 1.0), 0.1, 0.7), length)
    return new


def _limited(g: Group, state: State, direction: Array, shadow: Array) -> tuple[Array, Array]:
    """A step that keeps shadow prices positive and prices near.

    Without gates each price is limited on its own, which is quick and nearly always downhill. Where it is not, and in
    markets with gates, whose shadow prices tie prices together, the whole Newton direction is shortened.
    """
    longest = np.maximum(direction.max((1, 2, 3)), -direction.min((1, 2, 3)))
    far = bool((longest > STEP_LIMIT).any())
    if not far and not len(shadow):
        return direction, shadow
    bent = np.zeros(len(longest), dtype=bool)
    bent[g.gates.market] = True
    step = direction
    if far:
        step = np.clip(direction, -STEP_LIMIT, STEP_LIMIT)
        bent |= _slope(g, state, step, shadow) > 0
    share = LONG_STEP_LIMIT / np.maximum(longest, LONG_STEP_LIMIT)
    limit = SHADOW_DROP * state.shadow
    np.minimum.at(share, g.gates.market, limit / np.maximum(-shadow, limit))
    share = np.where(bent, share, 1.0)
    step = np.where(bent[:, None, None, None], share[:, None, None, None] * direction, step)
    return step, share[g.gates.market] * shadow


def _slope(g: Group, state: State, step: Array, shadow_step: Array) -> Array:
    """Directional derivative of the potential [B]."""
    slope: Array = (state.gradient * step.reshape(state.gradient.shape)).sum(1)
    return slope + g.gates.by_market(state.room * shadow_step) if len(shadow_step) else slope
