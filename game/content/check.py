"""Finds every problem of a level at once: shape and bounds by the models, then what several figures together say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from game.content.build import build_baseline
from game.content.draft import LEVEL_FILE, Draft, draft_level, read_files
from game.content.facts import Facts
from game.content.figure_check import figure_problems
from game.content.level import Level
from game.content.models.level import LevelRow
from game.content.models.world import World
from game.content.reference_check import reference_problems
from game.content.validation import Found, validated
from game.engine.calibrate import calibrate
from game.problems import Problem, ProblemError
from game.text import _

MOST_PLACES = 5  # a problem that stands in more is one mistake, not many


def check_level(path: str | Path) -> list[Problem]:
    """Return every problem of a level given by id, folder or file; an empty list when it can be played."""
    try:
        return checked(draft_level(read_files(path)))[1]
    except ProblemError as error:
        return list(error.problems)


def checked(draft: Draft) -> tuple[Level | None, list[Problem]]:
    """Return the level of a draft, None when its shape is wrong, and all problems in the order of files and lines."""
    row, row_found = validated(LevelRow, draft.row, draft.row_where, _("the level"))
    world, world_found = validated(World, draft.tables, draft.where, _("the world"))
    facts = Facts(draft, {path for found in world_found for path in found.paths})
    unknown = list(reference_problems(facts))
    problems = [*draft.problems, *_beside((*row_found, *world_found), unknown), *_folder(draft)]
    problems += unknown
    problems += figure_problems(facts)
    problems = _once(sorted(dict.fromkeys(problems), key=_order))
    level = Level(row, world, draft.routes, draft.tables) if row and world else None
    return level, problems or (_fit(level) if level else [])


def _beside(found: Iterable[Found], unknown: list[Problem]) -> Iterator[Problem]:
    """Yield what the models found, less ids of the wrong form that are named as unknown in the same line anyway."""
    for one in found:
        named = (problem.what for problem in unknown if problem.where == one.problem.where)
        if not (one.malformed_id and any(repr(one.malformed_id) in what for what in named)):
            yield one.problem


def _once(problems: list[Problem]) -> list[Problem]:
    """Return the problems with one that stands in many places, such as a renamed id, named at the first alone."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.what, problem.hint), []).append(problem)
    kept: list[Problem] = []
    for group in alike.values():
        if len(group) <= MOST_PLACES:
            kept += group
        else:
            what = _("{what} (and in {n} more places)", what=group[0].what, n=len(group) - 1)
            kept.append(replace(group[0], what=what))
    return sorted(kept, key=_order)


def _fit(level: Level) -> list[Problem]:
    """Return what keeps the engine from reproducing the level's base year; asked only when all else is right."""
    try:
        calibrate(build_baseline(level))
    except ProblemError as error:
        return list(error.problems)
    return []


def _folder(draft: Draft) -> list[Problem]:
    folder, own = draft.path.resolve().parent.name, draft.row.get("id")
    if draft.path.name != LEVEL_FILE or not isinstance(own, str) or own == folder:
        return []
    what = _("the level is called {own} and lies in the folder {folder}", own=own, folder=folder)
    return [Problem("error", draft.row_where("id"), what, _("give both the same name"))]


def _order(problem: Problem) -> tuple[str, int]:
    match = re.match(r"(.*):(\d+)", problem.where)
    return (match[1], int(match[2])) if match else (problem.where, 0)
