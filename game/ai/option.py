"""What a nation might order, order by order: for every mineral the version worth most to it, with a score.

A score near 1 says worth a turn's attention; 0 or less says not wanted. Scores are rules of thumb for habits and for
screening; minds weigh what is left by looking ahead. A nation reads public arrays and its own: never another's stock.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.ai.personality import Personalities
from game.ai.situation import MONTHS_PER_TURN, Situation, ratio
from game.engine.axes import MINE, RECYCLE, REFINE, REFINED, TURNS_PER_YEAR
from game.engine.scrap import collection_share

Array = NDArray[np.float64]
Index = NDArray[np.int64]

SUPPLIER_LIMIT = 0.60  # a hedger's highest share of one supplier
MOST_CAPS = 1  # that a nation keeps up at once
CAP_STEP = 0.10  # by which a cap is tightened at once
DOMINANCE = 0.40  # share of world exports from which a leverage-player restricts
RESERVE_YEARS = 10  # that a new mine must be able to dig
NONE, LICENCE, TAX = range(3)  # measures, in the compact form of an export measure
OPTION_TURNS = 8  # by which the compact form multiplies a measure's turns
RESTRICTION_TURNS = 4
CARE_PER_ALARM, MOST_CARE = 6.0, 1.5
UNPROMPTED = 0.2  # of its appetite for support that a nation with idle cash keeps in a glut
SPARE_ENVELOPES = 1.0  # cash beyond which money lies idle
BUILDERS_WORLD_SHARE = 0.29  # of the world's capacity that one nation can have under construction
PRECAUTION = 4.0  # more stock wanted, and wanted sooner, per share of supply that is feared lost


@dataclass(frozen=True)
class Options:
    """One kind of order for every mineral, each array [W, N, M]; `size` in the order's own unit."""

    kind: str
    score: Array
    layer: Index
    partner: Index
    option: Index
    size: Array


def as_options(
    s: Situation, kind: str, score: Array, size: Array | float = 0.0, **columns: NDArray[Any] | int
) -> Options:
    """Return options with every array broadcast to [W, N, M]; columns left out keep the compact form's default."""
    shape = s.need_t.shape
    whole = {
        name: np.broadcast_to(np.asarray(columns.get(name, default)), shape)
        for name, default in (("layer", -1), ("partner", -1), ("option", 0))
    }
    return Options(kind, np.broadcast_to(score, shape), size=np.broadcast_to(size, shape), **whole)


def care(s: Situation) -> Array:
    """How much more a nation does for the safety of a mineral that others keep from it [W, N, M], 1 for none."""
    return np.asarray(1.0 + np.minimum(CARE_PER_ALARM * s.alarm, MOST_CARE) * (s.need_share > 0))


def want(p: Personalities, name: str) -> Array:
    """Return a weight as [1, N, 1], its middle value 1."""
    return p.of(name)[None, :, None] / 3.0


def _money(s: Situation) -> Array:
    """Cash a nation may spend this turn [W, N, 1]: what is above a quarter of an envelope."""
    return np.maximum(s.spendable_usd_bn - 0.25 * s.envelope_usd_bn, 0.0)[..., None]


def cap_sourcing(s: Situation, p: Personalities) -> Options:
    """Tighten where one supplier holds too much at a small price gap; lift where the cap hurts or has done its work."""
    w = s.world
    gap = w.delivered_ln - w.headline_ln[:, None]
    cap, share = w.sourcing_cap_share, s.main_share
    few = (cap < 1.0).sum(-1, keepdims=True) < MOST_CAPS
    loose = (cap > share - 0.02) & (few | (cap < 1.0)) & (s.short_share < 0.02) & (gap < 0.2)
    tighten = want(p, "security") * s.weight * (share - SUPPLIER_LIMIT) / 0.1 * loose
    hurt = np.maximum(gap - 0.35, 0.0) + 5.0 * s.short_share + np.maximum(SUPPLIER_LIMIT - CAP_STEP - share, 0.0)
    lift = want(p, "price") * s.weight * 4.0 * hurt * (cap < 1.0)
    size = np.where(lift > tighten, 1.0, np.clip(np.minimum(cap, share) - CAP_STEP, SUPPLIER_LIMIT, 1.0))
    return as_options(s, "cap_sourcing", np.maximum(tighten, lift), np.asarray(np.round(size, 2), dtype=np.float64))


def buy_stock(s: Situation, p: Personalities) -> Options:
    """Fill the public stock up to a target, more where supply is feared lost, while the price is not far above what is
    expected."""
    w = s.world
    alarm = 1.0 + PRECAUTION * w.fear_share
    target = (1.0 + 2.0 * want(p, "security")) * care(s) * alarm
    lacking = np.maximum(target - s.public_months - MONTHS_PER_TURN * ratio(w.purchase_t.sum(-1), s.need_t), 0.0)
    cheap = np.clip(1.0 + 2.0 * (w.expected_ln - w.delivered_ln), 0.0, 1.5)
    month_usd_bn = s.need_t / MONTHS_PER_TURN * s.price_usd_bn_per_t
    affordable = 0.3 * ratio(_money(s), month_usd_bn)
    months = np.minimum(np.minimum(lacking, 1.0), affordable)
    score = want(p, "security") * s.weight * 2.0 * lacking / target * cheap * alarm
    score = score * (s.short_share < 0.01) * (months >= 0.5)
    halves: Array = np.floor(2.0 * months)
    return as_options(s, "buy_stock", score, 0.5 * halves)


def release_stock(s: Situation, p: Personalities) -> Options:
    """Sell from the public stock when the price runs away from what was expected, or users go short."""
    w = s.world
    dear = np.maximum(w.delivered_ln - w.expected_ln - 0.15, 0.0)
    need = want(p, "price") * 6.0 * dear + want(p, "security") * 10.0 * s.short_share
    tonnes = np.minimum(0.5 * w.public_stock_t, s.need_t / MONTHS_PER_TURN)
    has_some = s.public_months > 0.25
    return as_options(s, "release_stock", need * s.weight * has_some, tonnes)


def _site_size(s: Situation, stage: int, wanted_tpa: Array, capex: Array, turns: Index, share: Array) -> Array:
    """Tonnes a year that are wanted, have builders, and can be paid out of cash and a part of the coming envelopes."""
    w = s.world
    own, coming = w.capacity_t[..., stage], s.capacity_coming_t[..., stage]
    room = TURNS_PER_YEAR * np.maximum(own + BUILDERS_WORLD_SHARE * own.sum(1, keepdims=True) - coming, 0.0)
    purse = 0.4 * _money(s) + 0.2 * s.envelope_usd_bn[:, None] * turns * (_money(s) > 0)
    affordable = purse * 1e9 / (np.maximum(share, 0.3)[:, None] * capex)
    return np.asarray(np.minimum(np.minimum(wanted_tpa, room), affordable))


def _appetite(s: Situation, stage: int, turns: Index) -> tuple[Array, Array]:
    """How far the world has room for more of a stage, 0-1: where it must pay, and where it is for safety [W, 1, M]."""
    room = s.room(stage, turns)
    return np.clip((room + 0.08) / 0.16, 0.0, 1.0), np.clip((room + 0.35) / 0.35, 0.0, 1.0)


def _state_share(s: Situation) -> Array:
    return np.clip(1.0 - s.baseline.governance, 0.3, 0.9)


def build_mine(s: Situation, p: Personalities) -> Options:
    """Dig more where there is ore, the expected price stands above its long-run level, and little is being built."""
    w, b = s.world, s.baseline
    own, coming = w.capacity_t[..., MINE], s.capacity_coming_t[..., MINE]
    everyone = own.sum(1, keepdims=True)
    free = w.reserves_t / RESERVE_YEARS - TURNS_PER_YEAR * (own + coming)
    wanted = TURNS_PER_YEAR * (0.15 * own + 0.02 * everyone)
    size = _site_size(s, MINE, np.minimum(wanted, 0.95 * free), b.mine_capex_usd_per_tpa, b.mine_lead, _state_share(s))
    signal = np.clip(0.6 + w.expected_mine_ln - s.calibration.long_run_ln, 0.0, 1.5)
    held = np.where(np.isfinite(w.reserves_t), w.reserves_t, 0.0)
    rich = np.sqrt(ratio(held, held.sum(1, keepdims=True))) + np.sqrt(ratio(own, everyone))
    for_income = (want(p, "revenue") + 0.5 * want(p, "value_added")) * rich
    for_safety = want(p, "security") * s.weight * s.main_share * care(s)
    busy = ratio(wanted, wanted + 4.0 * TURNS_PER_YEAR * coming)
    paying, safe = _appetite(s, MINE, b.mine_lead)
    score = (for_income * paying + for_safety * safe) * signal * busy * (size > 0)
    return as_options(s, "build_mine", score, size, layer=MINE, option=1)


def build_refinery(s: Situation, p: Personalities) -> Options:
    """Refine at home what is mined at home, and what home needs from one supplier."""
    w, b = s.world, s.baseline
    own, coming = w.capacity_t[..., REFINE], s.capacity_coming_t[..., REFINE]
    ore = w.mined_t * s.calibration.ratio
    unrefined = np.maximum(ore - own - coming, 0.0)
    exposed = np.maximum(s.need_t - own - coming, 0.0) * s.main_share
    wanted = TURNS_PER_YEAR * (0.10 * own + 0.2 * unrefined + 0.2 * exposed)
    size = _site_size(s, REFINE, wanted, b.refinery_capex_usd_per_tpa, b.refinery_lead, _state_share(s))
    margin = np.clip(0.8 + w.expected_margin_ln, 0.2, 1.5)
    upgrade = want(p, "value_added") * np.sqrt(s.market_weight * ratio(unrefined, ore)) * 3.0
    for_safety = want(p, "security") * s.weight * ratio(exposed, s.need_t) * 1.5 * care(s)
    paying, safe = _appetite(s, REFINE, b.refinery_lead)
    score = (upgrade * paying + for_safety * safe) * margin * (size > 0.02 * wanted)
    return as_options(s, "build_refinery", score, size, layer=REFINE, option=1)


def build_recycler(s: Situation, p: Personalities) -> Options:
    """Recover what retires at home and is not recovered yet."""
    w, b = s.world, s.baseline
    planned = w.capacity_t[..., RECYCLE] + s.capacity_coming_t[..., RECYCLE]
    coming_back = w.retiring_t[..., : 4 * TURNS_PER_YEAR].max(-1)
    collectable = collection_share(w.turn, s.calibration) * b.recovery * coming_back
    missing = np.maximum(collectable - planned, 0.0)
    limit = np.maximum(TURNS_PER_YEAR * (coming_back - planned), 0.0)
    wanted = np.minimum(0.5 * TURNS_PER_YEAR * missing, 0.95 * limit)
    purse = (0.3 * _money(s) + 0.1 * s.envelope_usd_bn[:, None]) * 1e9 * (_money(s) > 0)
    size = np.minimum(wanted, purse / (_state_share(s)[:, None] * b.recycler_capex_usd_per_tpa))
    dear = np.clip(1.0 + w.expected_ln - s.calibration.long_run_ln, 0.0, 1.2)
    score = want(p, "security") * care(s) * s.weight * ratio(missing, s.need_t) ** 0.5 * dear * (size > 0.02 * wanted)
    return as_options(s, "build_recycler", score * (1.0 - s.home_share), size, layer=RECYCLE, option=1)


def support_industry(s: Situation, p: Personalities) -> Options:
    """Put idle cash into firms at home: refining where metal is needed or ore is dug, mining elsewhere."""
    w, b = s.world, s.baseline
    idle = np.maximum(s.spendable_usd_bn / s.envelope_usd_bn - SPARE_ENVELOPES, 0.0)[..., None]
    ore_share = ratio(w.mined_t, w.mined_t.sum(1, keepdims=True))
    refines = (w.capacity_t[..., REFINE] > 0) | (s.weight > 0)
    for_income, for_safety = _appetite(s, REFINE, b.investment_lead)
    upgrade = np.sqrt(s.market_weight * ore_share) * np.maximum(for_income, UNPROMPTED)
    at_refinery = want(p, "value_added") * (s.weight * s.main_share * for_safety * care(s) + upgrade) * refines
    to_dig = np.maximum(_appetite(s, MINE, b.investment_lead)[0], UNPROMPTED)
    at_mine = want(p, "revenue") * np.sqrt(s.market_weight) * (0.3 + np.sqrt(ore_share)) * to_dig * (w.reserves_t > 0)
    running = w.support_usd_bn.sum((-1, -2))
    fresh = 1.0 / (1.0 + 2.0 * running / s.envelope_usd_bn[:, None])
    score = np.maximum(at_refinery, at_mine) * np.minimum(idle, 6.0) * fresh
    refining = at_refinery >= at_mine
    useful = np.where(
        refining,
        _useful_usd_bn(s, REFINE, b.refinery_capex_usd_per_tpa) * np.maximum(for_safety, UNPROMPTED),
        _useful_usd_bn(s, MINE, b.mine_capex_usd_per_tpa) * to_dig,
    )
    size = np.minimum(0.6 * idle * s.envelope_usd_bn[:, None], useful)
    return as_options(s, "support_industry", score, size, layer=np.where(refining, REFINE, MINE))


def _useful_usd_bn(s: Situation, stage: int, capex: Array) -> Array:
    """Cost of a tenth more of the nation's capacity at a stage and a hundredth of the world's [W, N, M]."""
    own = s.world.capacity_t[..., stage]
    useful: Array = TURNS_PER_YEAR * (0.1 * own + 0.01 * own.sum(1, keepdims=True)) * capex / 1e9
    return useful


def restrict_exports(s: Situation, p: Personalities) -> Options:
    """Leverage-players license or tax what the world must buy from them, until customers or friends leave."""
    w = s.world
    active = np.isfinite(w.export_quota_t) | (w.export_tax > 0)
    active &= w.export_until > w.turn
    keen = np.where(p.plays_leverage, p.of("leverage") / 5.0, 0.0)[None, :, None]
    burden = active.sum((2, 3))[..., None]
    welcome = np.clip((w.standing[..., None] - 40.0) / 20.0, 0.0, 1.0)
    over = np.maximum(s.export_share - DOMINANCE, 0.0) / (1.0 - DOMINANCE)
    hold = keen * welcome * 2.0 * np.sqrt(s.market_weight) / (1.0 + burden)
    impose = hold[..., None] * over * ~active
    left = np.maximum(DOMINANCE - 0.05 - s.export_share, 0.0) / DOMINANCE
    distrust = np.clip((40.0 - w.standing) / 10.0, 0.0, 1.0)[..., None, None]
    lift = 2.0 * (left + distrust) * active * p.acts[None, :, None, None]
    best_layer = np.maximum(impose, lift).argmax(-1)
    impose, lift = (np.take_along_axis(score, best_layer[..., None], -1)[..., 0] for score in (impose, lift))
    measure = np.where(best_layer == REFINED, LICENCE, TAX)
    strength = np.where(best_layer == REFINED, 0.3, 0.1)
    option = np.where(lift > impose, NONE + OPTION_TURNS, measure + OPTION_TURNS * RESTRICTION_TURNS)
    score = np.maximum(impose, lift)
    return as_options(s, "restrict_exports", score, strength, layer=best_layer, option=option)
