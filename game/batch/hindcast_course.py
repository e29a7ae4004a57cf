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
    apart = shock.row_supply_removed_share is not None
    shares = shock.row_supply_removed_share or shock.world_supply_removed_share
    is_export = shock.lever.startswith("export_")
    is_glut = shock.lever.startswith("supply")
    removed, feared = np.zeros(turns + 1), np.zeros(turns + 1)
    begins = month_number(shock.effective_from) - episode.start_month if shock.effective_from else 0
    ends = np.inf if shock.duration_months is None else begins + shock.duration_months
    if shock.then is not None and shock.then.change is not None:
        ends = np.inf
    for t in range(1, turns + 1):
        months = np.arange(MONTHS_PER_TURN * (t - 1), MONTHS_PER_TURN * t)
        inside = (months >= begins) & (months < ends)
        effective = [shares.effective_in(month - begins) for month in months]
        removed[t] = np.mean(np.where(inside, effective, 0.0))
        if months[0] < ends:
            feared[t] = (shares.feared if shares.feared is not None else shares.nominal) or 0.0
    threatens = is_export or shares.feared is not None
    return Course(
        demand_ln=demand,
        supply_ln=_supply(episode, demand),
        removed=np.zeros(turns + 1) if is_glut else np.maximum(removed, 0.0),
        feared=feared if threatens else np.zeros(turns + 1),
        is_export=is_export,
        is_licence="licence" in shock.lever,
        is_apart=apart,
        idle_surplus=0.0 if is_glut else _number(shock.surplus_share_of_demand),
    )


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
    if shock.lever.startswith("demand"):
        growth = np.maximum(growth, trend)
    return np.log1p(growth) / FIRST_YEAR_TURNS


def _supply(episode: Episode, demand_ln: Array) -> Array:
    """Growth of committed supply per turn, ln [T + 1]."""
    shock, trend = episode.shock, episode.baseline.trend_growth_per_year
    growth = np.full(len(demand_ln), np.log1p(trend) / FIRST_YEAR_TURNS)
    is_glut = shock.lever.startswith("supply")
    surplus = shock.surplus_share_of_demand if is_glut else None
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
