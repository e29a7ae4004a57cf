"""The score: five pillars from a game's turns, 0-100 each, and the total that no neglected pillar lets rise.

A pillar is read from the worlds after each resolved turn, all of one batch. Scales are starting values, set so that a
calm game of the real world's nations scores between 30 and 90.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Array
from game.engine.fields import CAUSE, ORDER_CAUSES, TREASURY
from game.engine.measures.care import stewardship
from game.engine.measures.nation import industry, n_minus_1, partner_share, value_captured
from game.engine.purse import envelope_usd_bn
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

Flags = NDArray[np.bool_]

PILLARS = ("security", "prosperity", "standing", "stewardship", "legacy")
FLOOR = 5.0

STEADY_SHARE = 0.6  # of security: N-1 or value captured; the rest is shortages or the steadiness of income
PER_SHORT_POINT = 5.0  # taken for each point by which industry falls short, on average
NO_INDUSTRY = 60.0  # industry that scores nothing
COST_WEIGHT = 10.0  # points for spending every budget on orders
CASH_WEIGHT = 5.0  # points for a turn's budget in the treasury; no more than one counts
DEBT_LIMIT = -2.0  # budgets
JOBS_WEIGHT = 0.3  # of a producer's prosperity
JOBS_AT_START = 50.0
RELIABILITY_WEIGHT, TRUST_WEIGHT = 0.4, 0.3  # of standing; the rest is the security of partners
INCOME = tuple(CAUSE[name] for name in ("royalty", "export_tax", "gate_rent", "import_tariff", "dividend", "fund"))
OUTLAYS = tuple(CAUSE[name] for name in ORDER_CAUSES)


def pillars(history: Sequence[World], calibration: Calibration, is_producer: Flags) -> dict[str, Array]:
    """All pillars but Legacy, which looks ahead, [W, N] each.

    `history` are the worlds after turn 0, 1, … of a game; `is_producer` [N]. Raises ValueError before the first turn.
    """
    if len(history) < 2:
        raise ValueError("a score needs at least one resolved turn")
    return {
        "security": security(history, calibration, is_producer),
        "prosperity": prosperity(history, calibration, is_producer),
        "standing": standing_pillar(history[-1], calibration),
        "stewardship": np.asarray(np.mean([stewardship(world, calibration) for world in history[1:]], axis=0)),
    }


def security(history: Sequence[World], calibration: Calibration, is_producer: Flags) -> Array:
    """Consumers: mean N-1 security over all turns (60 %) and shortages suffered (40 %); producers: mean value captured
    (60 %) and steadiness of income from minerals (40 %), [W, N]."""
    turns = history[1:]
    met = np.mean([n_minus_1(world, calibration) for world in turns], axis=0)
    short = np.mean([np.maximum(100.0 - industry(world, calibration), 0.0) for world in turns], axis=0)
    spared = np.maximum(100.0 - PER_SHORT_POINT * short, 0.0)
    kept = np.mean([value_captured(world, calibration).sum(-1) for world in turns], axis=0)
    producer = STEADY_SHARE * kept + (1.0 - STEADY_SHARE) * steadiness(turns)
    return np.asarray(np.where(is_producer, producer, STEADY_SHARE * met + (1.0 - STEADY_SHARE) * spared))


def steadiness(turns: Sequence[World]) -> Array:
    """100 less the coefficient of variation, in percent, of income from royalties and trade taxes, at least 0, [W, N];
    0 for those that never had any."""
    income = np.stack([world.posting[:, :, TREASURY, list(INCOME)].sum(-1) for world in turns])
    mean = income.mean(0)
    variation = income.std(0) / np.where(mean > 0, mean, 1.0)
    return np.asarray(np.where(mean > 0, 100.0 * np.maximum(1.0 - variation, 0.0), 0.0))


def prosperity(history: Sequence[World], calibration: Calibration, is_producer: Flags) -> Array:
    """Mean industry against the start, for producers with the value of their sites (30 %), less what orders cost, with
    cash of up to half a year's budget, [W, N]."""
    turns = history[1:]
    made = np.mean([industry(world, calibration) for world in turns], axis=0)
    score = 100.0 * (made - NO_INDUSTRY) / (100.0 - NO_INDUSTRY)
    sites, sites_before = (_site_value(world, calibration) for world in (history[-1], history[0]))
    jobs = JOBS_AT_START * np.where(sites_before > 0, sites / np.where(sites_before > 0, sites_before, 1.0), 1.0)
    jobs = np.minimum(jobs, 100.0)
    score = np.where(is_producer, (1.0 - JOBS_WEIGHT) * score + JOBS_WEIGHT * jobs, score)
    budget = envelope_usd_bn(calibration)
    spent = np.mean([-world.posting[:, :, TREASURY, list(OUTLAYS)].sum(-1) for world in turns], axis=0)
    cash = np.clip(history[-1].treasury_usd_bn / budget, DEBT_LIMIT, 1.0)
    score = score - COST_WEIGHT * np.maximum(spent, 0.0) / budget + CASH_WEIGHT * cash
    return np.asarray(np.clip(score, 0.0, 100.0))


def _site_value(world: World, calibration: Calibration) -> Array:
    """What the nation's sites could make in a turn at prices of 2024, each stage's own addition, [W, N] US$."""
    base = calibration.baseline
    refining = np.maximum(base.price_usd_per_t - base.ore_price_usd_per_t / calibration.ratio, 0.0)
    worth = np.stack([base.ore_price_usd_per_t, refining, base.price_usd_per_t], axis=1)
    return np.asarray((world.capacity_t * worth).sum((2, 3)))


def standing_pillar(world: World, calibration: Calibration) -> Array:
    """Reliability (40 %), trust of partners (30 %) and partners' own N-1 security (30 %), by trade with each, [W, N].

    Nobody wins it by starving friends.
    """
    share = partner_share(world, calibration)
    trust = (share * world.trust).sum(1)
    secure = (share * n_minus_1(world, calibration)[:, :, None]).sum(1)
    rest = 1.0 - RELIABILITY_WEIGHT - TRUST_WEIGHT
    return np.asarray(RELIABILITY_WEIGHT * world.reliability + TRUST_WEIGHT * trust + rest * secure)


def total(pillar: Mapping[str, Array], weight: Mapping[str, float] | None = None) -> Array:
    """Weighted geometric mean of pillars, none counted below 5; equal weights by default. Raises ValueError when the
    weights of the given pillars sum to nothing."""
    weights = {name: 1.0 if weight is None else weight.get(name, 0.0) for name in pillar}
    whole = sum(weights.values())
    if whole <= 0:
        raise ValueError("the pillars have no weight")
    ln = sum(weights[name] / whole * np.log(np.maximum(value, FLOOR)) for name, value in pillar.items())
    return np.asarray(np.exp(ln))
