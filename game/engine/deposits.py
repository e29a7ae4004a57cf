"""Licensing rounds: what firms bid for deposits, what they pay at once, and what the way of giving them away does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.climate import kept_ln, site_hurdle_ln
from game.engine.technology import new_site_cost
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

Index = NDArray[np.int64]
Where = tuple[Index, Index, Index]

METHODS = ("open", "bilateral", "state")
OPEN, BILATERAL, STATE = range(3)
STANDARDS = ("basic", "good", "best")

ROUND_WORLD_SHARE = 0.01  # of the world's mines: a round with ordinary interest, in an open tender
LEAST_WORLD_SHARE = 0.0005  # below, nobody bids
INTEREST_ANSWER = 2.0  # of the bids to what investors expect to earn over what they ask for
MOST_INTEREST = 2.0
BY_METHOD = np.array([1.0, 0.7, 0.6])  # of what an open tender would draw
BY_STANDARD = np.array([1.1, 1.0, 0.85])
BONUS_SHARE = np.array([0.03, 0.08, 0.0])  # of the capital cost, by method
STATE_PART = 0.4  # of the capital cost that a state firm brings itself
INTEGRITY_POINTS = np.array([1.0, -4.0, -1.0])  # by method
STANDARD_POINTS = np.array([-20.0, 0.0, 20.0])  # of environment and labour, for a site that is all new
ROUND_TURNS = 8  # until the next round for a mineral
TENDER_TURNS = 1  # that an open tender takes longer


def offered_t(world: World, calibration: Calibration, where: Where, method: Index, standard: Index) -> Array:
    """Capacity that firms would take licences for at sites `where` (worlds, nations, minerals), t per turn, [A].

    Bids follow what is expected to be earned over what is asked for; there must be ore for them.
    """
    w, _n, m = where
    ordinary = ROUND_WORLD_SHARE * world.capacity_t[w, :, m, MINE].sum(-1)
    signal = world.expected_mine_ln - calibration.long_run_ln + kept_ln(world, calibration)
    keen = 1.0 + INTEREST_ANSWER * (signal - site_hurdle_ln(world, calibration))[where]
    bids = ordinary * np.clip(keen, 0.0, MOST_INTEREST) * BY_METHOD[method] * BY_STANDARD[standard]
    ahead = world.capacity_t[..., MINE][where] + world.pipeline_t[..., MINE, :][where].sum(-1)
    ore = world.reserves_t[where] / calibration.parameters.expansion_reserve_turns - ahead
    found = np.minimum(bids, np.maximum(ore, 0.0))
    return np.asarray(np.where(found >= LEAST_WORLD_SHARE / ROUND_WORLD_SHARE * ordinary, found, 0.0))


def capital_usd_bn(world: World, calibration: Calibration, where: Where, tonnes: Array) -> Array:
    """Capital cost of mines of so many tonnes a turn, [A] US$ bn."""
    per_tpa = calibration.baseline.mine_capex_usd_per_tpa[where[2]]
    return np.asarray(tonnes * TURNS_PER_YEAR * per_tpa * new_site_cost(world, calibration)[where[:2]][:, 0, 0] / 1e9)


def raise_standards(world: World, where: Where, tonnes: Array, standard: Index) -> None:
    """Let new sites of a standard count in the environment and labour of a mineral's sites by their part of them."""
    standing = world.capacity_t[..., MINE][where] + world.pipeline_t[..., MINE, :][where].sum(-1)
    part = np.where(standing > 0, tonnes / np.where(standing > 0, standing, 1.0), 0.0)
    for name in ("environment", "labour"):
        values = world.arrays[name]
        values[where] = np.clip(values[where] + part * STANDARD_POINTS[standard], 0.0, 100.0)
