"""Label: plain or rich text, one line or wrapped, figures with their tips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.ui import icons, text, theme
from game.ui.theme import type_px
from game.ui.tip import Content, Number, Span, Tip
from game.ui.widgets.base import Options, Widget

BEHIND_SLASH = re.compile(r"(?<=[/\\])(?=.)")


@dataclass(slots=True)
class _Piece:
    """A run of words on one line."""

    content: Content
    words: str
    left: int
    wide: int


class Label(Widget):
    """Text made of one content or several runs: strings, Numbers and Spans. Wraps when `wrap`; else shortens."""

    def __init__(
        self,
        content: Content | Sequence[Content],
        id: str = "",
        *,
        size: float = theme.BODY,
        weight: int = theme.REGULAR,
        tone: str = "text",
        align: str = "left",
        wrap: bool = False,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id, **options)
        self.size, self.weight, self.tone, self.align, self.wrap = size, weight, tone, align, wrap
        self.runs: list[Content] = []
        self.set(content)

    def set(self, content: Content | Sequence[Content]) -> None:
        """Show other text; the room it has is kept."""
        runs = [content] if isinstance(content, (str, Number, Span)) else list(content)
        if runs != self.runs:
            self.runs = runs
            self.invalidate()

    def _weight(self, run: Content) -> int:
        return run.weight or self.weight if isinstance(run, Span) else self.weight

    def _width(self, words: str, run: Content) -> int:
        return text.width(words, type_px(self.size), self._weight(run))

    def _lines(self, limit: int) -> list[list[_Piece]]:
        """Runs broken into lines of at most `limit` pixels; a Number is never broken."""
        lines: list[list[_Piece]] = [[]]
        left = 0
        for run in self.runs:
            for token in self._fitting(run, limit):
                if token == "\n":
                    lines.append([])
                    left = 0
                    continue
                wide = self._width(token, run)
                if self.wrap and left and self._end(lines[-1], token.rstrip(" "), run) > limit:
                    lines.append([])
                    left = 0
                    token = token.lstrip(" ")
                    wide = self._width(token, run)
                if lines[-1] and lines[-1][-1].content is run:
                    piece = lines[-1][-1]
                    piece.words += token
                    piece.wide = self._width(piece.words, run)
                    left = piece.left + piece.wide
                elif token:
                    lines[-1].append(_Piece(run, token, left, wide))
                    left += wide
        return lines

    def _end(self, line: list[_Piece], token: str, run: Content) -> int:
        """Where a line ends with one more token; joined words may be wider than their parts."""
        last = line[-1]
        if last.content is run:
            return last.left + self._width(last.words + token, run)
        return last.left + last.wide + self._width(token, run)

    @staticmethod
    def _tokens(run: Content) -> list[str]:
        if isinstance(run, Number):
            return [run.text]
        tokens: list[str] = []
        for number, paragraph in enumerate(str(run).split("\n")):
            if number:
                tokens.append("\n")
            words = paragraph.split(" ")
            tokens += [word + " " for word in words[:-1]] + words[-1:]
        return tokens

    def _fitting(self, run: Content, limit: int) -> list[str]:
        """The words of a run, a path wider than a line broken behind its slashes; a Number stays whole."""
        words = self._tokens(run)
        if not self.wrap or isinstance(run, Number):
            return words
        parts: list[str] = []
        for word in words:
            is_wide = self._width(word.rstrip(" "), run) > limit
            parts += BEHIND_SLASH.split(word) if is_wide else [word]
        return parts

    def measure(self, width: int) -> tuple[int, int]:
        lines = self._lines(width)
        widest = max((line[-1].left + line[-1].wide for line in lines if line), default=0)
        return min(width, widest), len(lines) * text.line_height(type_px(self.size))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        color = theme.tone(self.tone)
        if len(self.runs) == 1 and not self.wrap:
            self.write(surface, self.runs[0], area, self.size, self.weight, color, self.align)
            return
        lines = self._lines(area.width)
        step = text.line_height(type_px(self.size))
        top = area.y + max(0, (area.height - step * len(lines)) // 2 if not self.wrap else 0)
        for line in lines:
            spare = area.width - (line[-1].left + line[-1].wide if line else 0)
            shift = 0 if self.align == "left" else spare if self.align == "right" else spare // 2
            for piece in line:
                room = pygame.Rect(area.x + max(0, shift) + piece.left, top, area.right - area.x - piece.left, step)
                self.write(surface, self._worded(piece), room, self.size, self._weight(piece.content), color)
            top += step

    @staticmethod
    def _worded(piece: _Piece) -> Content:
        words = piece.words.rstrip(" ")
        if isinstance(piece.content, Number):
            return piece.content
        return Span(words, piece.content.tone, piece.content.weight) if isinstance(piece.content, Span) else words


def heading(content: Content | Sequence[Content], size: float = theme.TITLE, **options: object) -> Label:
    """A label in the weight and colour of a heading."""
    return Label(content, size=size, weight=theme.SEMIBOLD, tone="high", **options)  # type: ignore[arg-type]


def caption(content: Content | Sequence[Content], tone: str = "mid", **options: object) -> Label:
    """A label in the smallest size, for units, hints and meta text."""
    return Label(content, size=theme.CAPTION, tone=tone, **options)  # type: ignore[arg-type]


class Icon(Widget):
    """One icon of our set."""

    def __init__(self, name: str, *, size: float = 18, tone: str = "mid", tip: Tip | None = None, id: str = "") -> None:
        super().__init__(id, tip=tip, width=size, height=size)
        self.name, self.tone = name, tone

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        surface.blit(icons.icon(self.name, area.width, theme.tone(self.tone)), area)
