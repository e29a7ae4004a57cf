"""Our own outline icons: strokes on a 24-unit grid, drawn large and scaled down, cached per size and colour."""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache

import pygame

from game.files import ASSETS
from game.ui.shape import Canvas, Point
from game.ui.theme import Color

GRID, STROKE = 24, 1.75
_TOKEN = re.compile(r"[MLHVCQAZ]|-?\d*\.?\d+")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}


@lru_cache(maxsize=1)
def _drawings() -> dict[str, list[str]]:
    return json.loads((ASSETS / "icons" / "icons.json").read_text(encoding="utf-8"))["icons"]


def icon_names() -> list[str]:
    """Every icon of the set, sorted."""
    return sorted(_drawings())


@lru_cache(maxsize=2048)
def icon(name: str, size: int, color: Color) -> pygame.Surface:
    """Icon `name` in a square of `size` pixels. An unknown name raises KeyError: names are written by us."""
    canvas = Canvas(pygame.Rect(0, 0, size, size), color)
    unit = size / GRID
    for drawing in _drawings()[name]:
        filled = drawing.startswith("fill ")
        for points in _strokes(drawing.removeprefix("fill ")):
            spots = [(x * unit, y * unit) for x, y in points]
            if filled:
                canvas.polygon(spots, color)
            elif len(spots) == 1:
                canvas.circle(spots[0], max(STROKE * unit, 1.25) * 0.75, color)
            else:
                canvas.line(spots, color, max(STROKE * unit, 1.25))
    return pygame.transform.smoothscale(canvas.surface, (size, size))


def _strokes(drawing: str) -> list[list[Point]]:
    """The polylines of one drawing: 'circle cx cy r', 'rect x y w h r', 'dot x y' or an absolute SVG path."""
    kind, _, rest = drawing.partition(" ")
    if kind == "circle":
        cx, cy, radius = (float(v) for v in rest.split())
        return [_turn(cx, cy, radius, radius, 0, 2 * math.pi)]
    if kind == "dot":
        x, y = (float(v) for v in rest.split())
        return [[(x, y)]]
    if kind == "rect":
        return [_round_rect(*(float(v) for v in rest.split()))]
    return _path(drawing)


def _turn(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    steps = max(6, int(abs(end - start) * 8))
    angles = [start + (end - start) * i / steps for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def _round_rect(x: float, y: float, w: float, h: float, r: float) -> list[Point]:
    quarter = math.pi / 2
    points: list[Point] = []
    for cx, cy, start in ((x + w - r, y + r, -1), (x + w - r, y + h - r, 0), (x + r, y + h - r, 1), (x + r, y + r, 2)):
        points += _turn(cx, cy, r, r, start * quarter, (start + 1) * quarter)
    return [*points, points[0]]


def _path(path: str) -> list[list[Point]]:
    """Polylines of an absolute SVG path of M L H V C Q A Z; arcs need equal radii."""
    tokens, lines, command = _TOKEN.findall(path), [], ""
    index, at = 0, (0.0, 0.0)
    while index < len(tokens):
        if tokens[index] in _ARGUMENTS:
            command, index = tokens[index], index + 1
        values = [float(v) for v in tokens[index : index + _ARGUMENTS[command]]]
        index += len(values)
        if command == "M":
            lines.append([(values[0], values[1])])
            command_next = "L"
        else:
            lines[-1] += _step(command, values, at, lines[-1][0])
            command_next = command
        at, command = lines[-1][-1], command_next
    return lines


def _step(command: str, v: list[float], at: Point, first: Point) -> list[Point]:
    """The points one path command adds after `at`."""
    if command == "Z":
        return [first]
    if command == "H":
        return [(v[0], at[1])]
    if command == "V":
        return [(at[0], v[0])]
    if command == "L":
        return [(v[0], v[1])]
    if command == "A":
        return _arc(at, v[0], bool(v[3]), bool(v[4]), (v[5], v[6]))
    if command == "Q":
        v = [
            at[0] + (v[0] - at[0]) * 2 / 3,
            at[1] + (v[1] - at[1]) * 2 / 3,
            v[2] + (v[0] - v[2]) * 2 / 3,
            v[3] + (v[1] - v[3]) * 2 / 3,
            v[2],
            v[3],
        ]
    points = []
    for i in range(1, 13):
        t = i / 12
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append((a * at[0] + b * v[0] + c * v[2] + d * v[4], a * at[1] + b * v[1] + c * v[3] + d * v[5]))
    return points


def _arc(start: Point, radius: float, large: bool, sweep: bool, end: Point) -> list[Point]:
    """A circular arc by SVG's flags (SVG 1.1 implementation notes F.6.5, for equal radii)."""
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    half = math.hypot(dx, dy)
    radius = max(radius, half)
    lift = math.sqrt(max(0.0, radius * radius - half * half)) / half if half else 0.0
    if large == sweep:
        lift = -lift
    cx, cy = (start[0] + end[0]) / 2 + lift * dy, (start[1] + end[1]) / 2 - lift * dx
    first, last = math.atan2(start[1] - cy, start[0] - cx), math.atan2(end[1] - cy, end[0] - cx)
    if sweep and last < first:
        last += 2 * math.pi
    if not sweep and last > first:
        last -= 2 * math.pi
    return _turn(cx, cy, radius, radius, first, last)
