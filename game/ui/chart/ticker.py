"""Ticker: a mineral's price, change and history in a card; the row of tickers is the mineral selector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.chart.sparkline import draw_sparkline
from game.ui.theme import px, type_px
from game.ui.tip import Number
from game.ui.widgets.base import Options
from game.ui.widgets.button import Pressable
from game.ui.widgets.chip import draw_change, draw_mineral


class Ticker(Pressable):
    """One mineral: chip, name, unit, price, change, sparkline. Put several in a `Grid(group=True)`."""

    def __init__(
        self,
        mineral: str,
        name: str,
        unit: str,
        price: Number,
        change: Number,
        series: Sequence[float],
        *,
        id: str = "",
        selected: bool = False,
        on_press: Callable[[], None],
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id or f"ticker.{mineral}", **options)
        self.mineral, self.name, self.unit, self.price, self.change = mineral, name, unit, price, change
        self.series, self.selected, self.on_press = list(series), selected, on_press

    def measure(self, width: int) -> tuple[int, int]:
        return width, px(92)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        fill, border = (theme.ACCENT_TINT, theme.ACCENT) if self.selected else (theme.PANEL, theme.LINE)
        shape.box(surface, area, theme.mix(fill, theme.CONTROL, self.heat * 0.8), border, px(theme.RADIUS))
        room = area.inflate(-px(18), -px(12))
        chip = pygame.Rect(room.x, room.y + px(4), px(26), px(26))
        draw_mineral(self, surface, self.mineral, chip)
        half = max(px(20), type_px(14) + 4)
        name = pygame.Rect(chip.right + px(10), room.y, room.right - chip.right - px(10), half)
        self.write(surface, self.name, name, 14, theme.MEDIUM, theme.HIGH)
        unit = self.write(surface, self.unit, name.move(0, half - px(1)), 14, theme.REGULAR, theme.MID)
        right = pygame.Rect(unit.right + px(6), name.bottom - px(1), room.right - unit.right - px(6), half)
        draw_change(self, surface, self.change, right, align="right")
        low = pygame.Rect(room.x, unit.bottom, room.width, room.bottom - unit.bottom)
        place = self.write(surface, self.price, low, theme.VALUE, theme.SEMIBOLD, theme.HIGH)
        left = max(place.right + px(10), room.x + room.width // 2)
        if room.right - left > px(36):
            spark = pygame.Rect(left, low.y, room.right - left, low.height)
            draw_sparkline(surface, spark, self.series, theme.MINERAL_COLORS[self.mineral], filled=True)
