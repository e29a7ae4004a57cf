"""Paints sea, graticule, nations and borders, hatching and outlines; and finds the nation under a point."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui import theme
from game.ui.map.camera import Camera
from game.ui.map.shapes import BORDER_BETWEEN_ACTORS, BORDER_IN_REST, BORDER_IN_UNION, Lines, Shapes
from game.ui.theme import Color

Corners = list[tuple[int, int]]

GRATICULE = theme.mix(theme.SEA, theme.LINE_STRONG, 0.28)
BORDER = theme.mix(theme.WINDOW, theme.SEA, 0.4)
REST_BORDER = theme.mix(theme.LAND, theme.WINDOW, 0.75)
HATCH = theme.mix(theme.LAND, theme.LINE_STRONG, 0.75)
UNION = "EUU"
CLIP_MARGIN = 12
BAND_ROWS = 96
LARGE_RING = 200  # points; larger rings are painted in bands, because a fill walks all edges for every row
SMALLEST_PX = 1.2
NEAR_PX = 9.0
NEAR_RINGS = 0.7  # of the largest ring's size
SMOOTH_TINT_PX = 60_000


class Land:
    """Painting and hit tests of one world's shapes."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        starts = shapes.rings.start[:-1]
        self._low = np.minimum.reduceat(shapes.rings.point, starts, axis=0)
        self._high = np.maximum.reduceat(shapes.rings.point, starts, axis=0)
        self._own_rings = [np.flatnonzero(shapes.ring_actor == a) for a in range(len(shapes.actors))]

    # Painting -----------------------------------------------------------------------------------------------

    def paint(
        self,
        surface: pygame.Surface,
        camera: Camera,
        fills: Mapping[str, Color],
        hatched: Collection[str] = (),
        stroke: float = 1.0,
    ) -> None:
        """Paint everything the camera sees; `stroke` is the pixels of a thin line, nations not in `fills` are plain."""
        surface.fill(theme.SEA)
        for _k, corners in _corner_lists(self.shapes.graticule, camera):
            pygame.draw.lines(surface, GRATICULE, False, corners, max(1, round(stroke)))
        colors = [fills.get(actor, theme.LAND) for actor in self.shapes.actors]
        for ring, corners in self._visible_rings(camera):
            _fill(surface, colors[self.shapes.ring_actor[ring]], corners)
        for actor in hatched:
            self._hatch(surface, camera, self.shapes.actors.index(actor), round(stroke * 7))
        self._paint_borders(surface, camera, fills.get(UNION, theme.LAND), stroke)

    def _paint_borders(self, surface: pygame.Surface, camera: Camera, union_fill: Color, stroke: float) -> None:
        style = {
            BORDER_IN_REST: (REST_BORDER, max(1, round(stroke))),
            BORDER_IN_UNION: (theme.mix(union_fill, theme.ACCENT, 0.55), max(1, round(stroke))),
            BORDER_BETWEEN_ACTORS: (BORDER, max(1, round(stroke * 1.6))),
        }
        lines = list(_corner_lists(self.shapes.borders, camera))
        for kind, (color, width) in style.items():
            for k, corners in lines:
                if self.shapes.border_kind[k] == kind:
                    pygame.draw.lines(surface, color, False, corners, width)

    def _visible_rings(self, camera: Camera, rings: NDArray[np.int64] | None = None) -> list[tuple[int, Corners]]:
        """Rings the camera sees, in painting order, cut to the view; all of them, or those given."""
        low, high = camera.to_view(self._low), camera.to_view(self._high)  # y is flipped: low[1] is the lower edge
        width, height = camera.width, camera.height
        seen = (high[:, 0] > 0) & (low[:, 0] < width) & (low[:, 1] > 0) & (high[:, 1] < height)
        seen &= (high[:, 0] - low[:, 0] > SMALLEST_PX) | (low[:, 1] - high[:, 1] > SMALLEST_PX)
        inside = (low[:, 0] > 0) & (high[:, 0] < width) & (high[:, 1] > 0) & (low[:, 1] < height)
        chosen = np.flatnonzero(seen) if rings is None else rings[seen[rings]]
        points, start = _thinned(camera, self.shapes.rings if rings is None else _picked(self.shapes.rings, chosen))
        found = []
        for place, ring in enumerate(chosen):
            here = int(ring) if rings is None else place
            corners = points[start[here] : start[here + 1]]
            if not inside[ring]:
                corners = _clipped(corners, width, height)
            if len(corners) >= 3:
                found.append((int(ring), corners.tolist()))
        return found

    def _hatch(self, surface: pygame.Surface, camera: Camera, actor: int, step: int) -> None:
        """Slanted strokes over one nation: no data."""
        rings = self._visible_rings(camera, self._own_rings[actor])
        if not rings:
            return
        area = _bounds([corner for _ring, corners in rings for corner in corners]).clip(surface.get_rect())
        mask = pygame.Surface(area.size, pygame.SRCALPHA)
        strokes = pygame.Surface(area.size, pygame.SRCALPHA)
        for _ring, corners in rings:
            pygame.draw.polygon(mask, theme.WHITE, [(x - area.x, y - area.y) for x, y in corners])
        first = -(area.height + (area.x + area.y) % (2 * step))
        for x in range(first, area.width + area.height, 2 * step):
            pygame.draw.line(strokes, HATCH, (x, area.height), (x + area.height, 0), max(1, step // 3))
        mask.blit(strokes, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        surface.blit(mask, area)

    def outline(self, surface: pygame.Surface, camera: Camera, actor: str, color: Color, width: float) -> None:
        """A line of `width` pixels with round joints along the nation's outline."""
        own = self._own_rings[self.shapes.actors.index(actor)]
        for _ring, corners in self._visible_rings(camera, own):
            closed = [*corners, corners[0]]
            pygame.draw.lines(surface, color, False, closed, round(width))
            for corner in corners if width > 2 else ():
                pygame.draw.circle(surface, color, corner, width / 2)

    def tint(self, camera: Camera, actor: str, color: Color, alpha: int) -> tuple[pygame.Surface, pygame.Rect] | None:
        """The nation without far islands as a translucent patch and its place in the view, None when out of sight.

        Small patches are smooth; large ones are not, which a faint tint hardly shows and which keeps hovering cheap.
        """
        core = self._core_rings(self.shapes.actors.index(actor))
        low, high = camera.to_view(self._low[core[0]]), camera.to_view(self._high[core[0]])
        factor = 2 if (high[0] - low[0]) * (low[1] - high[1]) < SMOOTH_TINT_PX * theme.scale() ** 2 else 1
        large = camera.enlarged(factor)
        rings = self._visible_rings(large, core)
        if not rings:
            return None
        seen = pygame.Rect(0, 0, large.width, large.height)
        area = _bounds([corner for _ring, corners in rings for corner in corners]).clip(seen)
        place = pygame.Rect(area.x // factor, area.y // factor, area.width // factor + 2, area.height // factor + 2)
        patch = pygame.Surface((factor * place.width, factor * place.height), pygame.SRCALPHA)
        patch.fill((*color, 0))
        for _ring, corners in rings:
            _fill(patch, (*color, alpha), [(x - factor * place.x, y - factor * place.y) for x, y in corners])
        return (pygame.transform.smoothscale(patch, place.size) if factor > 1 else patch), place

    def _core_rings(self, actor: int) -> NDArray[np.int64]:
        """The nation's largest ring and those close to it."""
        own = self._own_rings[actor]
        reach = (self._high[own[0]] - self._low[own[0]]) * NEAR_RINGS
        low, high = self._low[own[0]] - reach, self._high[own[0]] + reach
        return own[((self._high[own] > low) & (self._low[own] < high)).all(axis=1)]

    # Finding ------------------------------------------------------------------------------------------------

    def main_box(self, actor: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The lowest and highest map units of the nation's largest ring."""
        ring = self._own_rings[self.shapes.actors.index(actor)][0]
        return self._low[ring], self._high[ring]

    def actor_grid(self, camera: Camera, cell: int) -> NDArray[np.int16]:
        """Position of the actor in every cell of `cell` pixels, [across, down], -1 at sea; coarse."""
        coarse = camera.enlarged(1 / cell)
        surface = pygame.Surface((coarse.width + 1, coarse.height + 1), depth=8)
        surface.fill(0)
        for ring, corners in self._visible_rings(coarse):
            pygame.draw.polygon(surface, int(self.shapes.ring_actor[ring]) + 1, corners)
        return pygame.surfarray.array2d(surface).astype(np.int16) - 1

    def is_inside(self, camera: Camera, actor: str, points: Collection[tuple[float, float]]) -> bool:
        """Whether these pixels of the view all lie in the nation's largest ring."""
        ring = self.shapes.rings[int(self._own_rings[self.shapes.actors.index(actor)][0])]
        return all(_holds(ring, *camera.from_view(point)) for point in points)

    def actor_at(self, camera: Camera, point: tuple[float, float]) -> str | None:
        """The nation under a pixel of the view: the one painted last there, else a small one close by."""
        x, y = camera.from_view(point)
        around = (self._low[:, 0] <= x) & (self._high[:, 0] >= x) & (self._low[:, 1] <= y) & (self._high[:, 1] >= y)
        for ring in np.flatnonzero(around)[::-1]:
            if _holds(self.shapes.rings[int(ring)], x, y):
                return self.shapes.actors[self.shapes.ring_actor[ring]]
        return self._small_actor_near(camera, x, y)

    def _small_actor_near(self, camera: Camera, x: float, y: float) -> str | None:
        """A nation whose label point is a few pixels away; islands would else be hard to hit."""
        away = np.hypot(self.shapes.label[:, 0] - x, self.shapes.label[:, 1] - y) * camera.scale
        nearest = int(np.argmin(away))
        return self.shapes.actors[nearest] if away[nearest] < theme.px(NEAR_PX) else None


def _corner_lists(lines: Lines, camera: Camera) -> list[tuple[int, Corners]]:
    """Polylines of the map that touch the view, in whole pixels."""
    points, start = _thinned(camera, lines)
    low, high = np.minimum.reduceat(points, start[:-1]), np.maximum.reduceat(points, start[:-1])
    seen = (high > 0).all(axis=1) & (low[:, 0] < camera.width) & (low[:, 1] < camera.height)
    seen &= np.diff(start) > 1
    return [(int(k), points[start[k] : start[k + 1]].tolist()) for k in np.flatnonzero(seen)]


def _picked(lines: Lines, chosen: NDArray[np.int64]) -> Lines:
    """Some of the lines, in the order chosen."""
    parts = [lines[int(k)] for k in chosen]
    start = np.cumsum([0, *(len(part) for part in parts)]).astype(np.int32)
    return Lines(np.concatenate([lines.point[:0], *parts]), start)


def _thinned(camera: Camera, lines: Lines) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The lines in whole pixels without repeats in a row, and where each starts, [len + 1]."""
    whole = np.rint(camera.to_view(lines.point)).astype(np.int32)
    keep = np.ones(len(whole), dtype=bool)
    keep[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    keep[lines.start[:-1]] = True
    before = np.concatenate([[0], np.cumsum(keep)])
    return whole[keep], before[lines.start]


def _clipped(points: NDArray[np.int32], width: int, height: int) -> NDArray[np.int32]:
    """A polygon cut to the surface and a margin (Sutherland and Hodgman), so that no fill runs far outside."""
    cut = points.astype(np.float32)
    sides = (
        (0, 1.0, -CLIP_MARGIN),
        (0, -1.0, width + CLIP_MARGIN),
        (1, 1.0, -CLIP_MARGIN),
        (1, -1.0, height + CLIP_MARGIN),
    )
    for axis, sign, limit in sides:
        cut = _cut_side(cut, axis, sign, float(limit))
        if len(cut) < 3:
            break
    return np.rint(cut).astype(np.int32)


def _cut_side(points: NDArray[np.float32], axis: int, sign: float, limit: float) -> NDArray[np.float32]:
    """The part of a polygon with sign * (coordinate - limit) >= 0."""
    inside = sign * (points[:, axis] - limit) >= 0
    if inside.all():
        return points
    if not inside.any():
        return points[:0]
    following = np.roll(points, -1, axis=0)
    crossing = inside != np.roll(inside, -1)
    span = following[:, axis] - points[:, axis]
    share = np.divide(limit - points[:, axis], span, out=np.zeros_like(span), where=crossing)
    met = points + share[:, None] * (following - points)
    out = np.stack([points, met], axis=1).reshape(-1, 2)
    return out[np.stack([inside, crossing], axis=1).reshape(-1)]


def _fill(surface: pygame.Surface, color: Sequence[int], corners: Corners) -> None:
    """A filled polygon; a large one in horizontal bands, which costs far fewer edge tests."""
    if len(corners) < LARGE_RING:
        pygame.draw.polygon(surface, color, corners)
        return
    points = np.array(corners, dtype=np.float32)
    low, high = int(points[:, 1].min()), int(points[:, 1].max())
    for top in range(low, high + 1, BAND_ROWS):
        band = _cut_side(_cut_side(points, 1, 1.0, float(top)), 1, -1.0, float(top + BAND_ROWS))
        if len(band) >= 3:
            pygame.draw.polygon(surface, color, np.rint(band).astype(np.int32).tolist())


def _holds(ring: NDArray[np.float32], x: float, y: float) -> bool:
    """Whether a ring holds a point, by the even-odd rule."""
    following = np.roll(ring, -1, axis=0)
    crosses = (ring[:, 1] > y) != (following[:, 1] > y)
    a, b = ring[crosses], following[crosses]
    return bool((a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > x).sum() % 2)


def _bounds(corners: Sequence[tuple[int, int]]) -> pygame.Rect:
    columns, rows = zip(*corners, strict=True)
    return pygame.Rect(min(columns), min(rows), max(columns) - min(columns) + 1, max(rows) - min(rows) + 1)
