"""Adds up figures of the tables' nations to the nations in play: those that a level leaves out go to the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.level import REST, Level
from game.engine.axes import Axes

Array = NDArray[np.float64]


class Fold:
    """Where the figures of each nation of the tables go: its own place, or the rest of the world's."""

    def __init__(self, level: Level, axes: Axes) -> None:
        self.names = tuple(level.world.nations)
        rest = axes.nation_index.get(REST, -1)
        self.place = np.array([axes.nation_index.get(name, rest) for name in self.names], dtype=np.int64)
        self.of = dict(zip(self.names, self.place.tolist(), strict=True))
        self.length = len(axes.nations)

    def table(self, cells: Mapping[str, Mapping[str, Any]], columns: tuple[str, ...]) -> Array:
        """Return [nation, column] sums of figures column -> nation -> figure."""
        array = np.zeros((self.length, len(columns)))
        for k, column in enumerate(columns):
            for nation, figure in cells.get(column, {}).items():
                array[self.of[nation], k] += figure.value
        return array

    def sums(self, values: Array) -> Array:
        """Return sums over nations of values per nation of the tables."""
        array = np.zeros((self.length, *values.shape[1:]))
        np.add.at(array, self.place, values)
        return array

    def means(self, values: Array, weights: Array) -> Array:
        """Return means over nations, weighted; a nation on its own keeps its value exactly."""
        alone = self.sums(np.ones(len(self.names))) == 1
        return np.where(alone, self.sums(values), self.sums(values * weights) / self.sums(weights))
