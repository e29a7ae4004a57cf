"""What an episode says, turn by turn: the reading rules by which a shock block becomes arrays.

The rules are the same for all episodes. Quantities follow the `effective` shares, fear the `nominal` or `feared` ones.
Demand and committed supply grow by the five-year trend; stated yearly changes replace it in their years, a single
number in the first year only. In a boom growth is never below trend, since a realised stagnation is the answer to the
price and not the shock; in a glut committed supply is demand times one plus the stated surplus. A measure shorter than
a turn counts pro rata; fear does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.content.episode import Episode, Ratio, month_number

Array = NDArray[np.float64]

MONTHS_PER_TURN = 6
FIRST_YEAR_TURNS = 2
EXPORT_WORDS = ("export", "embargo")
WAR_WORDS = ("war", "conflict", "sanction", "blockade")


@dataclass(frozen=True)
class Course:
    """Arrays over turns 0 (before the start) to T; shares are of the supply that must clear."""

    demand_ln: Array  # growth of demand in the turn
    supply_ln: Array  # growth of committed supply
    removed: Array  # share of supply taken away
    feared: Array  # share of supply that buyers fear to lose while the threat lasts, not yet weighted for a licence
    is_export: bool  # an export measure of the home nation; otherwise capacity is lost
    is_licence: bool
    is_apart: bool  # shares are of supply to the rest of the world, else of the whole world's
    idle_surplus: float  # capacity beyond demand that already stood idle at the start


def course(episode: Episode, turns: int) -> Course:
    """The course of an episode over `turns` turns."""
    shock = episode.shock
    demand = _demand(episode, turns)
    removed, feared = np.zeros(turns + 1), np.zeros(turns + 1)
    begins = month_number(shock.effective_from) - episode.start_month if shock.effective_from else 0
    ends = np.inf if shock.duration_months is None else begins + shock.duration_months
    if shock.then is not None and shock.then.change is not None:
        ends = np.inf
    threat = _threatened(episode)
    for t in range(1, turns + 1):
        months = np.arange(MONTHS_PER_TURN * (t - 1), MONTHS_PER_TURN * t)
        effective = [_effective(episode, month - begins) for month in months]
        removed[t] = np.mean(np.where((months >= begins) & (months < ends), effective, 0.0))
        feared[t] = threat if months[0] < ends else 0.0
    return Course(
        demand_ln=demand,
        supply_ln=_supply(episode, demand),
        removed=np.maximum(removed, 0.0),
        feared=feared,
        is_export=_is_export(episode),
        is_licence="licence" in shock.lever,
        is_apart=shock.row_supply_removed_share is not None,
        idle_surplus=0.0 if _is_glut(episode) else _number(shock.surplus_share_of_demand),
    )


def _is_export(episode: Episode) -> bool:
    """Whether the shock holds back exports and leaves output alone."""
    return any(word in episode.shock.lever for word in EXPORT_WORDS)


def _is_glut(episode: Episode) -> bool:
    """Whether supply outgrows demand by itself."""
    shock = episode.shock
    growing = bool(shock.supply_change) or shock.supply_change_per_year is not None
    return shock.lever.startswith("supply") and (growing or shock.surplus_share_of_demand is not None)


def _effective(episode: Episode, month: float) -> float:
    """Share of supply taken away so many months after it began: the effective, else the nominal share.

    Where the file states no share, the stated change of the actor's exports or output.
    """
    shock = episode.shock
    stated = (shock.row_supply_removed_share or shock.world_supply_removed_share).effective_in(month)
    return _changed(episode) if stated is None else stated


def _changed(episode: Episode) -> float:
    """Share of world supply that the stated change of the actor's exports or output would take."""
    shock, before = episode.shock, episode.baseline
    if shock.change is None or shock.change >= 0:
        return 0.0
    first = next(iter(before.supply_share))
    held = sum(before.supply_share.get(actor, 0.0) for actor in shock.actors) or before.supply_share[first]
    if _is_export(episode) and first in shock.actors:
        held -= before.use_share_of_first_supplier or 0.0
    return -shock.change * max(held, 0.0)


def _threatened(episode: Episode) -> float:
    """Share of supply that buyers fear to lose: the feared, else the nominal share of a measure, war or conflict."""
    shock = episode.shock
    shares = shock.row_supply_removed_share or shock.world_supply_removed_share
    if shares.feared is not None:
        return shares.feared
    if not _is_export(episode) and not any(word in shock.lever for word in WAR_WORDS):
        return 0.0
    return max(shares.nominal if shares.nominal is not None else _effective(episode, 0.0), 0.0)


def _number(value: float | dict[int, Ratio] | None) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _year(episode: Episode, turn: int) -> int:
    """Calendar year in which most of a turn lies."""
    return (episode.start_month + MONTHS_PER_TURN * (turn - 1) + MONTHS_PER_TURN // 2) // 12


def _is_on(episode: Episode, turn: int) -> bool:
    """Whether a yearly change still holds at the start of a turn."""
    lasts = episode.shock.duration_months
    return lasts is None or MONTHS_PER_TURN * (turn - 1) < lasts


def _demand(episode: Episode, turns: int) -> Array:
    """Growth of demand per turn, ln [T + 1]."""
    shock, trend = episode.shock, episode.baseline.trend_growth_per_year
    stated = shock.demand_change
    growth = np.full(turns + 1, trend)
    for t in range(1, turns + 1):
        if isinstance(stated, dict):
            growth[t] = stated.get(_year(episode, t), trend)
        elif stated is not None and t <= FIRST_YEAR_TURNS:
            growth[t] = stated
        elif shock.demand_change_per_year is not None and _is_on(episode, t):
            growth[t] = shock.demand_change_per_year
    if shock.lever == "demand_growth":
        growth = np.maximum(growth, trend)
    return np.log1p(growth) / FIRST_YEAR_TURNS


def _supply(episode: Episode, demand_ln: Array) -> Array:
    """Growth of committed supply per turn, ln [T + 1]."""
    shock, trend = episode.shock, episode.baseline.trend_growth_per_year
    growth = np.full(len(demand_ln), np.log1p(trend) / FIRST_YEAR_TURNS)
    surplus = shock.surplus_share_of_demand if _is_glut(episode) else None
    standing = 0.0
    for t in range(1, len(growth)):
        wanted = surplus.get(_year(episode, t)) if isinstance(surplus, dict) else surplus
        if wanted is not None and _is_on(episode, t):
            # A year's surplus builds up over its turns.
            left = FIRST_YEAR_TURNS - (t - 1) % FIRST_YEAR_TURNS
            reached = standing + (wanted - standing) / left
            growth[t] = demand_ln[t] + np.log1p(reached) - np.log1p(standing)
            standing = reached
        elif _year(episode, t) in shock.supply_change:
            growth[t] = np.log1p(shock.supply_change[_year(episode, t)]) / FIRST_YEAR_TURNS
        elif shock.supply_change_per_year is not None and _is_on(episode, t):
            growth[t] = np.log1p(shock.supply_change_per_year) / FIRST_YEAR_TURNS
    return growth
