"""The Newton direction of a group of markets.

The prices P and V are eliminated from the system; Q and U are kept. A gate of one arc is eliminated too: in the Hessian
the arc and its gate are two conductances in series. All other gates border the system.
"""

import numpy as np

from game.engine.balance import AWAY_SIGN, KEPT_SIGN, State
from game.engine.gated_arc import Crowd, summed
from game.engine.group import Group
from game.engine.market import Array, Index


def newton_direction(g: Group, s: State) -> tuple[Array, Array]:
    """Steps of the prices, a row as in the group, and of the shadow prices [G]. Leaves the weights of gated arcs bent,
    until the group is evaluated again."""
    slope, smelting = _own_slopes(g, s)
    gradient, curvature = s.gradient, _curvature(g, s) if len(g.gates) else np.zeros(0)
    single = None
    if len(g.gates.single):
        gradient = gradient.copy()
        single = _SingleArcs(g, s, curvature, slope, gradient)
    (eliminated, own), (away, kept) = g.split(slope), g.split(gradient)
    eliminated += g.split(g.absent)[0]
    away_power = s.away_power[..., : g.n]
    weight = g.weight[:, :, : g.r, : g.n] * (g.sigma * s.kept_power[..., : g.r, None])
    known = away / eliminated
    right = (weight @ (away_power * known)[..., None])[..., 0]
    right += kept
    matrix = _matrix(g, weight, -away_power * away_power / eliminated, own, smelting)
    right = -right.reshape(len(right), -1)
    step, shadow = np.empty_like(gradient), np.zeros(len(g.gates))
    moved, near = g.split(step)
    border = None
    if len(g.gates.linked):
        border = _Border(g, s, curvature, eliminated, weight, single)
        answer, shadow[g.gates.linked_gate] = border.solved(matrix, right, known)
    else:
        answer = np.asarray(np.linalg.solve(matrix, right[..., None]))
    near[...] = answer.reshape(near.shape)
    np.multiply((near[:, :, None] @ weight)[:, :, 0], away_power, out=moved)
    if border is not None:
        moved += border.moved(shadow)
    moved /= eliminated
    moved -= known
    if single is not None:
        single.put(shadow, step)
    return step, shadow


def _own_slopes(g: Group, s: State) -> tuple[Array, Array]:
    """The Hessian's diagonal, a row as of prices, and the slope of refineries [B, r]; both flows and what people want
    and can."""
    n, r = g.n, g.r
    supply = s.supply_share - 1.0
    supply *= s.supply
    supply *= g.supply_fall
    use = s.use_share * -g.kappa
    use += g.use_steepest
    use *= s.use
    slope = g.sigma * s.total
    away, kept = g.split(slope)
    away[:, -1] += g.uses_of(use).sum(1)
    kept[:, -1] += g.sales_of(supply).sum(1)
    smelting = supply[:, n : n + r]
    if g.has_ore:
        away[:, 0] += supply[:, :n]
        kept[:, 0] += smelting
        kept[:, 0] += use[:, -r:]
    return slope, smelting


def _matrix(g: Group, weight: Array, through: Array, own: Array, smelting: Array) -> Array:
    """The system [B, L r, L r] of the kept prices, which flows tie together through the nodes that are eliminated.

    `weight` [B, L, r, n] are slopes of flows but for the power of the eliminated node, `through` [B, L, n] its square
    over that node's slope, negative.
    """
    batch, layers, r = own.shape
    size = layers * r
    matrix = np.empty((batch, size, size))
    passed = (weight * through[:, :, None]) @ weight.swapaxes(2, 3)
    for layer in range(layers):
        block = slice(layer * r, (layer + 1) * r)
        matrix[:, block, block] = passed[:, layer]
    entries = matrix.reshape(batch, size * size)
    entries[:, :: size + 1] += own.reshape(batch, size) + g.absent[:, -size:]
    if layers > 1:
        matrix[:, :r, r:] = matrix[:, r:, :r] = 0.0
        entries[:, r : size * r : size + 1] = -smelting
        entries[:, size * r :: size + 1] = -smelting
    return matrix


def _curvature(g: Group, s: State) -> Array:
    """Second derivative of the potential in each shadow price, but for the flow's own [G].

    The barrier's curvature nu Z / lambda^2 is raised to room / lambda: the same at the solution, but a slack gate then
    goes straight to its small shadow price instead of overshooting and dragging the prices along. The upper barrier
    nu Z / (limit - lambda)^2 likewise, where more flows than goes through.
    """
    gates, below = g.gates, g.gates.limit - s.shadow
    lower, upper = g.nu * gates.capacity / s.shadow, g.nu * gates.capacity / below
    room = s.room + lower - upper
    return np.asarray(np.maximum(lower, room) / s.shadow + np.maximum(upper, -room) / below)


class _SingleArcs:
    """Gates of one arc: each bends its arc's slope, in place, and its shadow price follows from the prices."""

    def __init__(self, g: Group, s: State, curvature: Array, slope: Array, gradient: Array) -> None:
        gates = g.gates
        arcs = gates.single
        self.gates, self.gate, which = gates, gates.gate[arcs], gates.places[1]
        self.place, self.linked_place, self.places = which[arcs], which[gates.linked_arc], len(gates.places[0])
        self.away, self.kept = gates.away_row[arcs], gates.kept_row[arcs]
        layer = gates.layer[arcs] - g.layers
        self.away_sign, self.kept_sign = AWAY_SIGN[layer], KEPT_SIGN[layer]
        flow_slope, room = g.sigma * s.gated[arcs], s.room[self.gate]
        whole = flow_slope + curvature[self.gate]
        self.given, self.own = flow_slope / whole, room / whole
        lost = -flow_slope * self.given
        _add(slope, self.away, lost)
        _add(slope, self.kept, lost)
        self.push = self.given * room
        _add(gradient, self.away, self.away_sign * self.push)
        _add(gradient, self.kept, self.kept_sign * self.push)
        g.bend(arcs, 1.0 - self.given)

    def put(self, shadow: Array, step: Array) -> None:
        """Write what the gates' shadow prices do when the prices and the shadow prices of linked gates take a step."""
        drop = self.away_sign * step.take(self.away) + self.kept_sign * step.take(self.kept)
        if len(self.gates.linked):
            tolls = summed(self.linked_place, shadow[self.gates.linked_gate][self.gates.linked.gate], self.places)
            drop -= tolls[self.place]
        shadow[self.gate] = self.given * drop - self.own

    def of_linked(self, values: Array) -> Array:
        """For every arc of a linked gate, the value of the single gate that holds it too, 0 for none."""
        held = np.zeros(self.places)
        held[self.place] = values
        return held[self.linked_place]


def _add(row: Array, place: Index, values: Array) -> None:
    np.add.at(row.reshape(-1), place, values)


class _Border:
    """The rows of the linked gates in the system; one gate more than there are, all zero, fills the crowds."""

    def __init__(
        self, g: Group, s: State, curvature: Array, eliminated: Array, weight: Array, single: _SingleArcs | None
    ) -> None:
        gates = g.gates.linked
        self.group, self.state, self.gates = g, s, gates
        self.eliminated, self.weight = eliminated, weight
        count, layers = len(gates), g.layers
        slope = g.sigma * s.gated[g.gates.linked_arc]
        self.room = s.room[g.gates.linked_gate]
        if single is not None:
            slope *= 1.0 - single.of_linked(single.given)
            self.room -= gates.by_gate(single.of_linked(single.push))
        self.away_slope = slope * AWAY_SIGN[gates.layer - layers]
        self.away = summed(gates.away_of_gate, self.away_slope, (count + 1) * layers * g.n)
        self.away = self.away.reshape(count + 1, layers, g.n)
        near = slope * KEPT_SIGN[gates.layer - layers]
        self.near = summed(gates.kept_of_gate, near, (count + 1) * layers * g.r).reshape(count + 1, layers, g.r)
        place, arc = gates.shared
        self.block = summed(place, slope[arc], (count + 1) * gates.widest).reshape(count + 1, gates.widest)
        self.block[np.arange(count), gates.slot] += curvature[g.gates.linked_gate]

    def solved(self, matrix: Array, right: Array, known: Array) -> tuple[Array, Array]:
        """Steps of kept prices [B, L r] and of the shadow prices of the linked gates."""
        gates = self.gates
        push = np.zeros(len(gates) + 1)
        push[:-1] = -self.room - gates.by_gate(self.away_slope * known.take(gates.away_place))
        answer, shadow = np.empty_like(right), np.zeros(len(gates) + 1)
        for crowd in gates.crowds:
            market, gate = crowd.market, crowd.gate
            if not gate.shape[1]:
                answer[market] = np.linalg.solve(matrix[market], right[market][..., None])[..., 0]
                continue
            side, block = self._bordering(crowd)
            b, last, width = side.shape
            whole = np.empty((b, last + width, last + width))
            whole[:, :last, :last] = matrix[market]
            whole[:, :last, last:], whole[:, last:, :last] = side, side.swapaxes(1, 2)
            whole[:, last:, last:] = block
            found = np.linalg.solve(whole, np.concatenate([right[market], push[gate]], 1)[..., None])[..., 0]
            answer[market], shadow[gate] = found[:, :last], found[:, last:]
        return answer, shadow[:-1]

    def _bordering(self, crowd: Crowd) -> tuple[Array, Array]:
        """The columns [b, L r, width] and the block [b, width, width] that the gates of a crowd add to the system."""
        g, market, gate = self.group, crowd.market, crowd.gate
        b, width = gate.shape
        away = self.away[gate].swapaxes(1, 2)
        passed = away * (-1.0 / self.eliminated[market])[:, :, None]
        power = self.state.away_power[market, :, : g.n]
        side = self.weight[market] @ (passed * power[:, :, None]).swapaxes(2, 3)
        side -= self.near[gate].transpose(0, 2, 3, 1)
        block = self.block[gate][:, :, :width]
        for layer in range(g.layers):
            block += passed[:, layer] @ away[:, layer].swapaxes(1, 2)
        own = np.arange(width)
        block[:, own, own] += gate == len(self.gates)
        return side.reshape(b, -1, width), block

    def moved(self, shadow: Array) -> Array:
        """What the shadow prices [G] of all gates add at the eliminated nodes [B, L, n]."""
        weights = self.away_slope * shadow[self.group.gates.linked_gate][self.gates.gate]
        return summed(self.gates.away_place, weights, self.eliminated.size).reshape(self.eliminated.shape)
