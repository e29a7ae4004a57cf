"""Permits: how long new sites wait, what people around them make of it, and courts that stop what was rushed.

A standard permit is 2024's. Rushed ones come sooner and cost acceptance, and for years a court may stop what was built
on them; consent of those who live there comes later and is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.acceptance import TOP, opening_licence
from game.engine.axes import MINE, REFINE
from game.engine.baseline import Array
from game.engine.fields import PIPELINE_TURNS
from game.engine.ranks import ranks
from game.engine.rng import stream
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

Index = NDArray[np.int64]

REGIMES = ("standard", "fast", "consent")
STANDARD, FAST, CONSENT = range(3)
PERMIT_TURNS = 2  # that a fast permit saves, and consent takes more
RUSHED_POINTS = 40.0  # of social licence lost for a site that is all new and rushed
CONSENT_POINTS = 25.0  # won for one that neighbours consented to
LATER_TURNS = np.array([0, -PERMIT_TURNS, PERMIT_TURNS])
LICENCE_POINTS = np.array([0.0, -RUSHED_POINTS, CONSENT_POINTS])
RUSHED_FADE = 0.05  # of what was rushed, per turn: appeals lapse
BLOCKADE_LICENCE = 40.0  # social licence under which sites are blockaded, further than they were in 2024
LEAST_SLOT = 1  # no permit lets a site open in the turn after the decision


def later_turns(world: World) -> Index:
    """Turns by which permits delay a new site against a standard permit, [W, N]; negative where they come sooner."""
    return np.asarray(LATER_TURNS[world.permitting])


def place(world: World, added: Array, slot: Index) -> None:
    """Put decided capacity [W, N, M, S] under construction, `slot` [M, S] turns ahead of the next under a standard
    permit, and remember how it was permitted; recyclers wait for nobody."""
    m, s = np.indices(slot.shape)
    if not world.permitting.any():
        world.pipeline_t[:, :, m, s, slot] += added
        if world.rushed_share.any():
            record(world, added)
        return
    for regime, later in enumerate(LATER_TURNS):
        mine = np.where((world.permitting == regime)[..., None, None], added, 0.0)
        moved = slot + np.where(s <= REFINE, later, 0)
        at = np.clip(moved, np.minimum(LEAST_SLOT, slot), PIPELINE_TURNS - 1)
        world.pipeline_t[:, :, m, s, at] += mine
    record(world, added)


def record(world: World, added: Array) -> None:
    """Let new mines and refineries [W, N, M, S] count for what was rushed and for social licence."""
    counts = (world.permitting != STANDARD)[..., None] | (world.rushed_share > 0)
    for stage in (MINE, REFINE):
        w, n, m = np.nonzero(counts & (added[..., stage] > 0))
        record_at(world, (w, n, m), stage, added[w, n, m, stage])


def record_at(world: World, where: tuple[Index, Index, Index], stage: int, added: Array) -> None:
    """The same for capacity [A] at one stage of the sites `where` (worlds, nations, minerals), none of them twice."""
    standing = world.capacity_t[..., stage][where] + world.pipeline_t[..., stage, :][where].sum(-1)
    part = np.minimum(np.where(standing > 0, added / np.where(standing > 0, standing, 1.0), 0.0), 1.0)
    regime = world.permitting[where[:2]]
    world.rushed_share[where] += part * ((regime == FAST) - world.rushed_share[where])
    world.social_licence[where] = np.clip(world.social_licence[where] + part * LICENCE_POINTS[regime], 0.0, TOP)


def forget(world: World) -> None:
    """Appeals against rushed permits lapse by and by."""
    if world.rushed_share.any():
        world.rushed_share[...] *= 1.0 - RUSHED_FADE


def stop_chance(world: World, calibration: Calibration) -> tuple[Array, Array]:
    """Chance that courts stop what was rushed this turn, and that people blockade the sites, [W, N, M] each."""
    p = calibration.parameters
    opening = np.maximum(BLOCKADE_LICENCE - opening_licence(calibration.baseline), 0.0)
    below = np.maximum(np.maximum(BLOCKADE_LICENCE - world.social_licence, 0.0) - opening, 0.0) / BLOCKADE_LICENCE
    return np.asarray(p.court_chance * (world.rushed_share > 0)), np.asarray(p.blockade_chance * below)


def draw_stops(world: World, calibration: Calibration, keys: Keys) -> None:
    """Courts stop what was rushed, people blockade sites whose acceptance is lost: for a turn they do not work."""
    world.stopped_share[...] = 0.0
    court, blockade = stop_chance(world, calibration)
    if not (court.any() or blockade.any()):
        return
    axes = world.axes
    shape = (2, len(axes.nations), len(axes.minerals))
    draws = np.stack([stream(keys.seed, w, world.turn, "stop").random(shape) for w in keys.worlds])
    draws = draws[:, :, ranks(axes.nations)[:, None], ranks(axes.minerals)]
    ruled = np.where(draws[:, 0] < court, world.rushed_share, 0.0)
    shut = np.where(draws[:, 1] < blockade, calibration.parameters.blockade_share, 0.0)
    world.stopped_share[...] = np.maximum(ruled, shut)
    working = 1.0 - world.stopped_share[..., None]
    for stage in (MINE, REFINE):
        world.outage_share[..., stage] = 1.0 - (1.0 - world.outage_share[..., stage]) * working[..., 0]
