"""Fear of losing supply: what holders of stock want on top of ordinary cover, and whose prices they go by.

Precautionary demand is convex in what is already held: months wanted out of fear and ordinary months of cover add up as
the sides of a right triangle do, so the well stocked stay calm. Idle capacity that could step in calms as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, ORE, REFINED
from game.engine.baseline import Array
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

MONTHS_PER_TURN = 6.0


def reckon_threats(world: World, calibration: Calibration) -> None:
    """Fear fades to a part each turn, and to that part of it once more where a measure ended; new measures add to it.

    Buyers that a measure names fear for the share of last turn's supply from abroad and home that it would take;
    holders in the restricting nation feel a part, since their metal may leave when the measure ends.
    """
    p = calibration.parameters
    known, now = world.fear_known_t, world.export_feared_t
    if not (known.any() or now.any() or world.feared_share.any()):
        return
    world.feared_share[...] *= p.fear_persistence
    ended: NDArray[np.bool_] = np.any((known > 0) & (now <= 0), axis=(1, 3))  # [W, M]
    world.feared_share[...] *= np.where(ended[:, None], p.fear_persistence, 1.0)
    for w, n, m, layer in np.argwhere(now > known):
        named = world.export_target[w, n, m, layer].copy()
        named[n] = False
        flow = (world.ore_flow_t if layer == ORE else world.refined_flow_t)[w, m]
        supplied = flow[:, named].sum()
        threat = (now - known)[w, n, m, layer] / supplied if supplied > 0 else 0.0
        world.feared_share[w, named, m] += threat
        world.feared_share[w, n, m] += p.contagion * threat
    world.fear_share[...] = np.maximum(world.feared_share - idle_share(world, calibration)[:, None], 0.0)
    known[...] = now


def stock_for_fear(world: World, calibration: Calibration) -> Array:
    """Factor on the stock wanted, [W, N, M]: sqrt(1 + (theta F / C)^2), F the feared share less idle capacity, and less
    what consultation takes away."""
    months = np.maximum(MONTHS_PER_TURN * calibration.baseline.stock_cover, 1e-9)
    afraid = world.fear_share * (1.0 - world.calm_share[..., None])
    return np.asarray(np.sqrt(1.0 + (calibration.parameters.fear_cover_months * afraid / months) ** 2))


def idle_share(world: World, calibration: Calibration) -> Array:
    """Share of the world's mine capacity that lay idle last turn beyond what is normal, [W, M]."""
    capacity = world.capacity_t[..., MINE].sum(1)
    used = world.mined_t.sum(1) / np.where(capacity > 0, capacity, 1.0)
    return np.asarray(np.where(capacity > 0, np.maximum(calibration.parameters.normal_utilisation - used, 0.0), 0.0))


def restricting(world: World) -> NDArray[np.bool_]:
    """Whether a nation holds back exports of a refined metal, [W, N, M]."""
    return np.asarray((world.export_cut_t[..., REFINED] > 0) & world.export_target[..., REFINED, :].any(-1))


def price_seen_ln(world: World, restricting: NDArray[np.bool_], contagion: float) -> Array:
    """Price that stock holders form expectations on, [W, N, M]: their own, and in part the outside price where their
    nation holds back exports, since traders there know what the metal fetches abroad."""
    outside = contagion * world.headline_ln[:, None] + (1.0 - contagion) * world.delivered_ln
    return np.asarray(np.where(restricting, outside, world.delivered_ln))
