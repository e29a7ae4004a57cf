"""Drawing text: fonts, a capped cache of rendered lines, wrapping and ellipsis."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

import pygame

from game.files import ASSETS
from game.ui.theme import MEDIUM, REGULAR, SEMIBOLD, Color

FONT_FILES = {
    REGULAR: "IBMPlexSans-Regular.ttf",
    MEDIUM: "IBMPlexSans-Medium.ttf",
    SEMIBOLD: "IBMPlexSans-SemiBold.ttf",
}
CACHE_CAP = 4000
ELLIPSIS = "…"

_lines: OrderedDict[tuple[str, int, int, Color], pygame.Surface] = OrderedDict()


@lru_cache(maxsize=64)
def font(size: int, weight: int = REGULAR) -> pygame.font.Font:
    """The shipped face at `size` pixels and one of the weights 400, 500, 600."""
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(ASSETS / "fonts" / FONT_FILES[weight], size)


def forget_fonts() -> None:
    """Drop every font and rendered line; needed when pygame.font was shut down."""
    font.cache_clear()
    width.cache_clear()
    _lines.clear()


def line(text: str, size: int, weight: int, color: Color) -> pygame.Surface:
    """One rendered line, from the cache when it was drawn before. Not to be drawn on."""
    key = (text, size, weight, color)
    surface = _lines.get(key)
    if surface is None:
        surface = font(size, weight).render(text, True, color)
        _lines[key] = surface
        if len(_lines) > CACHE_CAP:
            _lines.popitem(last=False)
    else:
        _lines.move_to_end(key)
    return surface


@lru_cache(maxsize=8000)
def width(text: str, size: int, weight: int = REGULAR) -> int:
    """Width of a line in pixels."""
    return font(size, weight).size(text)[0]


def line_height(size: int) -> int:
    """Distance between two base lines in pixels."""
    return round(size * 1.4)


def ascent(size: int, weight: int = REGULAR) -> int:
    """Pixels from the top of a rendered line to its base line."""
    return font(size, weight).get_ascent()


def shortened(text: str, size: int, weight: int, limit: int) -> str:
    """`text`, or its longest beginning that fits `limit` pixels with an ellipsis."""
    if width(text, size, weight) <= limit:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, size, weight) <= limit:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS if low else ELLIPSIS


def wrapped(text: str, size: int, weight: int, limit: int) -> list[str]:
    """`text` broken at spaces into lines of at most `limit` pixels; longer words stay whole."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        current = ""
        for word in paragraph.split(" "):
            trial = f"{current} {word}" if current else word
            if current and width(trial, size, weight) > limit:
                lines.append(current)
                current = word
            else:
                current = trial
        lines.append(current)
    return lines
