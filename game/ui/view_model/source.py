"""Where a figure comes from, in one form that tooltips show and tests can take apart again.

Three kinds: fields of the world's table ("Model: ..."), rows of a level ("Data: ..."), and what the game keeps itself
("Game: ...").
"""

from __future__ import annotations

from collections.abc import Sequence

from game.content.level import Level
from game.engine.fields import FIELD
from game.text import _
from game.ui.tip import Cause, Number, number

MODEL, DATA, GAME = "Model: ", "Data: ", "Game: "
SEPARATOR = "; "


def fields(*names: str) -> str:
    """The source line of a figure read off, or computed from, fields of the world: each with unit and meaning."""
    rows = [_field_words(name) for name in names]
    return _(MODEL) + SEPARATOR.join(rows)


def _field_words(name: str) -> str:
    field = FIELD[name]
    return f"{name} ({_(field.unit)}): {_(field.meaning)}"


def first_field(line: str) -> str:
    """The first field that a source line names, "" where it names none."""
    name = line.removeprefix(_(MODEL)).partition(" ")[0]
    return name if line.startswith(_(MODEL)) and name in FIELD else ""


def row(level: Level, table: str, row_id: str = "", column: str = "") -> str:
    """The source line of a figure of a level's row: where it stands, then unit, year, publisher and confidence."""
    place = " ".join(filter(None, (table, row_id, column)))
    return f"{_(DATA)}{place}: {level.source(table, row_id, column)}"


def game(what: str) -> str:
    """The source line of a figure that is neither state nor data: a setting, a date, a count of what is listed."""
    return _(GAME) + what


def field_number(
    value: float | None,
    unit: str,
    name: str | Sequence[str],
    *,
    title: str,
    meaning: str,
    signed: bool = False,
    text: str = "",
    tone: str = "",
    causes: tuple[Cause, ...] = (),
    better: int = 1,
) -> Number:
    """A figure from one field of the world or computed from several; `unit` is one of game.ui.format."""
    names = (name,) if isinstance(name, str) else tuple(name)
    return number(
        value, unit, title=title, meaning=meaning, source=fields(*names),
        signed=signed, text=text, tone=tone, causes=causes, better=better,
    )  # fmt: skip


def game_number(value: float | None, unit: str, what: str, *, title: str, meaning: str, text: str = "") -> Number:
    """A figure the game itself keeps, such as the turn."""
    return number(value, unit, title=title, meaning=meaning, source=game(what), text=text)
