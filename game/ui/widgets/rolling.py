"""Figures that roll from what they showed before a rebuild to what they show now."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui import theme
from game.ui.tip import Number
from game.ui.widgets.base import Widget
from game.ui.widgets.label import Label


class Rolling(Widget):
    """A widget with one figure, `value`, that a rebuild under the same id lets roll; reduced motion shows it at once.

    `worded(x)` writes what stands between; without it the figure does not roll.
    """

    value: Number
    worded: Callable[[float], str] | None = None
    rolled: float | None = None

    def number_now(self) -> Number:
        """The figure as it is shown at the moment."""
        if self.rolled is None or self.worded is None or self.rolled == self.value.value:
            return self.value
        return self.value.shown_as(self.worded(self.rolled))

    def state(self) -> object:
        return self.value.value if self.rolled is None else self.rolled

    def restore(self, state: object) -> None:
        target = self.value.value
        if not isinstance(state, float) or target is None or self.worded is None or state == target:
            return
        self.rolled = state
        if self.host is not None:
            self.host.animate(self, "rolled", target, theme.ROLL_MS)


class RollingLabel(Rolling, Label):
    """A label of one figure that rolls."""

    def __init__(self, value: Number, id: str, worded: Callable[[float], str], *, weight: int, tone: str) -> None:
        super().__init__(value, id, weight=weight, tone=tone)
        self.value, self.worded = value, worded

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        self.write(surface, self.number_now(), area, self.size, self.weight, theme.tone(self.tone), self.align)
