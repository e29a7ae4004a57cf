"""The map's picture: sea and land, flows, corridors and words for one camera, painted only when it has to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pygame

from game.ui import theme
from game.ui.map import flow, label, mark
from game.ui.map.camera import Camera
from game.ui.map.flow import Flow, Ribbon
from game.ui.map.label import Ground, NationLabel, Room, Words
from game.ui.map.land import Land
from game.ui.map.lens import Lens
from game.ui.map.mark import CorridorMark
from game.ui.theme import Color, px

SELECTION_PX = 2.5
GRID_PX = 6
OVERSAMPLE, LARGE_OVERSAMPLE, LARGE_PIXELS = 2.0, 1.5, 2_400_000
REST = "ROW"
PLAIN = Lens("", "")


@dataclass(frozen=True)
class Content:
    """What the map shows."""

    lens: Lens = PLAIN
    own: str = ""
    selected: str = ""
    flows: tuple[Flow, ...] = ()
    largest_flow: float = 0.0  # volume of the widest line, 0 for the largest shown
    corridors: tuple[CorridorMark, ...] = ()
    labels: tuple[NationLabel, ...] = ()
    obstacles: tuple[tuple[int, int, int, int], ...] = ()  # areas of the view that words keep out of

    def fill_of(self, nation: str) -> Color:
        """The colour of a nation."""
        if nation == self.own and self.lens.own_note:
            return theme.OWN_NATION
        return self.lens.color(nation) or theme.LAND


class Picture:
    """Everything but what follows the pointer. `paint` brings it up to date; `surface` has the view's size."""

    def __init__(self, land: Land) -> None:
        self.land, self.shapes = land, land.shapes
        self.content = Content()
        self.camera = Camera(16, 9)
        self.surface: pygame.Surface | None = None
        self.ribbons: list[Ribbon] = []
        self.words: list[Words] = []
        self.pills: list[tuple[CorridorMark, pygame.Rect]] = []
        self._ground: pygame.Surface | None = None  # sea and land, larger than the view
        self._ground_key: tuple[object, ...] = ()
        self._key: tuple[object, ...] = ()

    def is_current(self, content: Content, camera: Camera) -> bool:
        """Whether the surface already shows this."""
        return self.surface is not None and self._key == (content, camera, theme.scale())

    def paint(self, content: Content, camera: Camera) -> None:
        """Show `content` as the camera sees it."""
        self.content, self.camera = content, camera
        ground_key = (content.lens, content.own, camera, theme.scale())
        if self._ground is None or self._ground_key != ground_key:
            self._ground, self._ground_key = self._painted_ground(), ground_key
        self.surface = self._painted()
        self._key = (content, camera, theme.scale())

    def place_of(self, corridor: CorridorMark, camera: Camera) -> tuple[float, float]:
        """The pixel of the view where a corridor lies."""
        x, y = camera.to_view(self.shapes.project(corridor.lon, corridor.lat))
        return float(x), float(y)

    def corridor_at(self, at: Sequence[float]) -> CorridorMark | None:
        """The corridor whose mark or pill is under a pixel of the view."""
        for corridor, area in self.pills:
            if area.collidepoint(at[0], at[1]):
                return corridor
        near = [
            (float(np.hypot(x - at[0], y - at[1])), corridor)
            for corridor in self.content.corridors
            if not corridor.icon
            for x, y in [self.place_of(corridor, self.camera)]
        ]
        away, found = min(near, key=lambda pair: pair[0], default=(np.inf, None))
        return found if away <= px(mark.HIT_RADIUS) else None

    def draw_draft(self, surface: pygame.Surface, area: pygame.Rect, camera: Camera) -> None:
        """The picture as it was, moved and stretched to where another camera looks."""
        picture, old, new = self.surface, self.camera, camera
        if picture is None:
            return
        surface.fill(theme.SEA, area)
        stretch = new.scale / old.scale
        corner = new.to_view(np.array(old.from_view((0, 0)), dtype=np.float32))
        size = (int(new.width / stretch) + 2, int(new.height / stretch) + 2)
        source = pygame.Rect((int(-corner[0] / stretch), int(-corner[1] / stretch)), size).clip(picture.get_rect())
        if source.width <= 0 or source.height <= 0:
            return
        place = (area.x + round(corner[0] + source.x * stretch), area.y + round(corner[1] + source.y * stretch))
        if abs(stretch - 1) < 1e-6:
            surface.blit(picture, place, source)
            return
        part = picture.subsurface(source)
        surface.blit(
            pygame.transform.scale(part, (round(source.width * stretch), round(source.height * stretch))), place
        )

    # Layers -----------------------------------------------------------------------------------------------

    def _factor(self) -> float:
        return OVERSAMPLE if self.camera.width * self.camera.height <= LARGE_PIXELS else LARGE_OVERSAMPLE

    def _painted_ground(self) -> pygame.Surface:
        factor = self._factor()
        large = self.camera.enlarged(factor)
        ground = pygame.Surface((large.width, large.height))
        content = self.content
        fills = content.lens.colors()
        if content.own and content.lens.own_note:
            fills[content.own] = theme.OWN_NATION
        hatched = [nation for nation in content.lens.without_data() if nation in self.shapes.actors]
        self.land.paint(ground, large, fills, hatched, stroke=factor * theme.scale())
        return ground

    def _painted(self) -> pygame.Surface:
        assert self._ground is not None
        content, factor = self.content, self._factor()
        large = self.camera.enlarged(factor)
        self.ribbons = flow.ribbons(content.flows, self.shapes, self.camera, content.largest_flow)
        canvas = self._ground
        if self.ribbons or content.selected:
            canvas = self._ground.copy()
            if content.selected in self.shapes.actors:
                width = SELECTION_PX * theme.scale() * factor
                self.land.outline(canvas, large, content.selected, theme.WHITE, width)
            flow.paint(canvas, self.ribbons, factor)
        picture = pygame.transform.smoothscale(canvas, (self.camera.width, self.camera.height))
        self._paint_marks(picture)
        return picture

    def _paint_marks(self, picture: pygame.Surface) -> None:
        """Corridors and words, at the view's own size so that they stay crisp."""
        view = picture.get_rect()
        room = Room(
            view.inflate(-px(8), -px(8)),
            [pygame.Rect(area) for area in self.content.obstacles],
            flow.covered(self.ribbons),
            self._strangers(),
        )
        reach = px(mark.RADIUS)
        places = [(corridor, self.place_of(corridor, self.camera)) for corridor in self.content.corridors]
        shown = [(corridor, at) for corridor, at in places if view.collidepoint(at)]
        for _corridor, at in ((corridor, at) for corridor, at in shown if not corridor.icon):
            room.take(pygame.Rect(round(at[0]) - reach, round(at[1]) - reach, 2 * reach, 2 * reach))
        self.words, self.pills = [], []
        grounds = [
            (item, ground) for item in self.content.labels if (ground := self._ground_of(item.nation)) is not None
        ]
        self._place_nations([pair for pair in grounds if pair[0].is_strong], room, beside=True)
        rest = self._place_nations([pair for pair in grounds if not pair[0].is_strong], room, beside=False)
        for corridor, at in shown:
            if corridor.icon:
                self._place_pill(corridor, at, room)
            else:
                mark.paint_diamond(picture, at, corridor.state)
                self.words += label.corridor_words(corridor.name, at, reach, room)
        self._place_nations(rest, room, beside=True)
        for corridor, area in self.pills:
            mark.paint_pill(picture, area, corridor)
        label.paint(picture, self.words)

    def _place_nations(
        self, pairs: list[tuple[NationLabel, Ground]], room: Room, beside: bool
    ) -> list[tuple[NationLabel, Ground]]:
        """Place labels inside their nations, with `beside` also outside; returns those not placed."""
        left = []
        for item, ground in pairs:
            words = label.words_inside(item, ground, room)
            if not words and beside:
                words = label.words_beside(item, ground, room)
            self.words += words
            if not words:
                left.append((item, ground))
        return left

    def _place_pill(self, corridor: CorridorMark, at: tuple[float, float], room: Room) -> None:
        anchor = pygame.Rect(round(at[0]) - px(4), round(at[1]) - px(4), px(8), px(8))
        area = room.first_free(label.around(anchor, mark.pill_size(corridor), px(8)))
        if area is not None:
            self.pills.append((corridor, area))

    def _ground_of(self, nation: str) -> Ground | None:
        """Where a nation's label may stand, None when its label point is out of sight."""
        if nation not in self.shapes.actors:
            return None
        x, y = self.camera.to_view(self.shapes.label[self.shapes.actors.index(nation)])
        if not (0 <= x < self.camera.width and 0 <= y < self.camera.height):
            return None
        low, high = self.land.main_box(nation)
        left, bottom = self.camera.to_view(low)
        right, top = self.camera.to_view(high)
        area = pygame.Rect(round(left), round(top), round(right - left), round(bottom - top))

        def holds(words: pygame.Rect) -> bool:
            core = words.inflate(-words.width // 10, -words.height // 3)
            corners = (core.topleft, core.topright, core.bottomleft, core.bottomright)
            return words.width < area.width and self.land.is_inside(self.camera, nation, corners)

        return Ground((float(x), float(y)), area, self.content.fill_of(nation), holds)

    def _strangers(self) -> Callable[[pygame.Rect, str], float]:
        """Tells the share of an area of the view that nations other than a given one fill; ROW does not count."""
        grid = self.land.actor_grid(self.camera, GRID_PX)
        rest = self.shapes.actors.index(REST)

        def share(area: pygame.Rect, nation: str) -> float:
            cells = grid[
                max(0, area.left // GRID_PX) : area.right // GRID_PX + 1,
                max(0, area.top // GRID_PX) : area.bottom // GRID_PX + 1,
            ]
            own = self.shapes.actors.index(nation)
            return float(((cells >= 0) & (cells != own) & (cells != rest)).mean()) if cells.size else 0.0

        return share
