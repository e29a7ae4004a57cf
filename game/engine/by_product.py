"""By-products follow the output of their host metal: what a copper mine does not dig yields no cobalt.

Axes: N nations, M minerals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, TURNS_PER_YEAR

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.world import World

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ByProducts:
    """What is mined with what, and where; without figures every mine stands alone."""

    host: NDArray[np.int64] = field(default_factory=lambda: np.full((1, 1), -1))  # [N, M] position, -1: none
    part: Array = field(default_factory=lambda: np.zeros((1, 1)))  # [N, M] share of output that comes with the host


def host_output_share(world: World, calibration: Calibration) -> Array:
    """Part of each mine's capacity that its host's output of last turn leaves at work, [W, N, M].

    The host's output over its capacity, against that of 2024; a host that works harder than then yields no more. To be
    taken before this turn's capacity opens.
    """
    by_products = calibration.baseline.by_products
    usual = calibration.baseline.mined_t / TURNS_PER_YEAR
    able = world.capacity_t[..., MINE] * (usual / np.maximum(calibration.capacity_t[..., MINE], 1e-300))
    works = np.where(able > 0, np.minimum(world.mined_t / np.where(able > 0, able, 1.0), 1.0), 1.0)
    host = np.broadcast_to(np.maximum(by_products.host, 0), works.shape)
    lost = by_products.part * (1.0 - np.take_along_axis(works, host, 2))
    return np.asarray(np.where(by_products.host >= 0, 1.0 - lost, 1.0))
