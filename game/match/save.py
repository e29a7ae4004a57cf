"""A save: one SQLite file with the whole level, the seed, the order log and the state after every turn.

It knows nothing of what a world looks like: it keeps named arrays, a hash and JSON. Each order is on disk when
`record` returns and each turn is one transaction: a killed process loses nothing, a power cut leaves no half turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from game.match import save_file
from game.match.header import Header
from game.match.log import Entry
from game.match.migrate import migrate
from game.match.refusal import damaged, format_of, plain_errors, refusal
from game.match.snapshot import Snapshot, unpack_array
from game.text import _


class Save:
    """An open save. Orders being given belong to turn `turn + 1`; `turn` is that of the last snapshot.

    Every method that reads or writes raises ProblemError with a plain sentence; the file then stays at its last good
    state and the object usable. It may be called from any thread, one at a time.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        """Take over an open database, after checking all of it but the snapshots' bytes. Callers want `open`."""
        save_file.check_tables(path, database)
        self.path = path
        self.header = save_file.read_header(path, database)
        self.level_text = save_file.read_level(path, database)
        self.turn = save_file.read_turn(path, database)
        self._database = database
        self._changes = self._changes_by_others()

    @classmethod
    def create(cls, path: Path, header: Header, level_text: str, start: Snapshot) -> Self:
        """Make a new save with the state at the start, whole or not at all. An existing file is never replaced."""
        if start.turn != 0:
            raise ValueError(f"a save starts with the state after turn 0, not {start.turn}")
        _appear(path, lambda unfinished: save_file.write_new(unfinished, header, level_text, start))
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a save, bringing an older format up to date.

        Raises ProblemError, leaving the file as it is, when it is missing, damaged, foreign or from a newer game.
        """
        found = format_of(path)
        with plain_errors(path):
            database = save_file.connect(path)
            try:
                save_file.check_pages(path, database)
                migrate(database, found)
                return cls(path, database)
            except BaseException:
                database.close()
                raise

    def close(self) -> None:
        """Close the file; the save cannot be used afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def record(self, entry: Entry) -> None:
        """Journal an order of the turn being played as it now stands (submitted or undone); it is then on disk."""
        self._check_turn([entry])
        with self._transaction():
            save_file.write_entries(self._database, [entry])

    def end_turn(self, entries: Iterable[Entry], after: Snapshot) -> None:
        """Write a whole turn at once: all its entries, minds' too, none still pending, and the state after it."""
        entries = list(entries)
        self._check_turn(entries)
        if after.turn != self.turn + 1:
            raise ValueError(f"the state after turn {after.turn} does not follow that after turn {self.turn}")
        if any(entry.phase == "submitted" for entry in entries):
            raise ValueError("when a turn ends, each of its orders is committed or undone")
        with self._transaction():
            save_file.write_entries(self._database, entries)
            save_file.write_snapshot(self._database, after)
        self.turn = after.turn

    def entries(self) -> list[Entry]:
        """Return the whole log, the turn being played included."""
        rows = self._read("SELECT turn, seq, seat, order_json, phase FROM log ORDER BY turn, seq")
        return [Entry(*row) for row in rows]

    def state_hash(self, turn: int | None = None) -> str:
        """Return the world's hash after a turn, the last by default."""
        return self._hash_and_records(self.turn if turn is None else turn)[0]

    def snapshot(self, turn: int | None = None) -> Snapshot:
        """Return the state after a turn, the last by default."""
        number = self.turn if turn is None else turn
        state_hash, records = self._hash_and_records(number)
        rows = self._read("SELECT field, dtype, shape, data FROM snapshots WHERE turn = ? ORDER BY id", number)
        try:
            arrays = {field: unpack_array(dtype, shape, data) for field, dtype, shape, data in rows}
        except ValueError as error:
            raise damaged(self.path, _("the state after turn {turn} is unreadable", turn=number)) from error
        return Snapshot(number, arrays, state_hash, records)

    def copy(self, path: Path) -> None:
        """Write the whole save to a new file, whole or not at all."""

        def write(unfinished: Path) -> None:
            with closing(save_file.connect(unfinished, "rwc")) as target:
                self._database.backup(target)

        _appear(path, write)

    def _check_turn(self, entries: list[Entry]) -> None:
        wrong = [entry.turn for entry in entries if entry.turn != self.turn + 1]
        if wrong:
            raise ValueError(f"an order of turn {wrong[0]} does not belong to turn {self.turn + 1}")

    def _hash_and_records(self, turn: int) -> tuple[str, str]:
        rows = self._read("SELECT state_hash, records FROM turns WHERE turn = ?", turn)
        if not rows:
            raise ValueError(f"the save has no state after turn {turn}")
        return rows[0][0], rows[0][1]

    def _read(self, query: str, *values: object) -> list[Any]:
        with plain_errors(self.path):
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with plain_errors(self.path), save_file.transaction(self._database):
            if self._changes_by_others() != self._changes:
                what = _("another window has played on in this save")
                raise refusal(self.path, what, _("load it again to continue from there"))
            yield

    def _changes_by_others(self) -> int:
        """Return a number that changes whenever another program writes to the file."""
        return int(self._database.execute("PRAGMA data_version").fetchone()[0])


def _appear(path: Path, write: Callable[[Path], None]) -> None:
    """Make a new file that is either whole or not there: `write` fills it under another name."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with plain_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise refusal(path, _("there is already a file of this name"), _("choose another name"))
        unfinished.unlink(missing_ok=True)  # left by a process that was killed here
        try:
            write(unfinished)
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
