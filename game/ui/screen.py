"""Screen: one full view of the game on the window's stack. It builds a widget tree and answers keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui.widgets.base import Event, Widget

if TYPE_CHECKING:
    from game.ui.window import Window


class Screen:
    """Subclass, answer `build`, and push it on the window.

    `build` is called when the screen is first shown, when the window changes size or scale, and after `rebuild()`;
    it reads what it shows from the screen's own attributes, so that focus, scrolling and carets (kept by widget id) are
    all that passes from the old tree to the new one.
    """

    def __init__(self) -> None:
        self.window: Window | None = None

    def build(self, size: tuple[int, int]) -> Widget:
        """The widget tree for a window of `size` pixels."""
        raise NotImplementedError

    def on_key(self, event: Event) -> bool:
        """Answer a key that neither the focused widget nor the window took; True when it was for this screen."""
        return False

    def on_show(self) -> None:
        """The screen came to the top of the stack."""

    def on_hide(self) -> None:
        """The screen left the top of the stack."""

    def on_quit(self) -> bool:
        """The player closes the window; False keeps it open (after asking, say)."""
        return True

    def tip_avoids(self) -> list[pygame.Rect]:
        """Areas of the window a tooltip should not cover, such as the selected nation."""
        return []

    def rebuild(self) -> None:
        """Build the tree anew on the next frame."""
        if self.window is not None:
            self.window.request_build(self)
