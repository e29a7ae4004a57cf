"""Toast: a short notice that leaves by itself."""

from __future__ import annotations

import pygame

from game.ui import icons, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content
from game.ui.widgets.base import Widget

TONE_ICONS = {"good": "check", "warn": "warning", "bad": "alert", "accent": "info"}
TOAST_MS = 5000


class Toast(Widget):
    """One notice in a tone: good, warn, bad or accent. Colour is repeated by the icon."""

    cached = True

    def __init__(self, content: Content, tone: str = "accent", *, id: str = "", width: float | None = None) -> None:
        super().__init__(id, width=width)
        self.content, self.tone = content, tone

    def measure(self, width: int) -> tuple[int, int]:
        wide = text.width(str(self.content), type_px(16)) + px(64)
        return min(width, max(wide, px(280))), px(40)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        color = theme.tone(self.tone)
        fill = theme.TINTS[self.tone]
        shape.box(surface, area, fill, theme.mix(fill, color, 0.55), px(theme.RADIUS_SMALL))
        surface.fill(color, (area.x, area.y + px(5), px(4), area.height - px(10)))
        surface.blit(icons.icon(TONE_ICONS[self.tone], px(20), color), (area.x + px(17), area.centery - px(10)))
        room = pygame.Rect(area.x + px(46), area.y, area.width - px(60), area.height)
        self.write(surface, self.content, room, 16, theme.REGULAR, theme.HIGH)
