"""Historical episodes: what was known before, the shock, what was observed and the bands a model is held to.

The format is read as it stands: keys nobody asks for (stories, sources, notes) are kept out of the way, absent figures
fall back on documented defaults, and what is there but wrong is said with file, line, value and remedy.
"""

from __future__ import annotations

import re
from math import inf, isfinite
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from game.content.validation import validated
from game.content.yaml_tree import Tree, read_tree
from game.problems import Problem, ProblemError
from game.text import _

Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
Ratio = Annotated[float, Field(ge=-1, lt=10)]
Share = Annotated[float, Field(ge=-1, le=1)]
ByYear = dict[int, Ratio]

_FIRST_MONTHS = re.compile(r"effective_first_(\d+)_months")


class Part(BaseModel):
    """A block of an episode: keys beyond those named here are allowed and left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class Removed(Part):
    """Shares of supply taken away: on paper, in effect, and as feared."""

    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)

    nominal: Share | None = None
    effective: Share | None = None
    feared: Share | None = None

    def effective_in(self, month: float) -> float | None:
        """Effective share so many months after the start, the nominal one where none is given, None without either."""
        later = None
        for key, value in (self.model_extra or {}).items():
            if not key.startswith("effective_") or not isinstance(value, int | float):
                continue
            first = _FIRST_MONTHS.fullmatch(key)
            if first and month < int(first[1]):
                return float(value)
            later = later if first else float(value)
        given = self.effective if self.effective is not None else later
        return self.nominal if given is None else given


class Then(Part):
    """A measure that follows the first."""

    lever: str = ""
    change: Ratio | None = None


class Shock(Part):
    """What happened, as data."""

    actor: str = "world"
    lever: str
    change: Ratio | None = None
    stage: str = ""
    effective_from: Month | None = None
    duration_months: Annotated[float, Field(gt=0)] | None = None
    then: Then | None = None
    world_supply_removed_share: Removed = Removed()
    row_supply_removed_share: Removed | None = None
    demand_change: Ratio | ByYear | None = None
    demand_change_per_year: Ratio | None = None
    supply_change: ByYear = {}
    supply_change_per_year: Ratio | None = None
    surplus_share_of_demand: Ratio | ByYear | None = None
    buffer_stock_months_est: Annotated[float, Field(gt=0, le=60)] | None = None

    @property
    def actors(self) -> list[str]:
        """Who acts, one by one."""
        return [name.strip() for name in re.split(r"[+,/]", self.actor)]


class Annual(Part):
    """Observed yearly means."""

    base_year: int | None = None
    peak_year: int | None = None
    ratio: float | None = None


class Observed(Part):
    """What the price did."""

    series: str = ""
    unit: str = ""
    price_before: float | None = None
    price_peak: float | None = None
    ratio: float | None = None
    months_to_peak: float | None = None
    after_start: dict[str, float | None] = {}
    after_peak: dict[str, float | None] = {}
    annual: Annual = Annual()


class Before(Part):
    """The market before the shock."""

    year: int | None = None
    supply_share: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(min_length=1)
    use_share_of_first_supplier: Annotated[float, Field(ge=0, lt=1)] | None = None
    trend_growth_per_year: Ratio = 0.03
    stock_cover_months: Annotated[float, Field(gt=0, le=60)] | None = None
    price_history_usd2024_per_t: dict[int, Annotated[float, Field(gt=0)]] = {}


class Band(Part):
    """Lowest and highest value that counts as a hit; an end that is left empty is open."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=True)

    low: float
    high: float

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: Any) -> Any:
        if not _is_pair(value):
            raise ValueError(_("write the lowest and highest accepted value, such as [1.2, 1.8]"))
        low, high = -inf if value[0] is None else value[0], inf if value[1] is None else value[1]
        if low > high:
            raise ValueError(_("the lowest comes first; turn the two around"))
        return {"low": low, "high": high}


def _is_pair(value: Any) -> bool:
    """Whether these are two ordinary numbers, one of which may be left empty."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and any(end is not None for end in value)
        and all(end is None or (isinstance(end, int | float) and isfinite(end)) for end in value)
    )


class Episode(Part):
    """One market, its shock and its outcome."""

    id: Annotated[str, Field(pattern=r"^[\w.-]+$", max_length=80)]
    mineral: Annotated[str, Field(pattern=r"^[\w.-]+$", max_length=80)]
    stage: str = "refined"
    type: str = ""
    start: Month
    story: str = ""
    shock: Shock
    observed: Observed = Observed()
    accept: dict[str, Band]
    baseline: Before

    @model_validator(mode="before")
    @classmethod
    def _without_prose(cls, data: Any) -> Any:
        """Leave the reasoning out of the bands."""
        if isinstance(data, dict) and isinstance(data.get("accept"), dict):
            bands = {key: value for key, value in data["accept"].items() if key not in ("reasoning", "note")}
            return {**data, "accept": bands}
        return data

    @property
    def start_month(self) -> int:
        """Months from year 0 to the start."""
        return month_number(self.start)


class EpisodeFile(Part):
    """A file of episodes."""

    episodes: list[Episode] = Field(min_length=1)


def month_number(date: str) -> int:
    """Months from year 0 of a date such as 2025-02 or 2025-02-22."""
    year, month = date.split("-")[:2]
    return 12 * int(year) + int(month) - 1


def load_episodes(path: Path) -> list[Episode]:
    """Return the episodes of a file. Raises ProblemError with every problem it has."""
    tree = read_tree(path)
    place = lambda *steps: tree.where(steps)  # noqa: E731
    file, found = validated(EpisodeFile, tree.data, place, path.name)
    problems = tree.problems + [item.problem for item in found]
    if file is not None:
        problems += _inconsistent(file.episodes, tree)
    if file is None or any(problem.severity == "error" for problem in problems):
        raise ProblemError(problems)
    return file.episodes


def _inconsistent(episodes: list[Episode], tree: Tree) -> list[Problem]:
    """Figures that are each well formed and do not fit together."""
    problems, seen = [], set()
    for k, episode in enumerate(episodes):
        here: tuple[str | int, ...] = ("episodes", k)
        if episode.id in seen:
            what = _("the id {id} stands twice", id=episode.id)
            problems.append(Problem("error", tree.where((*here, "id")), what, _("rename one of the two")))
        seen.add(episode.id)
        total = sum(episode.baseline.supply_share.values())
        if abs(total - 1.0) > 0.02:
            what = _("{id}: supply shares sum to {total:.3f}", id=episode.id, total=total)
            where = tree.where((*here, "baseline", "supply_share"))
            problems.append(Problem("error", where, what, _("make them sum to 1; REST may hold what is left")))
        if not 1 <= int(episode.start.split("-")[1]) <= 12:
            what = _("{id}: {start} is no month", id=episode.id, start=episode.start)
            problems.append(
                Problem("error", tree.where((*here, "start")), what, _("write year-month, such as 2010-07"))
            )
    return problems
