"""What a turn did to the tension between nations: lost trust and sanctions raise it; it wears off by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.fields import FIELD, RELIABILITY, TRUST_CAUSE
from game.engine.postings import post_at, post_trust
from game.engine.pressure import PRESSURE_FIELDS, carried_out, granted
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

PER_POINT_OF_TRUST = 1.5  # points of tension for a point of trust lost by coercion
COERCION = ("restricted_partner", "broken_promise", "sanctioned", "defied_ruling")
NEW_SANCTION = 10.0  # points, at a tariff of as much as the price
LIMIT = 100.0

GRANTED_CREDIBILITY, DONE_CREDIBILITY, EMPTY_CREDIBILITY = 5.0, 8.0, -30.0  # points
GRANTED_TRUST = -4.0  # of who had to give in
EMPTY_RELIABILITY = -3.0
CREDIBILITY_DRIFT = 0.08  # of the way back to where it began, each turn


def rivalry(world: World, calibration: Calibration, keys: Keys, before: World) -> None:
    """Settle demands that are due, then add to each nation's tension with each other what the turn gave cause for."""
    world.credibility[...] += CREDIBILITY_DRIFT * (FIELD["credibility"].default - world.credibility)
    _settle_demands(world)
    lost = -world.trust_posting[..., [TRUST_CAUSE[name] for name in COERCION]].sum(-1)
    raised = PER_POINT_OF_TRUST * np.maximum(lost, 0.0)
    harder = np.maximum(world.sanction_rate - before.sanction_rate, 0.0)
    raised += NEW_SANCTION * harder.swapaxes(1, 2)  # whoever is sanctioned holds it against the other
    if raised.any():
        world.tension[...] = np.minimum(world.tension + raised, LIMIT)


def _settle_demands(world: World) -> None:
    """A granted demand is believed the more; an overdue threat is carried out, or called."""
    w, by = np.nonzero(world.demand_target >= 0)
    if not len(w):
        return
    target = world.demand_target[w, by]
    yes = granted(world, w, by)
    overdue = ~yes & (world.demand_due[w, by] < world.turn)
    done = overdue & carried_out(world, w, by)
    empty = overdue & ~done
    world.credibility[w, by] = np.clip(
        world.credibility[w, by] + GRANTED_CREDIBILITY * yes + DONE_CREDIBILITY * done + EMPTY_CREDIBILITY * empty,
        0.0,
        LIMIT,
    )
    post_at(world, RELIABILITY, "bluffed", (w, by), np.where(empty, EMPTY_RELIABILITY, 0.0))
    resented = np.zeros_like(world.trust)
    np.add.at(resented, (w, target, by), np.where(yes, GRANTED_TRUST, 0.0))
    post_trust(world, "pressed", resented)
    over = yes | done | empty
    for field in PRESSURE_FIELDS:
        if field.name.startswith("demand_"):
            world.arrays[field.name][w[over], by[over]] = field.default
