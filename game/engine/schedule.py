"""What is known before the first turn and never changes during a game: trend, dated projects, lifetimes of goods."""

from __future__ import annotations

from dataclasses import dataclass
from math import gamma
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, RECYCLE, REFINE, SYNTHETIC_PLANT, TURNS_PER_YEAR
from game.engine.baseline import Array, Baseline
from game.engine.fields import PIPELINE_TURNS, RETIREMENT_TURNS

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration


@dataclass(frozen=True)
class Schedule:
    """Axes as in the field table; tau counts turns from 0, as rows of the demand table do."""

    lead: NDArray[np.int64]  # [M, S] turns until an expansion by firms opens
    entry_lead: NDArray[np.int64]  # [M, S] turns until a new site opens
    trend: Array  # [tau, M, S] growth of capacity that firms plan for turn tau, net of dated projects; ln
    project_turn: NDArray[np.int64]  # [P], only projects that open after turn 0
    project_place: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]  # nation, mineral, stage, [P] each
    project_t: Array  # [P] t per turn
    synthetic_t: Array  # [tau, N, M] capacity of plants whose output never was ore, t per turn
    retirement: Array  # [K, R] share of goods that retire 1, 2, ... turns after they were made
    collection: Array  # [N, M] share of what retired in 2024 that was collected
    goods_share: Array  # [N, M, K] share of each nation in the metal of the goods bought in 2024; sums to 1, or to 0
    new_scrap_share: Array  # [M] share of the metal used that returns as scrap from makers in the next turn

    @property
    def sites(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Position of mineral and of stage of every entry of an [M, S] table."""
        minerals, stages = self.lead.shape
        return np.repeat(np.arange(minerals)[:, None], stages, 1), np.repeat(np.arange(stages)[None], minerals, 0)


def build_schedule(baseline: Baseline, capacity_t: Array, synthetic_t: Array, goods_share: Array) -> Schedule:
    """The schedule of a level; `capacity_t` [N, M, S] and `synthetic_t` [N, M] are calibrated capacity, t per turn."""
    later = (baseline.project_turn > 0) & (baseline.project_stage < SYNTHETIC_PLANT)
    place = (baseline.project_nation[later], baseline.project_mineral[later], baseline.project_stage[later])
    retirement = retirement_share(baseline)
    collection, new_scrap = _calibrated_collection(baseline, retirement, capacity_t[:, :, RECYCLE])
    turn, tonnes = baseline.project_turn[later], baseline.project_t[later] / TURNS_PER_YEAR
    return Schedule(
        lead=np.stack([baseline.investment_lead, baseline.refinery_lead, baseline.recycler_lead], 1),
        entry_lead=np.stack([baseline.mine_lead, baseline.refinery_lead, baseline.recycler_lead], 1),
        trend=_net_trend(baseline, capacity_t, turn, place, tonnes),
        project_turn=turn,
        project_place=place,
        project_t=tonnes,
        synthetic_t=_synthetic_path(baseline, synthetic_t),
        retirement=retirement,
        collection=collection,
        goods_share=goods_share,
        new_scrap_share=new_scrap,
    )


def scenario_multiple(baseline: Baseline, turn: int) -> Array:
    """Multiple of 2024 use in a turn, [M, K]; past the last turn of the table it stays where it is."""
    return np.asarray(baseline.demand_multiple[min(turn, len(baseline.demand_multiple) - 1)])


def world_multiple(baseline: Baseline) -> Array:
    """Multiple of world use of each mineral, [T + PIPELINE_TURNS, M]; constant past the demand table."""
    path = (baseline.demand_multiple * baseline.product_share).sum(2) / baseline.product_share.sum(1)
    return np.concatenate([path, np.repeat(path[-1:], PIPELINE_TURNS, axis=0)])


# --- capacity -----------------------------------------------------------------------------------------------------


def _net_trend(
    baseline: Baseline,
    capacity_t: Array,
    turn: NDArray[np.int64],
    place: tuple[NDArray[np.int64], ...],
    tonnes: Array,
) -> Array:
    """Growth that firms plan so that capacity follows the scenario, less what dated projects bring; [tau, M, S].

    Dated projects come in lumps: what they bring beyond the trend counts against the trend of the turns after them.
    By-product mines have no trend of their own: they follow their hosts.
    """
    multiple = world_multiple(baseline)
    turns, base = len(multiple), capacity_t.sum(0)
    dated = np.zeros((turns, *base.shape))
    seen = turn < turns
    np.add.at(dated, (turn[seen], place[1][seen], place[2][seen]), tonnes[seen])
    wanted = (multiple[:, :, None] - 1.0) * base - dated.cumsum(0)
    filled = np.maximum.accumulate(np.maximum(wanted, 0.0), axis=0)
    added = np.diff(filled, axis=0, prepend=filled[:1])
    before = np.maximum(base + filled - added + dated.cumsum(0) - dated, 1e-12)
    trend = np.where(base > 0, np.log1p(added / before), 0.0)
    trend[:, baseline.is_by_product, MINE] = 0.0
    trend[:, :, RECYCLE] = 0.0
    return np.asarray(trend)


def _synthetic_path(baseline: Baseline, opening_t: Array) -> Array:
    """Capacity of plants whose output never was ore, [tau, N, M] t per turn, from that of the opening [N, M].

    It follows the scenario in all. Dated plants come where they are announced, and the growth of those of the opening
    makes room for them; they shrink only if the scenario does.
    """
    multiple = world_multiple(baseline)
    is_plant = (baseline.project_stage == SYNTHETIC_PLANT) & (baseline.project_turn > 0)
    seen = is_plant & (baseline.project_turn < len(multiple))
    dated = np.zeros((len(multiple), *opening_t.shape))
    place = (baseline.project_turn[seen], baseline.project_nation[seen], baseline.project_mineral[seen])
    np.add.at(dated, place, baseline.project_t[seen] / TURNS_PER_YEAR)
    dated = dated.cumsum(0)
    world = opening_t.sum(0)
    grown = np.maximum(multiple - dated.sum(1) / np.where(world > 0, world, 1.0), np.minimum(multiple, 1.0))
    return np.asarray(opening_t * grown[:, None] + dated)


def smoothed_path(history: Array, speed: float) -> Array:
    """Expected price after each half-year of a price path [T, M], starting from its first value; [T, M]."""
    expected = np.empty_like(history)
    level = history[0]
    for t, price in enumerate(history):
        level = level + speed * (price - level)
        expected[t] = level
    return expected


def opening_pipeline(calibration: Calibration, capacity_t: Array) -> Array:
    """Capacity under construction when the game opens, [N, M, S, T], t per turn.

    Dated projects, and what firms have begun by the rule of private investment: it answers the price they expect at the
    opening, as if they had expected it while they decided (in hindcasts this does better than the path before).
    """
    baseline, schedule, p = calibration.baseline, calibration.schedule, calibration.parameters
    pipeline = np.zeros((*capacity_t.shape, PIPELINE_TURNS))
    near = schedule.project_turn <= PIPELINE_TURNS
    place = tuple(axis[near] for axis in schedule.project_place)
    np.add.at(pipeline, (*place, schedule.project_turn[near] - 1), schedule.project_t[near])
    gap = calibration.smoothed_past_ln - calibration.long_run_ln
    for m in range(capacity_t.shape[1]):
        for s in (MINE, REFINE):
            lead = int(schedule.lead[m, s])
            size = capacity_t[:, m, s].copy()
            for slot in range(min(lead, PIPELINE_TURNS)):
                signal = baseline.investment_elasticity[m] / p.investment_turns * gap[m] if s == MINE else 0.0
                if s == MINE and baseline.is_by_product[m]:
                    signal *= p.by_product_response
                rate = float(np.clip(schedule.trend[slot + 1, m, s] + signal, 0.0, p.growth_limit))
                pipeline[:, m, s, slot] += size * np.expm1(rate)
                size += size * np.expm1(rate)
    return pipeline


def opening_plants(calibration: Calibration) -> Array:
    """Makers' capacity under construction when the game opens, by the scenario's trend, [N, K, T] US$ bn per turn."""
    p, makers = calibration.parameters, calibration.makers
    pipeline = np.zeros((*makers.capacity_usd_bn.shape, PIPELINE_TURNS))
    size = makers.capacity_usd_bn.copy()
    for slot in range(int(p.maker_lead_turns)):
        pipeline[..., slot] = size * np.expm1(np.clip(makers.trend[slot + 1], 0.0, p.growth_limit))
        size += pipeline[..., slot]
    return pipeline


# --- goods in use and scrap ---------------------------------------------------------------------------------------


def retirement_share(baseline: Baseline) -> Array:
    """Share of goods of each product that retire 1, 2, ... turns after they were made, [K, R]; Weibull lifetimes.

    What would outlive the table retires in its last turn.
    """
    shape = baseline.product_lifetime_shape
    mean_of_unit_scale = np.array([gamma(1.0 + 1.0 / float(k)) for k in shape])
    scale = baseline.product_lifetime * TURNS_PER_YEAR / mean_of_unit_scale
    age = np.arange(RETIREMENT_TURNS + 1) + 0.5
    age[0] = 0.0
    living = np.exp(-((age[None] / scale[:, None]) ** shape[:, None]))
    living[:, -1] = 0.0
    return np.asarray(living[:, :-1] - living[:, 1:])


def _goods_made(baseline: Baseline, new_scrap: Array) -> Array:
    """Metal that went into goods from which it can be got back in 2024, by mineral and product, [M, K], t per turn."""
    share = baseline.product_share / baseline.product_share.sum(1, keepdims=True)
    made = baseline.consumption_t.sum(0)[:, None] / TURNS_PER_YEAR * share * (1.0 - new_scrap)[:, None]
    return np.asarray(made * baseline.recoverable_share)


def _retiring_goods(baseline: Baseline, retirement: Array, new_scrap: Array) -> Array:
    """Metal in goods of the past by mineral, product and turns until they retire, [M, K, R].

    Past use shrinks backwards at `past_growth`.
    """
    age = np.arange(RETIREMENT_TURNS)
    fade = np.exp(-baseline.past_growth[:, :, None] * age / TURNS_PER_YEAR)
    result = np.zeros((*baseline.past_growth.shape, RETIREMENT_TURNS))
    for slot in range(RETIREMENT_TURNS):
        result[:, :, slot] = (fade[:, :, : RETIREMENT_TURNS - slot] * retirement[None, :, slot:]).sum(2)
    return np.asarray(_goods_made(baseline, new_scrap)[:, :, None] * result)


def _retired_in_base_year(baseline: Baseline, retirement: Array, new_scrap: Array) -> Array:
    """Metal in goods that retired in 2024, [M, K], t per turn."""
    goods = _retiring_goods(baseline, retirement, new_scrap)[:, :, 0]
    return np.asarray(goods * np.exp(-baseline.past_growth / TURNS_PER_YEAR))


def _calibrated_collection(baseline: Baseline, retirement: Array, recycling_t: Array) -> tuple[Array, Array]:
    """Collection [N, M] and share of new scrap [M] with which 2024's scrap just fills the recyclers of 2024.

    One collection rate for the world, because scrap travels. Where goods that retire, collected to the limit, would not
    do, scrap from makers (new scrap) fills the rest. Where nothing was recycled the level's own collection stands.
    """
    p = baseline.parameters
    wanted = recycling_t.sum(0) / np.maximum(baseline.recovery, 1e-12)
    none = np.zeros(len(wanted))
    old = _retired_in_base_year(baseline, retirement, none).sum(1)
    use = baseline.consumption_t.sum(0) / TURNS_PER_YEAR
    # Metal that becomes new scrap never gets into goods: (1 - share) old + share use = wanted / limit.
    missing = wanted / p.collection_limit - old
    room = np.maximum(use - old, 1e-12)
    new_scrap = np.where(wanted > 0, np.clip(missing / room, 0.0, 1.0), 0.0)
    supply = (1.0 - new_scrap) * old + new_scrap * use
    rate = np.where(wanted > 0, np.minimum(wanted / np.maximum(supply, 1e-12), p.collection_limit), baseline.collection)
    return np.repeat(rate[None], len(baseline.axes.nations), axis=0), new_scrap


def opening_retirement(baseline: Baseline, schedule: Schedule) -> Array:
    """Metal in goods in use when the game opens, by turns until they retire, [N, M, R]."""
    goods = _retiring_goods(baseline, schedule.retirement, schedule.new_scrap_share)
    result = (schedule.goods_share[..., None] * goods).sum(2)
    result[:, :, 0] += baseline.consumption_t / TURNS_PER_YEAR * schedule.new_scrap_share
    return np.asarray(result)


def opening_scrap(baseline: Baseline, schedule: Schedule) -> Array:
    """Metal that retired in 2024, [N, M], t per turn."""
    goods = _retired_in_base_year(baseline, schedule.retirement, schedule.new_scrap_share)
    made = baseline.consumption_t / TURNS_PER_YEAR * schedule.new_scrap_share
    return np.asarray((schedule.goods_share * goods).sum(2) + made)
