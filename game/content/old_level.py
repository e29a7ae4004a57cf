"""Reads the level of a save that an older version of the game wrote, whose world had other tables and figures.

What this version asks for and the save lacks is taken from the level of the same id as it comes with the game, or from
any other when there is none; what this version no longer knows is left out. A value that no longer fits is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from game.content.level import FORMAT, Level
from game.content.load import level_ids, load_level
from game.problems import Problem, ProblemError
from game.text import _

ROUNDS = 3  # a row that is added may lack a row in turn
PARTS = ("level", "tables", "routes")
ROW, WORLD = "LevelRow", "World"
Path = tuple[str | int, ...]


def level_of_save(text: str) -> tuple[Level, tuple[str, ...]]:
    """Return the level, and the names of the figures that the save lacks. Raises ProblemError when it is no level."""
    try:
        content = json.loads(text)
        is_level = content["format"] == FORMAT and all(isinstance(content[part], dict) for part in PARTS)
        known = _known_level(content["level"]["id"]) if is_level else None
    except (ValueError, KeyError, TypeError):
        known = None
    if known is None:
        return Level.from_text(text), ()  # or says what is wrong with it
    added = _with_tables(content, known)
    for _round in range(ROUNDS):
        try:
            Level.from_tables(content["level"], content["tables"], content["routes"])
        except ValidationError as error:
            added += _completed(content, known, error)
        except (KeyError, TypeError):
            break
        else:
            break
    return Level.from_text(json.dumps(content)), tuple(added)


def _known_level(name: str) -> Level | None:
    """The level as it comes with the game; another one when it does not come with it."""
    ids = level_ids()
    for known in [name, *ids] if name in ids else ids:
        try:
            return load_level(known)
        except ProblemError:
            continue
    return None


def _with_tables(content: dict[str, Any], known: Level) -> list[str]:
    """Add tables and sources that the save lacks; the names of those that hold figures."""
    added = []
    for part, tables in (("tables", known.tables), ("routes", known.routes)):
        for name, table in tables.items():
            if name not in content[part]:
                content[part][name] = table
                added.append(name)
    content["tables"]["sources"] = {**known.tables["sources"], **content["tables"]["sources"]}
    return added


def _completed(content: dict[str, Any], known: Level, error: ValidationError) -> list[str]:
    """Add what is missing and drop what is unknown, as `error` found it; the names of what was added.

    Raises ProblemError when a value is neither but does not fit.
    """
    theirs = {ROW: content["level"], WORLD: content["tables"]}.get(error.title)
    ours = {ROW: known.row.model_dump(mode="json"), WORLD: known.tables}.get(error.title)
    added, wrong = [], []
    for item in error.errors():
        path: Path = item["loc"]
        name = ".".join(map(str, path))
        found, value = _at(ours, path)
        row = _at(theirs, path[:-1])[1]
        if item["type"] == "missing" and found and isinstance(row, dict):
            row[path[-1]] = value
            added.append(name)
        elif item["type"] == "extra_forbidden" and isinstance(row, dict):
            row.pop(path[-1], None)
        else:
            wrong.append(name)
    if wrong:
        raise _refused(wrong)
    return added


def _at(tree: Any, path: Iterable[str | int]) -> tuple[bool, Any]:
    """Whether a tree of tables has a path, and what stands there."""
    for step in path:
        has_row = isinstance(tree, list) and isinstance(step, int) and step < len(tree)
        if not has_row and not (isinstance(tree, dict) and step in tree):
            return False, None
        tree = tree[step]
    return True, tree


def _refused(names: list[str]) -> ProblemError:
    shown = ", ".join(names[:5])
    what = _("another version of the game wrote this level and kept other figures ({names})", names=shown)
    return ProblemError(Problem("error", "", what, _("open it with that version; the file is left as it is")))
