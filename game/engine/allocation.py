"""Emergency allocation: metal of a nation's makers, shared out by rank instead of by what they pay.

W worlds, N nations, M minerals, K products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

FIRST, LAST = 1.0, -1.0


def allocate(world: World, calibration: Calibration) -> None:
    """Give makers served first what they lack of their need, out of the metal of the others; in place.

    Each mineral's use over all products stays what it was.
    """
    w, n = np.nonzero(world.supply_rank.any(2))
    if not len(w):
        return
    p, rank = calibration.parameters, world.supply_rank[w, n][:, None]
    use, need = world.use_t[w, n], world.need_t[w, n]
    lacking = np.where(rank == FIRST, np.maximum(need - use, 0.0), 0.0)
    taken = np.select([rank == FIRST, rank == LAST], [0.0, p.allocated_last_share], p.allocated_other_share)
    offered = taken * use
    total, wanted = offered.sum(2, keepdims=True), lacking.sum(2, keepdims=True)
    moved = np.minimum(total, wanted)
    given = lacking * (moved / np.where(wanted > 0, wanted, 1.0))
    world.use_t[w, n] = use + given - offered * (moved / np.where(total > 0, total, 1.0))
