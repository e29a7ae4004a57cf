"""Grades: some makers take metal of high purity only, and not every refinery makes it.

They have the first call on what high purity reaches their nation; other users take either. W, N, M, K as in the field
table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.layout import by_nation

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.world import World

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Purity:
    """Who makes high purity and who needs it; without figures all metal is alike."""

    share: Array = field(default_factory=lambda: np.ones((1, 1)))  # [N, M] of a nation's refined output
    is_needed: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((1, 1), dtype=bool))  # [M, K]


def high_purity_cover(world: World, calibration: Calibration) -> Array:
    """Metal of high purity used in a nation over the need of makers who take no other, [W, N, M]; inf where none is.

    What is used is as pure as what was delivered in the turn.
    """
    purity = calibration.baseline.purity
    total = world.refined_flow_t.sum(2)
    pure = (world.refined_flow_t * purity.share.T[:, :, None]).sum(2)
    part = by_nation(np.where(total > 0, pure / np.where(total > 0, total, 1.0), 1.0))
    need = (world.need_t * purity.is_needed).sum(3)
    return np.where(need > 0, part * world.use_t.sum(3) / np.where(need > 0, need, 1.0), np.inf)


def high_purity_met(world: World, calibration: Calibration) -> Array:
    """Part of their need that makers who take high purity only could get, [W, N, M].

    Judged against the cover of 2024 where that was below 1: what these makers refined further for themselves then, they
    do still. They do with `purity_slack` of it before output suffers.
    """
    usual = np.minimum(world.high_purity_usual_share, 1.0) * calibration.parameters.purity_slack
    cover = high_purity_cover(world, calibration)
    return np.asarray(np.where(usual > 0, np.minimum(cover / np.where(usual > 0, usual, 1.0), 1.0), 1.0))
