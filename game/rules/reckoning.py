"""What becomes of treaties when a turn is over: terms and notices run out, and ratified ones come into force."""

from __future__ import annotations

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.terms import DELIVER, end, place_contracts, without


def reckon(world: World, calibration: Calibration) -> None:
    """Settle the treaties of worlds whose turn has just been resolved, in place."""
    signed = world.treaty_kind >= 0
    if not signed.any():
        return
    over = signed & (world.treaty_until <= world.turn)
    left = (world.treaty_leaving > 0) & (world.treaty_leaving <= world.turn)
    end(world, over | without(world, left))
    starting = (world.treaty_kind >= 0) & (world.treaty_since == world.turn + 1)
    delivers = np.zeros(starting.shape, dtype=np.bool_)
    w, q = np.nonzero(world.clause_kind == DELIVER)
    delivers[w, world.clause_treaty[w, q]] = True
    for row, p in np.argwhere(starting & delivers):
        place_contracts(world, int(row), int(p))
