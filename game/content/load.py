"""Loads levels: from the cache when no byte has changed, from their files and through every check otherwise."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from game.content.cache import keep, kept
from game.content.check import checked
from game.content.draft import Draft, draft_level, level_ids, read_files
from game.content.level import Level
from game.problems import ProblemError

__all__ = ["level_ids", "load_level"]


def load_level(name: str | Path) -> Level:
    """Return a level given by id, folder or file. Raises ProblemError with every problem when it has any error."""
    files = read_files(name)
    key = files.digest() + files.path.parent.name
    level = _from_cache(key)
    if level:
        return level
    draft = draft_level(files)
    level, problems = checked(draft)
    if level is None or any(problem.severity == "error" for problem in problems):
        raise ProblemError(problems)
    keep(key, _content(draft))
    return level


def _content(draft: Draft) -> dict[str, object]:
    return {"level": draft.row, "tables": draft.tables, "routes": draft.routes}


def _from_cache(key: str) -> Level | None:
    content = kept(key)
    if content is None:
        return None
    try:
        return Level.from_tables(content["level"], content["tables"], content["routes"])
    except (KeyError, TypeError, ValidationError):
        return None
