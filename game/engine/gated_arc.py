"""The gates of a group of markets, kept as lists of arcs: most gates are one arc or the arcs of one origin."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.market import Array, Flags, Gates, Index

GATE_CLASSES = (2, 10, 32, 128, 512, 2048)


@dataclass(frozen=True)
class Crowd:
    """Markets solved in one call and their gates [b, width], one past the last where there is none."""

    market: Index | slice
    gate: Index


@dataclass(frozen=True)
class GatedArcs:
    """G gates in the order of their markets and E arcs in the order of their gates.

    Of B markets with r kept nodes (refineries) and n eliminated nodes (mines, users) in each of L layers.
    """

    batch: int
    layers: int
    r: int
    n: int
    row: Index  # [G] row among all gates
    market: Index  # [G]
    capacity: Array  # [G]
    limit: Array  # [G] highest shadow price
    gate: Index  # [E]
    layer: Index  # [E] counted from the group's first
    kept: Index  # [E] node whose price is kept (Q, U)
    away: Index  # [E] node whose price is eliminated (P, V)

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def side(self) -> Index:
        """Place of each arc's market and layer in [B, L]."""
        return np.asarray(self.layers * self.market[self.gate] + self.layer)

    @cached_property
    def arc(self) -> Index:
        """Place of each arc in weights [B, L, r+1, n+1]."""
        return np.asarray(self.kept_power * (self.n + 1) + self.away)

    @cached_property
    def kept_power(self) -> Index:
        """Place of each arc's kept node in powers [B, L, r+1]."""
        return np.asarray(self.side * (self.r + 1) + self.kept)

    @cached_property
    def away_power(self) -> Index:
        """Place of each arc's eliminated node in powers [B, L, n+1]."""
        return np.asarray(self.side * (self.n + 1) + self.away)

    @cached_property
    def away_place(self) -> Index:
        """Place of each arc's eliminated node in [B, L, n]."""
        return np.asarray(self.side * self.n + self.away)

    @cached_property
    def away_row(self) -> Index:
        """Place of each arc's eliminated node in rows of prices [B, L (n + r)]."""
        return np.asarray(self.away_place + self.market[self.gate] * self.layers * self.r)

    @cached_property
    def kept_row(self) -> Index:
        """Place of each arc's kept node in rows of prices [B, L (n + r)]."""
        own = self.side * self.r + self.kept
        return np.asarray(own + (self.market[self.gate] + 1) * self.layers * self.n)

    @cached_property
    def kept_of_gate(self) -> Index:
        """Place of each arc's kept node in [G, L, r]."""
        return np.asarray((self.layers * self.gate + self.layer) * self.r + self.kept)

    @cached_property
    def away_of_gate(self) -> Index:
        """Place of each arc's eliminated node in [G, L, n]."""
        return np.asarray((self.layers * self.gate + self.layer) * self.n + self.away)

    @cached_property
    def places(self) -> tuple[Index, Index]:
        """The gated places in weights, each once, and which of them each arc is [E]."""
        order = np.argsort(self.arc, kind="stable")
        arc = self.arc[order]
        first = np.ones(len(arc), dtype=bool)
        np.not_equal(arc[1:], arc[:-1], out=first[1:])
        which = np.empty(len(arc), dtype=np.int64)
        which[order] = np.cumsum(first) - 1
        return arc[first], which

    @cached_property
    def single(self) -> Index:
        """Arcs that are their gate's only one; one gate of them at most for every place."""
        only = np.flatnonzero(np.bincount(self.gate, minlength=len(self))[self.gate] == 1)
        return np.asarray(only[np.sort(np.unique(self.places[1][only], return_index=True)[1])])

    @cached_property
    def linked_gate(self) -> Index:
        """Gates that are not single: those of several arcs, or of one that another gate holds already."""
        linked = np.ones(len(self), dtype=bool)
        linked[self.gate[self.single]] = False
        return np.flatnonzero(linked)

    @cached_property
    def linked_arc(self) -> Index:
        """Arcs of the linked gates."""
        linked = np.zeros(len(self), dtype=bool)
        linked[self.linked_gate] = True
        return np.flatnonzero(linked[self.gate])

    @cached_property
    def linked(self) -> "GatedArcs":
        """The linked gates alone, of the same markets."""
        return self._part(self.linked_gate, self.linked_arc, np.arange(self.batch), self.batch)

    @cached_property
    def slot(self) -> Index:
        """Position of each gate among those of its market [G]."""
        return np.asarray(np.arange(len(self)) - np.searchsorted(self.market, self.market))

    @cached_property
    def shared(self) -> tuple[Index, Index]:
        """Where two gates share an arc, a gate and itself included: place in [G, widest] and the arc."""
        if len(self.places[0]) == len(self.arc):
            return self.gate * self.widest + self.slot[self.gate], np.arange(len(self.arc))
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
        """Markets by the class of their number of gates: a market's answer depends on its own gates alone."""
        number = np.bincount(self.market, minlength=self.batch)
        size = np.asarray((0, *GATE_CLASSES))[np.searchsorted((0, *GATE_CLASSES), number)]
        crowds = []
        for width in np.unique(size):
            market = np.flatnonzero(size == width)
            first = np.searchsorted(self.market, market)
            column = np.arange(width)
            gate = np.where(column < number[market, None], first[:, None] + column, len(self))
            crowds.append(Crowd(_run(market), gate))
        return crowds

    def stronger(self, shadow: Array) -> Array | None:
        """Shadow price of the strongest other gate on each arc [E], 0 where its own is; None where no arc is shared."""
        if len(self.places[0]) == len(self.arc):
            return None
        order = np.argsort(shadow, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        place, which = self.places
        top = np.zeros(len(place), dtype=np.int64)
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
        arcs = np.flatnonzero(gates[self.gate])
        return self._part(np.flatnonzero(gates), arcs, np.cumsum(keep) - 1, int(keep.sum()))

    def _part(self, gates: Index, arcs: Index, market: Index, batch: int) -> "GatedArcs":
        """Some gates and arcs; `market` [B] is the new position of each market, of `batch`."""
        gate = np.zeros(len(self), dtype=np.int64)
        gate[gates] = np.arange(len(gates))
        return GatedArcs(
            batch, self.layers, self.r, self.n, self.row[gates], market[self.market[gates]], self.capacity[gates],
            self.limit[gates], gate[self.gate[arcs]], self.layer[arcs], self.kept[arcs], self.away[arcs],
        )  # fmt: skip


def _run(market: Index) -> Index | slice:
    """The markets, as a slice where they stand in a row: views of arrays instead of copies."""
    first, last = int(market[0]), int(market[-1]) + 1
    return slice(first, last) if last - first == len(market) else market


def summed(place: Index, values: Array, size: int) -> Array:
    """Sums [size] of the values that fall on each place, in their order."""
    return np.bincount(place, weights=values, minlength=size).astype(float, copy=False)


def gated_arcs(gates: Gates, market: Index, places: tuple[Index, Index, Index], nations: int, layers: int) -> GatedArcs:
    """The gates of some markets with one layer, the refined, or two.

    `market` [g] is the position of each gate's market in the group, -1 outside it; `places` the nations of its mines
    [B, n], refineries [B, r] and users [B, n], `nations` where there is none.
    """
    chosen = np.flatnonzero(market >= 0)
    row = chosen[np.argsort(market[chosen], kind="stable")]
    (batch, n), r = places[0].shape, places[1].shape[1]
    if not len(row):
        none = np.zeros(0, dtype=np.int64)
        return GatedArcs(batch, layers, r, n, none, none, np.zeros(0), np.zeros(0), none, none, none, none)
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
    there = (kept >= 0) & (away >= 0) & (layer + layers >= 2)
    arcs = (gate[there], layer[there] + layers - 2, kept[there], away[there])
    return GatedArcs(batch, layers, r, n, row, owner, gates.capacity[row], gates.limits[row], *arcs)


def _positions(place: Index, nations: int) -> Index:
    """Position of each nation among the nodes `place` [B, n]; -1 where it is none [B, nations + 1]."""
    found = np.full((len(place), nations + 1), -1, dtype=np.int64)
    found[np.arange(len(place))[:, None], place] = np.arange(place.shape[1])
    found[:, nations] = -1
    return found
