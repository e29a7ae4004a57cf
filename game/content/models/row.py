"""Rows of tables and the figures in them: what every kind of row is made of.

Units and years stand in the fields' `json_schema_extra`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Confidence = Literal["published", "derived", "estimate"]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Actor = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166 alpha-3 code, EUU or ROW")]
Stage = Literal["mine", "refine", "recycle"]
ProjectStage = Literal["mine", "refine", "recycle", "synthetic"]
Scenario = Literal["stated_policies", "announced_pledges", "net_zero"]

MOST_TURNS = 80


class Row(BaseModel):
    """A row of a table: no unknown keys, no changes after loading, no nan or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Figure(Row):
    """A number with its source."""

    value: float = Field(title="Value")
    confidence: Confidence = Field(title="Confidence", description="published, derived from published, or estimate")
    source: str = Field(title="Source", description="id of a row of sources")
    note: str = Field("", title="Note")


class Amount(Figure):
    """A number that is not negative."""

    value: float = Field(title="Value", ge=0)


class Positive(Figure):
    """A number above zero."""

    value: float = Field(title="Value", gt=0)


class Spread(Figure):
    """A standard deviation of logarithms."""

    value: float = Field(title="Value", ge=0.05, le=2)


class Share(Figure):
    """A share of a whole."""

    value: float = Field(title="Value", ge=0, le=1)


class Growth(Figure):
    """A yearly growth rate."""

    value: float = Field(title="Value", ge=-0.5, le=1)


class Months(Figure):
    """A duration or a cover in months."""

    value: float = Field(title="Value", ge=0, le=120)


def unit(text: str, year: str = "", **bounds: Any) -> Any:
    """Return a field with a unit and the year its figures hold for, and a title made of its bounds' `title`."""
    return Field(json_schema_extra={"unit": text, "year": year}, **bounds)


class SourceRow(Row):
    """A publication that figures come from."""

    publisher: str = Field(title="Publisher")
    title: str = Field(title="Title")
    year: int = Field(title="Year of publication", ge=1900, le=2100)
    licence: str = Field(title="Licence")
    citation: str = Field(title="Citation")
