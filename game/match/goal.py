"""What a level asks of a player, and how far it is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from game.content.models.level import GoalRow
from game.engine.world import World

Standing = Literal["met", "open", "missed"]


@dataclass(frozen=True)
class GoalState:
    """A goal with the number as it stands, and the first turn in which an "always" goal was missed (0: never)."""

    goal: GoalRow
    value: float
    missed_in: int
    over: bool

    @property
    def standing(self) -> Standing:
        """Met and missed are final for a goal of every turn that failed, and for all once the game is over."""
        if self.missed_in:
            return "missed"
        reached = self.value >= self.goal.at_least
        if self.over:
            return "met" if reached else "missed"
        return "met" if reached and self.goal.when == "end" else "open"


def goal_states(goals: Sequence[GoalRow], history: Sequence[World], nation: int, over: bool) -> tuple[GoalState, ...]:
    """The goals after the last world of `history` (turn 0 first) for the nation at that position."""
    found = []
    for goal in goals:
        path = [float(world.arrays[goal.field][0, nation]) for world in history]
        missed = [turn for turn, value in enumerate(path) if turn and value < goal.at_least]
        first = missed[0] if missed and goal.when == "always" else 0
        found.append(GoalState(goal, path[-1], first, over))
    return tuple(found)
