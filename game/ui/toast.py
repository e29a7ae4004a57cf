"""Toast: a short notice that leaves by itself."""

from __future__ import annotations

import pygame

from game.ui import icons, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content
from game.ui.widgets.base import Widget

TONE_ICONS = {"good": "check", "warn": "warning", "bad": "alert", "accent": "info"}
TOAST_MS, READING_MS = 5000, 60  # at least so long, and so long a character
MOST_WIDTH = 760


class Toast(Widget):
    """One notice in a tone: good, warn, bad or accent. Colour is repeated by the icon."""

    cached = True

    def __init__(self, content: Content, tone: str = "accent", *, id: str = "", width: float | None = None) -> None:
        super().__init__(id, width=width)
        self.content, self.tone = content, tone

    @property
    def duration_ms(self) -> int:
        """How long it is shown: a long one as long as reading it takes."""
        return max(TOAST_MS, READING_MS * len(str(self.content)))

    def _lines(self, width: int) -> list[Content]:
        """The content on one line, or its words on as many as they need."""
        size, room = type_px(16), width - px(64)
        if text.width(str(self.content), size) <= room:
            return [self.content]
        return list(text.wrapped(str(self.content), size, theme.REGULAR, room))

    def measure(self, width: int) -> tuple[int, int]:
        wide = text.width(str(self.content), type_px(16)) + px(64)
        wide = min(width, px(MOST_WIDTH), max(wide, px(280)))
        return wide, px(18) + text.line_height(type_px(16)) * len(self._lines(wide))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        color = theme.tone(self.tone)
        fill = theme.TINTS[self.tone]
        shape.box(surface, area, fill, theme.mix(fill, color, 0.55), px(theme.RADIUS_SMALL))
        surface.fill(color, (area.x, area.y + px(5), px(4), area.height - px(10)))
        surface.blit(icons.icon(TONE_ICONS[self.tone], px(20), color), (area.x + px(17), area.centery - px(10)))
        step = text.line_height(type_px(16))
        lines = self._lines(area.width)
        room = pygame.Rect(area.x + px(46), area.centery - step * len(lines) // 2, area.width - px(60), step)
        for line in lines:
            self.write(surface, line, room, 16, theme.REGULAR, theme.HIGH)
            room.y += step
