"""RelationWeb: the seat in the middle, others around it, nearer the more they trust it; lines as wide as trade."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.ui import flags, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Number, Tip
from game.ui.widgets.base import Event, Options, Widget, is_press_key

NEAR, FAR = 0.52, 0.90  # of the radius: full trust and none
RINGS = (25.0, 50.0, 75.0)
ARC = 0.97
HOME, MARK = 56, 34
LINE = (1.5, 9.0)
FIRST_ANGLE = -90.0


@dataclass(frozen=True, slots=True)
class Node:
    """A nation: id, name, its trust with the figure's tip, width of the line (0-1), bloc (-1 none), whether tense."""

    nation: str
    name: str
    trust: Number
    width: float
    bloc: int
    tense: bool


def trust_color(trust: float, middle: theme.Color = theme.LINE_STRONG) -> theme.Color:
    """Bad to good through grey."""
    if trust >= 50.0:
        return theme.mix(middle, theme.GOOD, min(1.0, (trust - 50.0) / 25.0))
    return theme.mix(middle, theme.BAD, min(1.0, (50.0 - trust) / 25.0))


class RelationWeb(Widget):
    """Nodes in the order given, evenly around. A press, or the arrow keys, selects one."""

    cached = True
    focusable = True
    presses = True

    def __init__(
        self,
        seat: str,
        nodes: Sequence[Node],
        ties: Sequence[tuple[str, str]],
        colors: Sequence[theme.Color],
        selected: str,
        on_select: Callable[[str], None],
        **options: Unpack[Options],
    ) -> None:
        super().__init__(**options)
        self.seat, self.nodes, self.ties, self.colors = seat, list(nodes), list(ties), list(colors)
        self.selected, self.on_select = selected, on_select

    # Where things stand -------------------------------------------------------------------------------------

    def _frame(self, area: pygame.Rect) -> tuple[tuple[float, float], float]:
        return area.center, min(area.width / 2.0 - px(64), area.height / 2.0 - px(14))

    def _angle(self, place: int) -> float:
        return FIRST_ANGLE + 360.0 * place / max(1, len(self.nodes))

    def _spot(self, place: int, area: pygame.Rect) -> tuple[float, float]:
        (x, y), radius = self._frame(area)
        value = self.nodes[place].trust.value or 0.0
        reach = radius * (FAR - (FAR - NEAR) * min(max(value, 0.0), 100.0) / 100.0)
        angle = math.radians(self._angle(place))
        return x + reach * math.cos(angle), y + reach * math.sin(angle)

    def _at(self, point: tuple[int, int]) -> int | None:
        area = self.screen_rect
        for place in range(len(self.nodes)):
            x, y = self._spot(place, area)
            if math.hypot(point[0] - x, point[1] - y) <= px(MARK) * 0.7:
                return place
        return None

    # Drawing ------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        center, radius = self._frame(area)
        for ring in RINGS:
            reach = radius * (FAR - (FAR - NEAR) * ring / 100.0)
            shape.arc(surface, center, reach, (0.0, 360.0), theme.LINE, 1)
        self._draw_blocs(surface, center, radius)
        self._draw_ties(surface, area)
        for place, node in enumerate(self.nodes):
            width = px(LINE[0] + (LINE[1] - LINE[0]) * math.sqrt(node.width))
            shape.polyline(surface, [center, self._spot(place, area)], trust_color(node.trust.value or 0.0), width)
        shape.disc(surface, center, px(HOME) + px(6), theme.ACCENT)
        flag = flags.round_flag(self.seat, px(HOME))
        surface.blit(flag, flag.get_rect(center=center))
        spots = [self._spot(place, area) for place in range(len(self.nodes))]
        taken = [pygame.Rect(0, 0, px(HOME), px(HOME)), *(pygame.Rect(0, 0, px(MARK), px(MARK)) for _spot in spots)]
        for box, spot in zip(taken, [center, *spots], strict=True):
            box.center = round(spot[0]), round(spot[1])
        for node, spot in zip(self.nodes, spots, strict=True):
            label = self._label_place(node, spot, taken, area)
            taken.append(label)
            self._draw_label(surface, node, label)
        for node, spot in zip(self.nodes, spots, strict=True):
            self._draw_node(surface, node, spot)

    def _draw_blocs(self, surface: pygame.Surface, center: shape.Point, radius: float) -> None:
        """An arc outside each run of nodes of one bloc."""
        step = 360.0 / max(1, len(self.nodes))
        start = 0
        while start < len(self.nodes):
            end = start
            while end + 1 < len(self.nodes) and self.nodes[end + 1].bloc == self.nodes[start].bloc:
                end += 1
            if self.nodes[start].bloc >= 0:
                angles = (self._angle(start) + 90.0 - 0.42 * step, self._angle(end) + 90.0 + 0.42 * step)
                color = self.colors[self.nodes[start].bloc % len(self.colors)]
                shape.arc(surface, center, radius * ARC, angles, color, px(4))
            start = end + 1

    def _draw_ties(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        spots = {node.nation: self._spot(place, area) for place, node in enumerate(self.nodes)}
        for one, other in self.ties:
            for part in shape.dashes([spots[one], spots[other]], px(4), px(5)):
                shape.polyline(surface, part, theme.LINE_STRONG, max(1, px(1)))

    def _draw_node(self, surface: pygame.Surface, node: Node, spot: tuple[float, float]) -> None:
        size = px(MARK)
        rim = theme.WHITE if node.nation == self.selected else trust_color(node.trust.value or 0.0)
        shape.disc(surface, spot, size + px(6), rim)
        flag = flags.round_flag(node.nation, size)
        surface.blit(flag, flag.get_rect(center=spot))
        if node.tense:
            shape.disc(surface, (spot[0] + size * 0.42, spot[1] - size * 0.42), px(10), theme.BAD)

    def _label_place(
        self, node: Node, spot: tuple[float, float], taken: list[pygame.Rect], area: pygame.Rect
    ) -> pygame.Rect:
        """Beside the mark, or above or below it, wherever it covers least of what is there."""
        whole, high = self._widths(node)[0] + px(6) + self._widths(node)[1], px(20)
        gap = px(MARK) * 0.5 + px(6)
        corners = [
            (spot[0] + gap, spot[1] - high / 2), (spot[0] - gap - whole, spot[1] - high / 2),
            (spot[0] - whole / 2, spot[1] + gap), (spot[0] - whole / 2, spot[1] - gap - high),
        ]  # fmt: skip
        if spot[0] < area.centerx:
            corners[:2] = corners[1::-1]
        places = [pygame.Rect(round(x), round(y), whole, high).clamp(area) for x, y in corners]
        return min(places, key=lambda place: sum(_overlap(place, other) for other in taken))

    def _widths(self, node: Node) -> tuple[int, int]:
        return (text.width(node.name, type_px(14), theme.MEDIUM) + 2,
                text.width(str(node.trust), type_px(14), theme.SEMIBOLD) + 2)  # fmt: skip

    def _draw_label(self, surface: pygame.Surface, node: Node, label: pygame.Rect) -> None:
        name, figure = self._widths(node)
        shape.box(surface, label.inflate(px(6), 0), theme.PANEL, None, px(3))
        self.write(surface, node.name, pygame.Rect(label.x, label.y, name, label.height), 14, theme.MEDIUM, theme.TEXT)
        place = pygame.Rect(label.right - figure, label.y, figure, label.height)
        self.write(surface, node.trust, place, 14, theme.SEMIBOLD, trust_color(node.trust.value or 0.0, theme.MID))

    # Answering ----------------------------------------------------------------------------------------------

    def tip_at(self, point: tuple[int, int]) -> tuple[Tip, pygame.Rect] | None:
        """The tip of the nation under the pointer."""
        place = self._at(point)
        if place is not None:
            x, y = self._spot(place, self.screen_rect)
            size = px(MARK)
            return self.nodes[place].trust.tip, pygame.Rect(round(x - size / 2), round(y - size / 2), size, size)
        return super().tip_at(point)

    def handle(self, event: Event) -> bool:
        """Select what was pressed, or the next node by arrow key."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            place = self._at(event.pos)
            if place is not None:
                self.on_select(self.nodes[place].nation)
            return place is not None
        if event.type != pygame.KEYDOWN or not self.nodes:
            return False
        steps = {pygame.K_RIGHT: 1, pygame.K_DOWN: 1, pygame.K_LEFT: -1, pygame.K_UP: -1}
        if event.key in steps:
            names = [node.nation for node in self.nodes]
            now = names.index(self.selected) if self.selected in names else -steps[event.key] % len(names)
            self.on_select(names[(now + steps[event.key]) % len(names)])
            return True
        return is_press_key(event)


def _overlap(one: pygame.Rect, other: pygame.Rect) -> int:
    common = one.clip(other)
    return common.width * common.height
