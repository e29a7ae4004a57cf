"""Anti-aliased shapes: rounded boxes built once per corner, lines, polygons, arcs, hatching, shadows."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from functools import lru_cache

import pygame

from game.ui.theme import BLACK, Color

OVERSAMPLE = 4
# Canvases with more pixels are drawn at twice the size only: smooth enough, and four times cheaper.
LARGE_AREA = 60_000
Point = tuple[float, float]


@lru_cache(maxsize=512)
def _box_tile(radius: int, fill: Color | None, border: Color | None, border_px: int) -> pygame.Surface:
    """A box just large enough for its four corners, drawn large and scaled down."""
    side = (2 * radius + 2) * OVERSAMPLE
    base = border or fill or BLACK
    tile = pygame.Surface((side, side), pygame.SRCALPHA)
    tile.fill((*base, 0))
    area = tile.get_rect()
    if border is not None:
        pygame.draw.rect(tile, border, area, border_radius=radius * OVERSAMPLE)
        area = area.inflate(-2 * border_px * OVERSAMPLE, -2 * border_px * OVERSAMPLE)
        inner = max(0, radius - border_px) * OVERSAMPLE
        pygame.draw.rect(tile, fill or (*border, 0), area, border_radius=inner)
    elif fill is not None:
        pygame.draw.rect(tile, fill, area, border_radius=radius * OVERSAMPLE)
    return pygame.transform.smoothscale(tile, (side // OVERSAMPLE, side // OVERSAMPLE))


def box(
    surface: pygame.Surface,
    area: pygame.Rect,
    fill: Color | None = None,
    border: Color | None = None,
    radius: int = 0,
    border_px: int = 1,
) -> None:
    """A box with smooth round corners, filled, bordered or both."""
    radius = min(radius, area.width // 2, area.height // 2)
    if area.width <= 0 or area.height <= 0:
        return
    if radius <= 0:
        if fill is not None:
            pygame.draw.rect(surface, fill, area)
        if border is not None:
            pygame.draw.rect(surface, border, area, border_px)
        return
    tile = _box_tile(radius, fill, border, border_px)
    side, corner = 2 * radius + 2, radius + 1
    across, down = area.width - 2 * corner, area.height - 2 * corner
    if across < 0 or down < 0:
        corner = radius
        across, down = area.width - 2 * corner, area.height - 2 * corner
    for x, source_x in ((area.x, 0), (area.right - corner, side - corner)):
        for y, source_y in ((area.y, 0), (area.bottom - corner, side - corner)):
            surface.blit(tile, (x, y), (source_x, source_y, corner, corner))
    left, top = area.x + corner, area.y + corner
    if fill is not None:
        surface.fill(fill, (left, area.y, across, area.height))
        surface.fill(fill, (area.x, top, corner, down))
        surface.fill(fill, (area.right - corner, top, corner, down))
    if border is not None:
        surface.fill(border, (left, area.y, across, border_px))
        surface.fill(border, (left, area.bottom - border_px, across, border_px))
        surface.fill(border, (area.x, top, border_px, down))
        surface.fill(border, (area.right - border_px, top, border_px, down))


@lru_cache(maxsize=256)
def _disc(diameter: int, fill: Color, border: Color | None, border_px: int) -> pygame.Surface:
    side = diameter * OVERSAMPLE
    tile = pygame.Surface((side, side), pygame.SRCALPHA)
    tile.fill((*(border or fill), 0))
    pygame.draw.circle(tile, border or fill, (side / 2, side / 2), side / 2)
    if border is not None:
        pygame.draw.circle(tile, fill, (side / 2, side / 2), side / 2 - border_px * OVERSAMPLE)
    return pygame.transform.smoothscale(tile, (diameter, diameter))


def disc(
    surface: pygame.Surface,
    center: Point,
    diameter: int,
    fill: Color,
    border: Color | None = None,
    border_px: int = 2,
) -> None:
    """A smooth filled circle with an optional rim inside its edge."""
    tile = _disc(max(1, diameter), fill, border, border_px)
    surface.blit(tile, (round(center[0] - diameter / 2), round(center[1] - diameter / 2)))


class Canvas:
    """A scratch surface at several times the size: draw on it in surface coordinates, then `put` it down smooth."""

    def __init__(self, area: pygame.Rect, tint: Color = BLACK, oversample: int = 0) -> None:
        oversample = oversample or (OVERSAMPLE if area.width * area.height < LARGE_AREA else 2)
        self.area, self.factor = area, oversample
        self.surface = pygame.Surface(
            (max(1, area.width * oversample), max(1, area.height * oversample)), pygame.SRCALPHA
        )
        self.surface.fill((*tint, 0))

    def at(self, point: Point) -> Point:
        """A point of the target surface on the canvas."""
        return (point[0] - self.area.x) * self.factor, (point[1] - self.area.y) * self.factor

    def line(self, points: Sequence[Point], color: Sequence[int], width: float) -> None:
        """A polyline with round joints and ends."""
        thick = max(1.0, width * self.factor)
        spots = [self.at(p) for p in points]
        for start, end in itertools.pairwise(spots):
            self._segment(start, end, color, thick)
        for spot in spots if thick > 2 else ():
            pygame.draw.circle(self.surface, color, spot, thick / 2)

    def _segment(self, start: Point, end: Point, color: Sequence[int], thick: float) -> None:
        length = math.hypot(end[0] - start[0], end[1] - start[1])
        if length == 0:
            return
        across = ((start[1] - end[1]) / length * thick / 2, (end[0] - start[0]) / length * thick / 2)
        corners = [
            (start[0] + across[0], start[1] + across[1]),
            (end[0] + across[0], end[1] + across[1]),
            (end[0] - across[0], end[1] - across[1]),
            (start[0] - across[0], start[1] - across[1]),
        ]
        pygame.draw.polygon(self.surface, color, corners)

    def polygon(self, points: Sequence[Point], color: Sequence[int]) -> None:
        """A filled polygon."""
        if len(points) >= 3:
            pygame.draw.polygon(self.surface, color, [self.at(p) for p in points])

    def circle(self, center: Point, radius: float, color: Sequence[int]) -> None:
        """A filled circle."""
        pygame.draw.circle(self.surface, color, self.at(center), radius * self.factor)

    def put(self, target: pygame.Surface) -> None:
        """Scale down and blend onto `target`."""
        small = pygame.transform.smoothscale(self.surface, self.area.size) if self.factor > 1 else self.surface
        target.blit(small, self.area)


def _bounds(points: Sequence[Point], margin: float) -> pygame.Rect:
    left, right = min(p[0] for p in points) - margin, max(p[0] for p in points) + margin
    top, bottom = min(p[1] for p in points) - margin, max(p[1] for p in points) + margin
    x, y = math.floor(left), math.floor(top)
    return pygame.Rect(x, y, math.ceil(right) - x + 1, math.ceil(bottom) - y + 1)


def polyline(
    surface: pygame.Surface,
    points: Sequence[Point],
    color: Color,
    width: float,
    dash: tuple[float, float] | None = None,
) -> None:
    """A smooth line through `points`, dashed with (on, off) lengths when given."""
    if len(points) < 2:
        return
    canvas = Canvas(_bounds(points, width + 1), color)
    for part in dashes(points, *dash) if dash else [points]:
        canvas.line(part, color, width)
    canvas.put(surface)


def dashes(points: Sequence[Point], on: float, off: float) -> list[list[Point]]:
    """The drawn parts of a dashed line of `on` and `off` lengths through `points`."""
    parts: list[list[Point]] = []
    current: list[Point] = [points[0]]
    left, drawing = on, True
    for start, end in itertools.pairwise(points):
        length, done = math.hypot(end[0] - start[0], end[1] - start[1]), 0.0
        while length - done > left:
            done += left
            spot = (start[0] + (end[0] - start[0]) * done / length, start[1] + (end[1] - start[1]) * done / length)
            if drawing:
                parts.append([*current, spot])
            drawing, left = not drawing, off if drawing else on
            current = [spot]
        left -= length - done
        if drawing:
            current.append(end)
    if drawing and len(current) > 1:
        parts.append(current)
    return parts


def polygon(surface: pygame.Surface, points: Sequence[Point], color: Color, alpha: int = 255) -> None:
    """A smooth filled polygon, translucent when `alpha` is below 255."""
    if len(points) < 3:
        return
    canvas = Canvas(_bounds(points, 1), color)
    canvas.polygon(points, (*color, alpha))
    canvas.put(surface)


def arc(surface: pygame.Surface, center: Point, radius: float, angles: Point, color: Color, width: float) -> None:
    """A smooth arc with round ends; angles in degrees, clockwise from 12 o'clock, from the first to the second."""
    start, end = angles
    steps = max(2, int(abs(end - start) / 4))
    points = [
        (
            center[0] + radius * math.sin(math.radians(start + (end - start) * i / steps)),
            center[1] - radius * math.cos(math.radians(start + (end - start) * i / steps)),
        )
        for i in range(steps + 1)
    ]
    polyline(surface, points, color, width)


@lru_cache(maxsize=64)
def _triangle(side: int, upward: bool, color: Color) -> pygame.Surface:
    area = pygame.Rect(0, 0, side, side)
    canvas = Canvas(area, color)
    base, peak = (side * 0.88, side * 0.14) if upward else (side * 0.12, side * 0.86)
    canvas.polygon([(0, base), (side, base), (side / 2, peak)], color)
    return pygame.transform.smoothscale(canvas.surface, area.size)


def triangle(surface: pygame.Surface, center: Point, side: int, upward: bool, color: Color) -> None:
    """A small up or down triangle, the sign of a change."""
    surface.blit(_triangle(side, upward, color), (round(center[0] - side / 2), round(center[1] - side / 2)))


def hatch(surface: pygame.Surface, area: pygame.Rect, color: Color, step: int = 8, width: float = 2.0) -> None:
    """Slanted strokes inside `area`: a shortfall, or no data."""
    if area.width <= 0 or area.height <= 0:
        return
    canvas = Canvas(area, color)
    for x in range(area.x - area.height, area.right + area.height, max(2, step)):
        canvas.line([(x, area.bottom), (x + area.height * 0.6, area.y)], color, width)
    canvas.put(surface)


@lru_cache(maxsize=32)
def _shadow(size: tuple[int, int], radius: int, spread: int) -> pygame.Surface:
    full = (size[0] + 2 * spread, size[1] + 2 * spread)
    small = (max(1, full[0] // 4), max(1, full[1] // 4))
    tile = pygame.Surface(small, pygame.SRCALPHA)
    inset = max(1, spread // 4)
    inner = pygame.Rect(inset, inset, small[0] - 2 * inset, small[1] - 2 * inset)
    pygame.draw.rect(tile, (0, 0, 0, 120), inner, border_radius=max(1, radius // 4))
    return pygame.transform.smoothscale(pygame.transform.gaussian_blur(tile, max(1, inset // 2)), full)


def shadow(surface: pygame.Surface, area: pygame.Rect, radius: int, spread: int) -> None:
    """A soft shadow around `area`, for tooltips, menus and dialogs."""
    surface.blit(_shadow(area.size, radius, spread), (area.x - spread, area.y - spread + spread // 4))
