"""The tooltip card: value, meaning, causes that add up, source, keys; and where it may stand."""

from __future__ import annotations

import pygame

from game.text import _
from game.ui import shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Tip
from game.ui.widgets.base import Widget
from game.ui.widgets.button import draw_key_cap, key_cap_width

WIDEST, NARROWEST = 388, 180
EDGE_BAND = 80


class TipCard(Widget):
    """Draws one Tip. Not hit by the pointer; the window places it."""

    cached = True

    def __init__(self, content: Tip, *, pinned: bool = False) -> None:
        super().__init__()
        self.content, self.is_pinned = content, pinned

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Keys shown at the foot: only a tip that explains a figure can be worth pinning."""
        standing = ((_("Unpin") if self.is_pinned else _("Pin"), "T"),) if self.content.meaning else ()
        return standing + self._entry_key() + self.content.keys

    def _entry_key(self) -> tuple[tuple[str, str], ...]:
        """The key that leads to the almanac's entry, of a figure that is a field's."""
        from game.ui.view_model.source import first_field  # here, because a launch to the title needs no fields

        return ((_("Almanac"), "F1"),) if not self.is_pinned and first_field(self.content.source) else ()

    def _key_row_width(self) -> int:
        parts = [text.width(label, type_px(14)) + px(26) + key_cap_width(key) for label, key in self.keys]
        return sum(parts) - px(18) if parts else 0

    def _wanted_width(self) -> int:
        content = self.content
        widths = [
            text.width(content.title, type_px(16), theme.SEMIBOLD)
            + (px(24) + text.width(content.value, type_px(16), theme.SEMIBOLD) if content.value else 0)
        ]
        for cause in content.causes:
            figure = text.width(cause.shown or "+0,000.00", type_px(16), theme.SEMIBOLD)
            widths.append(text.width(cause.text, type_px(14)) + px(24) + figure)
        widths += [text.width(line, type_px(14)) for line in (content.meaning, self._unit_line()) if line]
        widths.append(self._key_row_width())
        return min(px(WIDEST - 32), max(max(widths), px(NARROWEST - 32)))

    def _unit_line(self) -> str:
        return _("Unit: {unit}", unit=self.content.unit) if self.content.unit else ""

    def _lines(self, words: str, width: int) -> list[str]:
        return text.wrapped(words, type_px(14), theme.REGULAR, width) if words else []

    def measure(self, width: int) -> tuple[int, int]:
        inner = min(self._wanted_width(), width - px(32))
        high = self._compose(None, pygame.Rect(px(16), px(12), inner, 0))
        return inner + px(32), high + px(12)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        shape.box(surface, area, theme.mix(theme.CARD, theme.CONTROL, 0.45), theme.LINE_STRONG, px(theme.RADIUS_PANEL))
        self._compose(surface, pygame.Rect(area.x + px(16), area.y + px(12), area.width - px(32), 0))

    def _compose(self, surface: pygame.Surface | None, room: pygame.Rect) -> int:
        """Lay the parts out from room's top, drawing them when there is a surface; returns the bottom."""
        content, top = self.content, room.y
        title_lines = self._title_lines(room.width)
        for place, words in enumerate(title_lines):
            line = pygame.Rect(room.x, top, room.width, px(26))
            if surface:
                self.write(surface, words, line, 16, theme.SEMIBOLD, theme.HIGH)
                if place == 0 and content.value:
                    self.write(surface, content.value, line, 16, theme.SEMIBOLD, theme.HIGH, "right")
            top += px(26)
        top = self._paragraph(surface, content.meaning, room, top, theme.MID)
        top += px(6) if content.causes else 0
        for cause in content.causes:
            top = self._cause(surface, cause.text, self._figure(cause), self.content.cause_tone(cause), room, top)
        foot = [self._unit_line(), _("Source: {source}", source=content.source) if content.source else ""]
        if any(foot):
            top += px(4)
        for words in foot:
            top = self._paragraph(surface, words, room, top, theme.LOW)
        return self._key_row(surface, room, top)

    def _title_lines(self, width: int) -> list[str]:
        used = text.width(self.content.value, type_px(16), theme.SEMIBOLD) + px(24) if self.content.value else 0
        return text.wrapped(self.content.title, type_px(16), theme.SEMIBOLD, width - used)

    def _figure(self, cause: object) -> str:
        from game.ui import format as fmt

        return cause.shown or fmt.trimmed(cause.value, 3, signed=True)  # type: ignore[attr-defined]

    def _paragraph(
        self, surface: pygame.Surface | None, words: str, room: pygame.Rect, top: int, color: theme.Color
    ) -> int:
        step = text.line_height(type_px(14))
        for line in self._lines(words, room.width):
            if surface:
                self.write(surface, line, pygame.Rect(room.x, top, room.width, step), 14, theme.REGULAR, color)
            top += step
        return top

    def _cause(
        self, surface: pygame.Surface | None, words: str, figure: str, tone: str, room: pygame.Rect, top: int
    ) -> int:
        figure_width = text.width(figure, type_px(16), theme.SEMIBOLD)
        lines = self._lines(words, room.width - figure_width - px(16))
        for place, line in enumerate(lines):
            row = pygame.Rect(room.x, top, room.width - figure_width - px(16), px(24))
            if surface:
                self.write(surface, line, row, 14, theme.REGULAR, theme.TEXT)
                if place == 0:
                    whole = pygame.Rect(room.x, top, room.width, px(24))
                    self.write(surface, figure, whole, 16, theme.SEMIBOLD, theme.tone(tone), "right")
            top += px(24)
        return top

    def _key_row(self, surface: pygame.Surface | None, room: pygame.Rect, top: int) -> int:
        if not self.keys:
            return top
        top += px(10)
        if surface:
            surface.fill(theme.LINE_STRONG, (room.x, top, room.width, 1))
            left, middle = room.x, top + px(22)
            for label, key in self.keys:
                place = pygame.Rect(left, middle - px(12), room.right - left, px(24))
                left = self.write(surface, label, place, 14, theme.REGULAR, theme.LOW).right + px(8)
                left = draw_key_cap(self, surface, key, (left, middle)) + px(18)
        return top + px(34)


def tip_place(
    size: tuple[int, int], target: pygame.Rect, window: pygame.Rect, avoids: list[pygame.Rect]
) -> pygame.Rect:
    """Where a tooltip of `size` stands: right, left, below or above its target, inside the window.

    It never covers the target, and covers `avoids` only when no side is free of them. In a bar along the upper or
    lower edge it stands below or above first, so that the figures beside the target stay readable.
    """
    gap = px(12)
    sides = [
        (target.right + gap, target.centery - size[1] // 3),
        (target.x - gap - size[0], target.centery - size[1] // 3),
        (target.centerx - size[0] // 2, target.bottom + gap),
        (target.centerx - size[0] // 2, target.y - gap - size[1]),
    ]
    if target.bottom < px(EDGE_BAND) or target.y > window.bottom - px(EDGE_BAND):
        sides = sides[2:] + sides[:2]
    best: tuple[int, pygame.Rect] | None = None
    for side in sides:
        place = pygame.Rect(side, size).clamp(window.inflate(-px(8), -px(8)))
        cost = sum(_overlap(place, area) for area in avoids) + 100 * _overlap(place, target)
        if best is None or cost < best[0]:
            best = (cost, place)
    return best[1] if best else pygame.Rect(0, 0, *size)


def _overlap(first: pygame.Rect, second: pygame.Rect) -> int:
    common = first.clip(second)
    return common.width * common.height
