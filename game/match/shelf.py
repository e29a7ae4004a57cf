"""The shelf: the folder where saves stand, and what stands there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from game.files import user_folder
from game.match import save_file
from game.match.old_state import is_older
from game.match.refusal import format_of, plain_errors
from game.problems import Problem, ProblemError

SUFFIX = ".chokepoint"


@dataclass(frozen=True, slots=True)
class SaveInfo:
    """One file on the shelf. When `problem` says why it cannot be read, only path, name and `saved` are known.

    `is_older` when a version of the game wrote it that kept other numbers.
    """

    path: Path
    name: str
    saved: datetime
    level: str = ""
    nations: tuple[str, ...] = ()
    turn: int = 0
    is_older: bool = False
    problem: Problem | None = None


def saves_folder() -> Path:
    """Return the folder of saves, which need not exist yet."""
    return user_folder() / "saves"


def new_path(level: str, nation: str, folder: Path | None = None) -> Path:
    """Return a path for a new game at which there is no file yet."""
    shelf = folder or saves_folder()
    names = (f"{level}_{nation}{f'_{number}' if number > 1 else ''}{SUFFIX}" for number in count(1))
    return next(shelf / name for name in names if not (shelf / name).exists())


def list_saves(folder: Path | None = None) -> list[SaveInfo]:
    """Return all saves in a folder, the last written first; a bad file is listed with its problem.

    Raises ProblemError when the folder itself cannot be read; a missing one is empty.
    """
    shelf = folder or saves_folder()
    with plain_errors(shelf):
        files = shelf.iterdir() if shelf.exists() else ()
        paths = [path for path in files if path.suffix == SUFFIX and not path.name.startswith(".")]
    return sorted(map(_info, paths), key=lambda info: (info.saved, info.name), reverse=True)


def _is_older(database: sqlite3.Connection, turn: int) -> bool:
    """Return whether another version wrote the last turn; a table damaged further in is found when it is loaded."""
    try:
        return is_older(save_file.read_fields(database, turn))
    except sqlite3.Error:
        return False


def _info(path: Path) -> SaveInfo:
    """Return what the list shows of one file: its header and last turn, without checking every page of it."""
    saved = datetime.fromtimestamp(0, UTC)
    try:
        with plain_errors(path):
            saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            format_of(path)
            with closing(save_file.connect(path)) as database:
                header = save_file.read_header(path, database)
                turn = save_file.read_turn(path, database)
                older = _is_older(database, turn)
    except ProblemError as error:
        return SaveInfo(path, path.stem, saved, problem=error.problems[0])
    return SaveInfo(path, path.stem, saved, header.level, header.nations, turn, older)
