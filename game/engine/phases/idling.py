"""Sites that do not earn their cost stand still after two bad turns, come back when it pays again, and rot meanwhile.

Mines and refineries follow the merit order of the clearing from turn to turn; what is laid up here is gone from it
until it has been brought back, which takes time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import MINE, REFINE, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.floor import floored_ln, gate_ln
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

STAGES = (MINE, REFINE)  # recyclers follow scrap
BAD_TURNS = 2.0
GOOD_SHARE = 0.9  # of normal utilisation, from which sites laid up are brought back
RESTART_SLOT = 1  # of the pipeline: open the turn after next
LEAST_IDLE_T = 1e-9


def idling(world: World, calibration: Calibration, keys: Keys) -> None:
    """Lay up, bring back and write off capacity by how the sites were used last turn; reckon guaranteed prices."""
    p = calibration.parameters
    world.topped_up_ln[..., STAGES] = np.maximum(floored_ln(world) - gate_ln(world), 0.0)
    used = _utilisation(world, calibration)
    sites = world.capacity_t[..., STAGES]
    bad = (used < p.idle_utilisation) & (sites > LEAST_IDLE_T)
    turns = world.bad_turns[..., STAGES]
    turns = np.where(bad, turns + 1.0, 0.0)
    laid_up = np.where(turns >= BAD_TURNS, p.idle_speed * (1.0 - np.clip(used, 0.0, 1.0)) * sites, 0.0)
    idled = world.idled_t[..., STAGES]
    back = np.where(used >= GOOD_SHARE, p.restart_speed * idled, 0.0)
    world.bad_turns[..., STAGES] = turns
    world.capacity_t[..., STAGES] = sites - laid_up
    world.pipeline_t[..., STAGES, RESTART_SLOT] += back
    kept = (idled - back) * (1.0 - p.idle_decay) + laid_up
    world.idled_t[..., STAGES] = np.where(kept > LEAST_IDLE_T, kept, 0.0)


def _utilisation(world: World, calibration: Calibration) -> Array:
    """Last turn's output over what working sites make in ordinary times, [W, N, M, stage]; 1 where there is no site."""
    output = np.stack([world.mined_t, world.refined_t], 3)
    normal = world.capacity_t[..., STAGES] * (1.0 - world.outage_share[..., STAGES]) * _normal(calibration)
    return np.asarray(np.where(normal > LEAST_IDLE_T, output / np.where(normal > LEAST_IDLE_T, normal, 1.0), 1.0))


def _normal(calibration: Calibration) -> Array:
    """Utilisation of mines and refineries in the base year [N, M, stage]; a refinery's where there was no site."""
    baseline = calibration.baseline
    output = np.stack([baseline.mined_t, baseline.refined_primary_t], 2) / TURNS_PER_YEAR
    capacity = calibration.capacity_t[..., STAGES]
    share = output / np.where(capacity > 0, capacity, 1.0)
    return np.asarray(np.where(capacity > 0, share, calibration.parameters.refinery_utilisation))
