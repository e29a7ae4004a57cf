"""ChainChart: who does what along the chain, as columns of shares joined by ribbons of trade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content, Number, Tip
from game.ui.widgets.base import Options, Widget


@dataclass(frozen=True, slots=True)
class Part:
    """A nation's share of a stage (0 to 1), its figure and its colour."""

    key: str
    label: Content
    share: float
    number: Number
    color: theme.Color


@dataclass(frozen=True, slots=True)
class Stage:
    """A column: title, the figure beside it (such as the largest share) and its parts, largest first."""

    title: Content
    number: Number
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Trade from a part of a stage to a part of the next: shares of the left and right column it takes up."""

    stage: int
    source: str
    target: str
    source_share: float
    target_share: float
    highlighted: bool = False


class ChainChart(Widget):
    """Stacked columns with ribbons between them; one's own links are brighter."""

    cached = True
    COLUMN = 128

    def __init__(self, stages: Sequence[Stage], ribbons: Sequence[Ribbon] = (), **options: Unpack[Options]) -> None:
        options.setdefault("height", 320)
        super().__init__(**options)
        self.stages, self.ribbons = list(stages), list(ribbons)

    def _columns(self, area: pygame.Rect) -> list[pygame.Rect]:
        count = len(self.stages)
        wide = min(max(px(self.COLUMN), type_px(14) * 9), area.width * 2 // (3 * count))
        step = (area.width - wide) / max(1, count - 1)
        top = area.y + px(32)
        return [pygame.Rect(area.x + round(step * i), top, wide, area.bottom - top) for i in range(count)]

    @staticmethod
    def _boxes(stage: Stage, column: pygame.Rect) -> dict[str, pygame.Rect]:
        whole = sum(part.share for part in stage.parts) or 1.0
        boxes, top = {}, float(column.y)
        for part in stage.parts:
            high = column.height * part.share / whole
            boxes[part.key] = pygame.Rect(
                column.x, round(top), column.width, max(1, round(top + high) - round(top) - 2)
            )
            top += high
        return boxes

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        columns = self._columns(area)
        boxes = [self._boxes(stage, column) for stage, column in zip(self.stages, columns, strict=True)]
        self._draw_ribbons(surface, columns, boxes)
        for stage, column, places in zip(self.stages, columns, boxes, strict=True):
            head = pygame.Rect(column.x, area.y, column.width, px(24))
            right = self.write(surface, stage.number, head, 16, theme.SEMIBOLD, theme.MID, "right")
            head.width = right.x - px(8) - head.x
            self.write(surface, stage.title, head, 16, theme.SEMIBOLD, theme.HIGH)
            for part in stage.parts:
                self._draw_part(surface, part, places[part.key])

    def tip_at(self, point: tuple[int, int]) -> tuple[Tip, pygame.Rect] | None:
        """The tip of the part under a point, also of one too flat for words."""
        found = super().tip_at(point)
        if found is not None:
            return found
        for stage, column in zip(self.stages, self._columns(self.screen_rect), strict=True):
            for part, place in zip(stage.parts, self._boxes(stage, column).values(), strict=True):
                if place.collidepoint(point):
                    return part.number.tip, place
        return None

    def _draw_part(self, surface: pygame.Surface, part: Part, place: pygame.Rect) -> None:
        shape.box(surface, place, part.color, None, px(3))
        if place.height < px(18):
            return
        ink = theme.text_on(part.color)
        room = place.inflate(-px(16), 0)
        right = self.write(surface, part.number, room, 14, theme.SEMIBOLD, ink, "right")
        room.width = right.x - px(6) - room.x
        self.write(surface, part.label, room, 14, theme.SEMIBOLD, ink)

    def _draw_ribbons(
        self, surface: pygame.Surface, columns: list[pygame.Rect], boxes: list[dict[str, pygame.Rect]]
    ) -> None:
        used: dict[tuple[int, str, str], float] = {}
        for ribbon in sorted(self.ribbons, key=lambda r: r.highlighted):
            left = boxes[ribbon.stage].get(ribbon.source)
            right = boxes[ribbon.stage + 1].get(ribbon.target)
            if left is None or right is None:
                continue
            ends = []
            for side, box, share in (("out", left, ribbon.source_share), ("in", right, ribbon.target_share)):
                stage = ribbon.stage + (side == "in")
                key = (stage, side, ribbon.source if side == "out" else ribbon.target)
                start = box.y + used.get(key, 0.0)
                high = columns[stage].height * share
                used[key] = used.get(key, 0.0) + high
                ends.append((min(start, box.bottom), min(start + high, box.bottom)))
            color = next(p.color for p in self.stages[ribbon.stage].parts if p.key == ribbon.source)
            points = _ribbon_points(left.right, right.x, ends[0], ends[1])
            shape.polygon(surface, points, color, 110 if ribbon.highlighted else 45)


def _ribbon_points(left: int, right: int, start: shape.Point, end: shape.Point) -> list[shape.Point]:
    """Outline of a ribbon that leaves and arrives level (smoothstep)."""
    upper, lower = [], []
    for i in range(17):
        t = i / 16
        ease = t * t * (3 - 2 * t)
        x = left + (right - left) * t
        upper.append((x, start[0] + (end[0] - start[0]) * ease))
        lower.append((x, start[1] + (end[1] - start[1]) * ease))
    return [*upper, *reversed(lower)]
