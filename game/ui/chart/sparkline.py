"""Sparkline: the shape of a series, without axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.widgets.base import Options, Widget


class Sparkline(Widget):
    """A small line over `values`, its last point marked; fewer than two values draw nothing."""

    def __init__(
        self,
        values: Sequence[float],
        color: theme.Color = theme.MID,
        *,
        filled: bool = False,
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("width", 64)
        options.setdefault("height", 24)
        super().__init__(**options)
        self.values, self.color, self.filled = list(values), color, filled

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        draw_sparkline(surface, area, self.values, self.color, self.filled)


def draw_sparkline(
    surface: pygame.Surface, area: pygame.Rect, values: Sequence[float], color: theme.Color, filled: bool = False
) -> None:
    """Draw a series into `area`, its own lowest value at the bottom and highest at the top."""
    if len(values) < 2:
        return
    inner = area.inflate(-px(6), -px(6))
    low, high = min(values), max(values)
    reach = (high - low) or 1.0
    step = inner.width / (len(values) - 1)
    level = 0.5 if high == low else None
    points = [
        (inner.x + i * step, inner.bottom - inner.height * (level if level is not None else (v - low) / reach))
        for i, v in enumerate(values)
    ]
    if filled:
        base = [(points[-1][0], area.bottom), (points[0][0], area.bottom)]
        shape.polygon(surface, [*points, *base], color, 40)
    shape.polyline(surface, points, color, max(1.25, px(3) / 2))
    shape.disc(surface, points[-1], px(5), color)
