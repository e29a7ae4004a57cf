"""Aid and capacity building: what partners pay for reaches a nation net of what leaks where integrity is low.

Each form of aid works on its own figure, with less effect for each dollar the more there is of it against GDP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.ahead import shift
from game.engine.axes import EXTRACTION, SEPARATION
from game.engine.baseline import Array
from game.engine.fields import AID_FORMS
from game.engine.technology import STEPS
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

GOVERNANCE, GEOLOGY, SKILLS, ENVIRONMENT = range(len(AID_FORMS))

FULL_GDP_SHARE = 0.0005  # of a year's GDP a turn: aid that does two thirds of what aid can do
LEAST_ARRIVES = 0.3  # of aid that arrives where integrity is 0; all of it where it is 100
GOVERNANCE_POINTS = 1.5  # of integrity a turn, at most
GEOLOGY_SHARE = 0.01  # of the ore known that surveys add a turn, at most
SKILL_STEPS = 0.1  # of extraction and of separation a turn, at most, up to the best known anywhere
SKILL_POINTS = 1.0  # of labour at all sites
ENVIRONMENT_POINTS = 2.0  # of environment at all sites


def arriving_share(world: World) -> Array:
    """Part of aid to a nation that does not leak, [W, N]."""
    return np.asarray(LEAST_ARRIVES + (1.0 - LEAST_ARRIVES) * world.integrity / 100.0)


def strength(world: World, calibration: Calibration, paid_usd_bn: Array) -> Array:
    """How far aid [W, N, form] a turn does what aid can do, 0-1."""
    net = paid_usd_bn * arriving_share(world)[..., None]
    return np.asarray(-np.expm1(-net / (FULL_GDP_SHARE * calibration.baseline.gdp_usd_bn[:, None])))


def deliver_aid(world: World, calibration: Calibration) -> None:
    """Let the aid of the turn work, in place."""
    if not world.aid_usd_bn.any():
        return
    done = strength(world, calibration, world.aid_usd_bn[..., 0])
    integrity = world.integrity + GOVERNANCE_POINTS * done[..., GOVERNANCE]
    world.integrity[...] = np.minimum(integrity, np.maximum(world.integrity, 100.0))
    known = np.where(np.isfinite(world.reserves_t), world.reserves_t, 0.0)
    found = GEOLOGY_SHARE * done[..., GEOLOGY, None] * known
    world.found_t[...] += found
    world.reserves_t[...] += found
    for track in (EXTRACTION, SEPARATION):
        best = np.minimum(world.know[..., track].max(1, keepdims=True), STEPS)
        learnt = world.know[..., track] + SKILL_STEPS * done[..., SKILLS]
        world.know[..., track] = np.maximum(world.know[..., track], np.minimum(learnt, best))
    for name, points in (("labour", SKILL_POINTS * done[..., SKILLS]), ("environment", _clean(done))):
        values = world.arrays[name]
        values[...] = np.clip(values + points[..., None], 0.0, 100.0)
    shift(world.aid_usd_bn)


def _clean(done: Array) -> Array:
    return np.asarray(ENVIRONMENT_POINTS * done[..., ENVIRONMENT])
