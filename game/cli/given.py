"""What commands are given beside their subject, checked: files to write, sizes, seats; and how a complaint is made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from game.problems import Problem, ProblemError
from game.text import _

MOST_PIXELS = 8192  # a picture's side


def output(out: str | None, endings: tuple[str, ...] = (".json", ".csv")) -> Path | None:
    """Return the file to write, checked before the worlds are run; None for the screen."""
    if out is None or out == "-":
        return None
    target = Path(out)
    if target.suffix not in endings:
        what = _("{name!r} does not end in {endings}", name=out, endings=_(" or ").join(endings))
        raise wrong("--out", what, _("or - for JSON on the screen") if ".csv" in endings else "")
    if not target.parent.is_dir():
        raise wrong("--out", _("there is no folder {name}", name=target.parent), _("create it first"))
    return target


def opened(target: Path) -> TextIO:
    try:
        return target.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise wrong("--out", _("{name} cannot be written: {reason}", name=target, reason=error.strerror)) from error


def pixels(text: str) -> tuple[int, int]:
    width, cross, height = text.lower().partition("x")
    is_size = cross and width.isdecimal() and height.isdecimal()
    if not (is_size and 640 <= int(width) <= MOST_PIXELS and 360 <= int(height) <= MOST_PIXELS):
        hint = _("for example 1920x1080; from 640x360 to {most}x{most}", most=MOST_PIXELS)
        raise wrong("--size", _("{text!r} is not a size", text=text), hint)
    return int(width), int(height)


def wrong(where: str, what: str, hint: str = "") -> ProblemError:
    return ProblemError(Problem("error", where, what, hint))


def seats_of(given: Sequence[str]) -> dict[str, str]:
    """Nation to personality from words such as RUS=leverage_player."""
    seats = {}
    for word in given:
        nation, sign, personality = word.partition("=")
        if not (nation and sign and personality):
            raise wrong("--seat", _("{word!r} is no seat", word=word), _("for example RUS=leverage_player"))
        seats[nation.upper()] = personality.lower()
    return seats
