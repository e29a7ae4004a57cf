"""Markets of one size, gathered from the full arrays so that padding is small and one call solves them all."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.gated_arc import GatedArcs, gated_arcs
from game.engine.market import FLOOR_LN, Array, Flags, Index, Markets
from game.engine.reach import Active

OUTER_CLASSES = (22, 26, 32, 40, 64, 128, 256)  # mines, users
REFINERY_CLASSES = (18, 24, 32, 40, 64, 128, 256)
LARGEST_GROUP = 144  # markets in one group: more of them do not fit the processor's cache


@dataclass(frozen=True)
class Group:
    """Markets of one size class, gathered. B markets, n mines or users, r refineries, F sources, K uses.

    Prices stand in one row of 2n + 2r: mine gate P, delivered V, then ore delivered Q and refinery gate U, which Newton
    keeps when P and V are eliminated. Supply is a row of n mines, r refineries and F r sources; use one of K n uses and
    r of ore used as ore.
    """

    world: Index  # [B]
    mineral: Index  # [B]
    mine: Index  # [B, n] nations of the nodes, N where there is none
    refinery: Index  # [B, r]
    user: Index  # [B, n]
    supply_size: Array  # [B, n + r + F r]
    supply_cost: Array
    supply_steepness: Array
    use_size: Array  # [B, K n + r]
    use_elasticity: Array
    use_choke: Array
    inflow: Array  # [B, r + n] at Q and V
    weight: Array  # [B, 2, r+1, n+1] trade at equal prices: layer x kept x eliminated node, the virtual node last
    real: Array  # [B, 2n + 2r]: 1 on nodes that exist
    has_ore: bool  # whether any market of the group trades ore
    gates: GatedArcs

    def taken(self, keep: Flags) -> "Group":
        """The same group with only the kept markets."""
        arrays = {name: value[keep] for name, value in vars(self).items() if name not in ("gates", "has_ore")}
        return Group(**arrays, has_ore=self.has_ore, gates=self.gates.taken(keep))


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

    def place(self, nations: int) -> Index:
        """Nations of the nodes, `nations` where there is none."""
        return np.where(self.real, self.nation, nations)


def gather(markets: Markets, active: Active, w: Index, m: Index, n: int, r: int) -> Group:
    """The markets (world `w`, mineral `m`) [B] with `n` mines or users and `r` refineries."""
    worlds, minerals, nations = markets.mine_size.shape
    market = w * minerals + m
    mine, user = _Nodes.of(active.mine, market, n), _Nodes.of(active.user, market, n)
    refinery = _Nodes.of(active.ore_user | active.seller, market, r)
    buys, sells, smelts, direct = (
        found & refinery.real for found in refinery.values(active.ore_user, active.seller, active.smelts, active.direct)
    )
    size, cost, direct_size, ore = refinery.values(
        markets.refinery_size, markets.refinery_cost, markets.direct_size, markets.ore_inflow
    )
    supply = _supplies(markets, m, mine, refinery, (size * smelts, cost))
    use = _uses(markets, m, user, direct_size * direct)
    (refined,) = user.values(markets.refined_inflow)
    inflow = np.concatenate([ore * refinery.real, refined * user.real], 1)
    weight = np.zeros((len(w), 2, r + 1, n + 1))
    np.exp(_trade_ln(markets, w, m, (mine, refinery, user), (buys, sells)), out=weight[:, :, :r, :n])
    _add_backstops(weight, supply[0], use[0], inflow, markets.ceiling[m], markets.sigma)

    real = np.concatenate([mine.real, user.real, buys, sells], 1).astype(float)
    places = (mine.place(nations), refinery.place(nations), user.place(nations))
    position = np.full(worlds * minerals, -1, dtype=np.int64)
    position[market] = np.arange(len(w))
    market_of_gate = position[markets.gates.world * minerals + markets.gates.mineral]
    gates = gated_arcs(markets.gates, market_of_gate, places, nations)
    return Group(w, m, *places, *supply, *use, inflow, weight, real, bool(buys.any()), gates)


def _supplies(
    markets: Markets, m: Index, mine: _Nodes, refinery: _Nodes, refining: tuple[Array, Array]
) -> tuple[Array, Array, Array]:
    """Sizes, costs and steepnesses [B, n + r + F r] of mines, refineries (`refining`: size, cost) and sources."""
    source, source_cost = refinery.values(markets.source_size, markets.source_cost)
    mine_size, mine_cost = mine.values(markets.mine_size, markets.mine_cost)
    (batch, sources, r), n = source.shape, mine.nation.shape[1]
    size, cost, steepness = (np.empty((batch, n + r + sources * r)) for _ in range(3))
    size[:, :n], cost[:, :n] = mine_size * mine.real, mine_cost
    size[:, n : n + r], cost[:, n : n + r] = refining
    size[:, n + r :] = (source * refinery.real[:, None]).reshape(batch, -1)
    cost[:, n + r :] = source_cost.reshape(batch, -1)
    steepness[:, :n] = markets.mine_steepness[m[:, None], mine.nation]
    steepness[:, n : n + r] = markets.refinery_steepness[m][:, None]
    steepness[:, n + r :] = np.repeat(markets.source_steepness[m], r, axis=1)
    return size, cost, steepness


def _uses(markets: Markets, m: Index, user: _Nodes, direct: Array) -> tuple[Array, Array, Array]:
    """Sizes, elasticities and chokes [B, K n + r] of the uses, ore used as ore (`direct` [B, r]) last."""
    use, use_choke = user.values(markets.use_size, markets.use_choke)
    (batch, uses, n), r = use.shape, direct.shape[1]
    size, elasticity, choke = (np.empty((batch, uses * n + r)) for _ in range(3))
    size[:, :-r] = (use * user.real[:, None]).reshape(batch, -1)
    size[:, -r:] = direct
    elasticity[:, :-r] = np.repeat(markets.use_elasticity[m], n, axis=1)
    elasticity[:, -r:] = markets.direct_elasticity[m][:, None]
    choke[:, :-r] = use_choke.reshape(batch, -1)
    choke[:, -r:] = markets.direct_choke[m][:, None]
    return size, elasticity, choke


def _trade_ln(
    markets: Markets, w: Index, m: Index, nodes: tuple[_Nodes, _Nodes, _Nodes], deals: tuple[Flags, Flags]
) -> Array:
    """ln of trade at equal prices [B, 2, r, n]: layer x kept (refineries) x eliminated node (mines; users)."""
    (mine, refinery, user), (buys, sells) = nodes, deals
    minerals, nations = markets.mine_size.shape[1:]
    origin, destination = refinery.values(markets.origin_ln, markets.destination_ln)
    kept = np.stack([np.where(buys, destination[:, 0], -np.inf), np.where(sells, origin[:, 1], -np.inf)], 1)
    sent, taken = mine.values(markets.origin_ln)[0][:, 0], user.values(markets.destination_ln)[0][:, 1]
    away = np.stack([np.where(mine.real, sent, -np.inf), np.where(user.real, taken, -np.inf)], 1)
    layer = 2 * (np.minimum(w, len(markets.trade_ln) - 1) * minerals + m)
    place = np.empty((*kept.shape, away.shape[2]), dtype=np.int64)
    place[:, 0] = mine.nation[:, None, :] * nations + refinery.nation[:, :, None]
    place[:, 1] = refinery.nation[:, :, None] * nations + user.nation[:, None, :]
    place += ((layer[:, None] + np.arange(2)) * (nations * nations))[..., None, None]
    trade = markets.trade_ln.take(place)
    trade += kept[..., None] + away[:, :, None]
    return np.asarray(trade)


def _add_backstops(weight: Array, supply: Array, use: Array, inflow: Array, ceiling: Array, sigma: float) -> None:
    """Arcs to and from the virtual node: unsold output at the floor price, unmet need above the choke."""
    batch, r, n = len(weight), weight.shape[2] - 1, weight.shape[3] - 1
    floor, most = np.exp(sigma * FLOOR_LN), np.exp(-sigma * ceiling)[:, None]
    weight[:, 0, r, :n] = supply[:, :n] * floor
    weight[:, 0, :r, n] = (supply[:, n : n + r] + use[:, -r:] + np.abs(inflow[:, :r])) * most
    weight[:, 1, :r, n] = supply[:, n:].reshape(batch, -1, r).sum(1) * floor
    weight[:, 1, r, :n] = (use[:, :-r].reshape(batch, -1, n).sum(1) + np.abs(inflow[:, r:])) * most


def grouped(active: Active) -> list[tuple[Index, Index, int, int]]:
    """Markets by size class, those without ore apart, in groups of a handy number.

    Each with its worlds, minerals, number of mines or users, number of refineries.
    """
    outer = _class_of(np.maximum(active.mine.sum(2), active.user.sum(2)), OUTER_CLASSES)
    inner = _class_of((active.ore_user | active.seller).sum(2), REFINERY_CLASSES)
    has_ore = active.ore_user.any(2)
    size = np.where(inner > 0, (outer * (REFINERY_CLASSES[-1] + 1) + inner) * 2 + has_ore, 0)
    found = []
    for chosen in np.unique(size[size > 0]):
        n, r = divmod(int(chosen) // 2, REFINERY_CLASSES[-1] + 1)
        found.append((np.nonzero(size == chosen), n, r))
    return [
        (w[first : first + LARGEST_GROUP], m[first : first + LARGEST_GROUP], n, r)
        for (w, m), n, r in found
        for first in range(0, len(w), LARGEST_GROUP)
    ]


def _class_of(count: Index, classes: tuple[int, ...]) -> Index:
    """The smallest class that holds each count, 0 for none."""
    return np.asarray((0, *classes))[np.searchsorted((0, *classes), count)]
