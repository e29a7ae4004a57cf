"""Finds every problem of a level at once: shape and bounds by the models, then what several figures together say."""

from __future__ import annotations

from pathlib import Path

from game.content.draft import Draft, draft_level, read_files
from game.content.level import Level
from game.content.models import LevelRow, World
from game.content.validation import validated
from game.problems import Problem, ProblemError
from game.text import _


def check_level(path: str | Path) -> list[Problem]:
    """Return every problem of a level given by id, folder or file; an empty list when it can be played."""
    try:
        return checked(draft_level(read_files(path)))[1]
    except ProblemError as error:
        return list(error.problems)


def checked(draft: Draft) -> tuple[Level | None, list[Problem]]:
    """Return the level of a draft, None when its shape is wrong, and all problems in the order of their lines."""
    row, row_problems = validated(LevelRow, draft.row, draft.row_where, _("the level"))
    world, world_problems = validated(World, draft.tables, draft.where, _("the world"))
    problems = [*draft.problems, *row_problems, *world_problems]
    if row is None or world is None:
        return None, problems
    return Level(row, world, draft.routes, draft.tables), problems
