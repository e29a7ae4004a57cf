"""What finds a way around an export measure: more of the cut with every turn it holds.

Goods go through third countries, under other tariff lines or over the border by night, and officials approve more as
time goes by. leak = l (1 - exp(-age / T)) cut: nothing in the measure's first turn, so that its shock is felt, and a
growing part of the cut after it. The leak adds to the capacity of the measure's gate, which stays convex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration


def leak(world: World, calibration: Calibration) -> None:
    """Write the turn's leak around every export measure, in place."""
    p = calibration.parameters
    age = np.maximum(world.turn - world.export_since, 0.0)
    world.export_leak_t[...] = p.leak_share * -np.expm1(-age / p.leak_turns) * world.export_cut_t


def allowed_exports_t(world: World) -> Array:
    """Exports that get out to the nations a measure names, [W, N, M, L] t per turn; inf where nothing limits them."""
    return np.asarray(world.export_quota_t + world.export_leak_t)
