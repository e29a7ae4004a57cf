"""The order log: everything anyone asked for, in the order it was asked. The game is this log, a level and a seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Phase = Literal["submitted", "undone", "committed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One order as asked: `order` is its JSON, `seat` who asked, `seq` its place in `turn`, counted from 0.

    It is submitted, may be undone, and is committed when the turn ends.
    """

    turn: int
    seq: int
    seat: str
    order: str
    phase: Phase = "submitted"


class OrderLog:
    """All entries of a match, by turn. Each change returns the entry as it now stands, for the save to record."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._turns: defaultdict[int, list[Entry]] = defaultdict(list)
        self._undone: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(entries, key=lambda entry: (entry.turn, entry.seq)):
            if entry.seq != len(self._turns[entry.turn]):
                raise ValueError(f"turn {entry.turn} has no entry {len(self._turns[entry.turn])}")
            self._turns[entry.turn].append(entry)

    def entries(self, turn: int | None = None) -> list[Entry]:
        """Return the entries of one turn, or of all, as asked."""
        if turn is not None:
            return list(self._turns.get(turn, ()))
        return [entry for number in sorted(self._turns) for entry in self._turns[number]]

    def pending(self, turn: int, seat: str | None = None) -> list[Entry]:
        """Return what is submitted and neither undone nor committed, of one seat or of all."""
        entries = self._turns.get(turn, ())
        return [entry for entry in entries if entry.phase == "submitted" and seat in (None, entry.seat)]

    def submit(self, turn: int, seat: str, order: str) -> Entry:
        """Add an order; what the seat had undone can no longer be redone."""
        entry = Entry(turn, len(self._turns[turn]), seat, order)
        self._turns[turn].append(entry)
        self._undone[seat].clear()
        return entry

    def undo(self, turn: int, seat: str) -> Entry | None:
        """Undo the seat's last pending order; None when it has none."""
        pending = self.pending(turn, seat)
        return self.remove(turn, pending[-1].seq) if pending else None

    def remove(self, turn: int, seq: int) -> Entry:
        """Undo one pending order, not necessarily the last."""
        entry = self._change(turn, seq, "submitted", "undone")
        self._undone[entry.seat].append(entry)
        return entry

    def redo(self, turn: int, seat: str) -> Entry | None:
        """Submit again, in its old place, what the seat undid last this turn; None when there is nothing."""
        undone = self._undone[seat]
        if not undone or undone[-1].turn != turn:
            return None
        return self._change(turn, undone.pop().seq, "undone", "submitted")

    def commit(self, turn: int) -> list[Entry]:
        """Commit every pending order of a turn and return all entries of that turn, undone ones included."""
        for entry in self.pending(turn):
            self._change(turn, entry.seq, "submitted", "committed")
        self._undone.clear()
        return self.entries(turn)

    def _change(self, turn: int, seq: int, old: Phase, new: Phase) -> Entry:
        entry = self._turns[turn][seq]
        if entry.phase != old:
            raise ValueError(f"entry {seq} of turn {turn} is {entry.phase}, not {old}")
        changed = replace(entry, phase=new)
        self._turns[turn][seq] = changed
        return changed
