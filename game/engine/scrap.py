"""Scrap between goods that retire and recyclers: home first, what is left travels to whoever has room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

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
    return shared_scrap(offered, room, world.scrap_club)


def shared_scrap(offered: Array, room: Array, club: NDArray[Any] | None = None) -> Array:
    """What recyclers with `room` get of the scrap `offered`, both [W, N, M]: home first, then within each `club` (a
    number for every nation [W, N], -1 for none), the rest by spare room."""
    got = np.minimum(offered, room)
    left, spare = offered - got, room - got
    clubs = np.unique(club) if club is not None else np.zeros(0, dtype=np.int64)
    for number in clubs[clubs >= 0]:
        inside = np.asarray(club == number)[..., None]
        taken = spare * inside * _part((left * inside).sum(1, keepdims=True), (spare * inside).sum(1, keepdims=True))
        used = inside * _part(taken.sum(1, keepdims=True), (left * inside).sum(1, keepdims=True))
        got, spare, left = got + taken, spare - taken, left * (1.0 - used)
    return np.asarray(got + spare * _part(left.sum(1, keepdims=True), spare.sum(1, keepdims=True)))


def _part(amount: Array, whole: Array) -> Array:
    """What share of the whole an amount fills, at most 1; 0 of nothing."""
    return np.minimum(amount / np.where(whole > 0, whole, 1.0), 1.0)


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
