"""A batch of worlds: one array per row of the field table, worlds first."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import Axes
from game.engine.fields import FIELD, FIELDS, axis_lengths

# Fields whose phases put new arrays in their place every turn and never write to the old ones.
REPLACED = ("ore_flow_t", "refined_flow_t", "product_flow_usd_bn", "retiring_t")


class World:
    """State of W worlds at the end of one turn. Arrays are reached by field name: ``world.capacity_t[w, n, m, s]``."""

    def __init__(self, axes: Axes, turn: int, arrays: dict[str, NDArray[Any]]) -> None:
        self.axes = axes
        self.turn = turn
        self.arrays = arrays

    def __getattr__(self, name: str) -> NDArray[Any]:
        try:
            return self.__dict__["arrays"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"a world has no field '{name}'") from None

    @property
    def size(self) -> int:
        """Number of worlds W."""
        return len(next(iter(self.arrays.values())))

    def copy(self, shared: Collection[str] = ()) -> "World":
        """A copy, independent but for the fields that are shared."""
        return World(self.axes, self.turn, {k: v if k in shared else v.copy() for k, v in self.arrays.items()})

    def repeated(self, worlds: int) -> "World":
        """World 0 repeated `worlds` times."""
        return World(self.axes, self.turn, {k: np.repeat(v[:1], worlds, axis=0) for k, v in self.arrays.items()})

    def picked(self, index: NDArray[np.int64] | slice) -> "World":
        """The chosen worlds, copied."""
        return World(self.axes, self.turn, {k: v[index].copy() for k, v in self.arrays.items()})

    def state_hash(self, world: int = 0) -> str:
        """SHA-256 over all fields of one world, in table order."""
        digest = sha256(str(self.turn).encode())
        for field in FIELDS:
            digest.update(np.ascontiguousarray(self.arrays[field.name][world]).tobytes())
        return digest.hexdigest()

    def clear_this_turn(self) -> None:
        """Set the fields that hold for one turn only back to their defaults."""
        for field in FIELDS:
            if field.this_turn:
                self.arrays[field.name][...] = field.default


def empty_world(axes: Axes, corridors: int, worlds: int = 1) -> World:
    """A world of defaults, before calibration."""
    length = axis_lengths(axes, corridors)
    arrays: dict[str, NDArray[Any]] = {
        f.name: np.full((worlds, *(length[a] for a in f.axes)), f.default, dtype=f.dtype) for f in FIELDS
    }
    return World(axes, 0, arrays)


def joined(worlds: list[World]) -> World:
    """Worlds of one turn joined into one batch."""
    first = worlds[0]
    return World(first.axes, first.turn, {name: np.concatenate([w.arrays[name] for w in worlds]) for name in FIELD})
