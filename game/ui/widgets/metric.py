"""Metric: icon, label, value, change and sparkline, as in the top bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.ui import icons, text, theme
from game.ui.chart.sparkline import draw_sparkline
from game.ui.theme import px, type_px
from game.ui.tip import Number
from game.ui.widgets.base import Options
from game.ui.widgets.button import Pressable
from game.ui.widgets.chip import draw_change
from game.ui.widgets.rolling import Rolling


class Metric(Rolling, Pressable):
    """One of the player's numbers. The change's tone says whether it is good; its triangle says where it went.

    The sparkline, the icon and at last the change give way when there is little width. The value rolls when a rebuild
    finds another, worded by `worded`.
    """

    cursor = pygame.SYSTEM_CURSOR_ARROW

    def __init__(
        self,
        label: str,
        value: Number,
        change: Number | None = None,
        *,
        id: str = "",
        icon: str = "",
        series: Sequence[float] = (),
        on_press: Callable[[], None] | None = None,
        worded: Callable[[float], str] | None = None,
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("height", 48)
        options.setdefault("grow", 1)
        super().__init__(id, **options)
        self.tip = value.tip
        self.label, self.value, self.change, self.icon, self.series = label, value, change, icon, list(series)
        self.on_press, self.worded = on_press, worded
        self.presses = on_press is not None

    def _text_width(self) -> int:
        figures = text.width(self.value.text, type_px(20), theme.SEMIBOLD)
        if self.change is not None:
            figures += px(26) + text.width(self.change.text.lstrip("+−"), type_px(14), theme.MEDIUM)
        return max(figures, text.width(self.label, type_px(14)))

    def measure(self, width: int) -> tuple[int, int]:
        return self._text_width() + px(30 if self.icon else 0), px(48)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        wide = self._text_width()
        room = area.copy()
        if self.icon and area.width >= wide + px(30):
            mark = icons.icon(self.icon, px(20), theme.mix(theme.MID, theme.HIGH, self.heat))
            surface.blit(mark, (area.x, area.centery - px(10)))
            room.x, room.width = area.x + px(30), area.width - px(30)
        upper = pygame.Rect(room.x, room.y, room.width, room.height * 45 // 100)
        lower = pygame.Rect(room.x, upper.bottom, room.width, room.height - upper.height)
        label = self.write(surface, self.label, upper, 14, theme.REGULAR, theme.MID)
        place = self.write(surface, self.number_now(), lower, 20, theme.SEMIBOLD, theme.HIGH)
        change = text.width(self.change.text, type_px(14), theme.MEDIUM) + px(24) if self.change is not None else 0
        if self.change is not None and place.right + change <= room.right:
            right = pygame.Rect(place.right + px(10), lower.y, room.right - place.right - px(10), lower.height)
            draw_change(self, surface, self.change, right)
        left = max(label.right + px(8), room.x + px(112))
        if len(self.series) > 1 and room.right - left >= px(36):
            spark = pygame.Rect(min(left, room.right - px(48)), room.y, px(48), upper.height + px(2))
            draw_sparkline(surface, spark, self.series, theme.MID)
