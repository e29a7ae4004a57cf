"""Saved games as the title and the shelf show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from game.match.shelf import SaveInfo, list_saves
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Tip


@dataclass(frozen=True)
class SavedGame:
    """One file: name, level, nation, when; `problem` says why it cannot be played."""

    path: Path
    name: str
    level: str
    nation: str
    date: str
    saved: str
    words: str
    problem: str
    hint: str
    tip: Tip


def saved_games(names: Callable[[str], str] = str, folder: Path | None = None) -> list[SavedGame]:
    """All saved games, newest first, the damaged ones with their problem."""
    return [_saved(info, names) for info in list_saves(folder)]


def newest_save(folder: Path | None = None) -> SavedGame | None:
    """The newest game that can be played."""
    return next((game for game in saved_games(folder=folder) if not game.problem), None)


def _saved(info: SaveInfo, names: Callable[[str], str]) -> SavedGame:
    nation = ", ".join(names(nation) for nation in info.nations)
    level = _(str(info.level).replace("_", " ").capitalize()) if info.level else ""
    date = fmt.turn_date(info.turn + 1) if not info.problem else ""
    saved = info.saved.astimezone().strftime("%Y-%m-%d %H:%M")
    words = " · ".join(filter(None, (nation, level, date)))
    tip = Tip(
        info.name, saved, _("Saved game; it stands at {date}.", date=date) if date else _("Saved game."),
        _("local time"), (), _("Save file {path}", path=info.path),
    )  # fmt: skip
    return SavedGame(
        info.path, info.name, level, nation, date, saved, words,
        info.problem.what if info.problem else "", info.problem.hint if info.problem else "", tip,
    )  # fmt: skip
