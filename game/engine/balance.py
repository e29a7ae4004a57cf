"""The balances of a group of markets at given prices: the gradient of their potential, and what it is made of."""

from dataclasses import dataclass

import numpy as np

from game.engine.group import Group
from game.engine.market import Array

MOST_EXPONENT = 700.0  # its exponential is still a number


@dataclass
class State:
    """Everything evaluated at one point. A flow is weight x power of its kept x power of its eliminated node.

    B markets, L layers, a row of prices as in the group; G gates, E arcs of them.
    """

    price: Array  # [B, L (n + r)]
    away_power: Array  # [B, L, n+1] exp(-+ sigma price) of P and V, 1 at the virtual node
    kept_power: Array  # [B, L, r+1] of Q and U
    total: Array  # [B, L (n + r)] flow through each node
    supply: Array  # as the group's row of supplies
    supply_share: Array  # of capacity
    use: Array  # as the group's row of uses
    use_share: Array  # that the choke leaves
    gradient: Array  # [B, L (n + r)]
    worst: Array  # [B] largest absolute entry of the gradient and the room
    shadow: Array  # [G] shadow prices of the gates
    room: Array  # [G] the gradient in the shadow prices: capacity, less the barriers, less flow
    gated: Array  # [E] flow of the gated arcs


# Sign of a price in the exponent of its flows: what sells (P, U) drives flows down, what buys (V, Q) up.
AWAY_SIGN, KEPT_SIGN = np.array([-1.0, 1.0]), np.array([1.0, -1.0])


def powers(g: Group, price: Array) -> tuple[Array, Array]:
    """What a row of prices does to flows: [B, L, n+1] at P and V, [B, L, r+1] at Q and U; 1 at virtual nodes."""
    away, kept = g.split(price)
    return _powers(away, g.sigma * AWAY_SIGN), _powers(kept, g.sigma * KEPT_SIGN)


def _powers(price: Array, slope: Array) -> Array:
    batch, layers, nodes = price.shape
    power = np.zeros((batch, layers, nodes + 1))
    np.multiply(price, slope[-layers:, None], out=power[..., :-1])
    return np.exp(power, out=power)


def gated_flow(g: Group, away_power: Array, kept_power: Array) -> Array:
    """Flow of the gated arcs [E] at the group's present weights."""
    arcs, kept, away = g.gates.arc, g.gates.kept_power, g.gates.away_power
    return np.asarray(g.weight.take(arcs) * kept_power.take(kept) * away_power.take(away))


def evaluate(g: Group, price: Array, shadow: Array) -> State:
    """The state at a row of prices and at shadow prices [G], which the weights of the gated arcs take up."""
    gates, n, r = g.gates, g.n, g.r
    away_power, kept_power = powers(g, price)
    total, gradient = np.empty_like(price), np.empty_like(price)
    if len(gates):
        g.narrow(shadow)
    away_total, kept_total = g.split(total)
    np.multiply((g.weight @ away_power[..., None])[:, :, :r, 0], kept_power[..., :r], out=kept_total)
    np.multiply((kept_power[:, :, None] @ g.weight)[:, :, 0, :n], away_power[..., :n], out=away_total)
    supply, supply_share = _supply(g, price)
    use, use_share = _use(g, price)

    away, kept = g.split(gradient)
    v, u = away[:, -1], kept[:, -1]
    np.add(away_total[:, -1], g.inflow[:, -n:], out=v)
    v -= g.uses_of(use).sum(1)
    np.subtract(g.sales_of(supply).sum(1), kept_total[:, -1], out=u)
    if g.has_ore:
        q = kept[:, 0]
        np.subtract(supply[:, :n], away_total[:, 0], out=away[:, 0])
        np.add(kept_total[:, 0], g.inflow[:, :r], out=q)
        q -= supply[:, n : n + r]
        q -= use[:, -r:]
    gradient *= g.real
    worst = np.abs(gradient).max(1)
    gated = room = np.zeros(0)
    if len(gates):
        gated = gated_flow(g, away_power, kept_power)
        room = gates.capacity * (1.0 - g.nu / shadow + g.nu / (gates.limit - shadow)) - gates.by_gate(gated)
        np.maximum.at(worst, gates.market, np.abs(room))
    return State(
        price, away_power, kept_power, total, supply, supply_share, use, use_share, gradient, worst,
        shadow, room, gated,
    )  # fmt: skip


def _supply(g: Group, price: Array) -> tuple[Array, Array]:
    """Quantity of mines, refineries (against the margin) and sources, and its share of capacity."""
    n, r = g.n, g.r
    away, kept = g.split(price)
    answer = np.empty_like(g.supply_size)
    if g.has_ore:
        answer[:, :n] = away[:, 0]
        np.subtract(kept[:, 1], kept[:, 0], out=answer[:, n : n + r])
    g.sources_of(answer)[...] = kept[:, -1:]
    answer -= g.supply_cost
    answer *= g.supply_fall
    share = _inverse(answer)
    return g.supply_size * share, share


def _use(g: Group, price: Array) -> tuple[Array, Array]:
    """Quantity of the uses, ore used as ore last, and the share of each that the choke leaves."""
    away, kept = g.split(price)
    paid = np.empty_like(g.use_size)
    g.uses_of(paid)[...] = away[:, -1:]
    if g.has_ore:
        paid[:, -g.r :] = kept[:, 0]
    share = paid * g.kappa
    share -= g.use_choke
    _inverse(share)
    paid *= g.use_fall
    use = np.exp(paid, out=paid)
    use *= g.use_size
    use *= share
    return use, share


def _inverse(x: Array) -> Array:
    """1 / (1 + exp(x)), in place."""
    np.minimum(x, MOST_EXPONENT, out=x)
    np.exp(x, out=x)
    x += 1.0
    return np.reciprocal(x, out=x)
