"""Makers open and close plants and plan the turn's output, which sets the metal they ask for.

Plans follow last turn's margins: what a product brought over the cost of its metal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.ahead import shift
from game.engine.logistic import logistic, logit
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys


def plan(world: World, calibration: Calibration, keys: Keys) -> None:
    """Open what is ready, let makers decide on plants, and plan the turn's output."""
    p = calibration.parameters
    world.maker_capacity_usd_bn[...] += world.maker_pipeline_usd_bn[..., 0]
    shift(world.maker_pipeline_usd_bn)
    _invest(world, calibration)
    worked = logistic(logit(p.maker_utilisation) + p.maker_steepness * world.expected_making_ln)
    world.planned_usd_bn[...] = world.maker_capacity_usd_bn * worked


def _invest(world: World, calibration: Calibration) -> None:
    """The scenario's trend at the turn of opening, plus the answer to the expected margin; who leaves, closes at once.

    A falling trend closes plants in the turn in which demand falls.
    """
    p, trend = calibration.parameters, calibration.makers.trend
    lead = int(p.maker_lead_turns)
    opening, now = (trend[min(turn, len(trend) - 1)] for turn in (world.turn + lead, world.turn))
    answer = p.maker_response / p.investment_turns * world.expected_making_ln
    rate = np.clip(answer + np.maximum(opening, 0.0), 0.0, p.growth_limit)
    ahead = world.maker_capacity_usd_bn + world.maker_pipeline_usd_bn[..., :lead].sum(-1)
    world.maker_pipeline_usd_bn[..., lead - 1] += ahead * np.expm1(rate)
    leaving = np.maximum(np.minimum(answer, 0.0), -p.exit_limit) + np.maximum(np.minimum(now, 0.0), -p.growth_limit)
    world.maker_capacity_usd_bn[...] *= np.exp(leaving)
