"""The tables of a save file: making them, and checking that a file found on disk still has them whole."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from game.match.header import Header
from game.match.log import Entry
from game.match.migrate import FORMAT
from game.match.refusal import APPLICATION_ID, damaged
from game.match.snapshot import Snapshot, pack_array
from game.text import _

TABLES = {
    "meta": "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "level": "CREATE TABLE level (id INTEGER PRIMARY KEY CHECK (id = 1), content BLOB NOT NULL) STRICT",
    "log": (
        "CREATE TABLE log (turn INTEGER NOT NULL, seq INTEGER NOT NULL, seat TEXT NOT NULL, order_json TEXT NOT NULL, "
        "phase TEXT NOT NULL CHECK (phase IN ('submitted', 'undone', 'committed')), PRIMARY KEY (turn, seq)) "
        "STRICT, WITHOUT ROWID"
    ),
    "turns": (
        "CREATE TABLE turns (turn INTEGER PRIMARY KEY, state_hash TEXT NOT NULL, records TEXT NOT NULL, "
        "ended TEXT NOT NULL) STRICT"
    ),
    "snapshots": (
        "CREATE TABLE snapshots (id INTEGER PRIMARY KEY, turn INTEGER NOT NULL, field TEXT NOT NULL, "
        "dtype TEXT NOT NULL, shape TEXT NOT NULL, data BLOB NOT NULL) STRICT"
    ),
}

# How long to wait for a virus scanner, a backup or the list of saves to let go of the file.
_WAIT_SECONDS = 2.0

# A log is whole when each turn's orders are numbered from 0, belong to a turn that was or is being played, are JSON,
# and none still waits in a turn that has ended.
_BROKEN_LOG = """
    SELECT turn FROM log GROUP BY turn
    HAVING min(seq) <> 0 OR max(seq) <> count(*) - 1 OR turn < 1 OR turn > :last + 1
        OR NOT min(json_valid(order_json)) OR (turn <= :last AND sum(phase = 'submitted') > 0)
"""


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a database; `mode` is SQLite's: "rw" an existing one, "rwc" a new one."""
    # The end of a turn may be computed and saved beside the window, on another thread.
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # A rollback journal, not a write-ahead log: at rest a save is then one file that can be copied or sent. Synced
        # in full, so that an order outlives a power cut; a person does not notice the milliseconds.
        database.execute("PRAGMA synchronous = FULL")
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Write everything inside, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # SQLite itself has already rolled back when the disk is full
            database.execute("ROLLBACK")
        raise


def write_new(path: Path, header: Header, level_text: str, start: Snapshot) -> None:
    """Make a save file at a path where there is none."""
    with closing(connect(path, "rwc")) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        database.execute(f"PRAGMA user_version = {FORMAT:d}")
        with transaction(database):
            for table in TABLES.values():
                database.execute(table)
            database.executemany("INSERT INTO meta VALUES (?, ?)", header.rows())
            database.execute("INSERT INTO level VALUES (1, ?)", (zlib.compress(level_text.encode()),))
            write_snapshot(database, start)


def write_entries(database: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Write log entries, each in the place of its earlier self."""
    rows = [(entry.turn, entry.seq, entry.seat, entry.order, entry.phase) for entry in entries]
    database.executemany("INSERT OR REPLACE INTO log VALUES (?, ?, ?, ?, ?)", rows)


def write_snapshot(database: sqlite3.Connection, snapshot: Snapshot) -> None:
    """Write the state after a turn."""
    ended = datetime.now(UTC).isoformat(timespec="seconds")
    turn = (snapshot.turn, snapshot.state_hash, snapshot.records, ended)
    database.execute("INSERT INTO turns VALUES (?, ?, ?, ?)", turn)
    rows = ((snapshot.turn, name, *pack_array(name, array)) for name, array in snapshot.arrays.items())
    database.executemany("INSERT INTO snapshots (turn, field, dtype, shape, data) VALUES (?, ?, ?, ?, ?)", rows)


def check_pages(path: Path, database: sqlite3.Connection) -> None:
    """Raise ProblemError unless every page of the file can be read."""
    verdict = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise damaged(path, " ".join(str(verdict).split()))


def check_tables(path: Path, database: sqlite3.Connection) -> None:
    """Raise ProblemError unless the tables are those of this format."""
    found = dict(database.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    if found != TABLES:
        raise damaged(path, _("its tables are not those of a save"))


def read_header(path: Path, database: sqlite3.Connection) -> Header:
    """Return what the save says of itself."""
    try:
        return Header.from_rows(dict(database.execute("SELECT key, value FROM meta")))
    except ValueError as error:
        raise damaged(path, _("its {key} is unreadable", key=str(error))) from error


def read_level(path: Path, database: sqlite3.Connection) -> str:
    """Return the text of the level that is played."""
    row = database.execute("SELECT content FROM level").fetchone()
    try:
        return zlib.decompress(row[0]).decode()
    except (TypeError, zlib.error, UnicodeDecodeError) as error:
        raise damaged(path, _("its level is unreadable")) from error


def read_fields(database: sqlite3.Connection, turn: int) -> frozenset[str]:
    """Return the names of the arrays kept after a turn."""
    rows = database.execute("SELECT field FROM snapshots WHERE turn = ?", (turn,))
    return frozenset(row[0] for row in rows)


def read_turn(path: Path, database: sqlite3.Connection) -> int:
    """Return the last turn that ended, after checking that no turn and no order before it is missing."""
    count, first, last = database.execute("SELECT count(*), min(turn), max(turn) FROM turns").fetchone()
    if first != 0 or count != last + 1:
        raise damaged(path, _("a turn is missing"))
    broken = database.execute(_BROKEN_LOG, {"last": last}).fetchone()
    if broken:
        raise damaged(path, _("the orders of turn {turn} are not whole", turn=broken[0]))
    return int(last)
