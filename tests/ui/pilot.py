"""A pilot that drives a Window without a display: presses, types, waits and takes pictures by widget id."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from game.ui import text
from game.ui.screen import Screen
from game.ui.widgets.base import Widget
from game.ui.widgets.layout import Scroll
from game.ui.window import Window

FRAME_MS = 16
NAMES = {
    "enter": pygame.K_RETURN,
    "esc": pygame.K_ESCAPE,
    "tab": pygame.K_TAB,
    "space": pygame.K_SPACE,
    "left": pygame.K_LEFT,
    "right": pygame.K_RIGHT,
    "up": pygame.K_UP,
    "down": pygame.K_DOWN,
    "home": pygame.K_HOME,
    "end": pygame.K_END,
    "backspace": pygame.K_BACKSPACE,
    "delete": pygame.K_DELETE,
    "pageup": pygame.K_PAGEUP,
    "pagedown": pygame.K_PAGEDOWN,
    "/": pygame.K_SLASH,
    "+": pygame.K_PLUS,
    "-": pygame.K_MINUS,
}
MODIFIERS = {"ctrl": pygame.KMOD_CTRL, "shift": pygame.KMOD_SHIFT, "alt": pygame.KMOD_ALT}


class Pilot:
    """Owns a window and a clock that only the pilot moves."""

    def __init__(self, screen: Screen, size: tuple[int, int] = (1920, 1080), *, factor: float = 1.0) -> None:
        if pygame.display.get_init():
            pygame.display.quit()
        text.forget_fonts()
        self.now = 0
        self.window = Window("test", size, factor=factor, tick=lambda: self.now)
        self.window.push(screen)
        self.drawn: list[pygame.Rect] = []
        self.run(FRAME_MS)

    def post(self, *events: pygame.event.Event) -> list[pygame.Rect]:
        """One frame with these events; returns the areas drawn."""
        self.now += FRAME_MS
        self.drawn = self.window.step(list(events), self.now)
        return self.drawn

    def run(self, milliseconds: int) -> None:
        """Let frames pass."""
        until = self.now + milliseconds
        while self.now < until:
            self.post()

    def widget(self, id: str) -> Widget:
        """The visible widget with this id, in the screen, a dialog or a popup."""
        layers = [self.window.root, *self.window.dialogs, self.window.popup.widget if self.window.popup else None]
        for layer in reversed(layers):
            found = layer.find(id) if layer is not None else None
            if found is not None:
                return found
        raise AssertionError(f"no widget {id!r} on screen")

    def point(self, target: str | tuple[int, int]) -> tuple[int, int]:
        """Move the pointer to a point, or to a widget: its first figure when it shows one, else its middle.

        What a list has scrolled out of sight is brought into view first.
        """
        if isinstance(target, str):
            self._reveal(self.widget(target))
        at = self._middle(self.widget(target)) if isinstance(target, str) else target
        self.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
        return at

    def _reveal(self, widget: Widget) -> None:
        node = widget.parent
        while node is not None:
            if isinstance(node, Scroll):
                corner = node.screen_rect.topleft
                node.reveal(widget.screen_rect.move(-corner[0], node.scroll[1] - corner[1]))
                self.post()
            node = node.parent

    @staticmethod
    def _middle(widget: Widget) -> tuple[int, int]:
        corner = widget.screen_rect
        return widget.spots[0].area.move(corner.topleft).center if widget.spots else corner.center

    def click(self, target: str | tuple[int, int], button: int = 1) -> None:
        """Press and release the mouse."""
        at = self.point(target)
        self.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button))
        self.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=button))

    def drag(self, start: tuple[int, int], end: tuple[int, int], steps: int = 4) -> None:
        """Press at `start`, move in steps, release at `end`."""
        self.point(start)
        self.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=start, button=1))
        for step in range(1, steps + 1):
            at = (
                start[0] + (end[0] - start[0]) * step // steps,
                start[1] + (end[1] - start[1]) * step // steps,
            )
            self.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(1, 0, 0)))
        self.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=end, button=1))

    def wheel(self, target: str | tuple[int, int], clicks: int) -> None:
        """Turn the wheel over a widget; positive is up."""
        self.point(target)
        self.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=clicks, precise_y=float(clicks)))

    def key(self, *chords: str) -> None:
        """Press keys such as 'tab', 'ctrl+z', 'T' or 'f11'."""
        for chord in chords:
            *mods, name = chord.split("+") if chord != "+" else ["+"]
            code = NAMES.get(name.lower()) or pygame.key.key_code(name.lower())
            mod = sum(MODIFIERS[m] for m in mods)
            unicode = name if len(name) == 1 else ""
            self.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=unicode))

    def type(self, words: str) -> None:
        """Type text into the focused field."""
        for letter in words:
            self.key(letter)
            self.post(pygame.event.Event(pygame.TEXTINPUT, text=letter))

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window another size and wait until it has settled."""
        self.window.set_size(size)
        self.run(FRAME_MS)

    def snapshot(self, path: Path) -> Path:
        """Write the frame as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        pygame.image.save(self.window.frame(), str(path))
        return path
