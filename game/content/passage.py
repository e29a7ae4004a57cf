"""What can pass each corridor, who holds it and how it is disturbed, from the rows of corridors.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from game.engine.axes import TURNS_PER_YEAR
from game.engine.network import Passages
from game.problems import Problem
from game.registry import unknown_name
from game.text import _

Rows = Mapping[str, Mapping[str, Any]]

FIRST_YEAR = 2025  # turn 1 is its first half
TONNES_PER_KT = 1000.0

# Bounds of the figures that a corridor may have; without a line of its own each has the default.
BOUNDS: dict[str, tuple[float, float, float]] = {
    "capacity_kt": (0.0, float("inf"), 0.0),
    "headroom": (0.0, float("inf"), float("inf")),
    "closing_odds": (0.0, 1.0, 0.0),
    "open_share": (0.0, 1.0, 0.0),
    "closed_turns": (1.0, 40.0, 1.0),
    "war_risk": (0.0, 1.0, 0.0),
}
# Bounds of the figures of works at a corridor, and what they are where a line leaves them out.
WORKS: dict[str, tuple[float, float, float]] = {
    "kt": (0.0, float("inf"), 0.0),
    "cost_usd_bn": (0.0, 1000.0, 0.0),
    "turns": (1.0, 40.0, 8.0),
    "rail_km": (0.0, 20000.0, 0.0),
    "year": (FIRST_YEAR, 2200.0, 0.0),
}
STATES = ("under_construction", "announced")


def passage_problems(rows: Rows) -> Iterator[Problem]:
    """Yield figures out of bounds, neighbours that do not exist and works that cannot be read."""
    for name, row in rows.items():
        where = f"corridors.yaml: {name}"
        for key, (low, high, default) in BOUNDS.items():
            value = row.get(key, default)
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                hint = _("a number from {low:g} to {high:g}", low=low, high=high)
                yield Problem("error", where, _("{key} is {value!r}", key=key, value=value), hint)
        for other in row.get("neighbours", ()):
            if other not in rows:
                yield unknown_name("corridor", str(other), rows, where)
        yield from _works_problems(where, row.get("works"))


def _works_problems(where: str, works: Any) -> Iterator[Problem]:
    if works is None:
        return
    if not isinstance(works, Mapping) or works.get("state") not in STATES:
        hint = _("write it as {form}", form="{state: announced, kt: 1500, cost_usd_bn: 4, turns: 8}")
        yield Problem("error", where, _("works is {value!r}", value=works), hint)
        return
    for key, value in works.items():
        if key in WORKS:
            low, high, _default = WORKS[key]
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                hint = _("a number from {low:g} to {high:g}", low=low, high=high)
                yield Problem("error", where, _("works: {key} is {value!r}", key=key, value=value), hint)
    if works["state"] == "under_construction" and "year" not in works:
        yield Problem("error", where, _("works under construction have no year"), _("say when they open: year: 2030"))


def passages_of(rows: Rows, nations: tuple[str, ...]) -> Passages:
    """The passages of the corridors in the order of their rows; nations that are not in play hold nothing."""
    names = list(rows)
    neighbours = np.zeros((len(names), len(names)), dtype=bool)
    for c, row in enumerate(rows.values()):
        neighbours[c, [names.index(other) for other in row.get("neighbours", ())]] = True
    return Passages(
        capacity_t=_column(rows, "capacity_kt") * TONNES_PER_KT,
        headroom=_headroom(rows),
        has_works=np.array(["works" in row for row in rows.values()]),
        works_turn=np.array([_opening(row.get("works", {})) for row in rows.values()], dtype=np.int64),
        works_t=_works(rows, "kt") * TONNES_PER_KT,
        works_usd_bn=_works(rows, "cost_usd_bn"),
        works_turns=_works(rows, "turns").astype(np.int64),
        works_rail_km=_works(rows, "rail_km"),
        owners=tuple(
            tuple(nations.index(name) for name in row.get("controlling_nations", ()) if name in nations)
            for row in rows.values()
        ),
        closing_odds=_column(rows, "closing_odds"),
        open_share=_column(rows, "open_share"),
        closed_turns=_column(rows, "closed_turns"),
        neighbours=neighbours,
        war_risk=_column(rows, "war_risk"),
    )


def _column(rows: Rows, key: str) -> Any:
    return np.array([row.get(key, BOUNDS[key][2]) for row in rows.values()], dtype=float)


def _works(rows: Rows, key: str) -> Any:
    return np.array([row.get("works", {}).get(key, WORKS[key][2]) for row in rows.values()], dtype=float)


def _opening(works: Mapping[str, Any]) -> int:
    """The turn in which works under way open, 0 for none: whatever has a year opens in its middle."""
    return _middle_of(works["year"]) if "year" in works else 0


def _headroom(rows: Rows) -> Any:
    """Corridors with neither capacity nor headroom have no limit; with a capacity alone, that is the limit."""
    return np.array(
        [row.get("headroom", 0.0 if "capacity_kt" in row else np.inf) for row in rows.values()], dtype=float
    )


def _middle_of(year: int) -> int:
    """The turn that begins in the middle of a year."""
    return max((int(year) - FIRST_YEAR) * TURNS_PER_YEAR + 2, 1)
