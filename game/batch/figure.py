"""A speed figure, and how time is taken."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. `limit` is the most it may be, `least` the least; none for a figure quoted alone."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the figure is within its limit."""
        return (self.limit is None or self.value <= self.limit) and (self.least is None or self.value >= self.least)


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the least time of `work` over some repeats, after one that does not count: other programs only add."""
    work()
    times = []
    for _turn in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
