"""Plays worlds of one level side by side, with levers set directly and without, under the same chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import Axes
from game.engine.calibrate import Calibration
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from game.engine.world import World

Array = NDArray[np.float64]

SEEDS = 15
SEED = 1

# What experiments read; all else of a world is forgotten when the turn is over.
KEPT = (
    "capacity_t",
    "mined_t",
    "refined_t",
    "recycled_t",
    "synthetic_t",
    "use_t",
    "need_t",
    "ore_flow_t",
    "refined_flow_t",
    "mine_gate_ln",
    "refinery_gate_ln",
    "ore_delivered_ln",
    "delivered_ln",
    "headline_ln",
    "product_made_usd_bn",
    "product_need_usd_bn",
    "product_flow_usd_bn",
    "goods_lost_usd_bn",
)

# Writes into the worlds of one course before a turn; `world.turn` is the number of the turn before.
Lever = Callable[[World, Calibration], None]
Course = list[World]  # after each turn, the opening first: [seeds, ...] of the arrays in KEPT


@dataclass
class Laboratory:
    """A calibrated level. Nobody gives orders in it: what differs between courses is their levers alone.

    With `is_idle` every lever is left alone, so that effects vanish.
    """

    calibration: Calibration
    seeds: int = SEEDS
    is_idle: bool = False

    def __post_init__(self) -> None:
        self.opening = opening_world(self.calibration)
        self._base: Course = []
        self._base_ahead = self._worlds([None])
        self._courses: dict[str, Course] = {}

    @property
    def axes(self) -> Axes:
        """The ids along the axes."""
        return self.calibration.axes

    def base(self, turns: int) -> Course:
        """The course without any lever, over at least `turns` turns."""
        while len(self._base) <= turns:
            self._base.append(_kept(next(self._base_ahead), slice(None)))
        return self._base

    def course(self, name: str, lever: Lever, turns: int) -> Course:
        """The course of one lever over at least `turns` turns; another experiment with the same name shares it."""
        known = self._courses.get(name, [])
        if len(known) <= turns:
            self.play({name: lever}, turns)
        return self._courses[name]

    def play(self, levers: Mapping[str, Lever], turns: int) -> None:
        """Play the courses of several levers as one batch, for `course` to find by name."""
        names = list(levers)
        ahead = self._worlds([levers[name] for name in names])
        for name in names:
            self._courses[name] = []
        for _turn in range(turns + 1):
            world = next(ahead)
            for place, name in enumerate(names):
                self._courses[name].append(_kept(world, self._rows(place)))

    def _rows(self, place: int) -> slice:
        return slice(place * self.seeds, (place + 1) * self.seeds)

    def _worlds(self, levers: Sequence[Lever | None]) -> Iterator[World]:
        """All courses as one batch, after the opening and after every turn; seed s is the same chance in each."""
        world = self.opening.repeated(len(levers) * self.seeds)
        keys = Keys(SEED, tuple(range(self.seeds)) * len(levers))
        yield world
        while True:
            started = world.copy()
            begin_turn(started)
            for place, lever in enumerate(levers):
                if lever is not None and not self.is_idle:
                    lever(_rows_of(started, self._rows(place)), self.calibration)
            world = advance(started, self.calibration, keys)
            yield world


def _rows_of(world: World, rows: slice) -> World:
    """Some worlds of a batch, sharing their memory, so that what is written into them is written into the batch."""
    return World(world.axes, world.turn, {name: array[rows] for name, array in world.arrays.items()})


def _kept(world: World, rows: slice) -> World:
    return World(world.axes, world.turn, {name: world.arrays[name][rows].copy() for name in KEPT})
