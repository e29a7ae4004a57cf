"""A piece of the map around a nation, with the nation lit: what stands behind the first headline."""

from __future__ import annotations

from functools import lru_cache
from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.map.camera import Camera
from game.ui.map.land import Land
from game.ui.map.shapes import load_shapes
from game.ui.theme import Color, px
from game.ui.widgets.base import Options, Widget

SHARPER = 2  # drawn so many times as large and scaled down, which smooths the outlines
ROOM = 2.3  # how many times a nation's own height the picture shows
MOST_ZOOM = 7.0
FADE_SHARE = 0.8  # of the height, from the bottom up, that darkens towards the words


@lru_cache(maxsize=1)
def _land() -> Land:
    return Land(load_shapes())


@lru_cache(maxsize=8)
def nation_picture(nation: str, size: tuple[int, int], lit: Color, own: str) -> pygame.Surface:
    """The map of `size` pixels with `nation` right of the middle in colour `lit` and `own` in its colour."""
    land = _land()
    large = (size[0] * SHARPER, size[1] * SHARPER)
    surface = pygame.Surface(large)
    fills = {own: theme.OWN_NATION, nation: lit}
    camera = _camera(land, nation, large)
    land.paint(surface, camera, fills, stroke=float(SHARPER))
    land.outline(surface, camera, nation, theme.WHITE, 2.5 * SHARPER)
    small = pygame.transform.smoothscale(surface, size)
    small.blit(_fade(size), (0, 0))
    return small


def _camera(land: Land, nation: str, size: tuple[int, int]) -> Camera:
    """Looks at the nation's main part, which stands in the upper right so that words have room."""
    low, high = land.main_box(nation)
    middle = (low + high) / 2
    whole = Camera(*size)
    wanted = float(max(high[1] - low[1], (high[0] - low[0]) * size[1] / size[0]))
    zoom = min(max(size[1] / whole.scale / (wanted * ROOM), 1.0), MOST_ZOOM)
    near = Camera(*size, float(middle[0]), float(middle[1]), zoom)
    right, up = 0.17 * size[0] / near.scale, 0.14 * size[1] / near.scale
    return Camera(*size, float(middle[0]) - right, float(middle[1]) - up, zoom)


def _fade(size: tuple[int, int]) -> pygame.Surface:
    """Darker towards the bottom and a little on the left."""
    veil = pygame.Surface((1, size[1]), pygame.SRCALPHA)
    start = round(size[1] * (1 - FADE_SHARE))
    for y in range(size[1]):
        share = max(0.0, (y - start) / max(1, size[1] - start))
        veil.set_at((0, y), (*theme.WINDOW, round(225 * min(1.0, share * 1.25))))
    return pygame.transform.scale(veil, size)


class NationPicture(Widget):
    """Shows the picture in all the room it has."""

    def __init__(self, nation: str, own: str, lit: Color, **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.nation, self.own, self.lit = nation, own, lit

    def hit(self, point: tuple[int, int]) -> Widget | None:
        return None

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        picture = nation_picture(self.nation, area.size, self.lit, self.own)
        surface.blit(picture, area)
        shape.box(surface, area.inflate(2, 2), None, theme.LINE_STRONG, px(theme.RADIUS))
