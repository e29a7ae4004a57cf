"""Treaties: named bundles of clauses, read from YAML, and the clauses they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.engine.calibrate import Calibration
from game.engine.view import Offer
from game.engine.world import World
from game.files import ASSETS
from game.problems import Problem, ProblemError
from game.registry import rules_in, unknown_name
from game.rules.clauses._base import Clause, Contract
from game.rules.field import plain_problems
from game.text import _

SIGNED_TRUST = 3.0  # points each side trusts the other more on signing
TREATY_FOLDER = ASSETS / "rules" / "treaties"
CLAUSES: dict[str, type[Clause]] = rules_in("game.rules.clauses", Clause)


class Treaty(BaseModel):
    """A bundle: its name, wording, clauses in order with the values a proposal starts from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    treaty: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    summary: str
    icon: str
    clauses: tuple[dict[str, Any], ...] = Field(min_length=1)
    published: tuple[str, ...] = ()

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
    return {path.stem: load_treaty(path) for path in sorted(TREATY_FOLDER.glob("*.yaml"))}


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


def contract_of(offer: Offer, world: World, calibration: Calibration) -> Contract:
    """The numbers an offer comes to if it is signed now."""
    nation = world.axes.nation_index
    contract = Contract(nation[offer.seller], nation[offer.buyer])
    for data in offer.clauses:
        read_clause(data).write(contract, world, calibration)
    return contract


def _bundle_problems(treaty: Treaty, path: Path) -> list[Problem]:
    problems = []
    if treaty.treaty != path.stem:
        what = _("the treaty is called {name!r}", name=treaty.treaty)
        problems.append(Problem("error", str(path), what, _("write {name!r}, the name of the file", name=path.stem)))
    for data in treaty.clauses:
        problems += _clause_problems(data, str(path))
    for kind in treaty.published:
        if kind not in [data.get("kind") for data in treaty.clauses]:
            problems.append(unknown_name(_("clause"), kind, CLAUSES, f"{path}: published"))
    return problems


def _clause_problems(data: Mapping[str, Any], where: str) -> list[Problem]:
    """What is wrong with a clause of a bundle, which may leave values open."""
    try:
        read_clause(data, where)
    except ProblemError as error:
        missing = _("give a value")
        return [problem for problem in error.problems if problem.hint != missing]
    return []
