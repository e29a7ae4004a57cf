"""What a level file may say beside its changes to the world's tables."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.content.models.policy import ScriptedRow
from game.content.models.row import MOST_TURNS, Actor, Id, Row, Scenario, unit

Choice = Literal["all"] | Annotated[list[str], Field(min_length=1)]


class Use(Row):
    """What of the world a level uses."""

    minerals: Choice = Field("all", title="Minerals")
    nations: Choice = Field("all", title="Nations", description="the others are added to ROW")
    orders: Choice = Field("all", title="Kinds of orders")


class GoalRow(Row):
    """Something to reach: a number of the player's nation at or above a mark."""

    field: Literal["n_minus_1", "value_captured", "industry", "support", "standing", "treasury_usd_bn"] = Field(
        title="Number", description="a number of the top bar"
    )
    at_least: float = Field(title="Mark", ge=-1000, le=1000)
    when: Literal["end", "always"] = Field("end", title="When", description="after the last turn, or after every turn")


class LevelRow(Row):
    """A level file, but for its changes to the world's tables."""

    id: Id = Field(title="Id", description="the name of the level's folder")
    title: str = Field(title="Title", min_length=1, max_length=60)
    summary: str = Field(title="Summary", min_length=1, max_length=600)
    turns: int = unit("half-years", title="Length", ge=1, le=MOST_TURNS)
    scenario: Scenario = Field("stated_policies", title="Demand scenario")
    default_nation: Actor = Field(title="Nation offered first")
    seats: Choice = Field("all", title="Nations that a person may play")
    use: Use = Field(default_factory=Use, title="What is used")
    scripted: list[ScriptedRow] = Field(default_factory=list, title="Orders given whoever plays")
    goals: list[GoalRow] = Field(default_factory=list, title="What the player is asked to reach", max_length=5)
