"""Standards on imports: what it costs goods of doubtful origin to be let in.

W worlds, N nations, M minerals. Clean goods pass at no cost; others need audits, tracing and separate handling, or are
blended with better ones, which costs by how far their origin falls short and by the level of the standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Array
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

Index = NDArray[np.int64]

TOP = 100.0
LABEL = 0.5  # a label tells buyers and keeps nobody out: half of what the lowest standard asks


def origin_quality(world: World) -> Array:
    """How clean a nation's sites and dealings are, 0-1, [W, N, M]: acceptance by those around the sites, integrity of
    the government that oversees them."""
    return np.asarray((world.social_licence + world.integrity[..., None]) / (2.0 * TOP))


def standard_ln(world: World, calibration: Calibration, level: Array, mineral: Index, at: Index) -> Array:
    """ln of what a standard of `level` adds to the price of goods of each origin, [A, origin], in worlds `at`."""
    lacking = 1.0 - origin_quality(world)[at, :, mineral]
    return np.asarray(np.log1p(calibration.parameters.standard_cost * level[:, None] * lacking))
