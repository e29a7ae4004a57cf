"""Property in sites: what firms of other nations own, what a state has taken of it, what that brings and what it wears.

A site pays its owners its price over its running cost. What the state takes over it runs as well as it is governed:
where it does not put back what owners would, mines wear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, REFINE, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.climate import change_rules, governance
from game.engine.fields import RELIABILITY
from game.engine.postings import post_at, post_trust
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

Index = NDArray[np.int64]
Where = tuple[Index, Index, Index, Index]  # worlds, nations, minerals, stages (mine, refine)

MINE_COST_SHARE = 0.7  # running cost of mines, of the price of ore in 2024
REFINING_PROFIT = 0.2  # of what refining adds
WORTH_SHARE = 0.5  # of what new sites cost: what old ones are worth
STATE_REINVESTS = 0.2  # of what owners would, where governance is worst; all of it where it is best
OPERATOR_STAYS = 0.5  # part of the lack that full compensation avoids: the old operator goes on
TRUST_POINTS = 25.0  # lost in a nation whose firms owned all of a mineral's sites and lose them
RELIABILITY_POINTS = 10.0  # lost in the world's eyes for taking all of them
SOFTENED = 0.8  # part of lost trust, reliability and risk that full compensation avoids


def foreign_share(world: World, calibration: Calibration) -> Array:
    """Share of a nation's sites that firms of each other nation own now, [W, N, O, M, stage]."""
    return np.asarray(calibration.baseline.foreign_share * (1.0 - world.taken_share)[:, :, None])


def state_share(world: World, calibration: Calibration) -> Array:
    """Share of a nation's sites that the state took from foreign firms, [W, N, M, stage]."""
    return np.asarray(calibration.baseline.foreign_share.sum(1) * world.taken_share)


def worth_usd_bn(world: World, calibration: Calibration) -> Array:
    """What all sites of a mineral are worth, [W, N, M, stage] US$ bn."""
    base = calibration.baseline
    capex = np.stack([base.mine_capex_usd_per_tpa, base.refinery_capex_usd_per_tpa], axis=1)
    return np.asarray(WORTH_SHARE * world.capacity_t[..., (MINE, REFINE)] * TURNS_PER_YEAR * capex / 1e9)


def profit_usd_bn(world: World, calibration: Calibration) -> Array:
    """What the sites of a mineral bring their owners this turn, [W, N, M, stage] US$ bn."""
    base = calibration.baseline
    over = np.maximum(np.exp(world.mine_gate_ln) - MINE_COST_SHARE, 0.0)
    ore = base.ore_price_usd_per_t * np.exp(world.ore_delivered_ln) / calibration.ratio
    adds = np.maximum(base.price_usd_per_t * np.exp(world.refinery_gate_ln) - ore, 0.0)
    mined = world.mined_t * base.ore_price_usd_per_t * over
    return np.stack([mined, REFINING_PROFIT * world.refined_t * adds], axis=-1) / 1e9


def dividend_usd_bn(world: World, calibration: Calibration) -> Array:
    """What a state's part in sites brings this turn, [W, N] US$ bn."""
    if not world.taken_share.any():
        return np.zeros_like(world.treasury_usd_bn)
    return np.asarray((state_share(world, calibration) * profit_usd_bn(world, calibration)).sum((2, 3)))


def take(world: World, calibration: Calibration, where: Where, share: Array, paid: Array) -> None:
    """Take `share` [A] of what foreign firms still own of sites, against `paid` [A] of its worth; in place."""
    w, n, m, stage = where
    owned = calibration.baseline.foreign_share[n, :, m, stage] * (1.0 - world.taken_share[where])[:, None]
    part = owned * share[:, None]  # [A, O]
    hard = 1.0 - SOFTENED * paid
    unpaid = (1.0 - paid) * worth_usd_bn(world, calibration)[where]
    np.add.at(world.taken_usd_bn.transpose(0, 2, 1), (w, n), part * unpaid[:, None])
    world.taken_share[where] += (1.0 - world.taken_share[where]) * share
    trust = np.zeros_like(world.trust)
    trust[w, :, n] = -TRUST_POINTS * part * hard[:, None]
    post_trust(world, "taken_property", trust)
    post_at(world, RELIABILITY, "take_equity", (w, n), -RELIABILITY_POINTS * part.sum(1) * hard)
    world.country_risk_ln[w, n] += calibration.parameters.takeover_risk * part.sum(1) * hard
    change_rules(world, calibration, w, n)
    lacking = (1.0 - STATE_REINVESTS) * (1.0 - governance(world, calibration)[w, n])
    worn = part.sum(1) * lacking * (1.0 - OPERATOR_STAYS * paid) * (stage == MINE)
    world.reinvested_share[w, n, m] = np.maximum(world.reinvested_share[w, n, m] - worn, 0.0)
