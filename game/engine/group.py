"""Markets of one size, gathered from the full arrays so that padding is small and one call solves them all."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.gated_arc import GatedArcs, gated_arcs
from game.engine.market import FLOOR_LN, Array, Flags, Index, Markets
from game.engine.reach import Active

SIZE_CLASSES = (24, 32, 40, 64, 128, 256)


@dataclass(frozen=True)
class Group:
    """Markets of one size class, gathered. B markets, n nodes a layer, F sources, K uses."""

    world: Index  # [B]
    mineral: Index  # [B]
    mine: Index  # [B, n] nations of the nodes, N where there is none
    refinery: Index
    user: Index
    supply_size: Array  # [B, 2+F, n]: mines, refineries, sources
    supply_cost: Array
    supply_steepness: Array  # [B, 2+F, 1]
    use_size: Array  # [B, K+1, n], the last row is ore used as ore
    use_elasticity: Array  # [B, K+1, 1]
    use_choke: Array  # [B, K+1, n]
    inflow: Array  # [B, 2, n] at Q and V
    weight: Array  # [B, 2, n+1, n+1] trade at equal prices: layer x kept x eliminated node, the virtual node last
    real: Array  # [B, 2, 2, n]: 1 on nodes that exist, axes as the price
    gates: GatedArcs

    def taken(self, keep: Flags) -> "Group":
        """The same group with only the kept markets."""
        arrays = [getattr(self, f.name)[keep] for f in fields(self) if f.name != "gates"]
        return Group(*arrays, self.gates.taken(keep))


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

    def values(self, array: NDArray[Any]) -> NDArray[Any]:
        """[W, M, N] -> [B, n], [W, M, X, N] -> [B, X, n]; np.take, as plain indexing is slower by half."""
        *middle, nations = array.shape[2:]
        rows = self.market if not middle else self.market[:, None] * middle[0] + np.arange(middle[0])
        place = self.nation if not middle else self.nation[:, None]
        return array.take(rows[..., None] * nations + place)

    def place(self, nations: int) -> Index:
        """Nations of the nodes, `nations` where there is none."""
        return np.where(self.real, self.nation, nations)


def gather(markets: Markets, active: Active, w: Index, m: Index, n: int) -> Group:
    """The markets (world `w`, mineral `m`) [B] with `n` nodes a layer."""
    worlds, minerals, nations = markets.mine_size.shape
    market = w * minerals + m
    mine, user = _Nodes.of(active.mine, market, n), _Nodes.of(active.user, market, n)
    refinery = _Nodes.of(active.ore_user | active.seller, market, n)
    buys, sells = refinery.real & refinery.values(active.ore_user), refinery.real & refinery.values(active.seller)
    supply_size, supply_cost = _supplies(markets, active, mine, refinery)
    use_size, use_choke = _uses(markets, active, m, refinery, user)
    steepness = (markets.mine_steepness[m][:, None], markets.refinery_steepness[m][:, None], markets.source_steepness[m])
    elasticity = (markets.use_elasticity[m], markets.direct_elasticity[m][:, None])
    ore, refined = refinery.values(markets.ore_inflow), user.values(markets.refined_inflow)
    inflow = np.stack([ore * refinery.real, refined * user.real], 1)
    weight = np.zeros((len(w), 2, n + 1, n + 1))
    np.exp(_trade_ln(markets, w, m, (mine, refinery, user), (buys, sells)), out=weight[:, :, :n, :n])
    _add_backstops(weight, supply_size, use_size, inflow, markets.ceiling[m], markets.sigma)

    real = np.stack([mine.real, user.real, buys, sells], 1).astype(float).reshape(len(w), 2, 2, n)
    places = (mine.place(nations), refinery.place(nations), user.place(nations))
    position = np.full(worlds * minerals, -1, dtype=np.int64)
    position[market] = np.arange(len(w))
    market_of_gate = position[markets.gates.world * minerals + markets.gates.mineral]
    return Group(
        w, m, *places, supply_size, supply_cost, np.concatenate(steepness, 1)[..., None],
        use_size, np.concatenate(elasticity, 1)[..., None], use_choke, inflow, weight, real,
        gated_arcs(markets.gates, market_of_gate, places, nations, n),
    )  # fmt: skip


def _supplies(markets: Markets, active: Active, mine: _Nodes, refinery: _Nodes) -> tuple[Array, Array]:
    """Sizes and costs [B, 2+F, n] of mines, refineries and sources."""
    source = refinery.values(markets.source_size)
    size, cost = (np.empty((len(source), 2 + source.shape[1], source.shape[2])) for _ in range(2))
    size[:, 0] = mine.values(markets.mine_size) * mine.real
    size[:, 1] = refinery.values(markets.refinery_size) * (refinery.values(active.smelts) & refinery.real)
    size[:, 2:] = source * refinery.real[:, None]
    cost[:, 0] = mine.values(markets.mine_cost)
    cost[:, 1] = refinery.values(markets.refinery_cost)
    cost[:, 2:] = refinery.values(markets.source_cost)
    return size, cost


def _uses(markets: Markets, active: Active, m: Index, refinery: _Nodes, user: _Nodes) -> tuple[Array, Array]:
    """Sizes and chokes [B, K+1, n] of the uses, ore used as ore last."""
    use = user.values(markets.use_size)
    size, choke = (np.empty((len(use), use.shape[1] + 1, use.shape[2])) for _ in range(2))
    size[:, :-1] = use * user.real[:, None]
    size[:, -1] = refinery.values(markets.direct_size) * (refinery.values(active.direct) & refinery.real)
    choke[:, :-1] = user.values(markets.use_choke)
    choke[:, -1] = markets.direct_choke[m][:, None]
    return size, choke


def _trade_ln(
    markets: Markets, w: Index, m: Index, nodes: tuple[_Nodes, _Nodes, _Nodes], deals: tuple[Flags, Flags]
) -> Array:
    """ln of trade at equal prices [B, 2, n, n]: layer x kept (refineries) x eliminated node (mines; users)."""
    (mine, refinery, user), (buys, sells) = nodes, deals
    minerals, nations = markets.mine_size.shape[1:]
    origin, destination = refinery.values(markets.origin_ln), refinery.values(markets.destination_ln)
    kept = np.stack([np.where(buys, destination[:, 0], -np.inf), np.where(sells, origin[:, 1], -np.inf)], 1)
    away = np.stack([mine.values(markets.origin_ln)[:, 0], user.values(markets.destination_ln)[:, 1]], 1)
    away[:, 0][~mine.real] = away[:, 1][~user.real] = -np.inf
    layer = 2 * (np.minimum(w, len(markets.trade_ln) - 1) * minerals + m)
    place = np.empty((len(w), 2, *kept.shape[2:] * 2), dtype=np.int64)
    place[:, 0] = mine.nation[:, None, :] * nations + refinery.nation[:, :, None]
    place[:, 1] = refinery.nation[:, :, None] * nations + user.nation[:, None, :]
    place += ((layer[:, None] + np.arange(2)) * (nations * nations))[..., None, None]
    trade = markets.trade_ln.take(place)
    trade += kept[..., None] + away[:, :, None]
    return np.asarray(trade)


def _add_backstops(weight: Array, supply: Array, use: Array, inflow: Array, ceiling: Array, sigma: float) -> None:
    """Arcs to and from the virtual node: unsold output at the floor price, unmet need above the choke."""
    n, floor, most = supply.shape[2], np.exp(sigma * FLOOR_LN), np.exp(-sigma * ceiling)[:, None]
    weight[:, 0, n, :n] = supply[:, 0] * floor
    weight[:, 0, :n, n] = (supply[:, 1] + use[:, -1] + np.abs(inflow[:, 0])) * most
    weight[:, 1, :n, n] = supply[:, 1:].sum(1) * floor
    weight[:, 1, n, :n] = (use[:, :-1].sum(1) + np.abs(inflow[:, 1])) * most


def grouped(active: Active) -> list[tuple[Index, Index, int]]:
    """Markets by size class: worlds, minerals and nodes a layer."""
    count = np.maximum(np.maximum(active.mine.sum(2), (active.ore_user | active.seller).sum(2)), active.user.sum(2))
    size = np.asarray(SIZE_CLASSES)[np.searchsorted(SIZE_CLASSES, count)]
    size[count == 0] = 0
    return [(*np.nonzero(size == n), int(n)) for n in np.unique(size[size > 0])]
