"""The gates of a group of markets, kept as lists of arcs: most gates are one arc or the arcs of one origin."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.market import Array, Flags, Gates, Index

GATE_CLASSES = (10, 32, 128, 512, 2048)


@dataclass(frozen=True)
class Crowd:
    """Markets solved in one call: `market` [b] and their gates [b, width], one past the last where there is none."""

    market: Index
    gate: Index


@dataclass(frozen=True)
class GatedArcs:
    """G gates in the order of their markets and E arcs in the order of their gates.

    Of B markets with r kept nodes (refineries) and n eliminated nodes (mines, users) a layer.
    """

    batch: int
    r: int
    n: int
    row: Index  # [G] row among all gates
    market: Index  # [G]
    capacity: Array  # [G]
    limit: Array  # [G] highest shadow price
    gate: Index  # [E]
    layer: Index  # [E]
    kept: Index  # [E] node whose price is kept (Q, U)
    away: Index  # [E] node whose price is eliminated (P, V)

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def side(self) -> Index:
        """Place of each arc's market and layer in [B, 2]."""
        return np.asarray(2 * self.market[self.gate] + self.layer)

    @cached_property
    def arc(self) -> Index:
        """Place of each arc in weights [B, 2, r+1, n+1]."""
        return np.asarray(self.kept_power * (self.n + 1) + self.away)

    @cached_property
    def kept_power(self) -> Index:
        """Place of each arc's kept node in powers [B, 2, r+1]."""
        return np.asarray(self.side * (self.r + 1) + self.kept)

    @cached_property
    def away_power(self) -> Index:
        """Place of each arc's eliminated node in powers [B, 2, n+1]."""
        return np.asarray(self.side * (self.n + 1) + self.away)

    @cached_property
    def away_place(self) -> Index:
        """Place of each arc's eliminated node in [B, 2, n]."""
        return np.asarray(self.side * self.n + self.away)

    @cached_property
    def kept_of_gate(self) -> Index:
        """Place of each arc's kept node in [G, 2, r]."""
        return np.asarray((2 * self.gate + self.layer) * self.r + self.kept)

    @cached_property
    def away_of_gate(self) -> Index:
        """Place of each arc's eliminated node in [G, 2, n]."""
        return np.asarray((2 * self.gate + self.layer) * self.n + self.away)

    @cached_property
    def slot(self) -> Index:
        """Position of each gate among those of its market [G]."""
        return np.asarray(np.arange(len(self)) - np.searchsorted(self.market, self.market))

    @cached_property
    def shared(self) -> tuple[Index, Index]:
        """Where two gates share an arc, a gate and itself included: place in [G, widest] and the arc."""
        order = np.argsort(self.arc, kind="stable")
        ordered = self.arc[order]
        first = np.searchsorted(ordered, self.arc)
        count = np.searchsorted(ordered, self.arc, side="right") - first
        one = np.repeat(np.arange(len(self.arc)), count)
        step = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
        other = order[np.repeat(first, count) + step]
        return self.gate[one] * self.widest + self.slot[self.gate[other]], one

    @cached_property
    def widest(self) -> int:
        """Gates of the market that has most, in classes."""
        return max(int(crowd.gate.shape[1]) for crowd in self.crowds)

    @cached_property
    def crowds(self) -> list[Crowd]:
        """Markets with gates by the class of their number: a market's answer depends on its own gates alone."""
        number = np.bincount(self.market, minlength=self.batch)
        size = np.asarray((0, *GATE_CLASSES))[np.searchsorted((0, *GATE_CLASSES), number)]
        crowds = []
        for width in np.unique(size[size > 0]):
            market = np.flatnonzero(size == width)
            first = np.searchsorted(self.market, market)
            column = np.arange(width)
            gate = np.where(column < number[market, None], first[:, None] + column, len(self))
            crowds.append(Crowd(market, gate))
        return crowds

    @cached_property
    def free(self) -> Index:
        """Markets without gates."""
        return np.flatnonzero(np.bincount(self.market, minlength=self.batch) == 0)

    def stronger(self, shadow: Array) -> Array | None:
        """Shadow price of the strongest other gate on each arc [E], 0 where its own is; None where no arc is shared."""
        if len(self.shared[1]) == len(self.arc):
            return None
        order = np.argsort(shadow, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        _arcs, which = np.unique(self.arc, return_inverse=True)
        top = np.zeros(len(_arcs), dtype=np.int64)
        np.maximum.at(top, which, rank[self.gate])
        strongest = order[top[which]]
        return np.asarray(np.where(strongest == self.gate, 0.0, shadow[strongest]))

    def by_market(self, values: Array) -> Array:
        """Sums [B] of values [G]."""
        return summed(self.market, values, self.batch)

    def by_gate(self, values: Array) -> Array:
        """Sums [G] of values [E]."""
        return summed(self.gate, values, len(self))

    def taken(self, keep: Flags) -> "GatedArcs":
        """Those of the kept markets [B]."""
        gates = keep[self.market]
        arcs = gates[self.gate]
        market, gate = np.cumsum(keep) - 1, np.cumsum(gates) - 1
        return GatedArcs(
            int(keep.sum()), self.r, self.n, self.row[gates], market[self.market[gates]], self.capacity[gates],
            self.limit[gates], gate[self.gate[arcs]], self.layer[arcs], self.kept[arcs], self.away[arcs],
        )  # fmt: skip


def summed(place: Index, values: Array, size: int) -> Array:
    """Sums [size] of the values that fall on each place, in their order."""
    return np.bincount(place, weights=values, minlength=size).astype(float, copy=False)


def gated_arcs(gates: Gates, market: Index, places: tuple[Index, Index, Index], nations: int) -> GatedArcs:
    """The gates of some markets.

    `market` [g] is the position of each gate's market in the group, -1 outside it; `places` the nations of its mines
    [B, n], refineries [B, r] and users [B, n], `nations` where there is none.
    """
    chosen = np.flatnonzero(market >= 0)
    row = chosen[np.argsort(market[chosen], kind="stable")]
    (batch, n), r = places[0].shape, places[1].shape[1]
    if not len(row):
        none = np.zeros(0, dtype=np.int64)
        return GatedArcs(batch, r, n, none, none, np.zeros(0), np.zeros(0), none, none, none, none)
    whole = len(row) == len(market) and bool((row[1:] > row[:-1]).all())
    place = np.flatnonzero(gates.arcs if whole else gates.arcs[row])
    gate, pair = np.divmod(place, nations * nations)
    origin, destination = np.divmod(pair, nations)
    owner, layer = market[row], gates.layer[row][gate]
    mine, refinery, user = (_positions(nation, nations) for nation in places)
    b = owner[gate]
    is_ore = layer == 0
    kept = refinery[b, np.where(is_ore, destination, origin)]
    away = np.where(is_ore, mine[b, origin], user[b, destination])
    there = (kept >= 0) & (away >= 0)
    arcs = (gate[there], layer[there], kept[there], away[there])
    return GatedArcs(batch, r, n, row, owner, gates.capacity[row], gates.limits[row], *arcs)


def _positions(place: Index, nations: int) -> Index:
    """Position of each nation among the nodes `place` [B, n]; -1 where it is none [B, nations + 1]."""
    found = np.full((len(place), nations + 1), -1, dtype=np.int64)
    found[np.arange(len(place))[:, None], place] = np.arange(place.shape[1])
    found[:, nations] = -1
    return found
