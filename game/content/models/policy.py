"""Rows about governments: agreements, trade measures, personalities, ties and what nations know."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from game.content.models.row import MOST_TURNS, Actor, Amount, Confidence, Id, Row, Share, unit


class AgreementRow(Row):
    """An agreement between actors."""

    name: str = Field(title="Name")
    kind: str = Field(title="Kind", description="a key of relations.agreement")
    parties: list[Actor] = Field(title="Parties", min_length=1)
    parties_detail: str = Field("", title="Who is inside EUU or ROW")
    year: int = Field(title="Year signed", ge=1950, le=2100)
    minerals: list[str] = Field(title="Minerals", description="ids, all or other")
    content: str = Field(title="Content")
    status: str = Field(title="Status", description="a key of agreement_states")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class AgreementStateRow(Row):
    """Whether agreements of a present status were in force when the game starts."""

    in_force_2025: bool = Field(title="In force on 1 January 2025")
    note: str = Field("", title="Note")


class RestrictionRow(Row):
    """A trade measure of a government."""

    mineral: str = Field(title="Mineral", description="an id, or other:name")
    nation: Actor = Field(title="Nation that acts")
    measure: Literal["ban", "quota", "licence", "tax", "local-processing"] = Field(title="Measure")
    side: Literal["export", "import", "mining_or_investment", "industrial"] = Field(title="Side")
    layer: Literal["ore", "refined", "both", "none"] = Field(title="Layer of trade it covers")
    whole_layer: bool = Field(title="Whether it covers everything the layer counts")
    start: str = Field(title="Start", pattern=r"^\d{4}-\d{2}-\d{2}$")
    end: str = Field("", title="End", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    status: Literal["in_force", "suspended", "ended", "waived", "announced", "proposed", "threat", "dropped"] = Field(
        title="Status"
    )
    targets: list[str] = Field(title="Targets", description="codes, or all", min_length=1)
    severity: float = unit("share of the covered flow that it stops", title="Severity", ge=0, le=1)
    covers: str = Field(title="What it covers")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


Weight = Annotated[float, Field(ge=0, le=5)]


class PersonalityRow(Row):
    """What a government with this personality wants."""

    code: str = Field(title="Code")
    name: str = Field(title="Name")
    shows_as: str = Field(title="Shows as")
    price: Weight = Field(title="Low prices")
    security: Weight = Field(title="Security of supply")
    revenue: Weight = Field(title="Revenue")
    value_added: Weight = Field(title="Value added at home")
    standing: Weight = Field(title="Standing")
    standards: Weight = Field(title="Standards")
    leverage: Weight = Field(title="Use of leverage")
    patience: Weight = Field(title="Patience")
    loyalty: Weight = Field(title="Loyalty")


class HolderRow(Row):
    """Which personality a government has."""

    personality: str = Field(title="Personality")
    second: str = Field("", title="Second personality")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class RelationRow(Row):
    """What a tie between two actors does to trust and trade at the start."""

    trust: float = unit("points of trust", title="Trust", ge=-100, le=100)
    affinity: float = unit("ln of the trade preference", title="Affinity", ge=-5, le=5)
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class ScriptedRow(Row):
    """An order that is given in a turn whoever plays."""

    turn: int = Field(title="Turn", ge=1, le=MOST_TURNS)
    nation: Actor = Field(title="Nation")
    order: dict[str, Any] = Field(title="Order", description="kind and the order's own fields")
    restriction: str = Field("", title="Restriction", description="id of the row of restrictions it stands for")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class TrackRow(Row):
    """A track of technology: the odds of its five steps and what each brings."""

    name: str = Field(title="Name")
    odds: list[Annotated[float, Field(ge=0, le=1)]] = unit(
        "chance a turn at full effort", title="Odds of steps 1 to 5", min_length=5, max_length=5
    )
    effect: float = Field(title="Effect of a step", ge=0, le=5)
    effect_unit: str = Field(title="Unit of the effect")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class KnowledgeRow(Row):
    """What a nation knows when the game opens, how much it researches and how open it is."""

    steps: dict[Id, Annotated[int, Field(ge=0, le=5)]] = unit("steps, 0 to 5", "2024", title="Steps by track")
    research: Share = unit("share of gross domestic product", "2022", title="Research and development")
    openness: Amount = unit("0-100", "2023", title="Openness")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")
