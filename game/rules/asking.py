"""Askings in compact form: what every nation of every world asks for, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Array, Flags

Index = NDArray[np.int64]

NOBODY = -1  # also "everybody" where an order names partners
_FIRST_SET = -2  # partner codes from here down are sets of nations, one bit each


class Row(NamedTuple):
    """One order in compact form; what an order does not need keeps its default."""

    mineral: int = -1
    layer: int = -1  # layer (ore, refined), stage (mine, refine, recycle), product or corridor
    partner: int = NOBODY
    option: int = 0
    size: float = 0.0


@dataclass(frozen=True)
class Batch:
    """A askings of one kind: where (world w, nation n) and what, each [A]."""

    w: Index
    n: Index
    mineral: Index
    layer: Index
    partner: Index
    option: Index
    size: Array

    def __len__(self) -> int:
        return len(self.w)

    @property
    def corridor(self) -> Index:
        """Positions of corridors, for orders about one: they stand in the place of layers, [A]."""
        return self.layer

    @property
    def product(self) -> Index:
        """Positions of products, for orders about one: they stand in the place of layers, [A]."""
        return self.layer

    def picked(self, chosen: Flags | Index) -> Batch:
        """The askings that are chosen."""
        return Batch(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    @staticmethod
    def of(nation: int, row: Row, worlds: int = 1) -> Batch:
        """One asking of one nation, the same in every world."""
        where = np.arange(worlds, dtype=np.int64)
        n, mineral, layer, partner, option = (np.full(worlds, value, dtype=np.int64) for value in (nation, *row[:4]))
        return Batch(where, n, mineral, layer, partner, option, size=np.full(worlds, row.size))


@dataclass
class Askings:
    """What N nations of W worlds ask for in up to S slots, in order of slot. Every array is [W, N, S].

    `kind` is the order's position in ORDER_CAUSES, -1 for an empty slot.
    """

    kind: Index
    mineral: Index
    layer: Index
    partner: Index
    option: Index
    size: Array

    @staticmethod
    def none(worlds: int, nations: int, slots: int) -> Askings:
        """Askings with every slot empty."""
        shape = (worlds, nations, slots)
        kind, mineral, layer, partner, option = (np.full(shape, -1, dtype=np.int64) for _ in range(5))
        return Askings(kind, mineral, layer, partner, option, size=np.zeros(shape))

    def put(self, where: tuple[int | slice, int, int], kind: int, row: Row) -> None:
        """Fill the slot `where` = (worlds, nation, slot)."""
        self.kind[where] = kind
        for name, value in row._asdict().items():
            getattr(self, name)[where] = value

    def row(self, world: int, nation: int, slot: int) -> Row:
        """The asking in one slot."""
        at = (world, nation, slot)
        mineral, layer, partner, option = (
            int(getattr(self, name)[at]) for name in ("mineral", "layer", "partner", "option")
        )
        return Row(mineral, layer, partner, option, float(self.size[at]))

    def batch(self, kind: int, slot: int) -> Batch:
        """The askings of one kind in one slot."""
        w, n = np.nonzero(self.kind[:, :, slot] == kind)
        columns = (getattr(self, name)[w, n, slot] for name in ("mineral", "layer", "partner", "option", "size"))
        return Batch(w, n, *columns)


def partner_code(partners: tuple[int, ...]) -> int:
    """Nations by position as one number: -1 for everybody (none named), a position for one, a code for several."""
    if not partners:
        return NOBODY
    if len(partners) == 1:
        return partners[0]
    return _FIRST_SET - sum(1 << partner for partner in sorted(set(partners)))


def partners_of(code: int) -> tuple[int, ...]:
    """The nations that a partner code names; none for everybody."""
    if code == NOBODY:
        return ()
    if code >= 0:
        return (code,)
    bits = _FIRST_SET - code
    return tuple(position for position in range(bits.bit_length()) if bits >> position & 1)


def named(code: Index, nations: int) -> Flags:
    """Whether partner codes name each nation one by one, [..., N]; the code for everybody names none."""
    position = np.arange(nations)
    code = code[..., None]
    bits = np.where(code <= _FIRST_SET, _FIRST_SET - code, 0)
    return np.asarray((code == position) | (bits >> position & 1 == 1))


def partner_flags(batch: Batch, nations: int) -> Flags:
    """Whether each asking is directed at each nation, [A, N]; everybody means all but the asking nation itself."""
    everybody = (batch.partner == NOBODY)[:, None]
    return np.asarray((named(batch.partner, nations) | everybody) & (np.arange(nations) != batch.n[:, None]))
