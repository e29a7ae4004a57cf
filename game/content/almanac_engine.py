"""The almanac's pages about the engine, from its own tables: parameters, constants, fields, measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from typing import get_args

from game.content.almanac_constant import Block, blocks_in, comments_in
from game.content.almanac_text import figure, grade, grades_table, page, paragraph, source_link, table, with_unit
from game.content.models.economy import ParameterRow
from game.content.models.row import SourceRow
from game.engine.baseline import Parameters
from game.engine.field import Field, Group
from game.engine.fields import FIELDS
from game.engine.measures.table import MEASURES
from game.files import ROOT

GROUP_WORDS: Mapping[str, tuple[str, str]] = {
    "capacity": ("Capacity", "What there is to mine, refine and recycle with."),
    "demand": ("Demand", "What users want, and the metal in the goods they have."),
    "stocks": ("Stocks", "What is kept, bought for keeping and given out."),
    "policy": ("Policy", "Levers that orders move, and contracts."),
    "routes": ("Routes", "What goods pass on their way."),
    "expectations": ("Expectations", "What firms and traders believe of prices to come."),
    "outcome": ("Outcomes", "What the clearing and the phases after it find; nothing carries over but as said."),
    "account": ("Accounts", "Money, political capital, support, trust and the record of what changed them."),
}
AXES = """\
Axes: N nations, M minerals, K products, S stages (mine, refine, recycle), L layers (ore, refined), O origins and D
destinations (both nations), G corridors, T turns until capacity opens, J turns of a programme, R turns until goods
retire, C contract slots, A accounts, X and Y causes of postings."""


def parameters_page(parameters: Mapping[str, ParameterRow], sources: dict[str, SourceRow]) -> str:
    """Every parameter: value, unit, range, grade, source."""
    rows = [
        (
            f"`{name}`" + (f" {row.symbol}" if row.symbol else ""),
            with_unit(figure(row.value), row.unit),
            f"{figure(row.low)} to {figure(row.high)}",
            grade(row.confidence, row.source),
            row.meaning,
            source_link(row.source, sources),
        )
        for name, row in parameters.items()
    ]
    return page(
        "Parameters",
        "`levels/_shared/sources/engine_parameters.csv`",
        "One set holds for every mineral, nation and level; what differs by mineral stands on the page of "
        "[minerals](minerals.md). The range is what the literature or the fit leaves open.",
        table(("Parameter", "Value", "Range", "Grade", "Meaning", "Source"), rows),
        _switches(parameters),
        "## Grades of confidence\n\n" + grades_table(),
        "The tables of the world say `published`, `derived` or `estimate` of every figure. Published is A, derived "
        "is B, an estimate is C where its row names a publication it leans on and D where it does not.",
    )


def _switches(parameters: Mapping[str, ParameterRow]) -> str:
    """Parameters without a row in the table: switches that only experiments turn."""
    comments = comments_in((ROOT / "game/engine/baseline.py").read_text(encoding="utf-8"))
    rows = [
        (f"`{item.name}`", "on" if item.default else "off", comments.get(item.name, ""))
        for item in fields_of(Parameters)
        if item.name not in parameters
    ]
    return "## Switches\n\nNo game turns these.\n\n" + table(("Switch", "In games", "Meaning"), rows) if rows else ""


def fields_page() -> str:
    """Every array of a world by cause group."""
    parts = [_field_group(group) for group in get_args(Group)]
    return page(
        "Fields",
        "the table `FIELDS` in `game/engine/fields.py`",
        "A world is these arrays and nothing else. The group says under which cause the explanations count a change of "
        "the array. *Seen by* says who may know it: `public` everybody, "
        "`owner` the nation it belongs to, `hidden` nobody.",
        AXES,
        "Tonnes are of ore units at the mine stage and in the ore layer, of refined units everywhere else, for each "
        "half-year turn.",
        *parts,
    )


def _field_group(group: str) -> str:
    title, words = GROUP_WORDS[group]
    rows = [_field_row(field) for field in FIELDS if field.group == group]
    heads = ("Field", "Axes", "Unit", "Start", "Seen by", "Meaning")
    return f"## {title}\n\n{words}\n\n" + table(heads, rows) if rows else ""


def _field_row(field: Field) -> tuple[str, ...]:
    meaning = field.meaning + ("; forgotten after the turn" if field.this_turn else "")
    return f"`{field.name}`", field.axes, field.unit, figure(float(field.default)), field.seen_by, meaning


def measures_page() -> str:
    """Every measure: title, unit, meaning, source, formula."""
    parts = []
    for row in MEASURES.values():
        title = row.title.replace(" of {mineral}", "").replace("{mineral}", "a mineral")
        facts = [
            ("Name", f"`{row.id}`"),
            (
                "For each",
                {"N": "nation", "M": "mineral", "NM": "nation and mineral", "OD": "nation towards another"}.get(
                    row.axes, row.axes
                ),
            ),
            ("Unit", row.unit),
            ("Source", row.source),
        ]
        formula = paragraph(row.formula.__doc__)
        parts.append("\n\n".join([f"## {title}", row.meaning, table(("", ""), facts), formula]).strip())
    return page(
        "Measures",
        "the table `MEASURES` in `game/engine/measures/table.py`",
        "Screens, minds, exports and explanations read these numbers from one table, so that each means one thing "
        "everywhere. The formulas are written out on the page [formulas of the measures](measure_formulas.md).",
        *parts,
    )


def constants_page() -> str:
    """Numbers written in the code beside the formula they belong to."""
    parts = []
    for folder in ("game/engine", "game/rules/orders"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            blocks = blocks_in(path.read_text(encoding="utf-8"))
            if blocks:
                name = path.relative_to(ROOT).as_posix()
                parts.append(
                    f"## {path.stem.strip('_').replace('_', ' ').capitalize()}\n\nIn `{name}`.\n\n" + _tables(blocks)
                )
    return page(
        "Constants",
        "the modules of `game/engine` and `game/rules/orders`",
        "Numbers that stand in the code beside the formula they belong to: weights of politics, thresholds, limits of "
        "the solver. They are the project's own judgement (grade D) unless the line names a source. What the economy "
        "itself turns on stands under [parameters](parameters.md).",
        *parts,
    )


def _tables(blocks: list[Block]) -> str:
    parts = []
    for block in blocks:
        if block.comment:
            parts.append(block.comment)
        parts.append(
            table(("Constant", "Value", "Note"), [(f"`{c.name}`", c.value, c.comment) for c in block.constants])
        )
    return "\n\n".join(parts)
