"""Corridors on the map: diamonds coloured by state, or pills for railways and roads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pygame

from game.ui import icons, shape, text, theme
from game.ui.theme import Color, px, type_px
from game.ui.tip import Content, Tip

State = Literal["open", "watch", "high_risk", "closed"]

STATE_TONES: dict[State, str] = {"open": "good", "watch": "warn", "high_risk": "bad", "closed": "bad"}
RADIUS = 12.5
HIT_RADIUS = 16
RIM = theme.rgb("#0C141D")


@dataclass(frozen=True)
class CorridorMark:
    """A strait, canal or port as a diamond; with an `icon` a railway or road as a pill with its name and `detail`."""

    id: str
    name: str
    lon: float
    lat: float
    state: State = "open"
    tip: Tip | None = None
    icon: str = ""
    detail: Content = ""
    is_quiet: bool = False  # a pill without a state of its own: idle, planned


@lru_cache(maxsize=64)
def diamond(state: State, radius: int, oversample: int = 4) -> pygame.Surface:
    """The mark of a state; closed is an outline with a cross, so that it reads without colour."""
    side = 2 * radius + 4
    large = pygame.Surface((side * oversample, side * oversample), pygame.SRCALPHA)
    color = theme.tone(STATE_TONES[state])
    large.fill((*RIM, 0))
    middle, reach = side * oversample / 2, radius * oversample
    rim = max(1.5, radius * 0.17) * oversample
    _rhombus(large, RIM, middle, reach + rim * 0.7)
    _rhombus(large, color, middle, reach - rim * 0.45)
    if state == "closed":
        stroke = max(1.6, radius * 0.2) * oversample
        _rhombus(large, theme.SEA, middle, reach - rim * 0.45 - stroke * 1.42)
        arm = reach * 0.27
        for sign in (1, -1):
            ends = (middle - arm, middle - sign * arm), (middle + arm, middle + sign * arm)
            _cross_stroke(large, color, ends, stroke)
    return pygame.transform.smoothscale(large, (side, side))


def _rhombus(surface: pygame.Surface, color: Color, middle: float, reach: float) -> None:
    corners = [(middle, middle - reach), (middle + reach, middle), (middle, middle + reach), (middle - reach, middle)]
    pygame.draw.polygon(surface, color, corners)


def _cross_stroke(
    surface: pygame.Surface, color: Color, ends: tuple[tuple[float, float], tuple[float, float]], width: float
) -> None:
    (x, y), (x2, y2) = ends
    length = math.hypot(x2 - x, y2 - y)
    across = ((y - y2) / length * width / 2, (x2 - x) / length * width / 2)
    corners = [
        (x + across[0], y + across[1]),
        (x2 + across[0], y2 + across[1]),
        (x2 - across[0], y2 - across[1]),
        (x - across[0], y - across[1]),
    ]
    pygame.draw.polygon(surface, color, corners)


def paint_diamond(surface: pygame.Surface, at: tuple[float, float], state: State, is_hovered: bool = False) -> None:
    """A diamond centred on a point of the surface, with a white rim while the pointer is over it."""
    tile = diamond(state, px(RADIUS))
    place = tile.get_rect(center=(round(at[0]), round(at[1])))
    if is_hovered:
        reach = px(RADIUS) + px(4)
        x, y = place.center
        corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y), (x, y - reach)]
        shape.polyline(surface, corners, theme.WHITE, px(2))
    surface.blit(tile, place)


def pill_size(mark: CorridorMark) -> tuple[int, int]:
    """Pixels of a pill."""
    size = type_px(theme.CAPTION)
    words = text.width(mark.name, size, theme.MEDIUM)
    if str(mark.detail):
        words += text.width(f"  {mark.detail}", size, theme.MEDIUM)
    return words + px(16) + px(22) + px(6), px(28)


def paint_pill(surface: pygame.Surface, area: pygame.Rect, mark: CorridorMark) -> pygame.Rect:
    """A pill with icon, name and detail; returns where the detail stands."""
    tone = STATE_TONES[mark.state]
    fill, rim, ink = (
        (theme.CONTROL, theme.LINE_STRONG, theme.TEXT)
        if mark.is_quiet
        else (theme.TINTS[tone], theme.mix(theme.TINTS[tone], theme.tone(tone), 0.55), theme.tone(tone))
    )
    shape.box(surface, area, fill, rim, area.height // 2, 1)
    icon = icons.icon(mark.icon, px(16), ink)
    surface.blit(icon, icon.get_rect(midleft=(area.x + px(10), area.centery)))
    size, x = type_px(theme.CAPTION), area.x + px(10) + px(16) + px(6)
    name = text.line(mark.name, size, theme.MEDIUM, theme.mix(ink, theme.WHITE, 0.35))
    surface.blit(name, name.get_rect(midleft=(x, area.centery)))
    if not str(mark.detail):
        return pygame.Rect(x, area.y, 0, 0)
    detail = text.line(str(mark.detail), size, theme.MEDIUM, theme.mix(ink, theme.WHITE, 0.35))
    place = detail.get_rect(midleft=(x + name.get_width() + text.width("  ", size, theme.MEDIUM), area.centery))
    surface.blit(detail, place)
    return place
