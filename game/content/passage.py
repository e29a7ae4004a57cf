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


def passage_problems(rows: Rows) -> Iterator[Problem]:
    """Yield figures out of bounds, neighbours that do not exist and plans without a year."""
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
        plan = row.get("planned")
        if plan is not None and not (isinstance(plan, Mapping) and {"year", "kt"} <= set(plan)):
            hint = _("write it as {form}", form="{year: 2030, kt: 1500}")
            yield Problem("error", where, _("planned is {value!r}", value=plan), hint)


def passages_of(rows: Rows, nations: tuple[str, ...]) -> Passages:
    """The passages of the corridors in the order of their rows; nations that are not in play hold nothing."""
    names = list(rows)
    planned = [(c, row["planned"]) for c, row in enumerate(rows.values()) if "planned" in row]
    neighbours = np.zeros((len(names), len(names)), dtype=bool)
    for c, row in enumerate(rows.values()):
        neighbours[c, [names.index(other) for other in row.get("neighbours", ())]] = True
    return Passages(
        capacity_t=_column(rows, "capacity_kt") * TONNES_PER_KT,
        headroom=_headroom(rows),
        plan_turn=np.array([_middle_of(plan["year"]) for _c, plan in planned], dtype=np.int64),
        plan_corridor=np.array([c for c, _plan in planned], dtype=np.int64),
        plan_t=np.array([plan["kt"] for _c, plan in planned], dtype=float) * TONNES_PER_KT,
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


def _headroom(rows: Rows) -> Any:
    """Corridors with neither capacity nor headroom have no limit; with a capacity alone, that is the limit."""
    return np.array(
        [row.get("headroom", 0.0 if "capacity_kt" in row else np.inf) for row in rows.values()], dtype=float
    )


def _middle_of(year: int) -> int:
    """The turn that begins in the middle of a year."""
    return max((int(year) - FIRST_YEAR) * TURNS_PER_YEAR + 2, 1)
