"""Risk cover: premiums that firms pay their state for it, claims when their sites abroad stand still, and its end.

Firms are those that own a part of another nation's mines and refineries. W worlds, N nations; O insurers, D hosts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import MINE, REFINE
from game.engine.baseline import Array
from game.engine.equity import worth_usd_bn
from game.engine.fields import TREASURY
from game.engine.postings import post
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

STAGES = [MINE, REFINE]


def settle_cover(world: World, calibration: Calibration, before: World) -> None:
    """Post the turn's premiums, pay claims out of reserves, end cover that is over or used up; in place."""
    if not world.cover_share.any():
        return
    premium = calibration.parameters.cover_premium * covered_usd_bn(world, calibration)
    claims = (world.cover_share * _losses_usd_bn(world, calibration, before)).sum(2)
    world.cover_reserve_usd_bn[...] -= np.minimum(claims, world.cover_reserve_usd_bn)
    over = (world.cover_until <= world.turn) | (world.cover_reserve_usd_bn <= 0)
    given_back = np.where(over, world.cover_reserve_usd_bn, 0.0)
    post(world, TREASURY, "cover_risk", premium + given_back)
    world.cover_reserve_usd_bn[over] = 0.0
    world.cover_share[over] = 0.0


def covered_usd_bn(world: World, calibration: Calibration) -> Array:
    """What the sites are worth that each nation covers, [W, O]."""
    return np.asarray((world.cover_share * owned_abroad_usd_bn(world, calibration)).sum(2))


def owned_abroad_usd_bn(world: World, calibration: Calibration, part: Array | float = 1.0) -> Array:
    """What the `part` [W, D, M, stage] of the sites in hosts [D] is worth that firms of owners [O] hold, [W, O, D]."""
    kept = part * worth_usd_bn(world, calibration) * (1.0 - world.taken_share)
    share = calibration.baseline.foreign_share
    # One small product for each world and host, so that a world's bits do not depend on its batch.
    owned = np.matmul(share.reshape(*share.shape[:2], -1), kept.reshape(*kept.shape[:2], -1, 1))
    return np.asarray(owned[..., 0].swapaxes(1, 2))


def _losses_usd_bn(world: World, calibration: Calibration, before: World) -> Array:
    """What owners [O] lose in hosts [D]: sites laid up or stopped in this turn, and what was taken without pay,
    [W, O, D]."""
    sites = world.capacity_t[..., STAGES]
    part = np.maximum(world.idled_t - before.idled_t, 0.0)[..., STAGES] / np.where(sites > 0, sites, 1.0)
    part[..., 0] += np.maximum(world.stopped_share - before.stopped_share, 0.0)
    return np.asarray(owned_abroad_usd_bn(world, calibration, part) + world.taken_usd_bn)
