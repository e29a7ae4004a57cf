"""Support at home, trust between nations and the world's belief in a nation's word: sums of signed postings, no drift.

Weights are starting values, set so that ordinary years keep support between 20 and 80.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import ORE, TURNS_PER_YEAR
from game.engine.contract import offered_share, taken_share
from game.engine.fields import RELIABILITY, SUPPORT
from game.engine.final_goods import gdp_lost_share
from game.engine.measures import industry
from game.engine.phases.finance import BILLION
from game.engine.postings import post, post_trust
from game.engine.purse import envelope_usd_bn
from game.engine.reform import insiders
from game.engine.way import ways
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

# Support, in points.
PER_INDUSTRY_POINT = 0.4  # gained or lost as industry rises or falls by a point
PER_MISSING_POINT = 0.05  # lost each turn for each point of industry below ENOUGH
ENOUGH = 98.0
PER_GDP_LOST = 150.0  # lost as goods worth the whole GDP cannot be finished: 1.5 points for one per cent of it
PER_PRICE_LN = 3.0  # lost as metal costs one ln more than expected; gained as it costs less
PER_GDP_SHARE = 50.0  # gained as capacity opens whose yearly output is worth the whole GDP
LOSS_WEIGHT = 1.5  # a job lost weighs more than a job won
CAPACITY_LIMIT = 1.0
PER_ENVELOPE_OF_DEBT = 0.5
DEBT_LIMIT = 1.0
PER_LICENCE_POINT = 0.1  # gained or lost as acceptance of the sites of a mineral rises or falls by a point
NOTICED_GDP_SHARE = 0.02  # of GDP: yearly value of an ore from which its sites count in full

# Trust and reliability, in points.
PER_SHARE_WITHHELD = 15.0  # trust of the partner, for all of its supply of one mineral
NOTICED = 0.03  # of a partner's supply or sales; smaller falls may be the market's
RELIABILITY_PER_SHARE_WITHHELD = 2.0  # of every partner
RELIABILITY_LOSS_LIMIT = 6.0
PER_SHARE_CAPPED = (
    10.0  # trust of the supplier, for all of its exports of one mineral, lost to a cap or to import terms
)
AT_THE_CAP = 0.98
KEPT_TRUST = 0.5
KEPT_RELIABILITY = 0.4
BROKEN_TRUST = 8.0
BROKEN_RELIABILITY = 4.0
DELIVERED = 0.99  # of the tonnes promised
HEALING_SPEED = 0.25  # of what has not healed, per turn: nine tenths in eight turns

# A government that stays this weak for this long falls.
FALL_SUPPORT = 20.0
FALL_TURNS = 3


def society(world: World, calibration: Calibration, keys: Keys, before: World) -> None:
    """Post what the turn did to support, trust and reliability."""
    world.industry[...] = industry(world, calibration)
    _post_shortage(world, calibration, before)
    _post_price_burden(world, calibration, before)
    _post_capacity(world, calibration, before)
    _post_debt(world, calibration)
    _post_licence(world, calibration, before)
    post(world, SUPPORT, "reform_contracts", -insiders(world))
    _heal(world)
    _post_restricted_partners(world, before)
    _post_capped_suppliers(world, before)
    _post_import_terms(world, before)
    _post_promises(world, calibration, before)
    _count_weak_turns(world)


# --- support ------------------------------------------------------------------------------------------------------


def _post_shortage(world: World, calibration: Calibration, before: World) -> None:
    """A change of what industry gets and of final goods lost for want of products is felt at once, both ways; what
    industry stays short of is felt every turn."""
    change = PER_INDUSTRY_POINT * (world.industry - before.industry)
    missing = PER_MISSING_POINT * np.maximum(ENOUGH - world.industry, 0.0)
    lost = gdp_lost_share(world, calibration) - gdp_lost_share(before, calibration)
    post(world, SUPPORT, "shortage", change - missing - PER_GDP_LOST * lost)


def _post_price_burden(world: World, calibration: Calibration, before: World) -> None:
    """Price of metal against what was expected, weighted by the value of the nation's use."""
    value = world.use_t.sum(-1) * calibration.baseline.price_usd_per_t
    total = value.sum(2)
    surprise = (value * (world.delivered_ln - before.expected_ln)).sum(2) / np.where(total > 0, total, 1.0)
    post(world, SUPPORT, "price_burden", -PER_PRICE_LN * surprise)


def _post_capacity(world: World, calibration: Calibration, before: World) -> None:
    """Capacity that opened or closed at home, by the value it adds in a year against GDP."""
    baseline = calibration.baseline
    ore_in_metal = baseline.ore_price_usd_per_t / calibration.ratio
    refining = np.maximum(baseline.price_usd_per_t - ore_in_metal, 0.0)
    worth = np.stack([baseline.ore_price_usd_per_t, refining, baseline.price_usd_per_t], axis=1)
    change = (world.capacity_t - before.capacity_t) * worth * TURNS_PER_YEAR / BILLION
    per_gdp = PER_GDP_SHARE / baseline.gdp_usd_bn
    opened = np.maximum(change, 0.0).sum((2, 3)) * per_gdp
    closed = np.minimum(change, 0.0).sum((2, 3)) * per_gdp * LOSS_WEIGHT
    post(world, SUPPORT, "new_capacity", np.minimum(opened, CAPACITY_LIMIT))
    post(world, SUPPORT, "lost_capacity", np.maximum(closed, -CAPACITY_LIMIT))


def _post_debt(world: World, calibration: Calibration) -> None:
    owed = np.maximum(-world.treasury_usd_bn, 0.0) / envelope_usd_bn(calibration)
    post(world, SUPPORT, "debt", -np.minimum(PER_ENVELOPE_OF_DEBT * owed, DEBT_LIMIT))


def _post_licence(world: World, calibration: Calibration, before: World) -> None:
    """What the people around the sites accept more or less counts by the value of the ore against GDP."""
    moved = world.social_licence - before.social_licence
    if moved.any():
        value = world.mined_t * calibration.baseline.ore_price_usd_per_t * TURNS_PER_YEAR / BILLION
        weight = np.minimum(value / (NOTICED_GDP_SHARE * calibration.baseline.gdp_usd_bn[:, None]), 1.0)
        post(world, SUPPORT, "social_licence", PER_LICENCE_POINT * (moved * weight).sum(2))


def _count_weak_turns(world: World) -> None:
    """Support under 20 for three turns: the government falls and the seat plays on under a mandate. The count starts
    anew then; see `falls_again` for what comes of it."""
    weak = np.round(world.support, 9) < FALL_SUPPORT
    world.weak_turns[...] = np.where(weak, world.weak_turns + 1.0, 0.0)
    falls = (world.weak_turns >= FALL_TURNS) & (world.mandate == 0)
    world.mandate[falls] = 1.0
    world.weak_turns[falls] = 0.0


def falls_again(world: World) -> NDArray[np.bool_]:
    """Whether a government that already holds on by a mandate falls for good this turn, or has and is still as weak,
    [W, N]."""
    return np.asarray((world.mandate > 0) & (world.weak_turns >= FALL_TURNS))


# --- trust and reliability ----------------------------------------------------------------------------------------


def _heal(world: World) -> None:
    """Losses of turns before this one fade: each turn a quarter of what is left of them is posted back."""
    healed = -HEALING_SPEED * world.trust_scar
    post_trust(world, "recovery", healed)
    world.trust_scar[...] += healed
    healed = -HEALING_SPEED * world.reliability_scar
    post(world, RELIABILITY, "recovery", healed)
    world.reliability_scar[...] += healed


def _post_restricted_partners(world: World, before: World) -> None:
    """A binding export measure costs the trust of each partner it names by the share of supply that partner lost."""
    w, n, m, layer = np.nonzero(_binding(world))
    is_ore = (layer == ORE)[:, None]
    now = np.where(is_ore, world.ore_flow_t[w, m, n], world.refined_flow_t[w, m, n])
    then = np.where(is_ore, before.ore_flow_t[w, m, n], before.refined_flow_t[w, m, n])
    ore, metal = (flow[w, m].sum(1) for flow in (before.ore_flow_t, before.refined_flow_t))
    supply = np.where(is_ore, ore, metal)
    lost = np.maximum(then - now, 0.0) / np.where(supply > 0, supply, 1.0)
    lost = np.where(lost > NOTICED, lost, 0.0) * world.export_target[w, n, m, layer]
    lost[np.arange(len(n)), n] = 0.0
    withheld = np.zeros_like(world.trust)
    np.add.at(withheld, (w, n), lost)
    post_trust(world, "restricted_partner", -PER_SHARE_WITHHELD * withheld.transpose(0, 2, 1))
    loss = np.minimum(RELIABILITY_PER_SHARE_WITHHELD * withheld.sum(2), RELIABILITY_LOSS_LIMIT)
    post(world, RELIABILITY, "restricted_partner", -loss)


def _binding(world: World) -> NDArray[np.bool_]:
    """Export measures that hold something back this turn, [W, N, M, L]."""
    return np.asarray((world.export_tax > 0) | (world.export_rent_ln > 1e-3) | (world.export_quota_t <= 0))


def _post_capped_suppliers(world: World, before: World) -> None:
    """A sourcing cap that binds costs the trust of the supplier by the share of its exports that it lost."""
    w, n, m = np.nonzero(world.sourcing_cap_share < 1.0)
    now, then = world.refined_flow_t[w, m, :, n], before.refined_flow_t[w, m, :, n]
    need = world.need_t[w, n, m].sum(1, keepdims=True)
    at_cap = now >= AT_THE_CAP * world.sourcing_cap_share[w, n, m][:, None] * need
    exports = before.refined_flow_t.sum(3)[w, m]
    lost = np.maximum(then - now, 0.0) * at_cap / np.where(exports > 0, exports, 1.0)
    lost[np.arange(len(n)), n] = 0.0
    capped = np.zeros_like(world.trust)
    np.add.at(capped.transpose(0, 2, 1), (w, n), lost)
    post_trust(world, "capped_supplier", -PER_SHARE_CAPPED * capped)


def _post_import_terms(world: World, before: World) -> None:
    """Terms for imports cost the trust of each seller by the share of its exports that it lost in the turn."""
    w, n, m, layer = np.nonzero((world.import_tariff > 0) | (world.import_standard > 0))
    if not len(w):
        return
    is_ore = (layer == ORE)[:, None]
    now = np.where(is_ore, world.ore_flow_t[w, m, :, n], world.refined_flow_t[w, m, :, n])
    then = np.where(is_ore, before.ore_flow_t[w, m, :, n], before.refined_flow_t[w, m, :, n])
    exports = np.where(is_ore, before.ore_flow_t[w, m].sum(2), before.refined_flow_t[w, m].sum(2))
    lost = np.maximum(then - now, 0.0) / np.where(exports > 0, exports, 1.0)
    lost = np.where(lost > NOTICED, lost, 0.0)
    lost[np.arange(len(n)), n] = 0.0
    shut_out = np.zeros_like(world.trust)
    np.add.at(shut_out.transpose(0, 2, 1), (w, n), lost)
    post_trust(world, "import_terms", -PER_SHARE_CAPPED * shut_out)


def _post_promises(world: World, calibration: Calibration, before: World) -> None:
    """Contracts delivered in full build the buyer's trust and the seller's name; shortfalls cost both, but not where
    it was the buyer who could not take more, nor where no way was left open."""
    w, c = np.nonzero((world.contract_seller >= 0) & (world.contract_t > 0))
    passes = ways(world, calibration).can_pass(w, world.contract_seller[w, c], world.contract_buyer[w, c])
    w, c = w[passes], c[passes]
    seller, buyer = world.contract_seller[w, c], world.contract_buyer[w, c]
    offered = offered_share(world, calibration)
    wanted = (world.contract_t * taken_share(world, calibration, offered, before.direct_use_t))[w, c]
    ratio = np.where(wanted > 0, world.contract_delivered_t[w, c] / np.where(wanted > 0, wanted, 1.0), 1.0)
    is_kept = np.round(ratio, 9) >= DELIVERED
    kept, broken = np.zeros_like(world.trust), np.zeros_like(world.trust)
    np.maximum.at(kept, (w, buyer, seller), is_kept.astype(np.float64))
    np.maximum.at(broken, (w, buyer, seller), np.where(is_kept, 0.0, 1.0 - ratio))
    post_trust(world, "kept_promise", KEPT_TRUST * kept * (broken == 0))
    post_trust(world, "broken_promise", -BROKEN_TRUST * broken)
    worst = broken.max(1)
    post(world, RELIABILITY, "kept_promise", KEPT_RELIABILITY * (kept.max(1) * (worst == 0)))
    post(world, RELIABILITY, "broken_promise", -BROKEN_RELIABILITY * worst)
