"""TextField: a line of text or a number typed by the player."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.text import _
from game.ui import format as fmt
from game.ui import shape, text, theme
from game.ui.theme import px, type_px
from game.ui.widgets.base import Event, Options, Widget


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a numeric field takes: `low` to `high`, whole numbers unless `decimals`."""

    low: float
    high: float
    decimals: int = 0


class TextField(Widget):
    """A field with a caret. `on_change(text)` follows every edit, `on_submit(text)` Enter.

    With `bounds` it takes a number: `value` is None and `problem` says why while the text is not one.
    `problem` may also be set from outside; it colours the border and stands below the field.
    """

    focusable = True
    takes_text = True
    cursor = pygame.SYSTEM_CURSOR_IBEAM

    def __init__(
        self,
        content: str = "",
        id: str = "",
        *,
        on_change: Callable[[str], None] | None = None,
        on_submit: Callable[[str], None] | None = None,
        placeholder: str = "",
        suffix: str = "",
        bounds: Bounds | None = None,
        longest: int = 60,
        problem: str = "",
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id, **options)
        self.content, self.caret, self.all_selected = content, len(content), False
        self.on_change, self.on_submit = on_change, on_submit
        self.placeholder, self.suffix, self.bounds, self.longest = placeholder, suffix, bounds, longest
        self.problem = problem or self._number_problem()

    @property
    def value(self) -> float | None:
        """The number typed, None when it is not one within the bounds."""
        return None if self.bounds is None or self._number_problem() else float(self._digits())

    def _digits(self) -> str:
        return self.content.strip().replace(fmt.MINUS, "-").replace(",", "")

    def _number_problem(self) -> str:
        if self.bounds is None:
            return ""
        low, high = (fmt.plain(b, self.bounds.decimals) for b in (self.bounds.low, self.bounds.high))
        try:
            number = float(self._digits())
        except ValueError:
            return _("Type a number from {low} to {high}.", low=low, high=high)
        if not self.bounds.low <= number <= self.bounds.high:
            return _("Must be from {low} to {high}.", low=low, high=high)
        if round(number, self.bounds.decimals) != number:
            return _("Too many decimals.") if self.bounds.decimals else _("Type a whole number.")
        return ""

    def measure(self, width: int) -> tuple[int, int]:
        return width, px(40) + (px(22) if self.problem else 0)

    def set_problem(self, problem: str) -> None:
        """Say what is wrong with the content, or nothing."""
        if problem != self.problem:
            relayout = bool(problem) != bool(self.problem)
            self.problem = problem
            self.invalidate()
            if relayout and self.host is not None:
                self.host.request_layout()

    def _edit(self, content: str, caret: int) -> None:
        content = content[: self.longest]
        self.caret, self.all_selected = min(max(caret, 0), len(content)), False
        self.invalidate()
        if content != self.content:
            self.content = content
            self.set_problem(self._number_problem())
            if self.on_change is not None:
                self.on_change(content)

    def handle(self, event: Event) -> bool:
        if not self.enabled:
            return False
        if event.type == pygame.TEXTINPUT:
            start = "" if self.all_selected else self.content[: self.caret]
            end = "" if self.all_selected else self.content[self.caret :]
            self._edit(start + event.text + end, len(start) + len(event.text))
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self._point(event.pos[0] - self.screen_rect.x - px(14))
            return True
        if event.type == pygame.KEYDOWN:
            return self._handle_key(event)
        return event.type == pygame.MOUSEBUTTONUP

    def _point(self, across: int) -> None:
        widths = [text.width(self.content[:i], type_px(16)) for i in range(len(self.content) + 1)]
        self.caret = min(range(len(widths)), key=lambda i: abs(widths[i] - across))
        self.all_selected = False
        self.invalidate()

    def _handle_key(self, event: Event) -> bool:
        key, before, after = event.key, self.content[: self.caret], self.content[self.caret :]
        moves = {
            pygame.K_LEFT: self.caret - 1,
            pygame.K_RIGHT: self.caret + 1,
            pygame.K_HOME: 0,
            pygame.K_END: len(self.content),
        }
        if key in moves:
            self._edit(self.content, moves[key])
        elif key in (pygame.K_BACKSPACE, pygame.K_DELETE) and self.all_selected:
            self._edit("", 0)
        elif key == pygame.K_BACKSPACE:
            self._edit(before[:-1] + after, self.caret - 1)
        elif key == pygame.K_DELETE:
            self._edit(before + after[1:], self.caret)
        elif key == pygame.K_a and event.mod & pygame.KMOD_CTRL:
            self.all_selected = bool(self.content)
            self.invalidate()
        elif key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.on_submit is not None:
            self.on_submit(self.content)
        else:
            # A printable key comes again as TEXTINPUT; taking it here keeps it from being a shortcut.
            return bool(event.unicode) and event.unicode.isprintable() and not event.mod & pygame.KMOD_CTRL
        return True

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        box = pygame.Rect(area.x, area.y, area.width, px(40))
        border = theme.BAD if self.problem else theme.ACCENT if self.focused else theme.LINE_STRONG
        shape.box(surface, box, theme.WINDOW, border, px(theme.RADIUS), 2 if self.focused or self.problem else 1)
        room = box.inflate(-px(28), 0)
        if self.suffix:
            place = self.write(surface, self.suffix, room, 14, theme.REGULAR, theme.LOW, "right")
            room.width = place.x - px(8) - room.x
        if self.all_selected:
            wide = text.width(self.content, type_px(16))
            surface.fill(theme.ACCENT_FILL, (room.x, box.y + px(8), wide, box.height - px(16)))
        if self.content:
            ink = theme.HIGH if self.enabled else theme.LOW
            self.write(surface, self.content, room, 16, theme.REGULAR, ink)
        elif self.placeholder:
            self.write(surface, self.placeholder, room, 16, theme.REGULAR, theme.LOW)
        if self.focused:
            left = room.x + text.width(self.content[: self.caret], type_px(16)) + 1
            surface.fill(theme.ACCENT, (left, box.y + px(9), max(1, px(2)), box.height - px(18)))
        if self.problem:
            below = pygame.Rect(area.x, box.bottom + px(2), area.width, px(20))
            self.write(surface, self.problem, below, 14, theme.REGULAR, theme.BAD)

    def state(self) -> object:
        return self.caret, self.all_selected

    def restore(self, state: object) -> None:
        if isinstance(state, tuple):
            self.caret, self.all_selected = min(state[0], len(self.content)), state[1]
