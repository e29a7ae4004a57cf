"""What experiments read off the courses of worlds: medians over seeds, with a lever against without."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from game.batch.fact.laboratory import Course
from game.batch.fact.lever import exports_t
from game.engine.axes import TURNS_PER_YEAR
from game.engine.calibrate import Calibration
from game.engine.world import World

Array = NDArray[np.float64]
Reading = Callable[[World], Array]  # [seeds]

MONTHS_PER_TURN = 12 // TURNS_PER_YEAR
DISCOUNT = 1.05  # a year


def over_time(course: Course, reading: Reading, turns: int) -> Array:
    """The reading after each turn from the opening to `turns`, [turns + 1, seeds]."""
    return np.stack([reading(world) for world in course[: turns + 1]])


def median(values: Array) -> float:
    """Median over all seeds."""
    return float(np.median(values))


def price_times(course: Course, base: Course, mineral: int, turns: int) -> Array:
    """Headline price with a lever over that without, median over seeds, [turns + 1]."""

    def price(world: World) -> Array:
        return np.asarray(world.headline_ln[:, mineral])

    change = over_time(course, price, turns) - over_time(base, price, turns)
    return np.asarray(np.exp(np.median(change, axis=1)))


def refined_output_t(world: World, mineral: int) -> Array:
    """Refined, recycled and synthetic output by nation, [seeds, N]."""
    return np.asarray((world.refined_t + world.recycled_t + world.synthetic_t)[:, :, mineral])


def share_of_nation(output_t: Array, nation: int) -> Array:
    """Percent of the world's output [seeds, N] that a nation makes, [seeds]."""
    return np.asarray(100.0 * output_t[:, nation] / output_t.sum(1))


def supplier_share(world: World, mineral: int, supplier: int, buyer: int) -> Array:
    """Percent of the refined metal delivered to a buyer that comes from a supplier, [seeds]."""
    delivered = world.refined_flow_t[:, mineral, :, buyer]
    return np.asarray(100.0 * delivered[:, supplier] / delivered.sum(1))


def customs_usd(world: World, calibration: Calibration, nation: int, mineral: int) -> Array:
    """Value at the price outside of what a nation exports in a turn, both layers, [seeds] US$.

    Whoever holds the right to export sells at the price outside, so this is what customs book under a quota; ore is
    taken to dear in step with metal.
    """
    base = calibration.baseline
    worth = np.array([base.ore_price_usd_per_t[mineral], base.price_usd_per_t[mineral]])
    return np.asarray((exports_t(world, nation, mineral) * worth).sum(1) * np.exp(world.headline_ln[:, mineral]))


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's rank correlation, equal values sharing their mean rank; 0 when one side is all alike."""
    a, b = _ranks(np.asarray(first)), _ranks(np.asarray(second))
    spread = float(a.std() * b.std())
    return float(((a - a.mean()) * (b - b.mean())).mean()) / spread if spread > 0 else 0.0


def _ranks(values: Array) -> Array:
    below = (values[:, None] > values[None]).sum(1)
    alike = (values[:, None] == values[None]).sum(1)
    return np.asarray(below + (alike - 1) / 2.0)


def present_value(path: Array) -> Array:
    """Sum over turns of [turns, ...], discounted at 5 % a year."""
    discount = DISCOUNT ** (-np.arange(len(path)) / TURNS_PER_YEAR)
    return np.asarray((path * discount.reshape(-1, *[1] * (path.ndim - 1))).sum(0))
