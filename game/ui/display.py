"""The display: the drawing area of the program's one window, its size, and whether it covers the screen."""

from __future__ import annotations

import os

import pygame

from game.ui import theme


class Display:
    """The window of the operating system, seen as a surface. Sizes under the least one are brought up to it."""

    def __init__(self, title: str, size: tuple[int, int]) -> None:
        os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_caption(title)
        self.is_full_screen = False
        self._windowed_size = _checked(size)
        self.surface = pygame.display.set_mode(self._windowed_size, pygame.RESIZABLE)
        if pygame.display.get_driver() != "dummy":
            pygame.Window.from_display_module().minimum_size = theme.MINIMUM_SIZE

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the drawing area."""
        return self.surface.get_size()

    def set_size(self, size: tuple[int, int]) -> None:
        """Take another size, leaving full screen."""
        self.is_full_screen = False
        self._windowed_size = _checked(size)
        self.surface = pygame.display.set_mode(self._windowed_size, pygame.RESIZABLE)

    def set_full_screen(self, full: bool) -> None:
        """Cover the desktop, or go back to the size before."""
        self.is_full_screen = full
        if full:
            self._windowed_size = self.size
            self.surface = pygame.display.set_mode(pygame.display.get_desktop_sizes()[0], pygame.FULLSCREEN)
        else:
            self.surface = pygame.display.set_mode(self._windowed_size, pygame.RESIZABLE)

    def follow(self) -> None:
        """Take over the surface that dragging the window's edge has made."""
        self.surface = pygame.display.get_surface() or self.surface


def _checked(size: tuple[int, int]) -> tuple[int, int]:
    return max(size[0], theme.MINIMUM_SIZE[0]), max(size[1], theme.MINIMUM_SIZE[1])
