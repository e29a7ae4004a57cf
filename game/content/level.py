"""Level: everything a match, a mind and a screen ask of a level; complete in itself, also as text in a save."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self, get_args

from pydantic import ValidationError

from game.content.models.economy import MineralRow, NationRow, ProductRow
from game.content.models.level import GoalRow, LevelRow
from game.content.models.policy import AgreementRow, PersonalityRow, RestrictionRow, ScriptedRow
from game.content.models.row import Scenario
from game.content.models.world import World
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.text import _

FORMAT = 1
REST = "ROW"
START = "2025-01-01"
DROPPED = ("waived", "announced", "proposed", "threat", "dropped")

WEIGHTS = ("price", "security", "revenue", "value_added", "standing", "standards", "leverage", "patience", "loyalty")


class Level:
    """A checked level: its own row, the world's tables after its changes, also as plain data, and the routes' files."""

    def __init__(self, row: LevelRow, world: World, routes: dict[str, Any], tables: dict[str, Any]) -> None:
        self.row = row
        self.world = world
        self.routes = routes
        self.tables = tables

    @classmethod
    def from_tables(cls, row: Mapping[str, Any], tables: dict[str, Any], routes: dict[str, Any]) -> Self:
        """Return the level of plain data that was checked before. Raises pydantic's ValidationError if it was not."""
        return cls(LevelRow.model_validate(row), World.model_validate(tables), routes, tables)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the level that `as_text` wrote. Raises ProblemError when the text is not one."""
        try:
            content = json.loads(text)
            if content["format"] != FORMAT:
                what = _("the level has format {format}, this game reads {own}", format=content["format"], own=FORMAT)
                raise ProblemError(Problem("error", "", what, _("open it with the version that wrote it")))
            return cls.from_tables(content["level"], content["tables"], content["routes"])
        except (ValueError, KeyError, TypeError, ValidationError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ProblemError(Problem("error", "", _("the level is damaged: {reason}", reason=reason))) from error

    def as_text(self) -> str:
        """Return the whole level, merged and complete, as text that needs no file to be read back."""
        row = self.row.model_dump(mode="json")
        content = {"format": FORMAT, "level": row, "tables": self.tables, "routes": self.routes}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    def under(self, scenario: str) -> Level:
        """Return the same level under another scenario of demand. Raises ProblemError when there is none so named."""
        if scenario not in get_args(Scenario):
            raise ProblemError(unknown_name(_("scenario"), scenario, get_args(Scenario)))
        return Level(self.row.model_copy(update={"scenario": scenario}), self.world, self.routes, self.tables)

    @property
    def id(self) -> str:
        """Id, the name of the level's folder."""
        return self.row.id

    @property
    def title(self) -> str:
        """Title on screens."""
        return self.row.title

    @property
    def summary(self) -> str:
        """What the level is about, a few sentences."""
        return self.row.summary

    @property
    def goals(self) -> tuple[GoalRow, ...]:
        """What the player is asked to reach."""
        return tuple(self.row.goals)

    @property
    def turns(self) -> int:
        """Length in half-years."""
        return self.row.turns

    @property
    def default_nation(self) -> str:
        """Nation offered first."""
        return self.row.default_nation

    @cached_property
    def minerals(self) -> tuple[str, ...]:
        """Ids of the minerals in play, in the world's order."""
        chosen = self.row.use.minerals
        return tuple(name for name in self.world.minerals if chosen == "all" or name in chosen)

    @cached_property
    def nations(self) -> tuple[str, ...]:
        """Codes of the actors in play, the rest of the world last; it is there whenever an actor is folded into it."""
        chosen = self.row.use.nations
        known = [name for name in self.world.nations if name != REST]
        used = tuple(name for name in known if chosen == "all" or name in chosen)
        with_rest = REST in self.world.nations and (chosen == "all" or REST in chosen or len(used) < len(known))
        return (*used, REST) if with_rest else used

    @cached_property
    def seats(self) -> tuple[str, ...]:
        """Codes of the actors that a person may play."""
        chosen = self.row.seats
        return tuple(name for name in self.nations if name != REST and (chosen == "all" or name in chosen))

    @cached_property
    def orders(self) -> frozenset[str] | None:
        """Kinds of orders allowed, None for all."""
        return None if self.row.use.orders == "all" else frozenset(self.row.use.orders)

    @cached_property
    def scripted(self) -> tuple[dict[str, Any], ...]:
        """Orders given whoever plays: {turn, nation, order, note, source}, by turn; the world's own as far as they
        concern this level."""
        rows = [self._aimed_inside(row) for row in self.world.scripted.values() if self._may_script(row)]
        rows += self.row.scripted
        return tuple(row.model_dump(mode="json") for row in sorted(rows, key=lambda row: row.turn))

    def _aimed_inside(self, row: ScriptedRow) -> ScriptedRow:
        targets = [target for target in row.order.get("targets") or [] if target in self.nations]
        return row.model_copy(update={"order": row.order | {"targets": targets}}) if targets else row

    def _may_script(self, row: ScriptedRow) -> bool:
        mineral = row.order.get("mineral", self.minerals[0])
        allowed = self.orders is None or row.order.get("kind") in self.orders
        targets = row.order.get("targets") or []
        aims_inside = not targets or any(target in self.nations for target in targets)
        return row.nation in self.nations and mineral in self.minerals and allowed and aims_inside

    @cached_property
    def personalities(self) -> dict[str, dict[str, str]]:
        """Actor -> {name, second, source, note}; the rest of the world has none."""
        return {
            nation: {"name": row.personality, "second": row.second, "source": row.source, "note": row.note}
            for nation, row in self.world.holders.items()
            if nation in self.nations and nation != REST
        }

    @property
    def characters(self) -> dict[str, tuple[str, ...]]:
        """First and, if it has one, second personality of each nation."""
        return {nation: tuple(filter(None, (row["name"], row["second"]))) for nation, row in self.personalities.items()}

    @cached_property
    def weights(self) -> dict[str, dict[str, float]]:
        """Personality -> weight -> 0-5."""
        return {name: {key: getattr(row, key) for key in WEIGHTS} for name, row in self.world.personalities.items()}

    @cached_property
    def products(self) -> tuple[str, ...]:
        """Ids of the products."""
        return tuple(self.world.products)

    def mineral(self, name: str) -> MineralRow:
        """Names, units, price basis and parameters of a mineral."""
        return self.world.minerals[name]

    def nation(self, name: str) -> NationRow:
        """Name, role, places and government of an actor."""
        return self.world.nations[name]

    def produces(self, nation: str) -> bool:
        """Whether a seat of this nation is judged as a producer's."""
        row = self.world.nations.get(nation)
        return row is not None and row.role == "producer"

    def product(self, name: str) -> ProductRow:
        """Names and lifetime of a product."""
        return self.world.products[name]

    def personality(self, name: str) -> PersonalityRow:
        """Weights of a personality and how it shows."""
        return self.world.personalities[name]

    @cached_property
    def agreements_in_force(self) -> dict[str, AgreementRow]:
        """Agreements in force on 1 January 2025, by id."""
        states = self.world.agreement_states
        return {
            name: row
            for name, row in self.world.agreements.items()
            if row.year <= 2024 and states[row.status].in_force_2025
        }

    @cached_property
    def restrictions_in_force(self) -> dict[str, RestrictionRow]:
        """Measures in force on 1 January 2025 on the level's minerals, by id."""
        return {
            name: row
            for name, row in self.world.restrictions.items()
            if row.start < START and (not row.end or row.end > START) and row.status not in DROPPED
            if row.mineral in self.minerals
        }

    def source(self, table: str, row_id: str = "", column: str = "") -> str:
        """Return "unit, year, publisher, confidence" of a figure, for a tooltip; "" when it has none.

        `table` is a table's name, `row_id` its key (two keys joined by a dot: "lithium.CHL"), `column` the figure in
        the row, if the row holds several. Raises ProblemError for a table or row that does not exist.
        """
        if table not in World.model_fields:
            raise ProblemError(unknown_name(_("table"), table, World.model_fields))
        extra = World.model_fields[table].json_schema_extra
        value: Any = getattr(self.world, table)
        for key in [part for part in (*row_id.split("."), column) if part]:
            if isinstance(value, Mapping):
                value = _picked(value, key, table)
            elif key != "value" and key in type(value).model_fields:
                extra = type(value).model_fields[key].json_schema_extra or extra
                value = _figure_or_row(value, key)
        return self._credit(value, extra if isinstance(extra, dict) else {})

    def _credit(self, value: Any, extra: Mapping[str, Any]) -> str:
        year = str(extra.get("year") or "")
        unit_text = getattr(value, "unit", None) or str(extra.get("unit") or "")
        names = getattr(value, "sources", None) or filter(None, [getattr(value, "source", "")])
        publishers = [self.world.sources[name].publisher for name in names]
        confidence = getattr(value, "confidence", "")
        return ", ".join(filter(None, (unit_text, year, *dict.fromkeys(publishers), confidence)))

    def citations(self) -> tuple[str, ...]:
        """Every publication with its licence, for the credits."""
        return tuple(f"{row.citation} ({row.licence})" for row in self.world.sources.values())


def _picked(table: Mapping[Any, Any], key: str, name: str) -> Any:
    if key in table:
        return table[key]
    if key.isdigit() and int(key) in table:
        return table[int(key)]
    raise ProblemError(unknown_name(_("row of {table}", table=name), key, [str(known) for known in table]))


def _figure_or_row(row: Any, column: str) -> Any:
    """Return the figure in a column, or the row itself when the column is a bare number whose source is the row's."""
    cell = getattr(row, column)
    return cell if hasattr(cell, "source") else row
