"""The almanac's pages about the world's figures, from the world's own tables: minerals and sources."""

from __future__ import annotations

import re
from pathlib import Path

from game.content.almanac import anchor_of
from game.content.almanac_text import figure, grade, grades_table, page, source_link, table
from game.content.models.economy import MineralRow
from game.content.models.row import Figure
from game.content.models.world import World

WORDS = ("ore_name", "refined_name", "ore_unit", "refined_unit", "price_basis", "uses")
LARGEST = 5
LICENCE_HEADING = "## Data sources and licences"


def minerals_page(world: World) -> str:
    """Every mineral: its words, its figures with source and grade, and who makes and uses it."""
    names = ", ".join(f"[{row.name}](#{anchor_of(row.name)})" for row in world.minerals.values())
    return page(
        "Minerals",
        "the world's tables in `levels/_shared`",
        f"{names}.",
        "What the symbols do is said on the pages of the economy: [clearing](clearing.md), [stocks and "
        "expectations](expectations.md), [investment](investment.md), [demand](demand.md), [scrap](scrap.md).",
        "Demand by scenario is given as multiples of the use of 2024, after the International Energy Agency, adapted; "
        "what can be got back is the part of the metal in goods that is not dispersed in use.",
        *(_mineral(world, key, row) for key, row in world.minerals.items()),
        "## Grades\n\n" + grades_table(),
    )


def _mineral(world: World, key: str, row: MineralRow) -> str:
    words = [(MineralRow.model_fields[name].title or name, str(getattr(row, name))) for name in WORDS]
    hosts = ", ".join(row.hosts)
    words.append(("By-product of", hosts if row.is_by_product and hosts else "none"))
    parts = [f"## {row.name}", table(("", ""), words), _figures(world, row), _makers(world, key), _uses(world, key)]
    return "\n\n".join(parts)


def _figures(world: World, row: MineralRow) -> str:
    rows = []
    for name, field in MineralRow.model_fields.items():
        value = getattr(row, name)
        if not isinstance(value, Figure):
            continue
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        unit = ", ".join(str(extra[part]) for part in ("unit", "year") if extra.get(part) not in (None, "", "1"))
        source = source_link(value.source, world.sources) + (f"; {value.note}" if value.note else "")
        rows.append((field.title or name, figure(value.value), unit, grade(value.confidence, value.source), source))
    return table(("Figure", "Value", "Unit", "Grade", "Source"), rows)


def _uses(world: World, key: str) -> str:
    """The products a mineral goes into: share of use, and use in the last year of the table by scenario."""
    share, last = world.product_share.get(key, {}), world.demand_years[-1]
    whole = sum(cell.value for cell in share.values())
    rows, total = [], dict.fromkeys(world.demand, 0.0)
    for product, cell in share.items():
        multiples = {scenario: by_mineral[key][product].values[-1] for scenario, by_mineral in world.demand.items()}
        for scenario, multiple in multiples.items():
            total[scenario] += multiple * cell.value / whole
        recoverable = world.recoverable.get(key, {}).get(product)
        rows.append(
            (
                world.products[product].name,
                f"{100 * cell.value / whole:.3g}%",
                *(f"× {multiple:.3g}" for multiple in multiples.values()),
                f"{100 * recoverable.value:.3g}%" if recoverable else "100%",
                grade(cell.confidence, cell.source),
                source_link(cell.source, world.sources) + (f"; {cell.note}" if cell.note else ""),
            )
        )
    rows.append(("All", "100%", *(f"× {multiple:.3g}" for multiple in total.values()), "", "", ""))
    scenarios = (f"{scenario.replace('_', ' ').capitalize()} {last}" for scenario in world.demand)
    return table(("Used in", "Share 2024", *scenarios, "Can be got back", "Grade", "Source of the share"), rows)


def _makers(world: World, key: str) -> str:
    """The largest miners, refiners and users of the base year with their shares."""
    rows = []
    for title, cells in (
        ("Mined", world.mined.get(key, {})),
        ("Refined from ore", world.refined_primary.get(key, {})),
        ("Refined from scrap", world.refined_secondary.get(key, {})),
        ("Used", world.consumption.get(key, {})),
    ):
        total = sum(cell.value for cell in cells.values())
        if total <= 0:
            continue
        largest = sorted(cells, key=lambda nation: (-cells[nation].value, nation))[:LARGEST]
        named = ", ".join(f"{world.nations[n].name} {100 * cells[n].value / total:.0f}%" for n in largest)
        weight: dict[str, float] = {}
        for cell in cells.values():
            letter = grade(cell.confidence, cell.source)
            weight[letter] = weight.get(letter, 0.0) + cell.value
        grades = ", ".join(f"{letter} {100 * weight[letter] / total:.0f}%" for letter in sorted(weight))
        rows.append((title, f"{figure(float(f'{total:.3g}'))} t", named, grades))
    heads = ("Calendar 2024", "World", "Largest shares", "Grades, by tonnes")
    return table(heads, rows)


def sources_page(world: World, readme: Path) -> str:
    """Publications behind the figures, and the licences as the README states them."""
    entries = []
    for key, row in world.sources.items():
        facts = [("Publisher", row.publisher), ("Title", row.title), ("Year", str(row.year)), ("Licence", row.licence),
                 ("Cite as", row.citation)]  # fmt: skip
        entries.append(f"### {key}\n\n" + table(("", ""), facts))
    return page(
        "Sources and licences",
        "`levels/_shared/sources.yaml` and the README",
        "## Licences",
        _licences(readme.read_text(encoding="utf-8")),
        "## Publications",
        "By the id that the tables of figures use.",
        *entries,
    )


def _licences(readme: str) -> str:
    """The README's section on data and licences, its links turned to where they lead from here."""
    section = readme.split(LICENCE_HEADING, 1)[1]
    section = section.split("\n## ", 1)[0].strip()
    return re.sub(r"\]\((?![a-z]+:|#)([^)]+)\)", r"](../../\1)", section)
