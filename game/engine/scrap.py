"""Scrap between goods that retire and recyclers: home first, what is left travels to whoever has room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import RECYCLE, RECYCLING, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.maker_duty import retiring_share
from game.engine.technology import gained
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration


FIRST_RULES, LATER_RULES = 6.0, 10.0  # years from 2024 to 2030, and on to 2040


def collected_t(world: World, calibration: Calibration, retired_t: Array) -> Array:
    """Refined metal that recyclers could make of what is collected, [W, N, M], from retired metal [W, N, M]."""
    better = 1.0 + gained(world, calibration, RECYCLING)
    recovery = np.minimum(calibration.baseline.recovery * better[..., None], 1.0)
    return np.asarray(retired_t * collected_share(world, calibration) * recovery)


def collected_share(world: World, calibration: Calibration) -> Array:
    """Share of what retires in a turn that is collected, [W or 1, N, M]: of each product what is usual, or what its
    makers must take back where that is more."""
    usual = collection_share(world.turn, calibration)[None]
    if not world.collection_reached_share.any():
        return usual
    duty = np.maximum(usual[..., None], world.collection_reached_share[:, :, None])
    return np.asarray((duty * retiring_share(calibration)).sum(3))


def collection_share(turn: int, calibration: Calibration) -> Array:
    """Share of what retires in a turn that is collected, [N, M]: as in 2024, or what rules in force bring by 2030 and
    2040, whichever is more, even steps between; as in 2040 later."""
    base, first = calibration.baseline, calibration.schedule.collection
    middle = np.maximum(first, base.collection_2030)
    last = np.maximum(middle, base.collection_2040)
    years = turn / TURNS_PER_YEAR
    early, late = min(years / FIRST_RULES, 1.0), min(max(years - FIRST_RULES, 0.0) / LATER_RULES, 1.0)
    return np.asarray(first + early * (middle - first) + late * (last - middle))


def scrap_available(world: World, calibration: Calibration) -> Array:
    """Refined metal that each nation's recyclers can make this turn, [W, N, M] t: never above their capacity.

    Of what retires this turn, before the turn's retirement is booked.
    """
    offered = collected_t(world, calibration, world.retiring_t[..., 0])
    room = world.capacity_t[..., RECYCLE] * (1.0 - world.outage_share[..., RECYCLE])
    return shared_scrap(offered, room)


def shared_scrap(offered: Array, room: Array) -> Array:
    """What recyclers with `room` get of the scrap `offered`, both [W, N, M]: home first, the rest by spare room."""
    home = np.minimum(offered, room)
    left = (offered - home).sum(1, keepdims=True)
    spare = room - home
    world_spare = spare.sum(1, keepdims=True)
    filled = np.minimum(left / np.where(world_spare > 0, world_spare, 1.0), 1.0)
    return np.asarray(home + spare * filled)


def landfilled_t(offered: Array, retired_t: Array, recycled_t: Array) -> Array:
    """Retired metal that no recycler recovered, by nation where it retired; all [W, N, M].

    Recyclers use up scrap of their own nation first and take the rest from other nations by what those have left.
    """
    home = np.minimum(offered, recycled_t)
    left = offered - home
    imported = (recycled_t - home).sum(1, keepdims=True)
    world_left = left.sum(1, keepdims=True)
    exported = left * (imported / np.where(world_left > 0, world_left, 1.0))
    return np.asarray(np.maximum(retired_t - home - exported, 0.0))
