"""Damped Newton on the potential of a group of markets."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.balance import State, evaluate
from game.engine.direction import newton_direction
from game.engine.group import Group
from game.engine.market import Array, Flags

PRICE_LIMIT = 8.0
STEP_LIMIT = 0.7
LONG_STEP_LIMIT = 2.0
TOLERANCE = 8e-9
FAR = 1e3  # a first residual above this, in the unit of the market's quantities, is worse than no start at all
MOST_ITERATIONS = 200
MOST_SHORTENINGS = 20
SHADOW_DROP = 0.9  # largest part of the way to zero, or to its limit, that a shadow price goes in one step
LEAST_GAP = 1e-11  # between a shadow price and its limit, far below what any flow round a gate needs


def solve_group(g: Group, price: Array, shadow: Array) -> tuple[State, NDArray[np.int64]]:
    """Damped Newton until every market's largest residual is below the tolerance.

    Starts at a row of prices and at shadow prices [G], at even prices where those are far off; gives the last state and
    the steps of each market [B], and leaves the weights of the group as they are at the last prices.
    """
    state = evaluate(g, price, shadow)
    far = ~(state.worst <= FAR)
    if far.any():
        state = evaluate(g, np.where(far[:, None], 0.0, price), np.where(far[g.gates.market], g.nu, shadow))
    whole, final = g, state
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
        state = _damped(g, state, going)
    final = here.put(final, state)
    if len(whole.gates):
        whole.narrow(final.shadow)
    return final, steps


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
        if len(state.worst) == len(final.worst):
            return state
        for name, value in vars(state).items():
            getattr(final, name)[self.at(name)] = value
        return final


def _damped(g: Group, state: State, going: Flags) -> State:
    """One Newton step that lowers the potential.

    A step that halves the largest residual is taken. Otherwise: the potential is convex, so along a line it falls for
    as long as its slope (gradient times step) is negative, and a step that overshoots is shortened by the secant rule
    until little of the slope is left.
    """
    step, shadow_step = _limited(g, state, *newton_direction(g, state))
    if not going.all():
        step = step * going[:, None]
        shadow_step = shadow_step * going[g.gates.market]
    length, first = np.ones(len(going)), np.zeros(0)
    good = np.maximum(0.5 * state.worst, TOLERANCE)
    new = _stepped(g, state, step, shadow_step)
    for _ in range(MOST_SHORTENINGS):
        open_question = going & (new.worst > good)
        if not open_question.any():
            break
        if not len(first):
            first = np.abs(_slope(g, state, step, shadow_step))
        slope = _slope(g, new, step, shadow_step)
        over = open_question & (slope > 0.5 * first)
        if not over.any():
            break
        length = np.where(over, length * np.clip(first / np.where(over, first + slope, 1.0), 0.1, 0.7), length)
        new = _stepped(g, state, length[:, None] * step, length[g.gates.market] * shadow_step)
    return new


def _stepped(g: Group, state: State, step: Array, shadow_step: Array) -> State:
    price = state.price + step
    np.minimum(np.maximum(price, -PRICE_LIMIT, out=price), PRICE_LIMIT, out=price)
    shadow = state.shadow
    if len(shadow):
        shadow = np.minimum(shadow + shadow_step, g.gates.limit - LEAST_GAP)
    return evaluate(g, price, shadow)


def _limited(g: Group, state: State, direction: Array, shadow: Array) -> tuple[Array, Array]:
    """A step that keeps shadow prices positive and below their limits, and prices near.

    Without gates each price is limited on its own, which is quick and nearly always downhill. Where it is not, and in
    markets with gates, whose shadow prices tie prices together, the whole Newton direction is shortened.
    """
    longest = np.abs(direction).max(1)
    far = bool((longest > STEP_LIMIT).any())
    if not far and not len(shadow):
        return direction, shadow
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
