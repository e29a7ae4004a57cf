"""The climate for investors: what royalties leave them, and what they ask for beyond 2024's returns to build somewhere.

Everything counts from 2024: under the rules and the risk of that year nobody asks for more or less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.acceptance import opening_licence
from game.engine.axes import MINE
from game.engine.baseline import Array, Baseline
from game.engine.reform import SLOW_LN, reforming
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

Index = NDArray[np.int64]

MOST_ROYALTY = 0.9  # of the price at the mine, windfall included
GOVERNANCE_PARTS = 3.0  # rule of law, political stability, control of corruption
ENOUGH_BUILT_GDP_SHARE = 0.02  # of GDP: what has been built that does two thirds of what building can do
FORGOTTEN_LN = 1e-6  # of country risk


def usual_ln(calibration: Calibration) -> Array:
    """The ordinary price at the mine [M]: the long-run one, or 2024's where that was higher; relative to 2024."""
    return np.asarray(np.maximum(calibration.long_run_ln, 0.0))


def royalty_share(world: World, calibration: Calibration, price_ln: Array) -> Array:
    """Share of the price at the mine that the state takes at a price [W, N, M], windfall included."""
    if not world.windfall_share.any():
        return world.royalty
    above = np.maximum(1.0 - np.exp(usual_ln(calibration) - price_ln), 0.0)
    return np.asarray(np.minimum(world.royalty + world.windfall_share * above, MOST_ROYALTY))


def royalty_cost_ln(world: World, calibration: Calibration) -> Array:
    """What the change of the royalty since 2024 does to the price at which mines work, [W, N, M].

    A windfall rule takes from what is above ordinary costs, so it keeps no mine from working.
    """
    return np.asarray(np.log1p(-calibration.baseline.royalty) - np.log1p(-world.royalty))


def kept_ln(world: World, calibration: Calibration) -> Array:
    """What the state leaves investors of the price they expect, against 2024's rules; [W, N, M], negative when less."""
    due = royalty_share(world, calibration, world.expected_mine_ln)
    return np.asarray(np.log1p(-due) - np.log1p(-calibration.baseline.royalty))


def opening_integrity(baseline: Baseline) -> Array:
    """Integrity of each government when the game opens, 0-100 [N]."""
    return np.asarray(100.0 * baseline.integrity)


def integrity_gained(world: World, calibration: Calibration) -> Array:
    """Points of integrity won or lost since 2024, [W, N]."""
    return np.asarray(world.integrity - opening_integrity(calibration.baseline))


def governance(world: World, calibration: Calibration) -> Array:
    """How well a nation is governed, 0-1 [W, N]: control of corruption is one of the three parts of it."""
    moved = integrity_gained(world, calibration) / 100.0 / GOVERNANCE_PARTS
    return np.asarray(np.clip(calibration.baseline.governance + moved, 0.0, 1.0))


def hurdle_ln(world: World, calibration: Calibration) -> Array:
    """Rise of price or margin that investors ask for in a nation beyond 2024's, [W, N].

    More after changes of rules, during a reform and where integrity falls; less where the state has built roads, power
    and water, and where treaties assure investors.
    """
    p = calibration.parameters
    cleaner = p.integrity_premium * integrity_gained(world, calibration) / 100.0
    built = world.infrastructure_usd_bn / (ENOUGH_BUILT_GDP_SHARE * calibration.baseline.gdp_usd_bn)
    slower = SLOW_LN * reforming(world)
    asked = world.country_risk_ln + slower - cleaner - world.assurance_ln
    return np.asarray(asked + p.infrastructure_gain * np.expm1(-built))


def site_hurdle_ln(world: World, calibration: Calibration) -> Array:
    """The same for the sites of a mineral, [W, N, M]: more where they have lost acceptance since 2024, less where other
    states cover their firms' risk."""
    lost = np.maximum(opening_licence(calibration.baseline) - world.social_licence, 0.0) / 100.0
    asked = hurdle_ln(world, calibration)[..., None] + calibration.parameters.licence_premium * lost
    if world.cover_share.any():
        asked = asked - cover_relief_ln(world, calibration)[..., None]
    return np.asarray(asked)


def cover_relief_ln(world: World, calibration: Calibration) -> Array:
    """What risk cover takes off what investors ask for in a nation, [W, N]: the more, the worse it is governed and the
    larger the part of those who may invest that is covered, the nation's own firms left out."""
    p, gdp = calibration.parameters, calibration.baseline.gdp_usd_bn
    reach = np.minimum(p.cover_reach * gdp / gdp.sum(), 1.0)
    left = np.prod(1.0 - world.cover_share * reach[:, None], axis=1)
    return np.asarray(p.cover_relief * (1.0 - governance(world, calibration)) * (1.0 - left))


def welcome(world: World, calibration: Calibration) -> Array:
    """Entrants that rules and risk let come, as a multiple of 2024's, [W, N, M, S]; royalties touch mines alone."""
    taken = np.zeros(world.capacity_t.shape) + site_hurdle_ln(world, calibration)[..., None]
    taken[..., MINE] -= kept_ln(world, calibration)
    return np.asarray(np.maximum(1.0 - calibration.parameters.entry_answer * taken, 0.0))


def interest_rate(world: World, calibration: Calibration) -> Array:
    """Interest on a nation's debt per turn, [W, N]: the common rate and its premium for risk."""
    p = calibration.parameters
    premium = calibration.baseline.risk_premium + p.risk_interest * hurdle_ln(world, calibration)
    return np.asarray(p.interest_rate + np.maximum(premium, 0.0))


def change_rules(world: World, calibration: Calibration, w: Index, n: Index, times: float = 1.0) -> None:
    """Investors take note that the government of nations `n` of worlds `w` changed the rules of mining, in place."""
    world.country_risk_ln[w, n] += times * calibration.parameters.rule_change_risk


def fade_risk(world: World, calibration: Calibration) -> None:
    """Old changes of rules are forgotten by and by, in place."""
    if not world.country_risk_ln.any():
        return
    world.country_risk_ln[...] *= 1.0 - calibration.parameters.risk_fade
    world.country_risk_ln[np.abs(world.country_risk_ln) < FORGOTTEN_LN] = 0.0
