"""Model against observed: the accepted bands of an episode read on half-years.

Turn k covers months 6(k-1) to 6k after the start. The band of a peak runs from the yearly low to the monthly high,
since a half-year mean lies between the two (that of a trough from the monthly low to the yearly high). `months_to_peak`
is inside when any month of the turn is, both ends counted; the turn is the first within 5 % of the extreme, so that a
plateau counts from its beginning. A figure for a month is that of the turn that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from game.batch.hindcast_course import MONTHS_PER_TURN
from game.batch.hindcast_run import Paths
from game.content.episode import Band, Episode

Array = NDArray[np.float64]

PLATEAU = 0.05
SHORTEST_WINDOW = 2  # turns


@dataclass(frozen=True)
class Check:
    """One figure of the model and the band it is held to."""

    episode: str
    metric: str
    model: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the model is within the band, ends counted."""
        return bool(self.low <= self.model <= self.high)

    def as_row(self) -> dict[str, object]:
        """The row of the JSON report."""
        return {
            "episode": self.episode,
            "metric": self.metric,
            "model": round(self.model, 4),
            "low": self.low if isfinite(self.low) else None,
            "high": self.high if isfinite(self.high) else None,
            "inside": self.inside,
        }


@dataclass(frozen=True)
class Outcome:
    """One episode's paths, [T + 1]; turn 0 is the half-year before the start."""

    episode: Episode
    price: Array
    home_price: Array
    refined_share: Array
    mined_share: Array
    long_run: float

    @property
    def is_trough(self) -> bool:
        """Whether the episode is about a fall."""
        return any(name.startswith(("trough", "months_to_trough")) for name in self.episode.accept)

    @property
    def extreme(self) -> int:
        """Turn of the highest (lowest) half-year within what the episode observes."""
        seen = self.price[1 : 1 + peak_turns(self.episode)]
        return 1 + int(np.argmin(seen) if self.is_trough else np.argmax(seen))

    @property
    def reached(self) -> int:
        """First turn within 5 % of the extreme."""
        seen = self.price[1 : 1 + self.extreme]
        peak = self.price[self.extreme]
        near = seen <= peak * (1 + PLATEAU) if self.is_trough else seen >= peak * (1 - PLATEAU)
        return 1 + int(np.argmax(near))

    def at(self, path: Array, turn: int) -> float:
        """A path in a turn; its last value beyond its end."""
        return float(path[min(turn, len(path) - 1)])


def outcomes(episodes: Sequence[Episode], paths: Paths) -> list[Outcome]:
    """The paths of each episode."""
    return [
        Outcome(
            episode, paths.price[:, m], paths.home_price[:, m], paths.refined_share[:, m], paths.mined_share[:, m],
            float(paths.long_run[m]),
        )
        for m, episode in enumerate(episodes)
    ]  # fmt: skip


def turn_of(months: float) -> int:
    """The turn that holds a month after the start."""
    return int(months // MONTHS_PER_TURN) + 1


def observed_turns(episode: Episode) -> int:
    """Turns that the episode's observations and bands cover."""
    ends = [band.high for name, band in episode.accept.items() if name.startswith("months_to_")]
    months = [month for month in ends if isfinite(month)]
    peak = episode.observed.months_to_peak
    months += [peak] if peak is not None else []
    months += [month for month, _price in _dated(episode.observed.after_start, 0.0)]
    months += [month for month, _price in _dated(episode.observed.after_peak, peak or 0.0)]
    for name in episode.accept:
        found = re.search(r"(?:at|after|price|first)_(\d+)_months", name)
        months += [float(found[1])] if found else []
    return max(SHORTEST_WINDOW, turn_of(max(months, default=24.0)))


def peak_turns(episode: Episode) -> int:
    """Turns in which the extreme is looked for: up to the first later month that was observed beyond it."""
    seen = episode.observed
    turns = observed_turns(episode)
    if seen.price_peak is None or seen.price_before is None:
        return turns
    rose = 1.0 if seen.price_peak > seen.price_before else -1.0
    start, peak = _dated(seen.after_start, 0.0), _dated(seen.after_peak, seen.months_to_peak or 0.0)
    beyond = [month for month, price in start + peak if rose * (price - seen.price_peak) > 0]
    return max(SHORTEST_WINDOW, min([turns, *(int(month // MONTHS_PER_TURN) for month in beyond)]))


def _dated(values: dict[str, float | None], offset: float) -> list[tuple[float, float]]:
    """(months after the start, price) of the entries m12, m24 … that hold a figure."""
    return [(offset + float(key[1:]), value) for key, value in values.items() if value and key[1:].isdigit()]


def observed_points(episode: Episode) -> list[tuple[float, float]]:
    """(months after the start, multiple of the price before) of everything observed, in order."""
    seen = episode.observed
    if not seen.price_before:
        return []
    points = _dated(seen.after_start, 0.0)
    if seen.months_to_peak is not None:
        points += _dated(seen.after_peak, seen.months_to_peak)
        points += [(seen.months_to_peak, seen.price_peak)] if seen.price_peak else []
    return sorted((month, price / seen.price_before) for month, price in points)


def needed_turns(episodes: Sequence[Episode]) -> int:
    """Turns to run so that every check has its figure."""
    after = [int(n) for e in episodes for name in e.accept for n in re.findall(r"^m(\d+)_after_peak", name)]
    return max(map(observed_turns, episodes)) + turn_of(max(after, default=0))


# --- the metrics --------------------------------------------------------------------------------------------------


def _extreme_ratio(o: Outcome) -> float:
    return o.at(o.price, o.extreme)


def _months_to(o: Outcome, band: Band) -> float:
    """The month of the turn that lies nearest to the band's middle, so that it is inside when any month is."""
    first, last = MONTHS_PER_TURN * (o.reached - 1), MONTHS_PER_TURN * o.reached
    return float(np.clip((max(band.low, 0.0) + band.high) / 2, first, last))


def _annual(o: Outcome) -> float:
    """Mean of the peak year over that of the base year; years before the start count at the price before."""
    annual = o.episode.observed.annual
    if annual.base_year is None or annual.peak_year is None:
        pairs = (o.price[1:-1] + o.price[2:]) / 2
        pairs = pairs[: observed_turns(o.episode)]
        return float(pairs.min() if o.is_trough else pairs.max())
    return _year_mean(o, annual.peak_year) / _year_mean(o, annual.base_year)


def _year_mean(o: Outcome, year: int) -> float:
    months = 12 * year + np.arange(12) - o.episode.start_month
    return float(np.mean([1.0 if month < 0 else o.at(o.price, turn_of(month)) for month in months]))


def _after_peak(o: Outcome, months: int) -> float:
    return o.at(o.price, o.extreme + round(months / MONTHS_PER_TURN)) / o.at(o.price, o.extreme)


def _first_months(o: Outcome, months: int) -> float:
    return float(o.price[1 : 1 + max(1, round(months / MONTHS_PER_TURN))].mean())


def _home_over_outside(o: Outcome, turn: int) -> float:
    return o.at(o.home_price, turn) / o.at(o.price, turn)


# Marginal cost that the market is known to return to, US$ of 2024 per tonne of the price history: lithium carbonate
# 9,000-12,000, from the cost curves quoted for 2024-25.
LONG_RUN_COST_USD = {"lithium": 10_500.0}


def _long_run_cost(o: Outcome) -> float:
    """Long-run cost over the price before: a known one, else the price at which the model's miners stand still."""
    prices = o.episode.baseline.price_history_usd2024_per_t
    known = LONG_RUN_COST_USD.get(o.episode.mineral)
    return known / prices[max(prices)] if known and prices else o.long_run


_Metric = Callable[[Outcome, Band, int], float]
_METRICS: tuple[tuple[str, _Metric], ...] = (
    (r"(?:monthly_)?(?:peak|trough)_ratio", lambda o, b, n: _extreme_ratio(o)),
    (r"annual_ratio", lambda o, b, n: _annual(o)),
    (r"months_to_(?:peak|trough)", lambda o, b, n: _months_to(o, b)),
    (r"m(\d+)_after_(?:peak|trough)_over_(?:peak|trough)", lambda o, b, n: _after_peak(o, n)),
    (r"ratio_at_(\d+)_months", lambda o, b, n: o.at(o.price, turn_of(n))),
    (r"m(\d+)_after_start_over_before", lambda o, b, n: o.at(o.price, turn_of(n))),
    (r"price_after_(\d+)_months_over_before", lambda o, b, n: o.at(o.price, turn_of(n))),
    (r"price_(\d+)_months_after_start_over_before", lambda o, b, n: o.at(o.price, turn_of(n))),
    (r"first_(\d+)_months_ratio", lambda o, b, n: _first_months(o, n)),
    (r"domestic_over_export_at_(?:peak|trough)", lambda o, b, n: _home_over_outside(o, o.extreme)),
    (r"domestic_over_export_at_(\d+)_months", lambda o, b, n: _home_over_outside(o, turn_of(n))),
    (r"\w+_refined_share_after_(\d+)_months", lambda o, b, n: o.at(o.refined_share, turn_of(n))),
    (r"\w+_mined?_share_after_(\d+)_months", lambda o, b, n: o.at(o.mined_share, turn_of(n))),
    (r"floor_over_long_run_cost", lambda o, b, n: _extreme_ratio(o) / _long_run_cost(o)),
)


def known_metric(name: str) -> bool:
    """Whether a band's name says what to compare."""
    return any(re.fullmatch(pattern, name) for pattern, _metric in _METRICS)


def checks(o: Outcome) -> list[Check]:
    """Every band of an episode with the model's figure."""
    found = []
    for name, band in half_year_bands(o.episode).items():
        for pattern, metric in _METRICS:
            match = re.fullmatch(pattern, name)
            if match:
                number = int(match[1]) if match.groups() else 0
                found.append(Check(o.episode.id, name, metric(o, band, number), band.low, band.high))
                break
    return found


def half_year_bands(episode: Episode) -> dict[str, Band]:
    """The bands with those of the month and of the year joined into one for the half-year."""
    bands = dict(episode.accept)
    for name, joined in (("monthly_peak_ratio", "peak_ratio"), ("trough_ratio", "trough_ratio")):
        if name not in bands:
            continue
        monthly, annual = bands.pop(name), bands.pop("annual_ratio", None)
        ends = [monthly] if annual is None else [monthly, annual]
        low, high = min(band.low for band in ends), max(band.high for band in ends)
        bands = {joined: Band.model_construct(low=low, high=high), **bands}
    return bands
