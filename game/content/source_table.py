"""Reads the source tables, and makes rows with sources of their figures."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from game.content.table_text import number

Rows = list[dict[str, str]]
Sources = Callable[[str], Rows]

_SOURCE_WORDS = (
    ("usgs mcs 2025", "usgs_mcs_2025"),
    ("usgs mcs 2026", "usgs_mcs_2026"),
    ("mineral commodity summaries 2026", "usgs_mcs_2026"),
    ("mineral commodity summaries", "usgs_mcs"),
    ("usgs", "usgs_mcs_2026"),
    ("iea", "iea_2025"),
    ("imf", "imf_prices"),
    ("lynas", "lynas_prices"),
    ("company reports", "company_reports"),
    ("icsg", "study_groups"),
    ("insg", "study_groups"),
    ("cobalt institute", "study_groups"),
    ("wpic", "study_groups"),
    ("worldsteel", "study_groups"),
    ("semi ", "study_groups"),
)


def read_sources(folder: Path) -> Sources:
    """Return a reader of the source tables in `folder`, by name without .csv."""

    def rows(name: str) -> Rows:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


def source_id(text: str) -> str:
    """Return the id of the publication that a free text names first, or the project's own estimate."""
    lower = text.lower()
    found = [(lower.index(words), len(words), name) for words, name in _SOURCE_WORDS if words in lower]
    return min(found, key=lambda item: (item[0], -item[1]))[2] if found else "project_estimate"


def slug(text: str) -> str:
    """Return a lower_snake id made of a name."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:80]


def figure(value: str | float, confidence: str, source: str, note: str = "") -> dict[str, Any]:
    """Return a number with its source as a row."""
    row: dict[str, Any] = {"value": number(float(value), 9), "confidence": confidence, "source": source}
    return row | ({"note": note} if note else {})


def by_nation(rows: Rows, column: str, zero: bool = False, key: str = "mineral") -> dict[str, dict[str, Any]]:
    """Return key -> nation -> figure from one column; rows without a figure are left out, zeros too unless kept."""
    table: dict[str, dict[str, Any]] = {}
    for row in rows:
        cells = table.setdefault(row[key], {})
        if row[column] and (zero or float(row[column]) > 0):
            cells[row["nation"]] = figure(row[column], row["confidence"], source_id(row["source"]), row["source"])
    return table


def plain_rows(rows: Rows, key: str, words: Iterable[str], extra: dict[str, str] | None = None) -> dict[str, Any]:
    """Return rows by `key`; columns in `words` stay text, all others become numbers."""
    text = set(words)
    return {
        row[key]: {
            column: value if column in text else number(float(value)) for column, value in row.items() if column != key
        }
        | (extra or {})
        for row in rows
    }
