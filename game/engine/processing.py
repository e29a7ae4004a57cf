"""Processing rules: a growing part of the ore dug must be refined at home, so ore exports are held to the rest.

The rule is a gate of the clearing on all ore exports. Refineries follow by the ordinary rule of firms, for which
trapped ore is cheap, and beside it where power, know-how and scale exist; where they do not, mines stall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import ORE, REFINE, SEPARATION
from game.engine.baseline import Array
from game.engine.contract import Contracts
from game.engine.layout import by_mineral
from game.engine.market import Gates
from game.engine.technology import STEPS
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

BUILD_SPEED = 0.12  # of what is missing that firms begin each turn where they are wholly able
POOR_USD, RICH_USD = 500.0, 8000.0  # yearly income a head without, and with all, the power that refining takes
LEAST_POWER = 0.1
FULL_SCALE = 0.03  # of the world's ore, from which refineries of the usual size are filled
OWN_PLANTS = 0.5  # know-how that comes with plants of the same mineral
LEAST_GATE = 1e-6  # of base use


def rule_share(world: World) -> Array:
    """Part of the ore that must be refined at home this turn, [W, N, M]: it grows evenly to the whole of the rule."""
    if not world.processing_share.any():
        return world.processing_share
    phase = np.maximum(world.processing_by - world.processing_from, 1.0)
    progress = np.clip((world.turn - world.processing_from) / phase, 0.0, 1.0)
    return np.asarray(world.processing_share * progress)


def processing_gates(world: World, calibration: Calibration, contracts: Contracts) -> Gates:
    """One gate for the ore exports of every nation and mineral under a rule: the rest of what it dug last turn."""
    nations = len(calibration.axes.nations)
    if not world.processing_share.any():
        return Gates.none(nations)
    share = by_mineral(rule_share(world))
    w, m, origin = np.nonzero(share > 0)
    unit = calibration.world_use_t / calibration.ratio
    left = ((1.0 - share) * by_mineral(world.mined_t) / unit[:, None])[w, m, origin]
    arcs = np.zeros((len(w), nations, nations), dtype=bool)
    arcs[np.arange(len(w)), origin] = True
    arcs[np.arange(len(w)), origin, origin] = False
    promised = contracts.pair[w, m, ORE, origin].sum(1) - contracts.pair[w, m, ORE, origin, origin]
    return Gates(w, m, np.full(len(w), ORE), np.maximum(left - promised, LEAST_GATE), arcs)


def able(world: World, calibration: Calibration) -> Array:
    """How far firms can put up refineries for a nation's ore, 0-1 [W, N, M]: power, know-how and scale, the least of
    them counting in full."""
    base = calibration.baseline
    income = 1000.0 * base.gdp_usd_bn / np.maximum(base.population_m, 1e-9)
    power = np.clip(np.log(income / POOR_USD) / np.log(RICH_USD / POOR_USD), LEAST_POWER, 1.0)[:, None]
    has_plants = world.capacity_t[..., REFINE] > 0
    know = np.minimum(world.know[:, :, SEPARATION, None] / STEPS + OWN_PLANTS * has_plants, 1.0)
    whole = world.mined_t.sum(1, keepdims=True)
    scale = np.clip(world.mined_t / np.where(whole > 0, whole, 1.0) / FULL_SCALE, 0.0, 1.0)
    return np.asarray(np.minimum(np.minimum(power, know), scale))


def missing_t(world: World, calibration: Calibration) -> Array:
    """Refining that the rules in force ask for and nobody has or builds, t per turn [W, N, M]."""
    standing = world.capacity_t[..., REFINE] + world.pipeline_t[..., REFINE, :].sum(-1)
    return np.asarray(np.maximum(world.processing_share * world.mined_t * calibration.ratio - standing, 0.0))


def plants_t(world: World, calibration: Calibration) -> Array:
    """Refineries that firms begin this turn because ore must stay, t per turn [W, N, M]."""
    if not world.processing_share.any():
        return np.zeros_like(world.processing_share)
    return np.asarray(BUILD_SPEED * able(world, calibration) * missing_t(world, calibration))
