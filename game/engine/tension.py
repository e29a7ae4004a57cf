"""Tension between nations along a route: whose it is, what insurers make of it, how often corridors shut for it.

Tension runs from 0 to 100 and counts what was added to that of calendar 2024, whose premiums are part of the base year.
Statecraft raises it; it wears off by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from game.engine.baseline import Array
    from game.engine.network import Passages
    from game.engine.world import World

CALM_TENSION = 10.0  # up to which insurers ask nothing
WAR_TENSION = 60.0  # at which they ask what they ask where a corridor is disturbed
TAX_TENSION = 60.0  # world tension above which everyone pays
CALM_SHARE = 0.5  # of what flows between nations in calm times that is left at the highest tension
LEAST_TENSION = 0.5  # below it nobody speaks of tension


def severity(tension: Array) -> Array:
    """How heavily insurers take tension: nothing up to CALM_TENSION, 1 at WAR_TENSION, rising with the square."""
    return np.asarray((np.maximum(tension - CALM_TENSION, 0.0) / (WAR_TENSION - CALM_TENSION)) ** 2)


def is_felt(world: World) -> bool:
    """Whether insurers take notice of tension in any world."""
    return bool(world.tension.max(initial=0.0) > CALM_TENSION)


def mutual_tension(world: World) -> Array:
    """Tension between every two nations, the higher of what either holds against the other, [W, N, N]."""
    return np.asarray(np.maximum(world.tension, world.tension.swapaxes(1, 2)))


def exposed_tension(between: Array, passages: Passages) -> Array:
    """Tension that a nation's cargo meets in each corridor that insurers know a risk of: the highest with any of its
    owners, [W, N, C].

    `between` is the tension of every two nations [W, N, N].
    """
    worlds, nations = between.shape[:2]
    result = np.zeros((worlds, nations, len(passages.owners)))
    for c, owners in enumerate(passages.owners):
        if owners and passages.war_risk[c] > 0:
            result[:, :, c] = between[:, :, list(owners)].max(2)
    return result


def contested_tension(exposed: Array, passages: Passages) -> Array:
    """Tension among the owners of each corridor, which all cargo meets there, [W, C]."""
    result = np.zeros((exposed.shape[0], exposed.shape[2]))
    for c, owners in enumerate(passages.owners):
        if owners:
            result[:, c] = exposed[:, list(owners), c].max(1)
    return result


def met_tension(world: World, passages: Passages, nation: int) -> Array:
    """Tension that a nation's own cargo meets in each corridor, the other side's left out, [W, C]."""
    exposed = exposed_tension(mutual_tension(world), passages)
    return np.asarray(np.maximum(exposed[:, nation], contested_tension(exposed, passages)))


def corridor_tension(world: World, passages: Passages) -> Array:
    """The highest tension of an owner of each corridor with anybody, [W, C]."""
    return np.asarray(exposed_tension(mutual_tension(world), passages).max(1))


def wear_off(world: World, persistence: float) -> None:
    """Leave the given share of all tension after a turn, in place."""
    if world.tension.any():
        left = persistence * world.tension
        world.tension[...] = np.where(left < LEAST_TENSION, 0.0, left)


def world_tension(world: World, gdp_usd_bn: Array) -> Array:
    """World tension, 0-100 [W]: every nation's highest tension with another, weighed by GDP [N]."""
    worst = mutual_tension(world).max(2)
    return np.asarray((worst * gdp_usd_bn).sum(1) / gdp_usd_bn.sum())


def ease(world: World, gdp_usd_bn: Array) -> Array:
    """Share of what talent and know-how flow between nations in calm times, [W]: 1 up to a world tension of
    TAX_TENSION, CALM_SHARE at 100."""
    if not world.tension.any():
        return np.ones(world.size)
    over = np.maximum(world_tension(world, gdp_usd_bn) - TAX_TENSION, 0.0) / (100.0 - TAX_TENSION)
    return np.asarray(1.0 - (1.0 - CALM_SHARE) * over)
