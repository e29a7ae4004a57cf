"""Markdown for the almanac's generated pages: tables, grades of confidence, links to sources."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from game.content.models.row import SourceRow
from game.content.table_text import number

OWN_ESTIMATE = "project_estimate"
OWN_PUBLISHER = "The Chokepoint project"
GRADES = {
    "A": "published: the figure stands in the source as it stands here",
    "B": "derived: computed or fitted from published figures",
    "C": "estimate: the project's judgement from the source named",
    "D": "estimate: the project's judgement without a source of its own; treat as an order of magnitude",
}
_BY_CONFIDENCE = {"published": "A", "derived": "B"}


def grade(confidence: str, source: str) -> str:
    """Grade A to D of a figure by its row's confidence and the id of its source."""
    if confidence in _BY_CONFIDENCE:
        return _BY_CONFIDENCE[confidence]
    return "D" if source == OWN_ESTIMATE else "C"


def grades_table() -> str:
    """What the grades mean."""
    return table(("Grade", "Means"), list(GRADES.items()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with one line a row."""
    lines = [_line(heads), _line(["---"] * len(heads))]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def source_link(source: str, sources: dict[str, SourceRow]) -> str:
    """The publisher of a source, of the project's own the title, linked to its entry on the page of sources."""
    if source not in sources:
        return source
    row = sources[source]
    return f"[{row.title if row.publisher == OWN_PUBLISHER else row.publisher}](sources.md#{source})"


def figure(value: float) -> str:
    """A number as it is read: thousands apart, no needless digits, real minus sign."""
    if math.isinf(value):
        return "∞"
    if math.isnan(value):
        return "none"
    digits = f"{number(value, 9):,}" if abs(value) >= 1e-4 or value == 0 else f"{value:g}"
    return digits.replace("-", "−")


def with_unit(value: str, unit: str) -> str:
    """A figure and its unit; the unit 1 is left out."""
    return value if unit in ("", "1") else f"{value} {unit}"


def paragraph(docstring: str | None) -> str:
    """The first paragraph of a docstring on one line, "" without one."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())


def page(title: str, origin: str, *parts: str) -> str:
    """A generated page: its title, where it comes from, its parts."""
    note = f"This page is generated from {origin}. To mend a figure, mend it there."
    return "\n\n".join([f"# {title}", note, *(part.strip("\n") for part in parts if part)]) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
