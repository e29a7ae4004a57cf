"""Says in one sentence why a save cannot be read or written, before anything in it is touched."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from game.match.migrate import FORMAT
from game.problems import Problem, ProblemError
from game.text import _

APPLICATION_ID = 0x43484B50  # "CHKP", in every save's header, so that another program's database is told apart

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_USER_VERSION = slice(60, 64)  # places fixed by the SQLite file format
_APPLICATION_ID = slice(68, 72)


def refusal(path: Path, what: str, hint: str = "") -> ProblemError:
    """Return the error that refuses a save."""
    return ProblemError(Problem("error", str(path), what, hint))


def damaged(path: Path, detail: str) -> ProblemError:
    """Return the refusal of a save whose content is not what the game wrote."""
    what = _("this save is damaged ({detail})", detail=detail)
    return refusal(path, what, _("it was left as it is: open another save or a copy of this one"))


def format_of(path: Path) -> int:
    """Return a save's format from its first bytes, without opening it as a database.

    Raises ProblemError for what is missing, is no file, is not one of our saves, or was written by a newer game.
    """
    with plain_errors(path):
        if not path.exists():
            raise refusal(path, _("there is no such save"))
        if not path.is_file():
            raise refusal(path, _("this is not a file"), _("name a save, a file ending in .chokepoint"))
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise refusal(path, _("this file is not a save of this game, or it is damaged"), _("it was left as it is"))
    if int.from_bytes(header[_APPLICATION_ID], "big") != APPLICATION_ID:
        raise refusal(path, _("this file belongs to another program"), _("it was left as it is"))
    found = int.from_bytes(header[_USER_VERSION], "big")
    if found > FORMAT:
        what = _("this save has format {found}, and this game reads up to {known}", found=found, known=FORMAT)
        raise refusal(path, what, _("update the game to continue it; the save was left as it is"))
    if found < 1:
        raise damaged(path, _("it has no format"))
    return found


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the system or the database says into a sentence that names the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _database_refusal(path, error) from error
    except UnicodeDecodeError as error:  # from a damaged text, or from SQLite's own sentence when it quotes one
        raise damaged(path, _("a text in it is unreadable")) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise _no_room(path) from error
        raise _not_reachable(path, error.strerror or str(error)) from error


def _database_refusal(path: Path, error: sqlite3.Error) -> ProblemError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _no_room(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return refusal(path, _("another program is using this save"), _("close it there, then try again"))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return _not_reachable(path, str(error))
    return damaged(path, " ".join(str(error).split()))


def _no_room(path: Path) -> ProblemError:
    what = _("the disk is full, so this could not be saved")
    return refusal(path, what, _("make room and try again; what was saved before is unharmed"))


def _not_reachable(path: Path, reason: str) -> ProblemError:
    what = _("this save cannot be read or written ({reason})", reason=reason)
    return refusal(path, what, _("choose a folder in which you may write files"))
