"""Episodes as markets of one small world: every episode is a mineral, its suppliers and users are the nations.

Minerals never touch in the clearing, so the episodes run side by side in one call per turn, through the same `advance`,
with the same parameters, as a game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from game.batch.hindcast_blank import blank_baseline
from game.batch.hindcast_course import Course
from game.content.episode import Episode
from game.content.episode_mineral import MineralRow
from game.engine.axes import MINE, ORE, REFINE, Axes
from game.engine.baseline import Baseline, Parameters
from game.engine.calibrate import Calibration, calibrate, logit

Array = NDArray[np.float64]

MONTHS_PER_TURN = 6.0
WORLD_T = 2000.0  # tonnes a year of every episode's world supply; only shares matter
HISTORY_YEARS = 12
ORDINARY_HOME_USE = 0.2  # share of its supply that a supplier uses where the file does not say
AMPLE = 0.5  # utilisation of refineries where an episode knows one stage alone, so that they never bind
RESERVE_YEARS = 2000.0
MOST_ORE_ABROAD = 0.9  # of what the home nation mines
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
    known = (known - known[-1])[-HISTORY_YEARS:]
    return np.concatenate([np.full(HISTORY_YEARS - len(known), np.median(known[-8:])), known])


def _utilisation(history: Array, row: MineralRow, one: Course, p: Parameters) -> float:
    """Share of mine capacity at work before the start: that of the long-run price, less what stood idle besides."""
    long_run = float(np.median(history[-8:]))
    rule = 1.0 / (1.0 + np.exp(-(logit(p.normal_utilisation) - row.steepness * long_run)))
    return float(rule / (1.0 + one.idle_surplus))


def _cover(episode: Episode, row: MineralRow) -> tuple[float, float]:
    """Stock before the start, and the part of it beyond ordinary needs, in half-years of use."""
    months = episode.shock.buffer_stock_months_est or episode.baseline.stock_cover_months or row.ordinary_cover
    return months / MONTHS_PER_TURN, max(months - row.ordinary_cover, 0.0) / MONTHS_PER_TURN


def _flows(episodes: Sequence[Episode], nations: int) -> dict[str, Array]:
    """Shares of world supply mined, refined and used, [N, M], and the ore arcs that are open, [M, N, N]."""
    mined, refined, used = (np.zeros((nations, len(episodes))) for _ in range(3))
    ore_open = np.tile(np.eye(nations, dtype=bool), (len(episodes), 1, 1))
    for m, episode in enumerate(episodes):
        supply, use = ordered_shares(episode)
        mined[: len(supply), m], used[: len(supply), m] = supply, use
        used[-1, m] = 1.0 - use.sum()
        refined[:, m] = mined[:, m]
        if has_ore_layer(episode):
            # The measure stops the ore that went abroad, so its nominal share is what users refined of it.
            abroad = min(episode.shock.world_supply_removed_share.nominal or 0.0, MOST_ORE_ABROAD * supply[0])
            refined[0, m] -= abroad
            refined[-1, m] += abroad
            ore_open[m] = True
    return {"mined": mined, "refined": refined, "used": used, "ore_open": ore_open}


def _has_ore(mined: Array) -> NDArray[np.bool_]:
    """Who can mine [N, M]: an episode's own suppliers and, as entrants, its users; not the suppliers of others."""
    able = mined > 0
    able[-1] = True
    return able


def _baseline(
    episodes: Sequence[Episode], courses: Sequence[Course], rows: Sequence[MineralRow], p: Parameters
) -> Baseline:
    """What the files say of the markets, on a blank baseline."""
    names = market_names(episodes)
    n = len(names)
    flows = _flows(episodes, n)
    cover, spare = np.array([_cover(*pair) for pair in zip(episodes, rows, strict=True)]).T
    # Stocks grow with use: what they take is part of the base flows.
    used = flows["used"] / (1.0 + cover * np.array([one.supply_ln[0] for one in courses]))
    history = np.stack([_history(episode) for episode in episodes], 1)
    known = zip(history.T, rows, courses, strict=True)
    utilisation = np.array([_utilisation(path, row, one, p) for path, row, one in known])
    growth = np.exp(np.stack([np.cumsum(one.demand_ln) - one.demand_ln[0] for one in courses], 1))
    lead = np.array([row.lead for row in rows])
    return replace(
        blank_baseline(Axes(names, tuple(episode.id for episode in episodes), ("use",)), p),
        supply_steepness=np.array([row.steepness for row in rows]),
        investment_elasticity=np.array([row.investment_elasticity for row in rows]),
        demand_elasticity=np.array([row.demand_elasticity for row in rows]),
        demand_elasticity_long=np.array([row.demand_elasticity_long for row in rows]),
        investment_lead=lead,
        mine_lead=lead,
        stock_cover=cover,
        spare_cover=spare,
        choke_ln=np.log([row.choke for row in rows]),
        is_by_product=np.array([row.is_by_product for row in rows]),
        mined_t=WORLD_T * flows["mined"],
        reserves_t=RESERVE_YEARS * WORLD_T * _has_ore(flows["mined"]),
        refined_primary_t=WORLD_T * flows["refined"],
        consumption_t=WORLD_T * used,
        mine_utilisation=np.tile(utilisation, (n, 1)),
        demand_multiple=growth[:, :, None],
        ore_open=flows["ore_open"].astype(bool),
        history_ln=history,
    )
