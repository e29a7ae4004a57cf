"""Clauses in force as rows of arrays, of all worlds of a batch at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.engine.baseline import Array, Flags
from game.engine.pact import EVERY
from game.engine.world import World
from game.rules.asking import Index


@dataclass(frozen=True)
class Rows:
    """A clauses: world `w`, clause slot `q` and treaty slot `p` of each, and what they hold, [A] each."""

    w: Index
    q: Index
    p: Index
    kind: Index
    giver: Index
    taker: Index
    mineral: Index
    layer: Index
    option: Index
    amount: Array

    def __len__(self) -> int:
        return len(self.w)

    @staticmethod
    def at(world: World, w: Index, q: Index) -> Rows:
        """The clauses in some slots."""
        names = ("treaty", "kind", "giver", "taker", "mineral", "layer", "option")
        p, kind, giver, taker, mineral, layer, option = (
            world.arrays[f"clause_{name}"][w, q].astype(np.int64) for name in names
        )
        return Rows(w, q, p, kind, giver, taker, mineral, layer, option, world.clause_amount[w, q])

    @staticmethod
    def in_force(world: World, turn: int, kinds: Sequence[int] = ()) -> Rows:
        """The clauses (of some kinds) of treaties that are in force in a turn and not suspended."""
        w, q = np.nonzero(np.isin(world.clause_kind, kinds) if kinds else world.clause_treaty >= 0)
        if not len(w):
            return Rows.at(world, w, q)
        holds = (world.treaty_kind >= 0) & (world.treaty_since <= turn) & (world.treaty_until >= turn)
        holds &= world.treaty_suspended < turn
        there = holds[w, world.clause_treaty[w, q]]
        return Rows.at(world, w[there], q[there])

    def picked(self, chosen: Flags | Index) -> Rows:
        """The clauses that are chosen."""
        return Rows(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    def members(self, world: World) -> Flags:
        """The members of each clause's treaty, [A, N]."""
        flags: Flags = world.treaty_member[self.w, self.p]
        return flags

    def givers(self, world: World) -> Flags:
        """Who promises it, [A, N]."""
        return self._side(world, self.giver, self.taker)

    def takers(self, world: World) -> Flags:
        """To whom it is promised, [A, N]; of a promise among all, everybody."""
        return self._side(world, self.taker, self.giver)

    def pairs(self, world: World) -> Flags:
        """Who promises it to whom, [A, giver, taker]; nobody promises anything to itself."""
        found = self.givers(world)[:, :, None] & self.takers(world)[:, None]
        nation = np.arange(found.shape[1])
        found[:, nation, nation] = False
        return np.asarray(found)

    def pair_list(self, world: World) -> tuple[Index, Index, Index]:
        """The same as a list: clause, giver and taker of every pair, [k] each."""
        a, giver = np.nonzero(self.givers(world))
        takers = self.takers(world)
        taker = np.nonzero(takers)[1]
        count = takers.sum(1)
        first = np.cumsum(count) - count
        repeat = count[a]
        step = np.arange(int(repeat.sum())) - np.repeat(np.cumsum(repeat) - repeat, repeat)
        a, giver = np.repeat(a, repeat), np.repeat(giver, repeat)
        taker = taker[first[a] + step]
        apart = giver != taker
        return a[apart], giver[apart], taker[apart]

    def most(self, world: World, value: Array) -> Array:
        """The largest value that a clause promises from each nation to each other, [W, giver, taker]."""
        nations = world.treaty_member.shape[2]
        result = np.zeros((world.size, nations, nations))
        a, giver, taker = self.pair_list(world)
        np.maximum.at(result, (self.w[a], giver, taker), value[a])
        return result

    def _side(self, world: World, one: Index, other: Index) -> Flags:
        nation = np.arange(world.treaty_member.shape[2])
        is_all = (one == EVERY)[:, None] & (nation != other[:, None])
        return np.asarray(self.members(world) & (is_all | (one[:, None] == nation)))
