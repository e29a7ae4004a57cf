"""Flags of the actors: shipped 4:3 pictures, scaled and rounded, cached per size."""

from __future__ import annotations

from functools import lru_cache

import pygame

from game.files import ASSETS
from game.ui.theme import CONTROL, WHITE, px

FLAG_RATIO = 4 / 3


@lru_cache(maxsize=64)
def _picture(nation: str) -> pygame.Surface | None:
    path = ASSETS / "flags" / f"{nation.lower()}.png"
    return pygame.image.load(path) if path.is_file() else None


@lru_cache(maxsize=512)
def flag(nation: str, height: int) -> pygame.Surface:
    """Flag of an ISO3 actor, `height` pixels tall with rounded corners; a plain field when there is no picture."""
    size = (round(height * FLAG_RATIO), height)
    picture = _picture(nation)
    if picture is None:
        surface = pygame.Surface(size, pygame.SRCALPHA)
        surface.fill(CONTROL)
    else:
        surface = pygame.transform.smoothscale(
            picture.convert_alpha() if pygame.display.get_surface() else picture, size
        )
    return _rounded(surface, max(1, min(px(3), height // 6)))


@lru_cache(maxsize=128)
def round_flag(nation: str, diameter: int) -> pygame.Surface:
    """The flag's middle as a disc of `diameter` pixels, for marks on a map."""
    wide = flag(nation, diameter)
    surface = pygame.Surface((diameter, diameter), pygame.SRCALPHA)
    surface.blit(wide, ((diameter - wide.get_width()) // 2, 0))
    return _rounded(surface, diameter // 2)


def _rounded(surface: pygame.Surface, radius: int) -> pygame.Surface:
    """`surface` with its corners cut to `radius`, smoothly."""
    size = surface.get_size()
    mask = pygame.Surface((size[0] * 4, size[1] * 4), pygame.SRCALPHA)
    mask.fill((255, 255, 255, 0))
    pygame.draw.rect(mask, WHITE, mask.get_rect(), border_radius=radius * 4)
    result = surface.convert_alpha() if pygame.display.get_surface() else surface.copy()
    result.blit(pygame.transform.smoothscale(mask, size), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return result
