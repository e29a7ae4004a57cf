"""Looking for ore: what a campaign may find, and what it found.

A campaign on known ground finds more of what a nation has; one on the frontier, far from roads or in new rock, finds
less often but larger. W worlds, N nations, M minerals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.ranks import ranks
from game.engine.rng import stream
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

GROUNDS = ("land", "frontier")
LAND, FRONTIER = range(2)
CAMPAIGN_TURNS = 4
RICH_SHARE = 0.02  # of the world's known ore: a nation that holds as much is as promising as any
UNKNOWN_PROMISE = 0.3  # of a frontier in a nation without known ore, against a rich one
SPREAD_LN = 0.8  # standard deviation of ln of what is found


def promise(calibration: Calibration) -> Array:
    """How promising the ground is, 0-1 [N, M, ground], from each nation's share of the world's known ore."""
    known = calibration.baseline.reserves_t
    known = np.where(np.isfinite(known), known, 0.0)
    share = known / np.maximum(known.sum(0), 1e-12)
    rich = np.minimum(np.sqrt(share / RICH_SHARE), 1.0)
    return np.stack([rich, UNKNOWN_PROMISE + (1.0 - UNKNOWN_PROMISE) * rich], -1)


def find_odds(calibration: Calibration, usd_bn: Array, ground: Array) -> Array:
    """Chance that a campaign of so much money finds ore, [..., N, M] from arrays of that shape."""
    p = calibration.parameters
    odds = np.where(ground == LAND, p.land_find_odds, p.frontier_find_odds)
    ground_promise = np.where(ground == LAND, promise(calibration)[..., LAND], promise(calibration)[..., FRONTIER])
    return np.asarray(odds * ground_promise * -np.expm1(-usd_bn / p.exploration_unit_usd_bn))


def typical_find_t(calibration: Calibration) -> Array:
    """Median find, tonnes of ore [N, M, ground]: on known ground a part of what is known there, elsewhere years of the
    world's mining."""
    p, baseline = calibration.parameters, calibration.baseline
    known = np.where(np.isfinite(baseline.reserves_t), baseline.reserves_t, 0.0)
    frontier = p.frontier_find_years * np.broadcast_to(baseline.mined_t.sum(0), known.shape)
    return np.stack([p.land_find_share * known, frontier], -1)


def explore(world: World, calibration: Calibration, keys: Keys) -> None:
    """End the campaigns whose last turn this is; what they find is ore within reach; in place."""
    due = (world.exploration_usd_bn > 0) & (world.exploration_until <= world.turn)
    if not due.any():
        return
    axes, find = world.axes, typical_find_t(calibration)
    odds = find_odds(calibration, world.exploration_usd_bn, world.exploration_ground)
    typical = np.where(world.exploration_ground == LAND, find[..., LAND], find[..., FRONTIER])
    found = np.zeros_like(world.found_t)
    for w in np.flatnonzero(due.any((1, 2))):
        chance = stream(keys.seed, keys.worlds[w], world.turn, "exploration")
        shape = (len(axes.nations), len(axes.minerals))
        order = np.ix_(ranks(axes.nations), ranks(axes.minerals))
        draw, size = chance.random(shape)[order], chance.standard_normal(shape)[order]
        lucky = due[w] & (draw < odds[w])
        found[w] = np.where(lucky, typical[w] * np.exp(SPREAD_LN * size), 0.0)
    world.found_t[...] += found
    world.reserves_t[...] += found
    world.exploration_usd_bn[due] = 0.0
