"""Bars of a share: progress with marker and hatched shortfall, a split whole with a notch, a meter, a turn counter."""

from __future__ import annotations

from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.tip import Tip
from game.ui.widgets.base import Options, Widget


def as_color(color: theme.Color | str) -> theme.Color:
    """A colour given as such or as a tone word."""
    return theme.tone(color) if isinstance(color, str) else color


class Progress(Widget):
    """A bar filled to `share` (0 to 1). `marker` is a stroke at another share; `short` hatches the rest."""

    def __init__(
        self,
        share: float,
        color: theme.Color | str = "good",
        *,
        id: str = "",
        marker: float | None = None,
        short: bool = False,
        thick: float = 8,
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("height", thick + 8)
        super().__init__(id, **options)
        self.share, self.color, self.marker, self.short, self.thick = share, color, marker, short, thick

    def set_share(self, share: float) -> None:
        """Move the bar there."""
        if self.host is not None:
            self.host.animate(self, "share", share, theme.ROLL_MS)
        else:
            self.share = share

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        thick = px(self.thick)
        track = pygame.Rect(area.x, area.centery - thick // 2, area.width, thick)
        color, radius = as_color(self.color), thick // 2 if thick < 10 else px(3)
        shape.box(surface, track, theme.CONTROL, None, radius)
        filled = track.copy()
        filled.width = round(track.width * min(max(self.share, 0.0), 1.0))
        if self.short and filled.width < track.width:
            surface.fill(theme.PANEL, track)
            rest = pygame.Rect(filled.right + 1, track.y, track.right - filled.right - 1, thick)
            shape.hatch(surface, rest, theme.mix(theme.BAD, theme.PANEL, 0.15), px(6), max(1.5, px(2)))
        if filled.width:
            shape.box(surface, filled, color, None, min(radius, filled.width // 2))
        if self.marker is not None:
            at = track.x + round(track.width * min(max(self.marker, 0.0), 1.0))
            surface.fill(theme.HIGH, (at - 1, track.y - px(4), max(2, px(2)), thick + px(8)))


class SplitBar(Widget):
    """A whole split in two: `share` of it in colour, the rest pale. A notch stands at what is needed, and what is
    needed beyond the share is filled in the notch's tone."""

    def __init__(
        self,
        share: float,
        needed: float,
        color: theme.Color | str,
        *,
        tone: str = "high",
        id: str = "",
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("height", 18)
        super().__init__(id, **options)
        self.share, self.needed, self.color, self.tone = share, needed, color, tone

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        color, radius = as_color(self.color), px(3)
        track = pygame.Rect(area.x, area.centery - px(4), area.width, px(8))
        shape.box(surface, track, theme.mix(color, theme.PANEL, 0.35), None, radius)
        split, notch = (area.x + round(area.width * min(max(part, 0.0), 1.0)) for part in (self.share, self.needed))
        if split > track.x:
            shape.box(surface, pygame.Rect(track.x, track.y, split - track.x, track.height), color, None, radius)
        if notch > split:
            surface.fill(theme.tone(self.tone), (split, track.y, notch - split, track.height))
        surface.fill(theme.tone(self.tone), (notch - px(1), area.y + 1, max(2, px(3)), area.height - 2))


class Meter(Widget):
    """A value on a scale from `low` to `high` with a bar from `origin` (0, or a reference) to it; a knob marks it."""

    def __init__(
        self,
        value: float,
        *,
        low: float = -100,
        high: float = 100,
        origin: float = 0,
        tone: str = "",
        marker: float | None = None,
        id: str = "",
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("height", 20)
        super().__init__(id, **options)
        self.value, self.low, self.high, self.origin, self.marker = value, low, high, origin, marker
        self.tone = tone or theme.tone_of_change(value - origin)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        track = pygame.Rect(area.x, area.centery - px(4), area.width, px(8))
        shape.box(surface, track, theme.CONTROL, None, px(4))
        start, end = sorted((self._at(self.origin, area), self._at(self.value, area)))
        surface.fill(theme.tone(self.tone), (start, track.y, end - start, track.height))
        surface.fill(theme.MID, (self._at(self.origin, area), area.y + px(2), 1, area.height - px(4)))
        if self.marker is not None:
            at = self._at(self.marker, area)
            shape.polyline(surface, [(at, area.y + 1), (at, area.bottom - 1)], theme.HIGH, 1.5, (3, 3))
        shape.disc(surface, (self._at(self.value, area), area.centery), px(14), theme.HIGH)

    def _at(self, value: float, area: pygame.Rect) -> int:
        share = (value - self.low) / (self.high - self.low)
        return area.x + round(area.width * min(max(share, 0.0), 1.0))


class TurnBar(Widget):
    """Ticks for turns: done, present, to come."""

    def __init__(self, turn: int, turns: int, *, tip: Tip | None = None, width: float = 152) -> None:
        super().__init__(tip=tip, width=width, height=8)
        self.turn, self.turns = turn, turns

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        for index in range(self.turns):
            left = area.x + index * area.width // self.turns
            wide = max(1, area.width // self.turns - max(1, px(2)))
            color = theme.ACCENT if index + 1 < self.turn else theme.HIGH if index + 1 == self.turn else theme.CONTROL
            surface.fill(color, (left, area.y, wide, area.height))
