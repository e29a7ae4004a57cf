"""Runs a save's log again and compares every turn with what was saved. No mind is asked: the log is the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from game.content.build import build_baseline
from game.content.level import Level
from game.engine.calibrate import calibrate
from game.engine.opening import opening_world
from game.engine.world import World
from game.match.log import Entry
from game.match.offer import Diplomacy
from game.match.resolve import State, resolve, same_arrays
from game.match.save import Save
from game.text import _

TOLERANCE = 1e-6  # what other processors may make of the last bits

Outcome = Literal["identical", "close", "different"]


@dataclass(frozen=True)
class ReplayResult:
    """How a replay compares with its save: `turn` and `field` name the first difference."""

    outcome: Outcome
    turns: int
    turn: int = 0
    field: str = ""

    def __str__(self) -> str:
        """The result as one sentence."""
        if self.outcome == "identical":
            return _("identical over {turns} turns", turns=self.turns)
        if self.outcome == "close":
            message = "the same within {tolerance:g} over {turns} turns; first differs at turn {turn} in {field}"
        else:
            message = "different at turn {turn} in {field}"
        return _(message, tolerance=TOLERANCE, turns=self.turns, turn=self.turn, field=self.field)


def replay(path: Path) -> ReplayResult:
    """Run a save's log again from its level and seed. Raises ProblemError when the save cannot be read."""
    with Save.open(path) as save:
        level = Level.from_text(save.level_text)
        calibration = calibrate(build_baseline(level))
        by_turn: dict[int, list[Entry]] = {}
        for entry in save.entries():
            by_turn.setdefault(entry.turn, []).append(entry)
        state = State(opening_world(calibration), Diplomacy())
        first: tuple[int, str] | None = None
        for turn in range(save.turn + 1):
            if turn > 0:
                state, _carried = resolve(state, calibration, by_turn.get(turn, []), save.header.seed)
            field, is_close = _difference(state, save, turn)
            if field and first is None:
                first = (turn, field)
            if not is_close:
                return ReplayResult("different", save.turn, turn, field)
        if first:
            return ReplayResult("close", save.turn, *first)
        return ReplayResult("identical", save.turn)


def _difference(state: State, save: Save, turn: int) -> tuple[str, bool]:
    """The first field that differs from the save, "" for none, and whether all is the same within the tolerance."""
    snapshot = save.snapshot(turn)
    if state.diplomacy != Diplomacy.from_data(json.loads(snapshot.records)):
        return "treaties", False
    if state.world.state_hash() == snapshot.state_hash:
        return "", True
    saved = World(state.world.axes, turn, dict(snapshot.arrays))
    if set(saved.arrays) != set(state.world.arrays):
        return ", ".join(sorted(set(saved.arrays) ^ set(state.world.arrays))), False
    far = same_arrays(state.world, saved, TOLERANCE)
    return (far, False) if far else (same_arrays(state.world, saved, 0.0), True)
