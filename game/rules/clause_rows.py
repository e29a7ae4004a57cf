"""Clauses in force as rows of arrays, of all worlds of a batch at once."""

from __future__ import annotations

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
    def in_force(world: World, turn: int) -> Rows:
        """The clauses of treaties that are in force in a turn and not suspended."""
        if not (world.clause_treaty >= 0).any():
            none = np.zeros(0, dtype=np.int64)
            return Rows.at(world, none, none)
        holds = (world.treaty_kind >= 0) & (world.treaty_since <= turn) & (world.treaty_until >= turn)
        holds &= world.treaty_suspended < turn
        signed = world.clause_treaty >= 0
        at = np.take_along_axis(holds, np.maximum(world.clause_treaty, 0).astype(np.int64), 1)
        return Rows.at(world, *np.nonzero(signed & at))

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

    def most(self, world: World, value: Array) -> Array:
        """The largest value that a clause promises from each nation to each other, [W, giver, taker]."""
        nations = world.treaty_member.shape[2]
        result = np.zeros((world.size, nations, nations))
        a, giver, taker = np.nonzero(self.pairs(world))
        np.maximum.at(result, (self.w[a], giver, taker), value[a])
        return result

    def _side(self, world: World, one: Index, other: Index) -> Flags:
        nation = np.arange(world.treaty_member.shape[2])
        is_all = (one == EVERY)[:, None] & (nation != other[:, None])
        return np.asarray(self.members(world) & (is_all | (one[:, None] == nation)))
