"""Which way goods go in each world of a batch, given the corridors that are shut there and the works in use.

Worlds with the same corridors shut and the same works in use share a pattern. In a pattern a pair of nations may have
two ways: that of the base year or its detour, and another (`long_haul.py`). Each mineral and layer takes the cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Array
from game.engine.calibrate import Calibration, freight_share
from game.engine.long_haul import other_routes
from game.engine.network import Flags
from game.engine.routes import Routes, routes
from game.engine.world import World

Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pattern:
    """The ways of all cargo while the same corridors are shut and the same works in use."""

    calibration: Calibration
    main: Routes
    other: Routes | None

    @cached_property
    def takes_other(self) -> Flags | None:
        """Cargo that goes the other way [M, L, N, N], None where there is no other."""
        return None if self.other is None else self._shares[0] > self._shares[1]

    @cached_property
    def freight_ln(self) -> Array:
        """ln of price with freight, insurance and interest over price [M, L, N, N]."""
        if not self.main.closed and not self.main.done:
            return self.calibration.base_freight_ln
        return np.asarray(np.log1p(np.minimum(*self._shares) if self.other is not None else self._shares[0]))

    @cached_property
    def per_value(self) -> Array:
        """Price over price with freight [M, L, N, N]."""
        return np.asarray(np.exp(-self.freight_ln))

    @cached_property
    def trade_ln(self) -> Array:
        """ln weight of trade per size [M, L, N, N], less what is dearer than in the base year."""
        found = self.calibration
        if not self.main.closed and not self.main.done:
            return found.trade_ln
        return found.trade_ln - found.parameters.trade_elasticity * (self.freight_ln - found.base_freight_ln)

    @cached_property
    def _shares(self) -> tuple[Array, ...]:
        """Freight as a share of value on the main way and, where there is one, on the other."""
        found = (self.main,) if self.other is None else (self.main, self.other)
        return tuple(freight_share(self.calibration.baseline, way) for way in found)

    def best(self, pair: Index) -> tuple[Array, Array]:
        """Freight as a share of value, and days, of each cargo between pairs, positions in N x N; [M, L, p] both."""
        share = freight_share(self.calibration.baseline, self.main, pair)
        days = np.broadcast_to(self.main.days.reshape(-1)[pair], share.shape)
        if self.other is None:
            return share, days
        other = freight_share(self.calibration.baseline, self.other, pair)
        return np.minimum(share, other), np.where(other < share, self.other.days.reshape(-1)[pair], days)

    def taken(self) -> Iterator[tuple[Routes, Flags | None]]:
        """The routes and the cargo [M, L, N, N] that takes them; None for all."""
        if self.other is None or self.takes_other is None:
            yield self.main, None
        else:
            yield self.main, ~self.takes_other
            yield self.other, self.takes_other

    @property
    def reachable(self) -> Flags:
        """Whether goods get from origins to destinations at all [N, N]."""
        return self.main.reachable if self.other is None else np.asarray(self.main.reachable | self.other.reachable)

    def routes_of(self, mineral: int, layer: int, origin: int, destination: int) -> Routes:
        """The routes that one mineral and layer takes between two nations."""
        if self.other is None or self.takes_other is None or not self.takes_other[mineral, layer, origin, destination]:
            return self.main
        return self.other


@lru_cache(maxsize=512)
def pattern(calibration: Calibration, closed: frozenset[str], done: frozenset[str]) -> Pattern:
    """The ways while corridors are closed and works done, kept for the few patterns that a game meets."""
    network = calibration.baseline.network
    main = routes(network, closed, done)
    return Pattern(calibration, main, other_routes(routes(network), main) if closed or done else None)


def pattern_without(calibration: Calibration, found: Pattern, corridor: int) -> Pattern:
    """The pattern in which one more corridor is shut, by its position."""
    main = found.main
    return pattern(calibration, main.closed | {main.network.corridor_ids[corridor]}, main.done)


@dataclass(frozen=True)
class Ways:
    """The patterns of a batch and the pattern of each world."""

    patterns: tuple[Pattern, ...]
    number: Index  # [W]

    def parts(self) -> Iterator[tuple[Index, Pattern, Routes, Flags | None]]:
        """Worlds, their pattern, the routes of some of their cargo and that cargo [M, L, N, N], None for all."""
        for number, found in enumerate(self.patterns):
            rows = np.flatnonzero(self.number == number)
            for taken, cargo in found.taken():
                yield rows, found, taken, cargo

    def can_pass(self, world: Index, origin: Index, destination: Index) -> Flags:
        """Whether goods still get from origins to destinations in the given worlds; at home they always do."""
        reach = np.stack([found.reachable for found in self.patterns])
        return np.asarray(reach[self.number[world], origin, destination] | (origin == destination))


def ways(world: World, calibration: Calibration) -> Ways:
    """The ways of every world while its shut corridors are shut and its works in use."""
    shut, done = world.corridor_open <= 0, world.corridor_works_done
    if not shut.any() and not done.any():
        return Ways((pattern(calibration, frozenset(), frozenset()),), np.zeros(world.size, dtype=np.int64))
    return _ways_in(calibration, np.concatenate([shut, done], axis=1).tobytes(), world.size)


@lru_cache(maxsize=8)
def _ways_in(calibration: Calibration, shut_done: bytes, worlds: int) -> Ways:
    """The ways of a batch by its flags [W, 2 C], shut corridors first, kept because a turn asks for them again."""
    flags = np.frombuffer(shut_done, dtype=bool).reshape(worlds, -1)
    states, number = np.unique(flags, axis=0, return_inverse=True)
    names = np.array(calibration.baseline.network.corridor_ids)
    found = (
        pattern(calibration, *(frozenset(names[part].tolist()) for part in np.split(state, 2))) for state in states
    )
    return Ways(tuple(found), number.reshape(-1))
