"""Technology: what nations know, the odds of the next step, and what it saves.

Every track has five small steps. A nation's odds of a step are the published ones at full effort, times its effort,
more where it is open; and knowledge leaks to those behind, the faster the further behind they are and the more open the
leader is. Nothing is certain. Effects count from the steps known when the game opens, so 2024 is as observed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import CLEAN_PROCESSING, EXTRACTION, MINE, REFINE, SEPARATION, TRACKS
from game.engine.tension import ease

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.world import World

Array = NDArray[np.float64]

SUBSTITUTION = "substitution"  # a track by mineral and product, the same for all nations
STEPS = 5

LEAST_OPEN, OPEN_GAIN = 0.6, 0.8  # odds at openness 0, and what full openness adds, as shares of the published ones


def _none(*shape: int) -> Array:
    return np.zeros(shape)


@dataclass(frozen=True, eq=False)
class Technology:
    """The start and the odds. Axes: N nations, H tracks, M minerals, K products; without figures nothing is learnt."""

    start: Array = field(default_factory=lambda: _none(1, len(TRACKS)))  # [N, H] steps known
    effort: Array = field(default_factory=lambda: _none(1))  # [N] 0-1 of the largest research effort
    openness: Array = field(default_factory=lambda: np.full(1, 50.0))  # [N] 0-100
    odds: Array = field(default_factory=lambda: _none(len(TRACKS), STEPS))  # [H, step] chance a turn at full effort
    effect: Array = field(default_factory=lambda: _none(len(TRACKS)))  # [H] a step; units differ by track
    substitution_odds: Array = field(default_factory=lambda: _none(STEPS))  # [step] chance a turn
    saving: float = 0.0  # share of use that a step of substitution saves
    seabed_t: Array = field(default_factory=lambda: _none(1, 1))  # [N, M] ore in areas that a nation may lift


def gained(world: World, calibration: Calibration, track: int) -> Array:
    """What a track has brought each nation since the start, steps x effect, [W, N]."""
    technology = calibration.baseline.technology
    return np.asarray((world.know[:, :, track] - technology.start[:, track]) * technology.effect[track])


def running_cost_ln(world: World, calibration: Calibration, stage: int) -> Array:
    """ln of the running cost of mines or refineries over 2024's, [W, N, M]: of the sites, less what has been learnt and
    what a guaranteed price adds to the market's."""
    track = {MINE: EXTRACTION, REFINE: SEPARATION}[stage]
    own = world.cost_ln[..., stage] - world.topped_up_ln[..., stage]
    return np.asarray(own - gained(world, calibration, track)[..., None])


def new_site_cost(world: World, calibration: Calibration) -> Array:
    """Capital cost of new sites relative to 2024's, [W, N, 1, 1]."""
    return np.asarray(1.0 - gained(world, calibration, CLEAN_PROCESSING))[..., None, None]


def own_odds(world: World, calibration: Calibration) -> Array:
    """Chance a turn that a nation's own research takes the next step, [W, N, H]; 0 at the last. Public money of the
    turn adds to its effort."""
    technology = calibration.baseline.technology
    step = np.minimum(world.know, STEPS - 1).astype(np.int64)
    odds = technology.odds[np.arange(len(TRACKS)), step] * (world.know < STEPS)
    p = calibration.parameters
    funded = p.processing_gain * _money_ln(world.research_usd_bn[..., 0], calibration)
    speed = (technology.effort[:, None] + funded) * (LEAST_OPEN + OPEN_GAIN * world.openness / 100.0)[..., None]
    return np.asarray(np.minimum(odds * speed, 1.0))


def leak_odds(world: World, calibration: Calibration) -> Array:
    """Chance a turn that the next step leaks in from others, [W, N, H].

    Grows with the gap to the leader that is worst at keeping it: a gap of five steps to a wholly open one, of a nation
    as open itself, leaks at `spillover_rate`; a closed nation takes in half as much, and everyone less in a tense
    world.
    """
    know = np.ascontiguousarray(world.know.transpose(0, 2, 1))
    gap = know[:, :, None] - know[..., None]  # track, who is behind, leader
    np.maximum(gap, 0.0, out=gap)
    gap /= STEPS
    gap *= (world.openness / 100.0)[:, None, None]
    leaky = gap.max(3).transpose(0, 2, 1)
    taking = (0.5 + 0.5 * world.openness / 100.0) * ease(world, calibration.baseline.gdp_usd_bn)[:, None]
    return np.asarray(calibration.parameters.spillover_rate * leaky * taking[..., None])


def step_odds(world: World, calibration: Calibration) -> Array:
    """Chance a turn of the next step on each track, by research, by leak or by treaty, [W, N, H]."""
    missed = (1.0 - own_odds(world, calibration)) * (1.0 - leak_odds(world, calibration))
    if world.taught_chance.any():
        missed = missed * (1.0 - world.taught_chance * (world.know < STEPS))
    return np.asarray(calibration.parameters.research_chance * (1.0 - missed))


def substitution_odds(world: World, calibration: Calibration) -> Array:
    """Chance a turn of the next step of substitution by mineral and product, [W, M, K]: the published ones, more where
    the mineral has been dear to its users or states pay for research; 0 where the product uses none."""
    baseline = calibration.baseline
    technology = baseline.technology
    step = np.minimum(world.substitution_step, STEPS - 1).astype(np.int64)
    odds = technology.substitution_odds[step] * (world.substitution_step < STEPS) * (baseline.product_share > 0)
    use = calibration.use_constant_t.sum(2)
    weight = use / np.maximum(use.sum(0), 1e-12)
    dear = np.maximum((world.slow_response_ln * weight).sum(1), 0.0)
    p = calibration.parameters
    odds = odds * (1.0 + dear)[..., None] * funded_multiple(world.substitution_usd_bn[..., 0], calibration)
    return np.asarray(p.research_chance * np.minimum(odds, 1.0))


def funded_multiple(usd_bn: Array, calibration: Calibration) -> Array:
    """By how much public money of a turn multiplies the odds of substitution; 1 without any."""
    return np.asarray(1.0 + calibration.parameters.substitution_gain * _money_ln(usd_bn, calibration))


def _money_ln(usd_bn: Array, calibration: Calibration) -> Array:
    return np.asarray(np.log1p(usd_bn / calibration.parameters.research_unit_usd_bn))
