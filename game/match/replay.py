"""Runs a save's log again and compares every turn with what was saved. No mind is asked: the log is the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from game.content.build import build_baseline
from game.content.old_level import level_of_save
from game.engine.calibrate import calibrate
from game.engine.opening import opening_world
from game.engine.world import World
from game.match.log import Entry
from game.match.offer import Diplomacy
from game.match.old_state import Fitted, fitted, listed
from game.match.resolve import State, resolve, same_arrays
from game.match.save import Save
from game.match.snapshot import Snapshot
from game.text import _

TOLERANCE = 1e-6  # what other processors may make of the last bits

Outcome = Literal["identical", "close", "different"]


@dataclass(frozen=True)
class ReplayResult:
    """How a replay compares with its save: `turn` and `field` name the first difference.

    `left_out` are the fields that only one of the save and this program has, which were not compared, and figures of
    the level that the save lacks.
    """

    outcome: Outcome
    turns: int
    turn: int = 0
    field: str = ""
    left_out: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The result as one sentence."""
        if not self.left_out:
            return self._compared()
        names = listed(self.left_out, most=6)
        note = _("another version of the game wrote the save and kept other numbers ({names})", names=names)
        return f"{self._compared()}; {note}"

    def _compared(self) -> str:
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
        level, lacking = level_of_save(save.level_text)
        calibration = calibrate(build_baseline(level))
        by_turn: dict[int, list[Entry]] = {}
        for entry in save.entries():
            by_turn.setdefault(entry.turn, []).append(entry)
        start = opening_world(calibration)
        state = State(start, Diplomacy.opening(start, calibration.baseline.treaties.names))
        first: tuple[int, str] | None = None
        left_out = lacking
        for turn in range(save.turn + 1):
            if turn > 0:
                state, _carried = resolve(state, calibration, by_turn.get(turn, []), save.header.seed)
            snapshot = save.snapshot(turn)
            saved = fitted(snapshot, start, path)
            left_out = tuple(sorted({*left_out, *saved.lacking, *saved.gone}))
            field, is_close = _difference(state, snapshot, saved)
            if field and first is None:
                first = (turn, field)
            if not is_close:
                return ReplayResult("different", save.turn, turn, field, left_out)
        if first:
            return ReplayResult("close", save.turn, *first, left_out)
        return ReplayResult("identical", save.turn, left_out=left_out)


def _difference(state: State, snapshot: Snapshot, saved: Fitted) -> tuple[str, bool]:
    """The first field that differs from the save, "" for none, and whether all is the same within the tolerance."""
    if state.diplomacy != Diplomacy.from_data(json.loads(snapshot.records)):
        return "treaties", False
    if state.world.state_hash() == snapshot.state_hash:
        return "", True
    kept = {name: array for name, array in state.world.arrays.items() if name not in saved.lacking}
    compared = World(state.world.axes, state.world.turn, kept)
    far = same_arrays(compared, saved.world, TOLERANCE)
    return (far, False) if far else (same_arrays(compared, saved.world, 0.0), True)
