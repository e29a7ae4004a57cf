"""Markets of one size, gathered from the full arrays so that padding is small and one call solves them all."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.gated_arc import GatedArcs, gated_arcs, summed
from game.engine.market import FLOOR_LN, Array, Flags, Gates, Index, Markets
from game.engine.reach import Active

OUTER_CLASSES = (22, 26, 32, 40, 64, 128, 256)  # mines, users
REFINERY_CLASSES = (18, 24, 32, 40, 64, 128, 256)
LARGEST_GROUP = 144  # markets in one group: more of them do not fit the processor's cache


@dataclass(frozen=True)
class Group:
    """Markets of one size class, gathered. B markets, n mines or users, r refineries, F sources, K uses.

    A group that trades ore has L = 2 layers, ore and refined, any other the refined layer alone. Prices stand in one
    row: mine gate P, delivered V, then ore delivered Q and refinery gate U, which Newton keeps when P and V are
    eliminated; P and Q only with ore. Supply is a row of n mines, r refineries (both only with ore) and F r sources;
    use one of K n uses and, with ore, r of ore used as ore.
    """

    world: Index  # [B]
    mineral: Index  # [B]
    mine: Index  # [B, n] nations of the nodes, N where there is none
    refinery: Index  # [B, r]
    user: Index  # [B, n]
    n: int  # mines or users
    r: int  # refineries
    layers: int  # traded: 2 with ore, else 1
    has_ore: bool
    sigma: float
    kappa: float  # steepness of the choke
    nu: float  # smoothing of the gates
    supply_size: Array  # [B, n + r + F r]
    supply_cost: Array
    supply_fall: Array  # steepness, negative
    use_size: Array  # [B, K n + r]
    use_fall: Array  # elasticity, negative
    use_steepest: Array  # elasticity + kappa
    use_choke: Array  # kappa x choke price
    inflow: Array  # [B, r + n] at Q and V
    weight: Array  # [B, L, r+1, n+1] trade: layer x kept x eliminated node, the virtual node last; gates change theirs
    real: Array  # [B, L (n + r)]: 1 on nodes that exist
    absent: Array  # [B, L (n + r)]: 1 on all others
    gates: GatedArcs
    ungated: Array  # [places] weights of the gated arcs without their gates

    def split(self, row: Array) -> tuple[Array, Array]:
        """Views [B, L, n] of P and V and [B, L, r] of Q and U in a row."""
        batch, outer = len(row), self.layers * self.n
        return row[:, :outer].reshape(batch, -1, self.n), row[:, outer:].reshape(batch, -1, self.r)

    def sources_of(self, supply: Array) -> Array:
        """View [B, F, r] of the sources in a row of supplies."""
        return self.sales_of(supply)[:, self.layers - 1 :]

    def sales_of(self, supply: Array) -> Array:
        """View [B, 1 + F, r] of all that is sold refined in a row of supplies; refineries, first, only with ore."""
        return (supply[:, self.n :] if self.has_ore else supply).reshape(len(supply), -1, self.r)

    def uses_of(self, use: Array) -> Array:
        """View [B, K, n] of the uses in a row."""
        return (use[:, : -self.r] if self.has_ore else use).reshape(len(use), -1, self.n)

    def narrow(self, shadow: Array) -> None:
        """Let the gated arcs carry what they do at shadow prices [G], in place."""
        place, which = self.gates.places
        toll = summed(which, shadow[self.gates.gate], len(place))
        toll *= -self.sigma
        self.weight.reshape(-1)[place] = self.ungated * np.exp(toll, out=toll)

    def bend(self, arcs: Index, share: Array) -> None:
        """Multiply the weights of some gated arcs by shares, in place."""
        self.weight.reshape(-1)[self.gates.arc[arcs]] *= share

    def taken(self, keep: Flags) -> "Group":
        """The same group with only the kept markets."""
        fixed = ("gates", "ungated", "n", "r", "layers", "has_ore", "sigma", "kappa", "nu")
        arrays = {name: value[keep] for name, value in vars(self).items() if name not in fixed}
        gates = self.gates.taken(keep)
        left = self.ungated
        if len(self.gates):
            left = left[keep[self.gates.places[0] // self.weight[0].size]]
        return replace(self, **arrays, gates=gates, ungated=left)


@dataclass(frozen=True)
class _Nodes:
    """The nodes of one kind of a group: nations [B, n] and which are real, padded with others."""

    nation: Index
    real: Flags
    market: Index  # [B] place of each market among all worlds and minerals

    @classmethod
    def of(cls, active: Flags, market: Index, n: int) -> "_Nodes":
        """The nations active in each market, of masks [W, M, N]."""
        mask = active.reshape(-1, active.shape[2])[market]
        order = np.argsort(~mask, axis=1, kind="stable")[:, :n]
        if order.shape[1] < n:
            order = np.pad(order, ((0, 0), (0, n - order.shape[1])))
        return cls(order, np.arange(n) < mask.sum(1)[:, None], market)

    def values(self, *arrays: NDArray[Any]) -> list[NDArray[Any]]:
        """[W, M, N] -> [B, n], [W, M, X, N] -> [B, X, n], alike for all; np.take, plain indexing is slower by half."""
        *middle, nations = arrays[0].shape[2:]
        rows = self.market if not middle else self.market[:, None] * middle[0] + np.arange(middle[0])
        place = rows[..., None] * nations + (self.nation if not middle else self.nation[:, None])
        return [np.asarray(array.take(place)) for array in arrays]

    def size_ln(self, size: Array, layer: int, there: Flags) -> Array:
        """ln of sizes [W, M, L, N] of one layer at the nodes [B, n]; -inf where nobody is there."""
        row = (2 * self.market + layer) * size.shape[3]
        return np.where(there, size.take(row[:, None] + self.nation), -np.inf)

    def place(self, nations: int) -> Index:
        """Nations of the nodes, `nations` where there is none."""
        return np.where(self.real, self.nation, nations)


def gather(markets: Markets, active: Active, w: Index, m: Index, n: int, r: int) -> Group:
    """The markets (world `w`, mineral `m`) [B] with `n` mines or users and `r` refineries."""
    worlds, minerals, nations = markets.mine_size.shape
    market = w * minerals + m
    mine, user = _Nodes.of(active.mine, market, n), _Nodes.of(active.user, market, n)
    refinery = _Nodes.of(active.ore_user | active.seller, market, r)
    buys, sells = (found & refinery.real for found in refinery.values(active.ore_user, active.seller))
    has_ore = bool(buys.any())
    (refined,) = user.values(markets.refined_inflow)
    inflow = refined * user.real
    if has_ore:
        (ore,) = refinery.values(markets.ore_inflow)
        inflow = np.concatenate([ore * refinery.real, inflow], 1)
    real = np.concatenate([mine.real, user.real, buys, sells] if has_ore else [user.real, sells], 1).astype(float)
    layers = 2 if has_ore else 1
    weight = np.zeros((len(w), layers, r + 1, n + 1))
    np.exp(_refined_trade(markets, w, m, refinery, user, sells), out=weight[:, -1, :r, :n])
    if has_ore:
        np.exp(_ore_trade(markets, w, m, mine, refinery, buys), out=weight[:, 0, :r, :n])
    places = (mine.place(nations), refinery.place(nations), user.place(nations))
    position = np.full(worlds * minerals, -1, dtype=np.int64)
    position[market] = np.arange(len(w))
    market_of_gate = position[markets.gates.world * minerals + markets.gates.mineral]
    gates = gated_arcs(markets.gates, market_of_gate, places, nations, layers)
    terms = markets.sigma, markets.choke_steepness, markets.gate_smoothing
    supply = _supplies(markets, active, m, mine, refinery, has_ore)
    use = _uses(markets, active, m, user, refinery, has_ore)
    ungated = weight.reshape(-1)[gates.places[0]] if len(gates) else np.zeros(0)
    group = Group(
        w, m, *places, n, r, layers, has_ore, *terms, *supply, *use, inflow, weight, real, 1.0 - real, gates, ungated
    )
    _add_backstops(group, markets.ceiling[m])
    return group


def _supplies(
    markets: Markets, active: Active, m: Index, mine: _Nodes, refinery: _Nodes, has_ore: bool
) -> tuple[Array, Array, Array]:
    """Sizes, costs and steepnesses (negative) of mines, refineries and sources, in rows as of the group."""
    source, source_cost = refinery.values(markets.source_size, markets.source_cost)
    (batch, sources, r), n = source.shape, mine.nation.shape[1]
    outer = n + r if has_ore else 0
    size, cost, fall = (np.empty((batch, outer + sources * r)) for _ in range(3))
    size[:, outer:] = (source * refinery.real[:, None]).reshape(batch, -1)
    cost[:, outer:] = source_cost.reshape(batch, -1)
    fall[:, outer:] = np.repeat(-markets.source_steepness, r, axis=1)[m]
    if has_ore:
        mine_size, cost[:, :n] = mine.values(markets.mine_size, markets.mine_cost)
        refining, cost[:, n:outer], smelts = refinery.values(
            markets.refinery_size, markets.refinery_cost, active.smelts
        )
        size[:, :n], size[:, n:outer] = mine_size * mine.real, refining * (smelts & refinery.real)
        fall[:, :n] = -markets.mine_steepness[m[:, None], mine.nation]
        fall[:, n:outer] = -markets.refinery_steepness[m, None]
    return size, cost, fall


def _uses(
    markets: Markets, active: Active, m: Index, user: _Nodes, refinery: _Nodes, has_ore: bool
) -> tuple[Array, Array, Array, Array]:
    """Sizes, elasticities (negative), these with the choke's steepness, and chokes of the uses, in rows as of the
    group."""
    use, use_choke = user.values(markets.use_size, markets.use_choke)
    (batch, uses, n), r = use.shape, refinery.nation.shape[1]
    outer = uses * n
    size, fall, choke = (np.empty((batch, outer + (r if has_ore else 0))) for _ in range(3))
    size[:, :outer] = (use * user.real[:, None]).reshape(batch, -1)
    fall[:, :outer] = np.repeat(-markets.use_elasticity, n, axis=1)[m]
    choke[:, :outer] = use_choke.reshape(batch, -1)
    if has_ore:
        direct, directly = refinery.values(markets.direct_size, active.direct)
        size[:, outer:] = direct * (directly & refinery.real)
        fall[:, outer:], choke[:, outer:] = -markets.direct_elasticity[m, None], markets.direct_choke[m, None]
    choke *= markets.choke_steepness
    return size, fall, markets.choke_steepness - fall, choke


def _ore_trade(markets: Markets, w: Index, m: Index, mine: _Nodes, refinery: _Nodes, buys: Flags) -> Array:
    """ln of ore traded at equal prices [B, r, n]."""
    nations = markets.mine_size.shape[2]
    trade = _between(markets, w, m, 0, mine.nation[:, None] * nations + refinery.nation[:, :, None])
    trade += refinery.size_ln(markets.destination_ln, 0, buys)[..., None]
    trade += mine.size_ln(markets.origin_ln, 0, mine.real)[:, None]
    return trade


def _refined_trade(markets: Markets, w: Index, m: Index, refinery: _Nodes, user: _Nodes, sells: Flags) -> Array:
    """ln of metal traded at equal prices [B, r, n]."""
    nations = markets.mine_size.shape[2]
    trade = _between(markets, w, m, 1, refinery.nation[..., None] * nations + user.nation[:, None])
    trade += refinery.size_ln(markets.origin_ln, 1, sells)[..., None]
    trade += user.size_ln(markets.destination_ln, 1, user.real)[:, None]
    return trade


def _between(markets: Markets, w: Index, m: Index, layer: int, pair: Index) -> Array:
    """ln of trade per size of its ends, of pairs [B, r, n] of nations."""
    minerals, nations = markets.mine_size.shape[1:]
    row = 2 * (np.minimum(w, len(markets.trade_ln) - 1) * minerals + m) + layer
    pair += (row * (nations * nations))[:, None, None]
    return np.asarray(markets.trade_ln.take(pair))


def _add_backstops(g: Group, ceiling: Array) -> None:
    """Arcs to and from the virtual node: unsold output at the floor price, unmet need above the choke."""
    r, n = g.r, g.n
    floor, most = np.exp(g.sigma * FLOOR_LN), np.exp(-g.sigma * ceiling)[:, None]
    g.weight[:, -1, :r, n] = g.sales_of(g.supply_size).sum(1) * floor
    g.weight[:, -1, r, :n] = (g.uses_of(g.use_size).sum(1) + np.abs(g.inflow[:, -n:])) * most
    if g.has_ore:
        g.weight[:, 0, r, :n] = g.supply_size[:, :n] * floor
        wanted = g.supply_size[:, n : n + r] + g.use_size[:, -r:] + np.abs(g.inflow[:, :r])
        g.weight[:, 0, :r, n] = wanted * most


def grouped(active: Active, gates: Gates) -> list[tuple[Index, Index, int, int]]:
    """Markets by size class, those without ore apart, those with wide gates first, in groups of a handy number.

    Each with its worlds, minerals, number of mines or users, number of refineries.
    """
    outer = _class_of(np.maximum(active.mine.sum(2), active.user.sum(2)), OUTER_CLASSES)
    inner = _class_of((active.ore_user | active.seller).sum(2), REFINERY_CLASSES)
    has_ore = active.ore_user.any(2)
    size = np.where(inner > 0, (outer * (REFINERY_CLASSES[-1] + 1) + inner) * 2 + has_ore, 0)
    wide = np.count_nonzero(gates.arcs, axis=(1, 2)) > 1
    often = np.zeros(size.shape, dtype=np.int64)
    np.add.at(often, (gates.world[wide], gates.mineral[wide]), 1)
    found = []
    for chosen in np.unique(size[size > 0]):
        n, r = divmod(int(chosen) // 2, REFINERY_CLASSES[-1] + 1)
        w, m = np.nonzero(size == chosen)
        first = np.argsort(-often[w, m], kind="stable")
        found.append(((w[first], m[first]), n, r))
    return [
        (w[first : first + LARGEST_GROUP], m[first : first + LARGEST_GROUP], n, r)
        for (w, m), n, r in found
        for first in range(0, len(w), LARGEST_GROUP)
    ]


def _class_of(count: Index, classes: tuple[int, ...]) -> Index:
    """The smallest class that holds each count, 0 for none."""
    return np.asarray((0, *classes))[np.searchsorted((0, *classes), count)]
