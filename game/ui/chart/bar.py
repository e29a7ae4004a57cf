"""Bars: supplier shares with a limit, a waterfall of causes, a strip of causes, a gauge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.ui import flags, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Cause, Content, Number
from game.ui.widgets.base import Options, Widget


def _label_width(labels: Sequence[Content], least: float, mark: int, room: int) -> int:
    """Pixels for labels before bars: what they need, at least `least`, at most half of the room."""
    widest = max((text.width(str(label), type_px(14)) for label in labels), default=0) + mark + px(14)
    return min(max(px(least), widest), room // 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar list: label, share of the scale, its figure, a marker (after this turn's orders), a flag."""

    label: Content
    share: float
    number: Number
    color: theme.Color | None = None
    marker: float | None = None
    nation: str = ""


class BarList(Widget):
    """Bars under one another on a common scale that ends at `full`, with an optional dashed limit."""

    ROW = 30

    def __init__(
        self,
        bars: Sequence[Bar],
        *,
        color: theme.Color = theme.ACCENT,
        full: float = 1.0,
        limit: float | None = None,
        limit_label: Content = "",
        label_width: float = 200,
        figure_width: float = 64,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(**options)
        self.bars, self.color, self.full = list(bars), color, full
        self.limit, self.limit_label = limit, limit_label
        self.label_width, self.figure_width = label_width, figure_width

    def measure(self, width: int) -> tuple[int, int]:
        return width, px(self.ROW) * len(self.bars) + (px(24) if str(self.limit_label) else 0)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        mark = px(34) if any(bar.nation for bar in self.bars) else 0
        label_width = _label_width([bar.label for bar in self.bars], self.label_width, mark, area.width)
        track = pygame.Rect(area.x + label_width, area.y, area.width - label_width - px(self.figure_width), 0)
        for place, bar in enumerate(self.bars):
            row = pygame.Rect(area.x, area.y + place * px(self.ROW), area.width, px(self.ROW))
            self._draw_bar(surface, bar, row, track)
        if self.limit is not None:
            at, bottom = self._at(self.limit, track), area.y + px(self.ROW) * len(self.bars)
            shape.polyline(surface, [(at, area.y), (at, bottom)], theme.WARN, 1.5, (px(5), px(4)))
            room = pygame.Rect(at - px(80), bottom, px(160), px(22))
            room.right = min(room.right, area.right)
            self.write(surface, self.limit_label, room, 14, theme.MEDIUM, theme.WARN, "center")

    def _at(self, share: float, track: pygame.Rect) -> int:
        return track.x + round(track.width * min(max(share / self.full, 0.0), 1.0))

    def _draw_bar(self, surface: pygame.Surface, bar: Bar, row: pygame.Rect, track: pygame.Rect) -> None:
        left = row.x
        if bar.nation:
            picture = flags.flag(bar.nation, px(18))
            surface.blit(picture, picture.get_rect(midleft=(left, row.centery)))
            left += px(34)
        room = pygame.Rect(left, row.y, track.x - left - px(10), row.height)
        self.write(surface, bar.label, room, 14, theme.REGULAR, theme.TEXT)
        end = self._at(bar.share, track)
        thick = px(16)
        filled = pygame.Rect(track.x, row.centery - thick // 2, max(2, end - track.x), thick)
        shape.box(surface, filled, bar.color or self.color, None, px(3))
        if bar.marker is not None:
            surface.fill(theme.HIGH, (self._at(bar.marker, track) - 1, filled.y - px(2), max(2, px(3)), thick + px(4)))
        self.write(surface, bar.number, row, 16, theme.SEMIBOLD, theme.HIGH, "right")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a waterfall: label, signed figure (its value is the height), tone."""

    label: Content
    number: Number


class Waterfall(Widget):
    """From a start to an end by steps that sum exactly. Start and end are whole bars from the axis' beginning."""

    def __init__(
        self,
        start: Step,
        steps: Sequence[Step],
        end: Step,
        *,
        color: theme.Color = theme.ACCENT,
        label_width: float = 200,
        figure_width: float = 96,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(**options)
        self.start, self.steps, self.end, self.color = start, list(steps), end, color
        self.label_width, self.figure_width = label_width, figure_width

    def measure(self, width: int) -> tuple[int, int]:
        return width, px(36) * (len(self.steps) + 2)

    def _levels(self) -> list[tuple[float, float]]:
        """(from, to) of each bar: start, steps, end; start and end begin at the axis."""
        level = self.start.number.value or 0.0
        spans = []
        for step in self.steps:
            spans.append((level, level + (step.number.value or 0.0)))
            level = spans[-1][1]
        reached = [v for span in spans for v in span] + [self.start.number.value or 0.0, self.end.number.value or 0.0]
        margin = (max(reached) - min(reached)) * 0.25 or abs(max(reached)) * 0.1 or 1.0
        base = min(reached) - margin
        return [(base, self.start.number.value or 0.0), *spans, (base, self.end.number.value or 0.0)]

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        rows, levels = [self.start, *self.steps, self.end], self._levels()
        low, high = levels[0][0], max(max(span) for span in levels)
        label_width = _label_width([row.label for row in rows], self.label_width, 0, area.width)
        track = pygame.Rect(area.x + label_width, area.y, area.width - label_width - px(self.figure_width), area.height)
        step_high = area.height / len(rows)

        def at(level: float) -> int:
            return track.x + round(track.width * (level - low) / ((high - low) or 1))

        for place, (row, span) in enumerate(zip(rows, levels, strict=True)):
            is_end = place in (0, len(rows) - 1)
            line = pygame.Rect(area.x, area.y + round(place * step_high), area.width, round(step_high))
            left, right = sorted((at(span[0]), at(span[1])))
            bar = pygame.Rect(left, line.centery - px(11), max(2, right - left), px(22))
            tone = row.number.tone
            color = (theme.OTHER if place == 0 else self.color) if is_end else theme.tone(tone or "mid")
            shape.box(surface, bar, color, None, px(3))
            if place + 1 < len(rows):
                surface.fill(theme.LINE_STRONG, (at(span[1]), bar.bottom, 1, round(step_high) - bar.height))
            weight = theme.SEMIBOLD if is_end else theme.REGULAR
            room = pygame.Rect(area.x, line.y, label_width - px(10), line.height)
            size, ink = (16, theme.HIGH) if is_end else (14, theme.TEXT)
            self.write(surface, row.label, room, size, weight, ink)
            self.write(surface, row.number, line, 16, theme.SEMIBOLD, theme.HIGH, "right")


class CauseStrip(Widget):
    """Causes as blocks left (down) and right (up) of a middle stroke; `scale` is the value that fills one side."""

    def __init__(self, causes: Sequence[Cause], scale: float, *, better: int = 1, **options: Unpack[Options]) -> None:
        options.setdefault("height", 12)
        super().__init__(**options)
        self.causes, self.scale, self.better = list(causes), scale or 1.0, better

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        unit = area.width / 2 / self.scale
        thick = min(area.height, px(8))
        ends = {True: area.centerx + 2.0, False: area.centerx - 2.0}
        for cause in sorted(self.causes, key=lambda c: -abs(c.value)):
            up = cause.value > 0
            wide = abs(cause.value) * unit
            if wide < 1:
                continue
            left = ends[up] if up else ends[up] - wide
            block = pygame.Rect(round(left), area.centery - thick // 2, max(1, round(wide) - 1), thick)
            tone = cause.tone or theme.tone_of_change(cause.value, self.better)
            shape.box(surface, block, theme.mix(theme.tone(tone), theme.PANEL, 0.0 if up else 0.1), None, px(2))
            ends[up] += wide if up else -wide
        surface.fill(theme.HIGH, (area.centerx, area.y, 1, area.height))


class Gauge(Widget):
    """A figure inside an open ring filled to `share`, with a target stroke."""

    def __init__(
        self,
        number: Number,
        label: Content,
        share: float,
        *,
        tone: str = "accent",
        target: float | None = None,
        target_label: Content = "",
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("width", 176)
        options.setdefault("height", 168)
        super().__init__(**options)
        self.number, self.label, self.share, self.tone = number, label, share, tone
        self.target, self.target_label = target, target_label

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        radius = min(area.width - px(36), area.height - px(20)) / 2
        center = (area.centerx, area.y + radius + px(14))
        thick = px(13)
        shape.arc(surface, center, radius - thick / 2, (-140, 140), theme.CONTROL, thick)
        share = min(max(self.share, 0.0), 1.0)
        if share > 0:
            shape.arc(surface, center, radius - thick / 2, (-140, -140 + 280 * share), theme.tone(self.tone), thick)
        if self.target is not None:
            self._draw_target(surface, center, radius)
        figure = pygame.Rect(area.x, round(center[1]) - px(26), area.width, px(36))
        self.write(surface, self.number, figure, theme.DISPLAY, theme.SEMIBOLD, theme.HIGH, "center")
        self.write(surface, self.label, figure.move(0, px(34)), 14, theme.REGULAR, theme.MID, "center")

    def _draw_target(self, surface: pygame.Surface, center: shape.Point, radius: float) -> None:
        angle = -140 + 280 * min(max(self.target or 0.0, 0.0), 1.0)
        spin = pygame.math.Vector2(0, -1).rotate(angle)
        start, end = radius - px(18), radius + px(5)
        ends = [(center[0] + spin.x * r, center[1] + spin.y * r) for r in (start, end)]
        shape.polyline(surface, ends, theme.HIGH, max(2, px(3)))
        wide = text.width(str(self.target_label), type_px(14), theme.MEDIUM)
        room = pygame.Rect(0, 0, wide, px(20))
        room.center = (round(center[0] + spin.x * (radius + px(18))), round(center[1] + spin.y * (radius + px(16))))
        self.write(surface, self.target_label, room, 14, theme.MEDIUM, theme.HIGH)


def tone_for_cover(share: float) -> str:
    """Tone of a stock against its target: good from 100 %, warn from 50 %, else bad."""
    return "good" if share >= 1 else "warn" if share >= 0.5 else "bad"
