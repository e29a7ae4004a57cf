"""Markets of one size, gathered from the full arrays so that padding is small and one call solves them all."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.market import FLOOR_LN, Array, Flags, Gates, Index, Markets
from game.engine.reach import Active

SIZE_CLASSES = (24, 32, 40, 64, 128, 256)
GATE_CLASSES = (0, 4, 16, 64, 256)


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
class Group:
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

    def taken(self, keep: Flags) -> "Group":
        """The same group with only the kept markets."""
        values: dict[str, Any] = {}
        for name, value in vars(self).items():
            values[name] = tuple(v[keep] for v in value) if isinstance(value, tuple) else value[keep]
        return Group(**values)


def flat_arcs(arcs: Array) -> Array:
    """[B, G, 2, n+1, n+1] -> [B, G, arcs]."""
    return arcs.reshape(*arcs.shape[:2], -1)


def gather(markets: Markets, active: Active, at: tuple[Index, Index], n: int, gate_rows: Index) -> Group:
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
    return Group(
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


def grouped(markets: Markets, active: Active) -> list[tuple[Index, Index, int, Index]]:
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
