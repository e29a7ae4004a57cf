"""Ordinary chance: keyed shocks to use and outages of sites. Chance never touches a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.permit import draw_stops
from game.engine.ranks import ranks
from game.engine.rng import stream
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys


def demand(world: World, calibration: Calibration, keys: Keys) -> None:
    """Move the demand shock on by one turn and draw the outages of the turn and what courts and neighbours stop."""
    _shock_demand(world, calibration, keys)
    _draw_outages(world, calibration, keys)
    draw_stops(world, calibration, keys)


def _shock_demand(world: World, calibration: Calibration, keys: Keys) -> None:
    """AR(1) of stationary deviation `demand_noise`, one part of its variance common to all nations."""
    p, axes = calibration.parameters, world.axes
    nations, minerals = len(axes.nations), len(axes.minerals)
    streams = [stream(keys.seed, w, world.turn, "demand") for w in keys.worlds]
    draws = np.stack([s.standard_normal((nations + 1, minerals)) for s in streams])[:, :, ranks(axes.minerals)]
    common, own = draws[:, :1], draws[:, 1 + ranks(axes.nations)]
    mixed = np.sqrt(p.demand_common_share) * common + np.sqrt(1.0 - p.demand_common_share) * own
    fresh = np.sqrt(1.0 - p.demand_persistence**2) * calibration.baseline.demand_noise
    world.demand_shock_ln[...] = p.demand_persistence * world.demand_shock_ln + fresh * mixed


def _draw_outages(world: World, calibration: Calibration, keys: Keys) -> None:
    """Now and then a site loses part of its output for a turn; the loss is exponential, of deviation `outage_noise`.

    A nation with much of the world's capacity is many sites, so its outages average out with the root of their number.
    """
    p, axes = calibration.parameters, world.axes
    nations, minerals = len(axes.nations), len(axes.minerals)
    streams = [stream(keys.seed, w, world.turn, "outage") for w in keys.worlds]
    draws = np.stack([s.random((nations, minerals, 3)) for s in streams])
    draws = draws[:, ranks(axes.nations)[:, None], ranks(axes.minerals)]
    mean = calibration.baseline.outage_noise / np.sqrt(2.0 * p.outage_chance - p.outage_chance**2)
    capacity = world.capacity_t
    share = capacity / np.maximum(capacity.sum(1, keepdims=True), 1e-12)
    alike = np.sqrt(p.outage_site_share / np.maximum(share, p.outage_site_share))
    # A draw below the chance is itself uniform from 0 to the chance, so it gives the size as well.
    struck = (draws < p.outage_chance) & (capacity > 0)
    size = np.where(struck, np.maximum(draws, 1e-12) / p.outage_chance, 1.0)
    loss = -np.log(size) * mean[:, None] * alike
    world.outage_share[...] = np.where(struck, np.minimum(loss, p.outage_limit), 0.0)
