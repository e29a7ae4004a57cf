"""Running text in several styles with links, broken into lines; the cells of documents are made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pygame

from game.ui import shape, text, theme
from game.ui.theme import px, type_px
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Pressable

TOKEN = re.compile(r"\n|[^\S\n]*[^\s]+[^\S\n]*|[^\S\n]+")
BREAKABLE = re.compile(r"(?<=[/_.,])(?=\w)")  # where a word longer than a line may go on in the next

LOOKS: dict[str, tuple[int, theme.Color]] = {
    "": (theme.REGULAR, theme.TEXT),
    "strong": (theme.SEMIBOLD, theme.HIGH),
    "em": (theme.MEDIUM, theme.TEXT),
    "code": (theme.REGULAR, theme.HIGH),
}

CODE_PAD = 3  # on either side of words in code, which stand on a surface of their own

OnLink = Callable[[str], None]


class TextRun(Protocol):
    """Words in one style; a link when `href` is set."""

    @property
    def text(self) -> str: ...
    @property
    def style(self) -> str: ...
    @property
    def href(self) -> str: ...


@dataclass(slots=True)
class Piece:
    """Words of one run on one line, `left` pixels from the line's start."""

    run: TextRun
    words: str
    left: int
    wide: int


def weight_of(run: TextRun) -> int:
    """Weight of a run's type."""
    return LOOKS[run.style][0]


def _wide(run: TextRun, words: str, size: float) -> int:
    pad = 2 * px(CODE_PAD) if run.style == "code" else 0
    return text.width(words, type_px(size), weight_of(run)) + pad


def natural_width(runs: Sequence[TextRun], size: float) -> int:
    """Pixels of the longest line when nothing is broken."""
    return max((line[-1].left + line[-1].wide for line in broken(runs, size, 10**6) if line), default=0)


def least_width(runs: Sequence[TextRun], size: float) -> int:
    """Pixels of the longest word."""
    parts = [(part, run) for run in runs for word in run.text.split() for part in BREAKABLE.split(word)]
    return max((_wide(run, part, size) for part, run in parts), default=0)


def broken(runs: Sequence[TextRun], size: float, limit: int) -> list[list[Piece]]:
    """The runs in lines of at most `limit` pixels; words that stand together without a blank stay together."""
    lines: list[list[Piece]] = [[]]
    for atom in _atoms(runs):
        if atom[0][1] == "\n":
            lines.append([])
            continue
        wide = _width(atom, size)
        if lines[-1] and _end(lines[-1]) + wide > limit:
            lines.append([])
        if wide > limit:
            atom = [part for run, words in atom for part in _parts(run, words, size, limit)]
        for run, words in atom:
            if lines[-1] and wide > limit and _end(lines[-1]) + _width([(run, words)], size) > limit:
                lines.append([])
            _put(lines[-1], run, words, size)
    return lines


def _atoms(runs: Sequence[TextRun]) -> Iterator[list[tuple[TextRun, str]]]:
    """What no line may part: words up to the next blank, over the borders of runs; line breaks alone."""
    atom: list[tuple[TextRun, str]] = []
    for run in runs:
        for words in TOKEN.findall(run.text):
            if atom and (words == "\n" or words[0].isspace() or atom[-1][1][-1].isspace()):
                yield atom
                atom = []
            if words == "\n":
                yield [(run, words)]
            else:
                atom.append((run, words))
    if atom:
        yield atom


def _parts(run: TextRun, words: str, size: float, limit: int) -> Iterator[tuple[TextRun, str]]:
    """A long word where it may be parted, and letter by letter where that is not enough."""
    for part in BREAKABLE.split(words):
        while len(part) > 1 and _wide(run, part.rstrip(), size) > limit:
            fits = next(n for n in range(len(part) - 1, 0, -1) if n == 1 or _wide(run, part[:n], size) <= limit)
            yield run, part[:fits]
            part = part[fits:]
        yield run, part


def _width(atom: list[tuple[TextRun, str]], size: float) -> int:
    """Pixels of an atom without the blank at its end."""
    last = len(atom) - 1
    return sum(_wide(run, words.rstrip() if place == last else words, size) for place, (run, words) in enumerate(atom))


def _end(line: list[Piece]) -> int:
    return line[-1].left + line[-1].wide


def _put(line: list[Piece], run: TextRun, words: str, size: float) -> None:
    """Add words to a line, to its last piece when they are of the same run."""
    if not line:
        words = words.lstrip()
    if line and line[-1].run is run:
        piece = line[-1]
        piece.words += words
        piece.wide = _wide(run, piece.words, size)
    else:
        left = _end(line) if line else 0
        line.append(Piece(run, words, left, _wide(run, words, size)))


class Link(Pressable):
    """A piece of running text that leads somewhere; later lines of the same link answer the mouse alone."""

    def __init__(self, piece: Piece, size: float, id: str, on_link: OnLink, *, is_first: bool) -> None:
        super().__init__(id)
        self.piece, self.size, self.on_link = piece, size, on_link
        self.focusable = is_first

    def press(self) -> None:
        self.on_link(self.piece.run.href)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        ink = theme.mix(theme.ACCENT, theme.WHITE, 0.35 * self.heat)
        room = area.inflate(px(8), 0)
        room.left = area.left
        place = self.write(surface, self.piece.words.rstrip(), room, self.size, theme.REGULAR, ink)
        if self.heat or self.focused:
            surface.fill(ink, (place.x, place.bottom - px(2), place.width, max(1, px(1))))


def link_widgets(
    lines: list[list[Piece]], corner: tuple[int, int], size: float, id: str, on_link: OnLink
) -> Iterator[Link]:
    """The links of broken text as widgets laid out where it stands, `corner` being its upper left in the parent."""
    step = text.line_height(type_px(size))
    count, last = 0, None
    for number, line in enumerate(lines):
        for piece in line:
            if not piece.run.href:
                continue
            link = Link(piece, size, f"{id}.{count}", on_link, is_first=piece.run is not last)
            wide = text.width(piece.words.rstrip(), type_px(size))
            link.layout(pygame.Rect(corner[0] + piece.left, corner[1] + number * step, wide, step))
            count, last = count + 1, piece.run
            yield link


def draw_lines(
    widget: Widget, surface: pygame.Surface, lines: list[list[Piece]], corner: tuple[int, int], size: float,
    tone: theme.Color | None = None,
) -> None:  # fmt: skip
    """Draw broken text but for its links; `tone` is the colour of plain words."""
    step = text.line_height(type_px(size))
    for number, line in enumerate(lines):
        for piece in line:
            words = piece.words.strip()
            if piece.run.href or not words:
                continue
            weight, ink = LOOKS[piece.run.style]
            if not piece.run.style and tone is not None:
                ink = tone
            blank = len(piece.words) - len(piece.words.lstrip())
            left = corner[0] + piece.left + text.width(piece.words[:blank], type_px(size), weight)
            wide = text.width(words, type_px(size), weight)
            room = pygame.Rect(left, corner[1] + number * step, wide, step)
            if piece.run.style == "code":
                room.x += px(CODE_PAD)
                ground = room.inflate(2 * px(CODE_PAD - 1), -px(2))
                shape.box(surface, ground, theme.CONTROL, None, px(theme.RADIUS_SMALL))
            widget.write(surface, words, room.inflate(2, 0).move(1, 0), size, weight, ink)
