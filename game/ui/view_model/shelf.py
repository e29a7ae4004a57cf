"""Saved games as the title and the shelf show them, and throwing one away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from game.match.shelf import SaveInfo, list_saves
from game.problems import Problem, ProblemError
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number, Tip
from game.ui.view_model import source

JOURNAL = "-journal"  # what SQLite adds to the name of a file it was writing when it was stopped


@dataclass(frozen=True)
class SavedGame:
    """One file: name, level, nation (in words and by id), when; `problem` says why it cannot be played.

    `older` explains that another version of the game wrote it, where one did.
    """

    path: Path
    name: str
    level_id: str
    level: str
    nation: str
    iso3: str
    turn: Number | None
    saved: Number
    words: str
    problem: str
    hint: str
    tip: Tip
    older: Tip | None = None


@dataclass(frozen=True)
class Known:
    """What is known of the levels of saves: names of levels and nations by id, and turns by level."""

    names: Mapping[str, str] = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)

    def name(self, name_id: str) -> str:
        """What a level or nation is called; a level that is not known by its id in words."""
        return self.names.get(name_id) or (name_id if name_id.isupper() else name_id.replace("_", " ").capitalize())


def saved_games(known: Known | None = None, folder: Path | None = None) -> list[SavedGame]:
    """All saved games, newest first, the damaged ones with their problem.

    Raises ProblemError when the folder cannot be read.
    """
    return [_saved(info, known or Known()) for info in list_saves(folder)]


def newest_save(folder: Path | None = None) -> SavedGame | None:
    """The newest game that can be played; none when the folder cannot be read either."""
    try:
        return next((game for game in saved_games(folder=folder) if not game.problem), None)
    except ProblemError:
        return None


def known_of(levels: Iterable[str]) -> Known:
    """Names and lengths of these levels; one that is not here any more, or is broken, is left out."""
    from game.content.load import load_level

    names: dict[str, str] = {}
    turns: dict[str, int] = {}
    for name in sorted(set(levels)):
        try:
            level = load_level(name)
        except ProblemError:
            continue
        names[name], turns[name] = _(level.title), level.turns
        names |= {nation: _(row.name) for nation, row in level.world.nations.items()}
    return Known(names, turns)


def delete_save(path: Path) -> Problem | None:
    """Delete a save with what SQLite may have left beside it; the problem when it cannot be deleted."""
    try:
        path.unlink()
        path.with_name(path.name + JOURNAL).unlink(missing_ok=True)
    except OSError as error:
        what = _("the saved game cannot be deleted: {reason}", reason=error.strerror)
        return Problem("error", str(path), what, _("close what else has it open, or make the folder writable"))
    return None


def _saved(info: SaveInfo, known: Known) -> SavedGame:
    is_over = info.turn >= known.turns.get(info.level, info.turn + 1)
    date = "" if info.problem else fmt.turn_date(info.turn if is_over else info.turn + 1)
    saved = info.saved.astimezone().strftime(f"%Y-%m-%d{fmt.NO_BREAK}%H:%M")
    meaning = _("Saved game; it stands at {date}.", date=date) if date else _("A file that cannot be played.")
    tip = Tip(info.name, saved, meaning, _("local time"), (), source.game(_("save file {path}", path=info.path)))
    nation = ", ".join(known.name(nation) for nation in info.nations)
    level = known.name(info.level) if info.level else ""
    return SavedGame(
        info.path,
        info.name,
        info.level,
        level,
        nation,
        info.nations[0] if info.nations else "",
        None if info.problem else _turn(info, date, tip, is_over=is_over),
        Number(saved, tip),
        " · ".join(filter(None, (nation, level, date))),
        _sentence(info.problem.what) if info.problem else "",
        _sentence(info.problem.hint) if info.problem else "",
        tip,
        _older_tip() if info.is_older else None,
    )


def _older_tip() -> Tip:
    words = _("It goes on in this version: numbers it lacks begin as at the start of the level. The file changes only "
              "when you play on.")  # fmt: skip
    return Tip(_("Written by an older version of the game"), meaning=words)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _turn(info: SaveInfo, date: str, tip: Tip, *, is_over: bool) -> Number:
    playing = info.turn if is_over else info.turn + 1
    words = _("Finished · {date}", date=date) if is_over else _("Turn {turn} · {date}", turn=playing, date=date)
    return source.game_number(
        float(playing), "count", _("save file {path}", path=info.path), title=_("Turn"), text=words, meaning=tip.meaning
    )
