"""Episodes as markets of one small world: every episode is a mineral, its suppliers and users are the nations.

Minerals never touch in the clearing, so the episodes run side by side in one call per turn, through the same `advance`,
with the same parameters, as a game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from game.batch.hindcast_course import Course
from game.content.episode import Episode
from game.content.episode_mineral import MineralRow
from game.engine.axes import MINE, ORE, REFINE, Axes
from game.engine.baseline import Baseline, Parameters
from game.engine.calibrate import Calibration, calibrate, logit
from game.engine.network import Network, Passages

Array = NDArray[np.float64]

WORLD_T = 2000.0  # tonnes a year of every episode's world supply; only shares matter
HISTORY_YEARS = 12
ORDINARY_HOME_USE = 0.2  # share of its supply that a supplier uses where the file does not say
AMPLE = 0.5  # utilisation of refineries where an episode knows one stage alone, so that they never bind
RESERVE_YEARS = 2000.0
USERS = "USERS"


def market_names(episodes: Sequence[Episode]) -> tuple[str, ...]:
    """Nations by position: the suppliers of each episode in its own order, the home nation first, then the users."""
    most = max(len(episode.baseline.supply_share) for episode in episodes)
    return (*(f"SUPPLIER_{i + 1}" for i in range(most)), USERS)


def suppliers(episode: Episode) -> list[str]:
    """The suppliers in the order of the nations, the home nation first: who acts, else the first supplier."""
    shares = episode.baseline.supply_share
    home = next((actor for actor in episode.shock.actors if actor in shares), next(iter(shares)))
    return [home, *(name for name in shares if name != home)]


def ordered_shares(episode: Episode) -> tuple[Array, Array]:
    """Shares of world supply and of world use that the suppliers hold; [suppliers] each."""
    before, names = episode.baseline, suppliers(episode)
    supply = np.array([before.supply_share[name] for name in names])
    use = ORDINARY_HOME_USE * supply
    if before.use_share_of_first_supplier is not None:
        use[names.index(next(iter(before.supply_share)))] = before.use_share_of_first_supplier
    return supply / supply.sum(), use


def has_ore_layer(episode: Episode) -> bool:
    """Whether ore and metal part: a measure on ore that leaves metal free."""
    return episode.shock.stage == "ore"


def episode_calibration(
    episodes: Sequence[Episode], courses: Sequence[Course], rows: Sequence[MineralRow], parameters: Parameters
) -> Calibration:
    """The small world of these episodes, calibrated; `rows` and `courses` are one for each."""
    # An episode ends at the metal: what makers plan and learn is in the demand it states.
    steady = replace(parameters, maker_steepness=0.0, maker_response=0.0, research_chance=0.0)
    baseline = _baseline(episodes, courses, rows, steady)
    calibration = calibrate(baseline)
    return _with_courses(calibration, episodes, courses)


def _with_courses(calibration: Calibration, episodes: Sequence[Episode], courses: Sequence[Course]) -> Calibration:
    """Committed supply in place of the scenario's plan, and refineries that never bind where there is one stage."""
    p = calibration.parameters
    capacity, cost, trade = calibration.capacity_t.copy(), calibration.refinery_cost.copy(), calibration.trade_ln.copy()
    for m, episode in enumerate(episodes):
        if not has_ore_layer(episode):
            wider = p.refinery_utilisation / AMPLE
            capacity[:, m, REFINE] *= wider
            cost[m] = -float(logit(AMPLE)) / p.refinery_steepness
            trade[m, ORE] -= np.log(wider)
    trend = np.zeros((len(courses[0].supply_ln), len(episodes), 3))
    for m, one in enumerate(courses):
        trend[:, m, MINE] = one.supply_ln
        if calibration.baseline.is_by_product[m]:
            trend[:, m, MINE] -= p.by_product_trend / 2  # which by-products without a host in the level get anyway
        trend[:, m, REFINE] = one.supply_ln
    schedule = replace(calibration.schedule, trend=trend)
    demand = calibration.baseline.demand_multiple
    makers = replace(
        calibration.makers,
        growth=np.ones((len(demand), 1)),
        intensity=demand,
        trend=np.zeros_like(calibration.makers.trend),
    )
    return replace(
        calibration, capacity_t=capacity, refinery_cost=cost, trade_ln=trade, schedule=schedule, makers=makers
    )


def _history(episode: Episode) -> Array:
    """Real prices relative to the last, ln, oldest first; years that are missing count as the median of the others."""
    prices = episode.baseline.price_history_usd2024_per_t
    known = np.log([prices[year] for year in sorted(prices)] or [1.0])
    known = known - known[-1]
    known = known[-HISTORY_YEARS:]
    return np.concatenate([np.full(HISTORY_YEARS - len(known), np.median(known[-8:])), known])


def _utilisation(history: Array, row: MineralRow, one: Course, p: Parameters) -> float:
    long_run = float(np.median(history[-8:]))
    rule = 1.0 / (1.0 + np.exp(-(logit(p.normal_utilisation) - row.steepness * long_run)))
    return float(rule / (1.0 + one.idle_surplus))


def _baseline(
    episodes: Sequence[Episode], courses: Sequence[Course], rows: Sequence[MineralRow], p: Parameters
) -> Baseline:
    names = market_names(episodes)
    axes = Axes(nations=names, minerals=tuple(episode.id for episode in episodes), products=("use",))
    n, m = len(names), len(episodes)
    supply, use, smelted = np.zeros((n, m)), np.zeros((n, m)), np.zeros((n, m))
    closed = np.zeros((m, n, n), dtype=bool)
    cover, spare = np.zeros(m), np.zeros(m)
    for k, (episode, row, one) in enumerate(zip(episodes, rows, courses, strict=True)):
        made, used = ordered_shares(episode)
        supply[: len(made), k], use[: len(made), k] = made, used
        use[n - 1, k] = 1.0 - used.sum()
        smelted[:, k] = supply[:, k]
        if has_ore_layer(episode):
            abroad = min(episode.shock.world_supply_removed_share.nominal or 0.0, 0.9 * supply[0, k])
            smelted[0, k] -= abroad
            smelted[n - 1, k] += abroad
        else:
            closed[k] = ~np.eye(n, dtype=bool)
        months = episode.shock.buffer_stock_months_est or episode.baseline.stock_cover_months or row.ordinary_cover
        cover[k], spare[k] = months / 6.0, max(months - row.ordinary_cover, 0.0) / 6.0
        # Stocks grow with use: what they take is part of the base flows.
        use[:, k] /= 1.0 + one.supply_ln[0] * cover[k]
    history = np.stack([_history(episode) for episode in episodes], 1)
    column = lambda name: np.array([getattr(row, name) for row in rows])  # noqa: E731
    utilisation = np.array([_utilisation(history[:, k], rows[k], courses[k], p) for k in range(m)])
    growth = np.exp(np.stack([np.cumsum(one.demand_ln) - one.demand_ln[0] for one in courses], 1))
    lead = column("lead").astype(np.int64)
    ones, none = np.ones(m), np.zeros(m)
    return Baseline(
        axes=axes,
        parameters=p,
        network=_network(names),
        price_usd_per_t=np.full(m, 20_000.0),
        ore_price_usd_per_t=np.full(m, 10_000.0),
        refined_per_ore=ones,
        supply_steepness=column("steepness"),
        investment_elasticity=column("investment_elasticity"),
        demand_elasticity=column("demand_elasticity"),
        demand_elasticity_long=column("demand_elasticity_long"),
        investment_lead=lead,
        mine_lead=lead,
        refinery_lead=np.full(m, 4),
        recycler_lead=np.full(m, 3),
        stock_cover=cover,
        spare_cover=spare,
        choke_ln=np.log(column("choke")),
        price_volatility=ones,
        demand_noise=none,
        outage_noise=none,
        mine_capex_usd_per_tpa=ones,
        refinery_capex_usd_per_tpa=ones,
        recycler_capex_usd_per_tpa=ones,
        gross_ore=ones,
        gross_refined=ones,
        recovery=ones,
        collection=none,
        collection_2030=none,
        collection_2040=none,
        is_by_product=column("is_by_product").astype(bool),
        host=np.full((m, 2), -1),
        stock_change_t=none,
        mined_t=WORLD_T * supply,
        reserves_t=np.full((n, m), RESERVE_YEARS * WORLD_T),
        refined_primary_t=WORLD_T * smelted,
        refined_secondary_t=np.zeros((n, m)),
        synthetic_t=np.zeros((n, m)),
        consumption_t=WORLD_T * use,
        direct_use_t=np.zeros((n, m)),
        mine_utilisation=np.tile(utilisation, (n, 1)),
        royalty=np.zeros((n, m)),
        foreign_share=np.zeros((n, n, m, 2)),
        product_share=np.ones((m, 1)),
        manufacturing_share=np.full((n, 1), 1.0 / n),
        final_share=np.full((n, 1), 1.0 / n),
        product_lifetime=np.array([20.0]),
        product_lifetime_shape=np.array([3.0]),
        product_choke=np.zeros(1),
        past_growth=np.zeros((m, 1)),
        recoverable_share=np.ones((m, 1)),
        product_value=np.ones(1),
        product_world_usd_bn=np.ones(1),
        demand_multiple=growth[:, :, None],
        affinity=np.zeros((n, n)),
        ore_open=~closed,
        refined_open=np.ones((m, n, n), dtype=bool),
        history_ln=history,
        project_turn=np.zeros(0, dtype=np.int64),
        project_nation=np.zeros(0, dtype=np.int64),
        project_mineral=np.zeros(0, dtype=np.int64),
        project_stage=np.zeros(0, dtype=np.int64),
        project_t=np.zeros(0),
        gdp_usd_bn=np.full(n, 500.0),
        population_m=np.full(n, 50.0),
        governance=np.ones(n),
        licence=np.ones(n),
        integrity=np.ones(n),
        risk_premium=np.zeros(n),
        opening_support=np.full(n, 50.0),
        opening_public_stock_months=np.zeros((n, m)),
        trust=np.full((n, n), 50.0),
    )


def _network(nations: tuple[str, ...]) -> Network:
    """Everybody next to everybody, by sea and without corridors: an episode knows no distances."""
    n = len(nations)
    place, home = np.arange(n), np.eye(n, dtype=bool)
    return Network(
        nations=nations,
        node_id=("sea", *(f"port_{i}" for i in range(n))),
        node_lon=np.zeros(n + 1),
        node_lat=np.zeros(n + 1),
        sea_nodes=1,
        lane=np.stack([np.zeros(n, dtype=np.int64), 1 + place], 1),
        lane_km=np.ones(n),
        lane_is_spare=np.zeros(n, dtype=bool),
        corridor_ids=(),
        corridor_kind=(),
        corridor_lon=np.zeros(0),
        corridor_lat=np.zeros(0),
        corridor_nodes=(),
        passages=Passages.calm(0),
        access_nation=place,
        access_node=1 + place,
        access_land_km=np.zeros(n),
        access_corridor=np.full(n, -1),
        access_way=((),) * n,
        origin_access=np.where(home, -1, place[:, None]),
        destination_access=np.where(home, -1, place[None, :]),
        sea_km=np.where(home, 0.0, 2.0),
        land_km=np.zeros((n, n)),
        overland_km=np.full((n, n), np.nan),
        is_overland=np.zeros((n, n), dtype=bool),
        overland_corridor=np.full((n, n), -1),
        overland_way={},
        sea_corridors=tuple(((),) * n for _ in range(n)),
        days=np.zeros((n, n)),
    )
