"""Trade flows as smooth ribbons along their routes: width by volume, marks by kind, arrowheads, hit tests."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui import theme
from game.ui.map.camera import Camera
from game.ui.map.shapes import Shapes
from game.ui.theme import Color
from game.ui.tip import Tip

Floats = NDArray[np.float32]
Place = tuple[float, float]
Style = Literal["ore", "refined", "contract", "risk", "idle"]

NARROWEST, NARROWEST_STRIPED, WIDEST = 1.5, 3.2, 11.0  # a striped line needs room for its stripe
CASING = 3.0
STEP_PX, SMOOTHING_PX, TAPER_PX = 3.0, 11.0, 26.0
ARROW_EVERY, ARROW_LEAST = 210.0, 46.0
THIN = 3.0
HIT_REACH = 5.0
COVER_PX = 9.0
ARROW = theme.rgb("#F1F6FC")
CASING_COLOR = theme.rgb("#0A1420")
CUT_DEG = 180.5


@dataclass(frozen=True)
class Flow:
    """A stream of goods. `legs` are a route's land and sea legs (kind, places (lon, lat)) in order.

    `volume` in any unit: widths compare within one map. `color` is the mineral's; contracts, flows at risk and idle
    ones have colours of their own.
    """

    id: str
    legs: tuple[tuple[str, Sequence[Place]], ...]
    volume: float
    style: Style = "ore"
    color: Color = theme.ACCENT
    tip: Tip | None = None


@dataclass(frozen=True)
class Ribbon:
    """One drawn piece of a flow in pixels of the view."""

    flow: Flow
    points: Floats  # [n, 2], a few pixels apart
    width: float
    on_land: bool
    starts: bool  # whether the goods are loaded at the first point
    ends: bool  # whether they arrive at the last


def ribbons(flows: Iterable[Flow], shapes: Shapes, camera: Camera, largest: float = 0.0) -> list[Ribbon]:
    """Every flow's pieces, the widest first; the widest stands for `largest`, or for the largest volume shown."""
    flows = [flow for flow in flows if flow.volume > 0]
    full = max([largest, *(flow.volume for flow in flows)], default=1.0)
    unit = theme.scale()
    found = []
    for flow in sorted(flows, key=lambda flow: -flow.volume):
        least = NARROWEST_STRIPED if flow.style in ("refined", "risk") else NARROWEST
        width = max(least, WIDEST * math.sqrt(flow.volume / full)) * unit
        for k, (kind, places) in enumerate(flow.legs):
            lon_lat = np.array(places, dtype=np.float64).reshape(-1, 2)
            for run in _in_sight(lon_lat, shapes.centre_lon):
                view = camera.to_view(shapes.project(run[:, 0], run[:, 1]))
                points = _smooth(view, width, unit, offset=kind == "sea")
                if len(points) > 1 and _near_view(points, camera, width):
                    # A piece that only begins or ends where the map is cut has no port there.
                    is_first = (k == 0 or kind == "sea") and run[0, 1] == lon_lat[0, 1]
                    is_last = k == len(flow.legs) - 1 and run[-1, 1] == lon_lat[-1, 1]
                    found.append(Ribbon(flow, points, width, kind == "land", is_first, is_last))
    return found


def paint(surface: pygame.Surface, drawn: Sequence[Ribbon], factor: float) -> None:
    """Draw ribbons and their arrowheads onto a surface `factor` times the view's size."""
    for ribbon in drawn:
        _paint_ribbon(surface, ribbon, factor)
    for ribbon in drawn:
        if ribbon.flow.style != "idle" and not ribbon.on_land:
            _paint_arrows(surface, ribbon, factor)
    unit = theme.scale()
    for ribbon in drawn:
        if ribbon.width >= THIN * unit:
            for end in _joints(ribbon):
                _paint_joint(surface, end * factor, (2.6 + ribbon.width / unit * 0.22) * unit * factor)


def flow_at(drawn: Sequence[Ribbon], point: tuple[float, float]) -> Flow | None:
    """The flow under a pixel of the view, the one drawn last first."""
    reach = HIT_REACH * theme.scale()
    for ribbon in reversed(drawn):
        away = np.hypot(ribbon.points[:, 0] - point[0], ribbon.points[:, 1] - point[1])
        if float(away.min()) <= ribbon.width / 2 + reach:
            return ribbon.flow
    return None


def covered(drawn: Iterable[Ribbon]) -> list[pygame.Rect]:
    """Small areas along the flows, for words to keep clear of."""
    side = COVER_PX * theme.scale()
    step = max(1, int(COVER_PX / STEP_PX))
    return [
        pygame.Rect(round(x - side / 2), round(y - side / 2), round(side), round(side))
        for ribbon in drawn
        for x, y in ribbon.points[::step].tolist()
    ]


def flow_color(style: Style, color: Color, width: float) -> Color:
    """The colour of a flow's ribbon; thin ones step back."""
    if style == "contract":
        return theme.GOOD
    if style == "risk":
        return theme.BAD
    if style == "idle":
        return theme.MID
    bright = theme.mix(color, theme.WHITE, 0.36 if style == "refined" else 0.1)
    return theme.mix(bright, theme.SEA, 0.15) if width < THIN else bright


def paint_sample(surface: pygame.Surface, points: Sequence[tuple[float, float]], flow: Flow, width: float) -> None:
    """A flow's mark along `points` for a key: the same strokes, no arrow."""
    line = np.array(points, dtype=np.float32)
    reach = width + CASING * theme.scale()
    corner, far = line.min(axis=0) - reach, line.max(axis=0) + reach
    area = pygame.Rect(round(corner[0]), round(corner[1]), round(far[0] - corner[0]), round(far[1] - corner[1]))
    area = area.clip(surface.get_rect())
    if area.width == 0 or area.height == 0:
        return
    large = pygame.transform.scale(surface.subsurface(area), (area.width * 4, area.height * 4))
    _paint_ribbon(large, Ribbon(flow, line - np.array(area.topleft, dtype=np.float32), width, False, True, True), 4.0)
    surface.blit(pygame.transform.smoothscale(large, area.size), area)


# --- geometry ----------------------------------------------------------------------------------------------------


def _in_sight(lon_lat: NDArray[np.float64], centre_lon: float) -> list[NDArray[np.float64]]:
    """The way cut at the map's edge, each piece moved by whole turns to where the map shows it."""
    if len(lon_lat) < 2:
        return []
    pieces = []
    for turn in range(-2, 3):
        moved = lon_lat + np.array([360.0 * turn, 0.0])
        within = np.abs(moved[:, 0] - centre_lon) <= CUT_DEG
        if within.any():
            edges = np.flatnonzero(np.diff(np.concatenate([[0], within.astype(np.int8), [0]])))
            for start, stop in zip(edges[::2], edges[1::2], strict=True):
                pieces.append(_to_the_edge(moved, int(start), int(stop), centre_lon))
    return [piece for piece in pieces if len(piece) > 1]


def _to_the_edge(moved: NDArray[np.float64], start: int, stop: int, centre_lon: float) -> NDArray[np.float64]:
    """Points start to stop, drawn out to the map's edge where the way leaves it."""
    piece = [moved[start:stop]]
    for inner, outer, where in ((start, start - 1, 0), (stop - 1, stop, len(piece))):
        if 0 <= outer < len(moved):
            edge = centre_lon + math.copysign(CUT_DEG, moved[outer, 0] - centre_lon)
            span = moved[outer, 0] - moved[inner, 0]
            met = moved[inner] + (moved[outer] - moved[inner]) * ((edge - moved[inner, 0]) / span)
            piece.insert(where, met[None, :]) if where == 0 else piece.append(met[None, :])
    return np.concatenate(piece)


def _smooth(points: Floats, width: float, unit: float, offset: bool) -> Floats:
    """The line with even steps and rounded bends, its ends kept; at sea ships keep to the right of each other."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    length = float(along[-1])
    if length < 1:
        return points[:0]
    count = max(2, int(length / (STEP_PX * unit)) + 1)
    even = np.linspace(0, length, count)
    line = np.stack([np.interp(even, along, points[:, 0]), np.interp(even, along, points[:, 1])], axis=1)
    line = _blurred(line, SMOOTHING_PX / STEP_PX)
    if offset and count > 3:
        ahead = np.gradient(line, axis=0)
        ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-6)[:, None]
        away = np.clip(np.minimum(even, length - even) / (TAPER_PX * unit), 0, 1) * (width / 2 + 0.6 * unit)
        line = line + np.stack([-ahead[:, 1], ahead[:, 0]], axis=1) * away[:, None]
    return line.astype(np.float32)


def _blurred(line: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """A Gaussian blur along the line, mirrored through its ends so that they stay."""
    reach = min(int(3 * sigma), len(line) - 1)
    if reach < 1:
        return line
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    before, after = 2 * line[0] - line[reach:0:-1], 2 * line[-1] - line[-2 : -reach - 2 : -1]
    padded = np.concatenate([before, line, after])
    return np.stack([np.convolve(padded[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)


def _near_view(points: Floats, camera: Camera, width: float) -> bool:
    low, high = points.min(axis=0) - width, points.max(axis=0) + width
    return bool(high[0] > 0 and high[1] > 0 and low[0] < camera.width and low[1] < camera.height)


def _joints(ribbon: Ribbon) -> list[Floats]:
    """Where the goods are loaded and where they arrive."""
    return [ribbon.points[k] for k, is_joint in ((0, ribbon.starts), (-1, ribbon.ends)) if is_joint]


# --- strokes -----------------------------------------------------------------------------------------------------


def _paint_ribbon(surface: pygame.Surface, ribbon: Ribbon, factor: float) -> None:
    flow, unit = ribbon.flow, theme.scale() * factor
    points, width = ribbon.points * factor, ribbon.width * factor
    color = flow_color(flow.style, flow.color, ribbon.width / theme.scale())
    dash = None
    if flow.style == "idle":
        width, dash = 2.5 * unit, (9 * unit, 6 * unit)
    elif ribbon.on_land:
        dash = (1.6 * width + 8 * unit, 0.3 * width + 2.5 * unit)
    if dash is None:
        _stroke(surface, points, width + CASING * unit, CASING_COLOR)
        _stroke(surface, points, width, color)
    else:
        _stroke(surface, points, width + CASING * unit, CASING_COLOR)
        for part in _dashes(points, *dash):
            _stroke(surface, part, width, color, round_ends=False)
    if flow.style == "refined" and dash is None:
        _stroke(surface, points, max(0.9 * unit, width * 0.36), CASING_COLOR)
    elif flow.style == "risk":
        for part in _dashes(points, 8 * unit, 6 * unit):
            _stroke(surface, part, max(1.2 * unit, width * 0.28), ARROW, round_ends=False)


def _stroke(surface: pygame.Surface, points: Floats, width: float, color: Color, round_ends: bool = True) -> None:
    """A polyline with round joints; `width` in pixels of the surface."""
    corners = points.tolist()
    if len(corners) < 2:
        return
    pygame.draw.lines(surface, color, False, corners, max(1, round(width)))
    if width > 3:
        for corner in corners if round_ends else corners[1:-1]:
            pygame.draw.circle(surface, color, corner, width / 2)


def _dashes(points: Floats, on: float, off: float) -> list[Floats]:
    """The drawn parts of a dashed line."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    parts = []
    for start in np.arange(0.0, along[-1], on + off):
        stop = min(start + on, float(along[-1]))
        inner = (along > start) & (along < stop)
        ends = np.array([[np.interp(s, along, points[:, axis]) for axis in (0, 1)] for s in (start, stop)])
        parts.append(np.concatenate([ends[:1], points[inner], ends[1:]]))
    return parts


def _paint_arrows(surface: pygame.Surface, ribbon: Ribbon, factor: float) -> None:
    unit = theme.scale() * factor
    points, width = ribbon.points * factor, ribbon.width * factor
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    length = float(along[-1])
    if length < ARROW_LEAST * unit:
        return
    count = max(1, int(length / (ARROW_EVERY * unit)))
    is_thin = ribbon.width < THIN * theme.scale()
    size = (4.6 * unit if is_thin else 6.5 * unit) + width * 0.62
    color = theme.mix(flow_color(ribbon.flow.style, ribbon.flow.color, 9), theme.WHITE, 0.55) if is_thin else ARROW
    for k in range(count):
        at = int(np.searchsorted(along, length * (k + 0.5) / count))
        low, high = points[max(0, at - 2)], points[min(len(points) - 1, at + 2)]
        _paint_arrow(surface, points[min(at, len(points) - 1)], high - low, size, color)


def _paint_arrow(surface: pygame.Surface, at: Floats, ahead: Floats, size: float, color: Color) -> None:
    """A dart pointing ahead."""
    length = math.hypot(float(ahead[0]), float(ahead[1]))
    if length == 0:
        return
    x, y = float(ahead[0]) / length, float(ahead[1]) / length
    outline = ((1.15, 0.0), (-0.75, 0.78), (-0.3, 0.0), (-0.75, -0.78))
    corners = [(float(at[0]) + size * (a * x - b * y), float(at[1]) + size * (a * y + b * x)) for a, b in outline]
    pygame.draw.polygon(surface, color, corners)


def _paint_joint(surface: pygame.Surface, at: Floats, radius: float) -> None:
    """A white disc with a dark rim: a port or a mine."""
    pygame.draw.circle(surface, CASING_COLOR, at.tolist(), radius * 1.42)
    pygame.draw.circle(surface, ARROW, at.tolist(), radius)
