"""What is drawn: the areas that changed, the layers over one another, the ring around the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.widgets.base import RING_REACH

if TYPE_CHECKING:
    from game.ui.window import Window

MOST_DAMAGES = 8


class Canvas:
    """Draws a window's trees, tooltips and notices, as far as something in them changed."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._damages: list[pygame.Rect] = []
        self._ring: pygame.Rect | None = None
        self._stretched: pygame.Surface | None = None

    @property
    def is_stale(self) -> bool:
        """Whether some area waits to be drawn."""
        return bool(self._damages)

    def damage(self, area: pygame.Rect) -> None:
        """Ask for an area of the window to be drawn again."""
        area = area.clip(self._window.area)
        if area.width <= 0 or area.height <= 0:
            return
        for known in self._damages:
            if known.colliderect(area):
                known.union_ip(area)
                return
        self._damages.append(area)
        if len(self._damages) > MOST_DAMAGES:
            self._damages = [self._damages[0].unionall(self._damages[1:])]

    def follow_ring(self) -> None:
        """Have the ring drawn where the keyboard is now."""
        window, ring = self._window, None
        if window.focused is not None and window.input.by_key:
            ring = window.focused.shown_rect(RING_REACH)
        if ring != self._ring:
            for area in (self._ring, ring):
                if area is not None:
                    self.damage(area)
            self._ring = ring

    def draw(self) -> list[pygame.Rect]:
        """Draw what changed; returns the areas drawn."""
        drawn, self._damages = self._damages, []
        surface = self._window.display.surface
        for area in drawn:
            surface.set_clip(area)
            self.paint(surface)
        surface.set_clip(None)
        if drawn:
            pygame.display.update(drawn)
        return drawn

    def paint(self, surface: pygame.Surface) -> None:
        """Draw every layer, as far as the surface's clip asks."""
        window = self._window
        surface.fill(theme.WINDOW)
        for layer in window.layers():
            layer.render(surface, (0, 0))
        if window.popup is not None:
            shape.shadow(surface, window.popup.widget.rect, px(8), px(20))
            window.popup.widget.render(surface, (0, 0))
        if self._ring is not None:
            place = self._ring.inflate(-2, -2)
            shape.box(surface, place, None, theme.WHITE, px(theme.RADIUS) + 3, 2)
        window.toasts.paint(surface)
        window.tips.paint(surface)

    def stretch(self, old_size: tuple[int, int]) -> None:
        """While the window is being dragged larger or smaller: its last frame, stretched to the size it has."""
        if self._stretched is None:
            self._stretched = pygame.Surface(old_size)
            self.paint(self._stretched)
        display = self._window.display
        display.follow()
        display.surface.blit(pygame.transform.scale(self._stretched, display.size), (0, 0))
        pygame.display.flip()

    def end_stretch(self) -> None:
        """The window has settled."""
        self._stretched = None
