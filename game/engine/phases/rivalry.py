"""What a turn did to the tension between nations: lost trust and sanctions raise it; it wears off by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.fields import TRUST_CAUSE
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

PER_POINT_OF_TRUST = 1.5  # points of tension for a point of trust lost by coercion
COERCION = ("restricted_partner", "broken_promise", "sanctioned", "defied_ruling")
NEW_SANCTION = 10.0  # points, at a tariff of as much as the price
LIMIT = 100.0


def rivalry(world: World, calibration: Calibration, keys: Keys, before: World) -> None:
    """Add to each nation's tension with each other what the turn gave it cause for."""
    lost = -world.trust_posting[..., [TRUST_CAUSE[name] for name in COERCION]].sum(-1)
    raised = PER_POINT_OF_TRUST * np.maximum(lost, 0.0)
    harder = np.maximum(world.sanction_rate - before.sanction_rate, 0.0)
    raised += NEW_SANCTION * harder.swapaxes(1, 2)  # whoever is sanctioned holds it against the other
    if raised.any():
        world.tension[...] = np.minimum(world.tension + raised, LIMIT)
