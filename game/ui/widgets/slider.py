"""Slider and stepper: choosing a number by drag, keys or buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.tip import Content
from game.ui.widgets.base import Event, Options, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.label import Label
from game.ui.widgets.layout import Row

MANY = 1_000_000_000
KEY_STEPS = {pygame.K_LEFT: -1, pygame.K_DOWN: -1, pygame.K_RIGHT: 1, pygame.K_UP: 1}
KEY_STEPS |= {pygame.K_PAGEDOWN: -10, pygame.K_PAGEUP: 10, pygame.K_HOME: -MANY, pygame.K_END: MANY}


class Slider(Widget):
    """A knob on a track from `low` to `high` in steps. `on_change(value)` follows every move.

    Arrows move a step, Page keys ten, Home and End go to the ends. `marks` are (value, label) below the track.
    """

    focusable = True
    presses = True
    cursor = pygame.SYSTEM_CURSOR_HAND

    def __init__(
        self,
        value: float,
        low: float,
        high: float,
        step: float,
        *,
        id: str = "",
        on_change: Callable[[float], None] | None = None,
        marks: tuple[tuple[float, Content], ...] = (),
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("height", 56 if marks else 32)
        super().__init__(id, **options)
        self.low, self.high, self.step = low, high, step
        self.on_change, self.marks = on_change, marks
        self.value = self._stepped(value)

    def _stepped(self, value: float) -> float:
        steps = round((value - self.low) / self.step)
        return min(max(round(self.low + steps * self.step, 9), self.low), self.high)

    def set_value(self, value: float) -> None:
        """Move the knob, telling the screen when the value changed."""
        value = self._stepped(value)
        if value != self.value and self.enabled:
            self.value = value
            self.invalidate()
            if self.on_change is not None:
                self.on_change(value)

    def _track(self, area: pygame.Rect) -> pygame.Rect:
        return pygame.Rect(area.x + px(10), area.y + px(16) - px(3), area.width - px(20), px(6))

    def _at(self, value: float, track: pygame.Rect) -> int:
        reach = (self.high - self.low) or 1
        return track.x + round(track.width * (value - self.low) / reach)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        track = self._track(area)
        at = self._at(self.value, track)
        color = theme.ACCENT if self.enabled else theme.LINE_STRONG
        shape.box(surface, track, theme.PRESSED, None, px(3))
        shape.box(surface, pygame.Rect(track.x, track.y, at - track.x, track.height), color, None, px(3))
        knob = px(22) + (px(2) if self.pressed else 0)
        fill = theme.mix(theme.HIGH, theme.WHITE, self.heat) if self.enabled else theme.LOW
        shape.disc(surface, (at, track.centery), knob, fill, color, max(2, px(3)))
        for value, label in self.marks:
            middle = self._at(value, track)
            room = pygame.Rect(middle - px(60), track.bottom + px(12), px(120), px(22))
            align = "center"
            if middle - area.x < px(20):
                room.x, align = area.x, "left"
            elif area.right - middle < px(20):
                room.right, align = area.right, "right"
            self.write(surface, label, room, 14, theme.REGULAR, theme.MID, align)

    def handle(self, event: Event) -> bool:
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.pressed = self.enabled
        elif event.type == pygame.MOUSEBUTTONUP and event.button == 1:
            self.pressed = False
            self.invalidate()
            return True
        elif event.type == pygame.KEYDOWN:
            return self._handle_key(event)
        elif event.type != pygame.MOUSEMOTION or not self.pressed:
            return False
        track = self._track(self.screen_rect)
        self.set_value(self.low + (self.high - self.low) * (event.pos[0] - track.x) / max(1, track.width))
        self.invalidate()
        return True

    def _handle_key(self, event: Event) -> bool:
        steps = KEY_STEPS.get(event.key)
        if steps is None:
            return False
        self.set_value(self.value + steps * self.step)
        return True


class Stepper(Row):
    """A value between a minus and a plus button. `show(value)` words it, `on_change(value)` follows."""

    def __init__(
        self,
        value: float,
        low: float,
        high: float,
        step: float,
        show: Callable[[float], Content],
        *,
        id: str = "stepper",
        on_change: Callable[[float], None] | None = None,
        **options: Unpack[Options],
    ) -> None:
        self.value, self.low, self.high, self.step, self.show, self.on_change = value, low, high, step, show, on_change
        self.label = Label(show(value), weight=theme.SEMIBOLD, tone="high", align="center", grow=1)
        self.less = Button(id=f"{id}.less", icon="minus", width=36, height=36, on_press=lambda: self._move(-1))
        self.more = Button(id=f"{id}.more", icon="plus", width=36, height=36, on_press=lambda: self._move(1))
        super().__init__(self.less, self.label, self.more, id=id, **options)
        self._limit()

    def _move(self, steps: int) -> None:
        self.value = min(max(self.value + steps * self.step, self.low), self.high)
        self.label.set(self.show(self.value))
        self._limit()
        self.invalidate()
        if self.on_change is not None:
            self.on_change(self.value)

    def _limit(self) -> None:
        self.less.enabled, self.more.enabled = self.value > self.low, self.value < self.high
