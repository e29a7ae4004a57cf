"""LineChart: several series over a common axis, with bands, marks and a cross-hair read-out."""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.text import _
from game.ui import shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content, Number, Tip
from game.ui.widgets.base import Event, Options, Widget


@dataclass(frozen=True, slots=True)
class Band:
    """A range around a series: its low and high values at the series' places, and how opaque it is (0 to 255).

    The read-out names the range of a series' first band.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    alpha: int = 70


@dataclass(frozen=True, slots=True)
class Series:
    """Values `ys` at places `xs` (ascending). NaN interrupts the line."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    color: theme.Color = theme.HIGH
    dashed: bool = False
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled point of the story, such as an export stop."""

    x: float
    y: float
    label: Content
    above: bool = True


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values from at or below `low` to at or above `high`, at most `most` + 1 of them."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next((power * f for f in (1, 2, 2.5, 5, 10) if span / (power * f) <= most), power * 10)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(step * i, 12) for i in range(first, max(last, first + 1) + 1)]


class LineChart(Widget):
    """A chart whose figures all carry the `explanation` (meaning, unit, source).

    `x_label(x)` and `y_label(y)` word the axes and the read-out of the cross-hair, which follows the pointer and,
    with the keyboard, the arrows. `now` draws a dashed line where the past ends.
    """

    cached = True
    focusable = True

    def __init__(
        self,
        series: Sequence[Series],
        explanation: Tip,
        *,
        x_label: Callable[[float], str],
        y_label: Callable[[float], str],
        id: str = "chart",
        x_ticks: Sequence[float] = (),
        marks: Sequence[Mark] = (),
        now: float | None = None,
        from_zero: bool = True,
        most_ticks: int = 6,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id, **options)
        self.tip = explanation
        self.marks, self.now = list(marks), now
        self.x_label, self.y_label = x_label, y_label
        self.from_zero, self.most_ticks = from_zero, most_ticks
        self.cross: float | None = None
        self.show(series, x_ticks)

    def show(self, series: Sequence[Series], x_ticks: Sequence[float] = ()) -> None:
        """Draw these series from now on; a cross-hair stays where it is."""
        self.series = [s for s in series if s.xs]
        self.places = sorted({x for s in self.series for x in s.xs})
        if self.cross not in self.places:
            self.cross = None
        self._set_axes(x_ticks)
        self._plot: tuple[tuple[int, int], float, pygame.Surface] | None = None
        self.invalidate()

    def _set_axes(self, x_ticks: Sequence[float]) -> None:
        values = [y for s in self.series for y in s.ys if math.isfinite(y)]
        values += [y for s in self.series for b in s.bands for y in (*b.low, *b.high) if math.isfinite(y)]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        low = min(0.0, low) if self.from_zero else low
        most = self.most_ticks
        self.y_ticks = nice_ticks(low, high, most)
        while most > 1 and len({self.y_label(y) for y in self.y_ticks}) < len(self.y_ticks):  # two places, one label
            most -= 1
            self.y_ticks = nice_ticks(low, high, most)
        self.y_range = (self.y_ticks[0], self.y_ticks[-1])
        ends = (self.places[0], self.places[-1]) if self.places else (0.0, 1.0)
        self.x_range = ends if ends[1] > ends[0] else (ends[0] - 0.5, ends[0] + 0.5)
        self.x_ticks = list(x_ticks) or nice_ticks(*self.x_range)

    def _room(self, area: pygame.Rect) -> pygame.Rect:
        """The plotting field inside the axis labels."""
        size = type_px(14)
        left = max((text.width(self.y_label(y), size) for y in self.y_ticks), default=0) + px(12)
        bottom = text.line_height(size) + px(8)
        return pygame.Rect(area.x + left, area.y + px(12), area.width - left - px(16), area.height - px(12) - bottom)

    def _at(self, x: float, y: float, room: pygame.Rect) -> shape.Point:
        across = (x - self.x_range[0]) / (self.x_range[1] - self.x_range[0])
        up = (y - self.y_range[0]) / (self.y_range[1] - self.y_range[0])
        return room.x + across * room.width, room.bottom - up * room.height

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        room = self._room(area)
        self._draw_axes(surface, area, room)
        surface.blit(self._plotted(area, room), area)
        for mark in self.marks:
            self._draw_mark(surface, mark, room)
        if self.cross is not None and self.places:
            self._draw_cross(surface, room)

    def _draw_axes(self, surface: pygame.Surface, area: pygame.Rect, room: pygame.Rect) -> None:
        half = text.line_height(type_px(14)) // 2
        apart = max(1, room.height) / (len(self.y_ticks) - 1)
        for y in self.y_ticks[:: max(1, math.ceil(2 * half / apart))]:
            level = round(self._at(0, y, room)[1])
            surface.fill(theme.LINE_STRONG if y == self.y_ticks[0] else theme.LINE, (room.x, level, room.width, 1))
            place = pygame.Rect(area.x, level - half, room.x - area.x - px(10), 2 * half)
            self.write(surface, self.y_label(y), place, 14, theme.REGULAR, theme.MID, "right")
        used = area.x
        for x in self.x_ticks:
            if not self.x_range[0] - 1e-9 <= x <= self.x_range[1] + 1e-9:
                continue
            label = self.x_label(x)
            wide = text.width(label, type_px(14))
            left = min(max(round(self._at(x, 0, room)[0]) - wide // 2, area.x), area.right - wide)
            if left >= used:
                place = pygame.Rect(left, room.bottom + px(6), wide, 2 * half)
                self.write(surface, label, place, 14, theme.REGULAR, theme.MID)
                used = left + wide + px(12)

    def _plotted(self, area: pygame.Rect, room: pygame.Rect) -> pygame.Surface:
        """Bands and lines on a transparent surface, drawn once per size."""
        if self._plot is not None and self._plot[:2] == (area.size, theme.scale()):
            return self._plot[2]
        plot = pygame.Surface(area.size, pygame.SRCALPHA)
        inner = room.move(-area.x, -area.y)
        for series in self.series:
            for band in series.bands:
                low = [self._at(x, y, inner) for x, y in zip(series.xs, band.low, strict=True)]
                high = [self._at(x, y, inner) for x, y in zip(series.xs, band.high, strict=True)]
                shape.polygon(plot, [*high, *reversed(low)], series.color, band.alpha)
        if self.now is not None:
            at = self._at(self.now, 0, inner)[0]
            shape.polyline(plot, [(at, inner.y), (at, inner.bottom)], theme.MID, 1.25, (px(5), px(4)))
        for series in self.series:
            for points in self._runs(series, inner):
                dash = (px(10), px(6)) if series.dashed else None
                shape.polyline(plot, points, series.color, max(1.5, px(5) / 2), dash)
                if len(points) == 1:
                    shape.disc(plot, points[0], px(7), series.color)
        self._plot = (area.size, theme.scale(), plot)
        return plot

    def _runs(self, series: Series, room: pygame.Rect) -> list[list[shape.Point]]:
        runs: list[list[shape.Point]] = [[]]
        for x, y in zip(series.xs, series.ys, strict=True):
            if math.isfinite(y):
                runs[-1].append(self._at(x, y, room))
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

    def _draw_mark(self, surface: pygame.Surface, mark: Mark, room: pygame.Rect) -> None:
        at = self._at(mark.x, mark.y, room)
        shape.disc(surface, at, px(9), theme.PANEL, theme.HIGH, max(1, px(2)))
        wide = text.width(str(mark.label), type_px(14), theme.MEDIUM)
        left = min(max(round(at[0]) - wide // 2, room.x), room.right - wide)
        top = round(at[1]) - px(28) if mark.above else round(at[1]) + px(8)
        self.write(surface, mark.label, pygame.Rect(left, top, wide, px(20)), 14, theme.MEDIUM, theme.HIGH)

    def values_at(self, x: float) -> list[tuple[Series, float]]:
        """Each series that has a value at place `x`, with it."""
        return [(series, series.ys[at]) for series, at in self._places_at(x)]

    def _places_at(self, x: float) -> list[tuple[Series, int]]:
        found = []
        for series in self.series:
            at = bisect.bisect_left(series.xs, x)
            if at < len(series.xs) and series.xs[at] == x and math.isfinite(series.ys[at]):
                found.append((series, at))
        return found

    def _value_words(self, series: Series, at: int) -> str:
        """A value as the read-out gives it, with the range of the first band where it is one."""
        words = self.y_label(series.ys[at])
        if series.bands and series.bands[0].low[at] < series.bands[0].high[at]:
            low, high = (self.y_label(values[at]) for values in (series.bands[0].low, series.bands[0].high))
            return _("{value} ({low} to {high})", value=words, low=low, high=high)
        return words

    def _draw_cross(self, surface: pygame.Surface, room: pygame.Rect) -> None:
        cross = self.cross if self.cross is not None else self.places[-1]
        at = round(self._at(cross, 0, room)[0])
        surface.fill(theme.HIGH, (at, room.y, 1, room.height))
        for series, y in self.values_at(cross):
            shape.disc(surface, self._at(cross, y, room), px(11), series.color, theme.PANEL, max(1, px(2)))
        words = [(series, series.name, self._value_words(series, place)) for series, place in self._places_at(cross)]
        size = type_px(14)
        wide = max([text.width(n, size) + text.width(v, size, 600) for _series, n, v in words] + [px(90)]) + px(66)
        card = pygame.Rect(at + px(12), room.y + px(4), wide, px(36) + px(24) * len(words))
        if card.right > room.right:
            card.right = max(at - px(12), room.x + card.width)
        shape.box(surface, card, theme.CARD, theme.LINE_STRONG, px(theme.RADIUS))
        line = pygame.Rect(card.x + px(14), card.y + px(6), card.width - px(28), px(24))
        self.write(surface, self.x_label(cross), line, 14, theme.SEMIBOLD, theme.HIGH)
        for series, name, value in words:
            line = line.move(0, px(24))
            shape.box(surface, pygame.Rect(line.x, line.centery - px(3), px(14), px(6)), series.color, None, px(3))
            self.write(surface, name, line.move(px(22), 0), 14, theme.REGULAR, theme.TEXT)
            shown = Number(value, self.tip) if self.tip else value
            self.write(surface, shown, line, 14, theme.SEMIBOLD, theme.HIGH, "right")

    def _cross_to(self, place: int | None) -> None:
        cross = None if place is None else self.places[min(max(place, 0), len(self.places) - 1)]
        if cross != self.cross:
            self.cross = cross
            self.invalidate()

    def on_hover(self, hovered: bool) -> None:
        if not hovered and not self.focused:
            self._cross_to(None)

    def handle(self, event: Event) -> bool:
        if not self.places:
            return False
        if event.type == pygame.MOUSEMOTION:
            room = self._room(self.screen_rect)
            share = (event.pos[0] - room.x) / max(1, room.width)
            x = self.x_range[0] + share * (self.x_range[1] - self.x_range[0])
            self._cross_to(min(range(len(self.places)), key=lambda i: abs(self.places[i] - x)))
            return True
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            step = 1 if event.key == pygame.K_RIGHT else -1
            known = self.cross in self.places
            self._cross_to(self.places.index(self.cross) + step if known else len(self.places) - 1)  # type: ignore[arg-type]
            return True
        return False

    def tip_at(self, point: tuple[int, int]) -> tuple[Tip, pygame.Rect] | None:
        """The cross-hair answers inside the field; the tip explains the axes around it."""
        if self._room(self.screen_rect).collidepoint(point):
            return None
        return super().tip_at(point)
