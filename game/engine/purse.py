"""What a government has to spend by rule: the minerals envelope of its budget and the renewal of political capital."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

CAPITAL_PER_TURN = 4.0
CAPITAL_LIMIT = 10.0
STRONG_SUPPORT = 60.0
WEAK_SUPPORT = 40.0
MANDATE_SHARE = 0.5


def envelope_usd_bn(calibration: Calibration) -> Array:
    """What the budget gives the minerals envelope each turn, [N] US$ bn."""
    return calibration.baseline.gdp_usd_bn * calibration.parameters.envelope_gdp_share


def capital_gain(world: World) -> Array:
    """Points of political capital that a turn brings, before the limit, [W, N]: four, one more with strong support, one
    less with weak, half of that under a mandate."""
    support = np.round(world.support, 9)
    gain = CAPITAL_PER_TURN + (support >= STRONG_SUPPORT) - (support < WEAK_SUPPORT)
    return np.asarray(gain * np.where(world.mandate > 0, MANDATE_SHARE, 1.0))
