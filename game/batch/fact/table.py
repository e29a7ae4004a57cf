"""The table of facts: what was published, and the band that the model's figure must meet, fixed in advance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from game.content.validation import validated
from game.files import LEVELS
from game.problems import Problem, ProblemError
from game.text import _

TABLE = LEVELS / "_episodes" / "facts.yaml"

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
Figure = Annotated[str, Field(min_length=1, coerce_numbers_to_str=True)]


class Row(BaseModel):
    """A row of the table."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Check(Row):
    """One figure of a fact: inside when the model's lies from `low` to `high`; `why` says what set the band."""

    id: Id
    title: Text
    unit: Text
    published: Figure
    low: float
    high: float
    why: Text

    @model_validator(mode="after")
    def _is_a_band(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"low {self.low:g} is not below high {self.high:g}")
        return self

    def holds(self, value: float) -> bool:
        """Whether the model's figure lies in the band; a figure that is not a number does not."""
        return self.low <= round(value, 9) <= self.high


class Fact(Row):
    """A published fact. Only those that are counted have checks; `missing` says why no experiment can play one,
    `mended` how its experiment was first set up, `shortfall` what keeps the model's figure out of its band.
    """

    fact: Annotated[int, Field(ge=1)]
    title: Text
    published: Text
    source: Text
    evidence: Literal["checked", "recalled", "derived"]
    minerals: tuple[Id, ...] = ()
    standing: Literal["counted", "no_number", "no_mineral"]
    turns: Annotated[int, Field(ge=0)] = 0  # horizon of the experiment
    setup: str = ""
    reason: str = ""
    missing: str = ""
    mended: str = ""
    shortfall: str = ""
    checks: tuple[Check, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the fact has a number and concerns one of the ten minerals."""
        return self.standing == "counted"

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.counts and not (self.checks and self.setup and self.minerals):
            raise ValueError("a counted fact has minerals, a setup and checks")
        if not self.counts and (self.checks or not self.reason):
            raise ValueError("a fact that does not count has a reason and no checks")
        if len({check.id for check in self.checks}) < len(self.checks):
            raise ValueError("two checks have one id")
        return self


class _Table(Row):
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]


def read_facts(path: Path = TABLE) -> tuple[Fact, ...]:
    """Return the facts of a table. Raises ProblemError with everything that is wrong in it."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise ProblemError(
            Problem("error", str(path), _("this table cannot be read: {reason}", reason=reason))
        ) from error
    table, found = validated(_Table, data, lambda *steps: _place(path, steps), "table of facts")
    if table is None:
        raise ProblemError([one.problem for one in found])
    numbers = [fact.fact for fact in table.facts]
    if len(set(numbers)) < len(numbers):
        raise ProblemError(Problem("error", str(path), _("two facts have one number")))
    return table.facts


def _place(path: Path, steps: tuple[object, ...]) -> str:
    return ": ".join([path.name, *(str(step) for step in steps)])
