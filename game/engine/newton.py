"""Damped Newton on the potential of a group of markets."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.gated_arc import Crowd, summed
from game.engine.group import Group
from game.engine.market import Array, Flags, Markets

PRICE_LIMIT = 8.0
STEP_LIMIT = 0.7
LONG_STEP_LIMIT = 2.0
TOLERANCE = 8e-9
FAR = 1e3  # a first residual above this, in the unit of the market's quantities, is worse than no start at all
MOST_ITERATIONS = 200
MOST_SHORTENINGS = 20
SHADOW_DROP = 0.9  # largest part of the way to zero, or to its limit, that a shadow price goes in one step
LEAST_GAP = 1e-11  # between a shadow price and its limit, far below what any flow round a gate needs


@dataclass
class State:
    """Everything evaluated at one point. A flow is weight x power of its kept x power of its eliminated node."""

    price: Array  # [B, 2n + 2r]: P, V (eliminated), Q, U (kept)
    weight: Array  # [B, 2, r+1, n+1], shadow prices included
    away_power: Array  # [B, 2, n+1] exp(-+ sigma price) of P and V, 1 at the virtual node
    kept_power: Array  # [B, 2, r+1] of Q and U
    total: Array  # [B, 2n + 2r] flow through each node
    supply: Array  # [B, n + r + F r]
    supply_slope: Array
    use: Array  # [B, K n + r]
    use_slope: Array
    gradient: Array  # [B, 2n + 2r]
    worst: Array  # [B] largest absolute entry of the gradient and the room
    shadow: Array  # [G] shadow prices of the gates
    room: Array  # [G] the gradient in the shadow prices: capacity, less the barriers, less flow
    gated: Array  # [E] flow of the gated arcs

    def flow(self) -> Array:
        """[B, 2, r+1, n+1]: layer x kept x eliminated node, the virtual node last."""
        return self.weight * self.kept_power[..., None] * self.away_power[:, :, None]


# Sign of a price in the exponent of its flows: what sells (P, U) drives flows down, what buys (V, Q) up.
AWAY_SIGN, KEPT_SIGN = np.array([-1.0, 1.0]), np.array([1.0, -1.0])


def powers(price: Array, n: int, sigma: float) -> tuple[Array, Array]:
    """What the prices [B, 2n + 2r] do to flows: [B, 2, n+1] at P and V, [B, 2, r+1] at Q and U; 1 at virtual nodes."""
    away, kept = _split(price, n)
    result = []
    for part, sign in ((away, AWAY_SIGN), (kept, KEPT_SIGN)):
        power = np.zeros((*part.shape[:2], part.shape[2] + 1))
        np.multiply(part, sigma * sign[:, None], out=power[..., :-1])
        result.append(np.exp(power, out=power))
    return result[0], result[1]


def _split(row: Array, n: int) -> tuple[Array, Array]:
    """Views [B, 2, n] and [B, 2, r] of a row [B, 2n + 2r]."""
    batch = len(row)
    return row[:, : 2 * n].reshape(batch, 2, n), row[:, 2 * n :].reshape(batch, 2, -1)


def gated_flow(g: Group, weight: Array, away_power: Array, kept_power: Array) -> Array:
    """Flow of the gated arcs [E]."""
    arcs, kept, away = g.gates.arc, g.gates.kept_power, g.gates.away_power
    return np.asarray(weight.reshape(-1)[arcs] * kept_power.reshape(-1)[kept] * away_power.reshape(-1)[away])


def _logistic(x: Array) -> Array:
    np.maximum(x, -700.0, out=x)
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1.0
    return np.reciprocal(x, out=x)


def _supply(g: Group, price: Array, n: int, r: int) -> tuple[Array, Array]:
    """Quantity and slope of mines, refineries (against the margin) and sources [B, n + r + F r]."""
    batch, refinery_gate = len(price), price[:, 2 * n + r :]
    answer = np.empty_like(g.supply_size)
    answer[:, :n] = price[:, :n]
    np.subtract(refinery_gate, price[:, 2 * n : 2 * n + r], out=answer[:, n : n + r])
    answer[:, n + r :].reshape(batch, -1, r)[...] = refinery_gate[:, None]
    answer -= g.supply_cost
    answer *= g.supply_steepness
    share = _logistic(answer)
    supply = g.supply_size * share
    np.subtract(1.0, share, out=share)
    share *= supply
    share *= g.supply_steepness
    return supply, share


def _use(g: Group, price: Array, n: int, r: int, kappa: float) -> tuple[Array, Array]:
    """Quantity and (positive) slope of the uses, ore used as ore last [B, K n + r]."""
    paid = np.empty_like(g.use_size)
    paid[:, :-r].reshape(len(price), -1, n)[...] = price[:, None, n : 2 * n]
    paid[:, -r:] = price[:, 2 * n : 2 * n + r]
    stays = _logistic(kappa * (g.use_choke - paid))
    paid *= g.use_elasticity
    np.negative(paid, out=paid)
    use = g.use_size * np.exp(paid, out=paid) * stays
    np.subtract(1.0, stays, out=stays)
    stays *= kappa
    stays += g.use_elasticity
    stays *= use
    return use, stays


def _evaluate(g: Group, price: Array, shadow: Array, sigma: float, kappa: float, nu: float) -> State:
    batch, n, r = len(price), g.mine.shape[1], g.refinery.shape[1]
    gates = g.gates
    away_power, kept_power = powers(price, n, sigma)
    weight = g.weight
    if len(gates):
        weight = weight.copy()
        np.multiply.at(weight.reshape(-1), gates.arc, np.exp(-sigma * shadow)[gates.gate])
    total, gradient = np.empty_like(price), np.empty_like(price)
    away_total, kept_total = _split(total, n)
    np.multiply((weight @ away_power[..., None])[:, :, :r, 0], kept_power[..., :r], out=kept_total)
    np.multiply((kept_power[:, :, None] @ weight)[:, :, 0, :n], away_power[..., :n], out=away_total)
    supply, supply_slope = _supply(g, price, n, r)
    use, use_slope = _use(g, price, n, r, kappa)

    p, v, q, u = _nodes(gradient, n, r)
    np.subtract(supply[:, :n], total[:, :n], out=p)
    np.add(total[:, n : 2 * n], g.inflow[:, r:], out=v)
    v -= use[:, :-r].reshape(batch, -1, n).sum(1)
    np.add(total[:, 2 * n : 2 * n + r], g.inflow[:, :r], out=q)
    q -= supply[:, n : n + r]
    q -= use[:, -r:]
    np.subtract(supply[:, n:].reshape(batch, -1, r).sum(1), total[:, 2 * n + r :], out=u)
    gradient *= g.real
    worst = np.abs(gradient).max(1)
    gated = room = np.zeros(0)
    if len(gates):
        gated = gated_flow(g, weight, away_power, kept_power)
        room = gates.capacity * (1.0 - nu / shadow + nu / (gates.limit - shadow)) - gates.by_gate(gated)
        np.maximum.at(worst, gates.market, np.abs(room))
    return State(
        price, weight, away_power, kept_power, total, supply, supply_slope, use, use_slope, gradient, worst,
        shadow, room, gated,
    )  # fmt: skip


def _nodes(row: Array, n: int, r: int) -> tuple[Array, Array, Array, Array]:
    """Views of a row [B, 2n + 2r] at P, V, Q and U."""
    return row[:, :n], row[:, n : 2 * n], row[:, 2 * n : 2 * n + r], row[:, 2 * n + r :]


def _newton_step(g: Group, s: State, sigma: float, nu: float) -> tuple[Array, Array]:
    """Newton direction: prices [B, 2n + 2r] and shadow prices [G].

    The prices P and V are eliminated from the system; Q and U are kept.
    """
    batch, n, r = len(s.price), g.mine.shape[1], g.refinery.shape[1]
    smelting = s.supply_slope[:, n : n + r]
    slope = sigma * s.total
    p, v, q, u = _nodes(slope, n, r)
    p += s.supply_slope[:, :n]
    v += s.use_slope[:, :-r].reshape(batch, -1, n).sum(1)
    q += smelting
    q += s.use_slope[:, -r:]
    u += s.supply_slope[:, n:].reshape(batch, -1, r).sum(1)
    slope += 1.0 - g.real
    eliminated, own = _split(slope, n)

    kept = s.flow()[:, :, :r, :n]
    kept *= sigma
    layers = (0, 1) if g.has_ore else (1,)
    size = len(layers) * r
    matrix = np.zeros((batch, size, size))
    for place, layer in enumerate(layers):
        block = slice(place * r, (place + 1) * r)
        passed = kept[:, layer] * (-1.0 / eliminated[:, layer])[:, None]
        matrix[:, block, block] = passed @ kept[:, layer].transpose(0, 2, 1)
    entries = matrix.reshape(batch, size * size)
    entries[:, :: size + 1] += own.reshape(batch, 2 * r)[:, -size:]
    if g.has_ore:
        entries[:, r : size * r : size + 1] = -smelting
        entries[:, size * r :: size + 1] = -smelting

    known = _split(s.gradient, n)[0] / eliminated
    right = s.gradient[:, 2 * n :] + (kept @ known[..., None]).reshape(batch, 2 * r)
    gates = _GateRows(g, s, sigma, nu, eliminated, kept, known) if len(g.gates) else None
    step = np.empty_like(s.price)
    step[:, 2 * n : 2 * n + r] = 0.0
    step[:, -size:], shadow = _solved(g, matrix, right[:, -size:], gates)
    away, near = _split(step, n)
    moved = (near[:, :, None] @ kept)[:, :, 0]
    if gates is not None:
        moved += gates.moved(shadow)
    moved /= eliminated
    np.subtract(moved, known, out=away)
    return step, shadow


def _solved(g: Group, matrix: Array, right: Array, gates: "_GateRows | None") -> tuple[Array, Array]:
    """Prices that are kept [B, 2r], [B, r] without ore, and shadow prices [G] of the Newton direction."""
    if gates is None:
        return np.asarray(np.linalg.solve(matrix, -right[..., None])[..., 0]), np.zeros(0)
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
        gates, count = g.gates, len(g.gates)
        r, n = kept.shape[2:]
        self.gates, self.eliminated, self.kept = gates, eliminated, kept
        self.slope = sigma * s.gated
        away = self.slope * AWAY_SIGN[gates.layer]
        self.away_slope = away
        rows = (count + 1) * 2
        self.away = summed(gates.away_of_gate, away, rows * n).reshape(count + 1, 2, n)
        near = self.slope * KEPT_SIGN[gates.layer]
        self.near = summed(gates.kept_of_gate, near, rows * r).reshape(count + 1, 2, r)
        self.right = np.zeros(count + 1)
        self.right[:-1] = s.room + gates.by_gate(away * known.reshape(-1)[gates.away_place])
        place, arc = gates.shared
        block = summed(place, self.slope[arc], (count + 1) * gates.widest)
        self.block = block.reshape(count + 1, gates.widest)
        # The barrier's own curvature nu Z / lambda^2 is raised to room / lambda: the same at the solution, but a slack
        # gate then goes straight to its small shadow price instead of overshooting and dragging the prices along.
        # The upper barrier nu Z / (limit - lambda)^2 likewise, where more flows than goes through.
        lower, below = nu * gates.capacity / s.shadow, gates.limit - s.shadow
        upper = nu * gates.capacity / below
        room = s.room + lower - upper
        curvature = np.maximum(lower, room) / s.shadow + np.maximum(upper, -room) / below
        self.block[np.arange(count), gates.slot] += curvature

    def solved(self, crowd: Crowd, matrix: Array, right: Array) -> tuple[Array, Array]:
        """Kept prices [b, 2r] and shadow prices [b, width] of the markets of one crowd, by the block of the gates."""
        market, gate = crowd.market, crowd.gate
        b, width = gate.shape
        away = self.away[gate].transpose(0, 2, 1, 3)
        passed = away * (-1.0 / self.eliminated[market])[:, :, None]
        side = passed @ self.kept[market].transpose(0, 1, 3, 2) - self.near[gate].transpose(0, 2, 1, 3)
        side = side.transpose(0, 2, 1, 3).reshape(b, width, -1)[..., -matrix.shape[1] :]
        last = matrix.shape[1]
        whole = np.zeros((b, last + width, last + width))
        whole[:, :last, :last] = matrix
        whole[:, last:, :last] = side
        whole[:, :last, last:] = side.transpose(0, 2, 1)
        block = passed[:, 0] @ away[:, 0].transpose(0, 2, 1)
        block += passed[:, 1] @ away[:, 1].transpose(0, 2, 1)
        np.add(block, self.block[gate][:, :, :width], out=whole[:, last:, last:])
        whole.reshape(b, -1)[:, last * (last + width + 1) :: last + width + 1] += gate == len(self.gates)
        answer = np.linalg.solve(whole, -np.concatenate([right, self.right[gate]], 1)[..., None])[..., 0]
        return answer[:, :last], answer[:, last:]

    def moved(self, shadow: Array) -> Array:
        """What the shadow prices [G] add at the eliminated nodes [B, 2, n]."""
        weights = self.away_slope * shadow[self.gates.gate]
        shape = self.eliminated.shape
        return summed(self.gates.away_place, weights, self.eliminated.size).reshape(shape)


def solve_group(g: Group, price: Array, shadow: Array, markets: Markets) -> tuple[State, NDArray[np.int64]]:
    """Damped Newton until every market's largest residual is below the tolerance.

    Starts at prices [B, 2n + 2r] and shadow prices [G], at even prices where those are far off; gives the last state
    and the steps of each market [B].
    """
    sigma, kappa, nu = markets.sigma, markets.choke_steepness, markets.gate_smoothing
    state = _evaluate(g, price, shadow, sigma, kappa, nu)
    far = ~(state.worst <= FAR)
    if far.any():
        even = np.where(far[:, None], 0.0, price), np.where(far[g.gates.market], nu, shadow)
        state = _evaluate(g, *even, sigma, kappa, nu)
    final = state
    steps = np.zeros(len(price), dtype=np.int64)
    here = _Rows(np.arange(len(price)), np.arange(len(shadow)), np.arange(len(state.gated)))
    for _ in range(MOST_ITERATIONS):
        going = state.worst > TOLERANCE
        if not going.any():
            break
        left = int(going.sum())
        if len(going) - left > 8 + left // 8:  # else solving them once more is quicker than leaving them behind
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
        step = step * going[:, None]
        shadow_step = shadow_step * going[g.gates.market]
    length = np.ones(len(going))
    good = np.maximum(0.5 * state.worst, TOLERANCE)
    first: Array | None = None
    for _ in range(MOST_SHORTENINGS):
        price = state.price + length[:, None] * step
        np.minimum(np.maximum(price, -PRICE_LIMIT, out=price), PRICE_LIMIT, out=price)
        shadow = np.minimum(state.shadow + length[g.gates.market] * shadow_step, g.gates.limit - LEAST_GAP)
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
    """A step that keeps shadow prices positive and below their limits, and prices near.

    Without gates each price is limited on its own, which is quick and nearly always downhill. Where it is not, and in
    markets with gates, whose shadow prices tie prices together, the whole Newton direction is shortened.
    """
    longest = np.abs(direction).max(1)
    far = bool((longest > STEP_LIMIT).any())
    falls, rises = SHADOW_DROP * state.shadow, SHADOW_DROP * (g.gates.limit - state.shadow)
    tight = (shadow < -falls) | (shadow > rises)
    if not far and not tight.any():
        return direction, shadow
    bent = np.zeros(len(longest), dtype=bool)
    bent[g.gates.market] = True
    step = direction
    if far:
        step = np.clip(direction, -STEP_LIMIT, STEP_LIMIT)
        bent |= _slope(g, state, step, shadow) > 0
    share = LONG_STEP_LIMIT / np.maximum(longest, LONG_STEP_LIMIT)
    room = np.where(shadow < 0, falls, rises)[tight] / np.abs(shadow[tight])
    np.minimum.at(share, g.gates.market[tight], room)
    share = np.where(bent, share, 1.0)
    step = np.where(bent[:, None], share[:, None] * direction, step)
    return step, share[g.gates.market] * shadow


def _slope(g: Group, state: State, step: Array, shadow_step: Array) -> Array:
    """Directional derivative of the potential [B]."""
    slope: Array = (state.gradient * step).sum(1)
    return slope + g.gates.by_market(state.room * shadow_step) if len(shadow_step) else slope
