"""How well off a nation is by its own weights: seven pillars from a world's state, in points of about a hundred.

Standards join with their system; until then their pillar is 0 for everyone.
"""

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import REFINED
from game.engine.calibrate import Calibration
from game.engine.fields import PIPELINE_TURNS
from game.engine.world import World
from game.rules.personality import PILLARS, Personalities
from game.rules.situation import Situation, ratio

Array = NDArray[np.float64]

TREASURY_POINTS = 20.0  # the most that cash in hand is worth; one envelope is two thirds of it, more adds little
PIPELINE_DISCOUNT = 0.97  # worth of capacity by turns until it opens
OUTPUT_SHARE_OF_GDP = 0.002  # so that a nation with no output yet is not moved by its first tonne without measure
SHORTAGE_POINTS = 200.0  # for a need wholly unmet
SUPPORT_SHARE = 0.5  # of support in the standing pillar


def pillars(world: World, calibration: Calibration) -> Array:
    """Return the pillars of every nation [W, N, 7] in the order of PILLARS; differences matter, not levels."""
    s = Situation(world, calibration)
    short = (s.need_share * s.short_share).sum(-1)
    points = {
        "price": -100.0 * (s.need_share * world.delivered_ln).sum(-1) + (world.industry - 100.0),
        "security": world.n_minus_1 - SHORTAGE_POINTS * short + _cover_points(s),
        "revenue": _treasury_points(s) + 100.0 * _output_ratio(s),
        "value_added": world.value_captured + 100.0 * _coming_ratio(s),
        "standing": world.standing + SUPPORT_SHARE * world.support,
        "standards": np.zeros_like(world.standing),
        "leverage": _leverage_points(s),
    }
    return np.stack([points[name] for name in PILLARS], -1)


def score(world: World, calibration: Calibration, personalities: Personalities) -> Array:
    """Return the weighted pillars of every nation [W, N]."""
    weights = np.stack([personalities.of(name) for name in PILLARS], -1)
    return np.asarray((pillars(world, calibration) * weights).sum(-1))


def _cover_points(s: Situation) -> Array:
    """Credit for public cover, which stops at six months."""
    return np.asarray(2.0 * (s.need_share * np.minimum(s.public_months, 6.0)).sum(-1))


def _treasury_points(s: Situation) -> Array:
    cash = s.world.treasury_usd_bn / s.envelope_usd_bn
    saved = TREASURY_POINTS * (1.0 - np.exp(-np.maximum(cash, 0.0)))
    return saved + TREASURY_POINTS * np.minimum(cash, 0.0)


def _output_scale(s: Situation) -> Array:
    return np.asarray(s.base_output_usd_bn.sum(-1) + OUTPUT_SHARE_OF_GDP * s.baseline.gdp_usd_bn)


def _output_ratio(s: Situation) -> Array:
    return ratio(s.output_usd_bn.sum(-1), _output_scale(s))


def _coming_ratio(s: Situation) -> Array:
    """Value of a turn's output of what is under construction at present prices, against the nation's scale."""
    waiting = PIPELINE_DISCOUNT ** np.arange(PIPELINE_TURNS)
    coming = (s.world.pipeline_t * waiting).sum(-1)
    b = s.baseline
    worth = np.stack([b.ore_price_usd_per_t, b.price_usd_per_t, b.price_usd_per_t], -1) / 1e9
    return ratio((coming * worth).sum((-1, -2)), _output_scale(s))


def _leverage_points(s: Situation) -> Array:
    """Share of the world's exports held, and how much cheaper the metal is at home than abroad."""
    share = s.export_share[..., REFINED]
    gap = np.clip(s.world.headline_ln[:, None] - s.world.delivered_ln, -1.0, 1.0)
    return np.asarray(100.0 * (s.market_weight * share * (1.0 + gap)).sum(-1))
