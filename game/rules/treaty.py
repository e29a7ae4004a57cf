"""Treaties: named bundles of clauses, read from YAML, and the clauses they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from game.engine.pact import TREATIES
from game.files import ASSETS
from game.problems import Problem, ProblemError
from game.registry import rules_in, unknown_name
from game.rules.clauses._base import Clause
from game.rules.field import extra_of, plain_problems
from game.text import _

Category = Literal["trade", "investment", "technology", "governance", "security"]
TREATY_FOLDER = ASSETS / "rules" / "treaties"
CLAUSES: dict[str, type[Clause]] = rules_in("game.rules.clauses", Clause)
TERM_TURNS = 8  # of a treaty that does not say
ASKED = ("mineral", "layer", "stage", "track")  # fields of clauses that a proposal in numbers gives by position


class Treaty(BaseModel):
    """A bundle: its name, wording, clauses in order with the values a proposal starts from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    treaty: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    summary: str
    icon: str
    category: Category = "trade"
    sides: tuple[str, ...] = Field(default=(), max_length=2)  # who has the ore, who has the rest; none: all alike
    members: tuple[int, int] = (2, 2)  # fewest and most
    ratified: bool = True  # by parliaments, which takes turns; a contract between firms holds at once
    clauses: tuple[dict[str, Any], ...] = Field(min_length=1)
    published: tuple[str, ...] = ()
    core: tuple[str, ...] = ()  # clauses that no treaty of this name lacks; without any, all of them

    def start(self, kind: str) -> dict[str, Any]:
        """The values a proposal's clause of this kind starts from."""
        for clause in self.clauses:
            if clause["kind"] == kind:
                return {name: value for name, value in clause.items() if name != "kind"}
        raise KeyError(kind)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its clauses, in order."""
        return tuple(clause["kind"] for clause in self.clauses)

    @property
    def needed(self) -> tuple[str, ...]:
        """The kinds of clauses that every treaty of this name has."""
        return self.core or self.kinds

    @property
    def size(self) -> tuple[str, str]:
        """Clause and field that say how much of it there is; empty where nothing does."""
        return next(((kind, CLAUSES[kind].size) for kind in self.kinds if CLAUSES[kind].size), ("", ""))

    def asks(self, name: str) -> tuple[str, str]:
        """Clause and field by which a proposal names a mineral, or a layer, stage or track; empty where none does."""
        names = ("mineral",) if name == "mineral" else ASKED[1:]
        found = ((kind, field) for kind in self.kinds for field in CLAUSES[kind].model_fields if field in names)
        return next(found, ("", ""))

    def choices(self, name: str) -> tuple[str, ...]:
        """The words that a layer, stage or track may be."""
        kind, field = self.asks(name)
        return tuple(extra_of(CLAUSES[kind], field)["names"]) if kind else ()


def load_treaty(path: Path) -> Treaty:
    """Read one bundle. Raises ProblemError with everything that is wrong in it."""
    try:
        treaty = Treaty.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        what = _("this treaty cannot be read: {reason}", reason=" ".join(str(error).split()))
        raise ProblemError(Problem("error", str(path), what)) from error
    except ValidationError as error:
        raise ProblemError(plain_problems(Treaty, error, str(path))) from error
    problems = list(_bundle_problems(treaty, path))
    if problems:
        raise ProblemError(problems)
    return treaty


@cache
def treaties() -> dict[str, Treaty]:
    """The treaties of the game, id to bundle."""
    found = {path.stem: load_treaty(path) for path in sorted(TREATY_FOLDER.glob("*.yaml"))}
    return {name: found[name] for name in TREATIES if name in found}


def read_clause(data: Mapping[str, Any], where: str = "clause") -> Clause:
    """The clause that plain data describe. Raises ProblemError with plain sentences."""
    kind = str(data.get("kind", ""))
    if kind not in CLAUSES:
        raise ProblemError(unknown_name(_("clause"), kind, CLAUSES, where))
    values = {name: value for name, value in data.items() if name != "kind"}
    try:
        return CLAUSES[kind].model_validate(values)
    except ValidationError as error:
        raise ProblemError(plain_problems(CLAUSES[kind], error, f"{where}.{kind}")) from error


def _read_list(value: Any) -> tuple[Clause, ...]:
    """Clauses, or plain data of them, as clauses. Raises ValueError with plain sentences."""
    if not isinstance(value, list | tuple):
        raise ValueError(_("clauses are a list"))
    try:
        return tuple(item if isinstance(item, Clause) else read_clause(item) for item in value)
    except ProblemError as error:
        raise ValueError(str(error)) from error


def _list_as_data(clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
    return [clause.as_data() for clause in clauses]


ClauseList = Annotated[tuple[Clause, ...], BeforeValidator(_read_list), PlainSerializer(_list_as_data)]
"""A field of clauses: read from plain data of any kind of clause, and written as such."""


def _bundle_problems(treaty: Treaty, path: Path) -> list[Problem]:
    problems: list[Problem] = []
    if treaty.treaty != path.stem:
        what = _("the treaty is called {name!r}", name=treaty.treaty)
        problems.append(Problem("error", str(path), what, _("write {name!r}, the name of the file", name=path.stem)))
    for data in treaty.clauses:
        problems += _clause_problems(data, str(path))
    for place, kind in [*(("published", kind) for kind in treaty.published), *(("core", kind) for kind in treaty.core)]:
        if kind not in [data.get("kind") for data in treaty.clauses]:
            problems.append(unknown_name(_("clause"), kind, CLAUSES, f"{path}: {place}"))
    return problems


def _clause_problems(data: Mapping[str, Any], where: str) -> list[Problem]:
    """What is wrong with a clause of a bundle, which may leave values open."""
    try:
        read_clause(data, where)
    except ProblemError as error:
        missing = _("give a value")
        return [problem for problem in error.problems if problem.hint != missing]
    return []
