"""What becomes of the part of resource income that does not reach the minerals envelope: saved, shared, built or spent.

The public and the communities around the sites come to count on what they get: quickly on more, slowly on less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.acceptance import BENEFIT_SPEED_DOWN, BENEFIT_SPEED_UP
from game.engine.baseline import Array
from game.engine.fields import CAUSE, SUPPORT, TREASURY
from game.engine.postings import post
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

RESOURCE_INCOME = [CAUSE[name] for name in ("royalty", "export_tax", "gate_rent", "dividend")]
EXPECTED_SPEED_UP, EXPECTED_SPEED_DOWN = 0.5, 0.05  # at which the public comes to count on spending, and forgets it
PER_SPENT_GDP_SHARE = 300.0  # points of support for spending all of GDP more than the public counts on
SPENDING_LIMIT = 2.0  # points a turn
WEAR = 0.02  # of what was built, per turn
LEAST_BUILT = 0.3  # of the money for building that is built with where integrity is 0; all of it where it is 100


def spend_income(world: World, calibration: Calibration) -> None:
    """Split the turn's resource income by the rule in force, and post what that does to treasury and support."""
    income = general_income_usd_bn(world, calibration)
    shares = (world.fund_share, world.community_share, world.infrastructure_share)
    saved, shared, built = (income * share for share in shares)
    _build(world, built)
    _share(world, shared)
    world.fund_usd_bn[...] += saved
    spent = income - saved - shared - built
    first = world.expected_spending_usd_bn < 0
    expected = np.where(first, spent, world.expected_spending_usd_bn)
    spent = spent + _draw(world, calibration, np.maximum(expected - spent, 0.0))
    more = spent - expected
    points = PER_SPENT_GDP_SHARE * more / calibration.baseline.gdp_usd_bn
    post(world, SUPPORT, "resource_spending", np.clip(points, -SPENDING_LIMIT, SPENDING_LIMIT))
    speed = np.where(more > 0, EXPECTED_SPEED_UP, EXPECTED_SPEED_DOWN)
    world.expected_spending_usd_bn[...] = np.maximum(expected + speed * more, 0.0)


def general_income_usd_bn(world: World, calibration: Calibration) -> Array:
    """Resource income of the turn that goes to the general budget, [W, N] US$ bn."""
    kept = calibration.parameters.earmarked_royalty
    posted = world.posting[:, :, TREASURY, RESOURCE_INCOME].sum(-1)
    return np.asarray(np.maximum(posted, 0.0) * (1.0 - kept) / kept if kept > 0 else np.zeros_like(posted))


def _build(world: World, built: Array) -> None:
    """What was built wears; of new money a part is lost where integrity is low."""
    if built.any() or world.infrastructure_usd_bn.any():
        useful = LEAST_BUILT + (1.0 - LEAST_BUILT) * world.integrity / 100.0
        world.infrastructure_usd_bn[...] = (1.0 - WEAR) * world.infrastructure_usd_bn + useful * built


def _share(world: World, shared: Array) -> None:
    """Communities count on what they got, and do not forget it soon."""
    world.benefit_paid_usd_bn[...] = shared
    more = shared - world.benefit_usd_bn
    speed = np.where(more > 0, BENEFIT_SPEED_UP, BENEFIT_SPEED_DOWN)
    world.benefit_usd_bn[...] = np.maximum(world.benefit_usd_bn + speed * more, 0.0)


def _draw(world: World, calibration: Calibration, missing: Array) -> Array:
    """Pay what is missing out of the fund: to the general budget, and its usual part to the treasury; [W, N]."""
    kept = calibration.parameters.earmarked_royalty
    if kept >= 1 or not world.fund_usd_bn.any():
        return np.zeros_like(missing)
    paid = np.minimum(missing / (1.0 - kept), world.fund_usd_bn)
    world.fund_usd_bn[...] -= paid
    post(world, TREASURY, "fund", kept * paid)
    return np.asarray((1.0 - kept) * paid)
