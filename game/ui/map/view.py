"""MapView: the world map as a widget. Layers are cached; an idle frame draws nothing, a hover only what it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Unpack

import numpy as np
import pygame

from game.ui import theme
from game.ui.map import flow, mark
from game.ui.map.camera import Camera
from game.ui.map.flow import Flow
from game.ui.map.label import NationLabel
from game.ui.map.land import Land
from game.ui.map.lens import Lens
from game.ui.map.mark import CorridorMark
from game.ui.map.picture import REST, Content, Picture
from game.ui.map.shapes import Shapes, load_shapes
from game.ui.theme import px
from game.ui.tip import Tip
from game.ui.widgets.base import Event, Options, Widget

WHEEL_ZOOM, BUTTON_ZOOM = 1.25, 1.6
QUIET_MS = 110
TICKS_PER_SECOND = 30.0
FAR_STRETCH, FAR_SHIFT = 2.3, 0.3  # how far a draft may be stretched, and moved in parts of the view
CLICK_SLACK = 5
HOVER_ALPHA = 38
ARROWS = {pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, 1), pygame.K_DOWN: (0, -1)}


class MapView(Widget):
    """The world map: lens colours, flows, corridors and labels given from outside; hover, selection, zoom and pan.

    Messages: `on_select(nation)` by click or arrow key, `on_hover(nation | None)`, `on_corridor(id)`, `on_flow(id)`.
    """

    focusable = True
    clips = True

    def __init__(
        self,
        id: str = "map",
        *,
        on_select: Callable[[str], None] | None = None,
        on_hover_nation: Callable[[str | None], None] | None = None,
        on_corridor: Callable[[str], None] | None = None,
        on_flow: Callable[[str], None] | None = None,
        shapes: Shapes | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id, **options)
        self.shapes = shapes or load_shapes()
        self.land = Land(self.shapes)
        self.on_select, self.on_hover_nation = on_select, on_hover_nation
        self.on_corridor, self.on_flow = on_corridor, on_flow
        self.camera = Camera(16, 9)
        self.content = Content()
        self.picture = Picture(self.land)
        self.hovered_nation: str | None = None
        self.hovered_corridor: CorridorMark | None = None
        self.hovered_flow: Flow | None = None
        self._hover_point = (0, 0)
        self._tint: tuple[str, Camera, pygame.Surface, pygame.Rect] | None = None
        self._is_moving = self._needs_picture = False
        self._quiet_due: int | None = None
        self._grip: tuple[tuple[int, int], Camera] | None = None
        self._is_dragging = False

    # What to show -------------------------------------------------------------------------------------------

    @property
    def selected(self) -> str:
        """The nation with the white outline, "" for none."""
        return self.content.selected

    def set_lens(self, lens: Lens) -> None:
        """Colour the nations."""
        self._show(lens=lens)

    def set_own(self, nation: str) -> None:
        """The player's nation, in its own colour."""
        self._show(own=nation)

    def set_selected(self, nation: str) -> None:
        """The nation with the white outline, "" for none."""
        self._show(selected=nation)

    def set_flows(self, flows: Iterable[Flow], largest: float = 0.0) -> None:
        """Show these flows; `largest` is the volume of the widest line, by default the largest of them."""
        self._show(flows=tuple(flows), largest_flow=largest)

    def set_corridors(self, corridors: Iterable[CorridorMark]) -> None:
        """Show these corridors."""
        self._show(corridors=tuple(corridors))

    def set_labels(self, labels: Iterable[NationLabel]) -> None:
        """Show these names, the most important first: later ones give way."""
        self._show(labels=tuple(labels))

    def set_obstacles(self, areas: Iterable[pygame.Rect]) -> None:
        """Keep words out of these areas of the view (pixels): panels that lie over the map."""
        self._show(obstacles=tuple((area.x, area.y, area.width, area.height) for area in areas))

    def _show(self, **changes: Any) -> None:
        content = replace(self.content, **changes)
        if content != self.content:
            self.content = content
            self.invalidate()

    # Looking around -----------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """A step closer, around the middle."""
        self.look(self.camera.zoomed(BUTTON_ZOOM, self._middle()))

    def zoom_out(self) -> None:
        """A step back."""
        self.look(self.camera.zoomed(1 / BUTTON_ZOOM, self._middle()))

    def show_all(self) -> None:
        """The whole world."""
        self.look(Camera(self.camera.width, self.camera.height).clamped())

    def centre_on(self, nation: str) -> None:
        """Bring a nation's label point to the middle."""
        if nation in self.shapes.actors:
            x, y = self.shapes.label[self.shapes.actors.index(nation)]
            self.look(self.camera.centred(float(x), float(y)))

    def select_next(self, right: int, up: int) -> str | None:
        """Select the nearest nation in a direction from the selected one (or the view's middle); returns it."""
        label_points = self.shapes.label.astype(float)
        actors = self.shapes.actors
        if self.selected in actors:
            start = label_points[actors.index(self.selected)]
        else:
            start = np.array([self.camera.x, self.camera.y])
        away = label_points - start
        ahead = away[:, 0] * right + away[:, 1] * up
        aside = np.abs(away[:, 0] * up) + np.abs(away[:, 1] * right)
        cost = np.where(ahead > 1e-6, np.hypot(ahead, aside) + 1.6 * aside, np.inf)
        for k, actor in enumerate(actors):
            if actor in (self.selected, REST):
                cost[k] = np.inf
        best = int(np.argmin(cost))
        if not np.isfinite(cost[best]):
            return None
        self._select(actors[best])
        self._keep_in_view(label_points[best])
        return actors[best]

    def look(self, camera: Camera) -> None:
        """Move the camera: a draft of the old picture at once, the sharp one when it rests."""
        if camera == self.camera:
            return
        self.camera = camera
        host = self.host
        if host is None or getattr(host, "reduce_motion", False) or self.picture.surface is None:
            self.invalidate()
            return
        self._quiet_due = None
        self._needs_picture = self._is_far()
        if not self._is_moving:
            self._is_moving = True
            host.start_ticker(self, TICKS_PER_SECOND)
        self.invalidate()

    def tick(self, now_ms: int) -> None:
        """Wait for the camera to rest, then draw sharp."""
        if self._quiet_due is None:
            self._quiet_due = now_ms + QUIET_MS
        elif now_ms >= self._quiet_due:
            self._settle()

    def _is_far(self) -> bool:
        """Whether the last picture covers too little of what the camera sees, or too coarsely."""
        old, new = self.picture.camera, self.camera
        stretch = new.scale / old.scale
        shift = max(abs(new.x - old.x) / new.width, abs(new.y - old.y) / new.height) * new.scale
        return not 1 / FAR_STRETCH < stretch < FAR_STRETCH or shift > FAR_SHIFT

    def _settle(self) -> None:
        self._is_moving = False
        if self.host is not None:
            self.host.stop_ticker(self)
        self.invalidate()

    def _middle(self) -> tuple[float, float]:
        return self.camera.width / 2, self.camera.height / 2

    def _keep_in_view(self, point: np.ndarray) -> None:
        x, y = self.camera.to_view(np.asarray(point, dtype=np.float32))
        inner = pygame.Rect(0, 0, self.camera.width, self.camera.height).inflate(-px(160), -px(160))
        if not inner.collidepoint(float(x), float(y)):
            self.look(self.camera.centred(float(point[0]), float(point[1])))

    # Drawing ------------------------------------------------------------------------------------------------

    def measure(self, width: int) -> tuple[int, int]:
        """As wide as may be, at the shape of the world."""
        return width, width * 9 // 16

    def arrange(self) -> None:
        """Keep place and zoom in the new size; a new tree has no ticker to end a movement, so it ends here."""
        if self.rect.width > 0 and (self.camera.width, self.camera.height) != self.rect.size:
            self.camera = self.camera.resized(*self.rect.size)
        self._is_moving = self._is_dragging = False
        self._grip = None

    def state(self) -> object:
        """The camera outlives a rebuild."""
        return self.camera

    def restore(self, state: object) -> None:
        """Look where the predecessor looked."""
        if isinstance(state, Camera):
            self.camera = state.resized(*(self.rect.size if self.rect.width else (state.width, state.height)))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        """Blit the picture, and what follows the pointer."""
        if not self._is_moving or self._needs_picture:
            self._needs_picture = False
            if not self.picture.is_current(self.content, self.camera):
                self.picture.paint(self.content, self.camera)
        if self._is_moving or self.picture.surface is None:
            self.picture.draw_draft(surface, area, self.camera)
            return
        surface.blit(self.picture.surface, area)
        self._draw_hover(surface, area)
        for word in self.picture.words:
            self._note(word.content, str(word.content), word.area.move(area.topleft), False)
        for corridor, place in self.picture.pills:
            self._note(corridor.name, corridor.name, place.move(area.topleft), False)

    def _draw_hover(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        if self.hovered_corridor is not None and not self.hovered_corridor.icon:
            x, y = self.picture.place_of(self.hovered_corridor, self.camera)
            mark.paint_diamond(surface, (area.x + x, area.y + y), self.hovered_corridor.state, is_hovered=True)
        elif self.hovered_nation and self.hovered_flow is None and self.hovered_corridor is None:
            tint = self._hover_tint()
            if tint is not None:
                surface.blit(tint[0], tint[1].move(area.topleft))

    def _hover_tint(self) -> tuple[pygame.Surface, pygame.Rect] | None:
        nation = self.hovered_nation or REST
        if nation == REST:
            return None
        if self._tint is None or self._tint[:2] != (nation, self.camera):
            patch = self.land.tint(self.camera, nation, theme.WHITE, HOVER_ALPHA)
            if patch is None:
                return None
            self._tint = (nation, self.camera, *patch)
        return self._tint[2], self._tint[3]

    # Pointer and keys ---------------------------------------------------------------------------------------

    def handle(self, event: Event) -> bool:
        """Wheel and drag, click, and the keys of the map while it has the keyboard."""
        if event.type == pygame.MOUSEMOTION:
            return self._on_motion(event)
        if event.type == pygame.MOUSEWHEEL:
            at = self._local(pygame.mouse.get_pos() if not hasattr(event, "pos") else event.pos)
            self.look(self.camera.zoomed(WHEEL_ZOOM**event.y, at))
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button in (1, 2):
            self._grip, self._is_dragging = (event.pos, self.camera), False
            return True
        if event.type == pygame.MOUSEBUTTONUP and self._grip is not None:
            self._on_release(event)
            return True
        return event.type == pygame.KEYDOWN and self._on_key(event.key)

    def _on_motion(self, event: Event) -> bool:
        if self._grip is not None:
            start, camera = self._grip
            right, down = event.pos[0] - start[0], event.pos[1] - start[1]
            self._is_dragging = self._is_dragging or max(abs(right), abs(down)) > px(CLICK_SLACK)
            if self._is_dragging:
                self._set_hover(None, None, None, event.pos)
                self.look(camera.moved(right, down))
            return True
        self._point_at(self._local(event.pos), event.pos)
        return True

    def _on_release(self, event: Event) -> None:
        was_dragging, self._grip, self._is_dragging = self._is_dragging, None, False
        if was_dragging:
            return
        self._point_at(self._local(event.pos), event.pos)
        if self.hovered_corridor is not None:
            if self.on_corridor is not None:
                self.on_corridor(self.hovered_corridor.id)
        elif self.hovered_flow is not None and self.on_flow is not None:
            self.on_flow(self.hovered_flow.id)
        elif self.hovered_nation and self.hovered_nation != REST:
            self._select(self.hovered_nation)

    def _on_key(self, key: int) -> bool:
        if key in ARROWS:
            self.select_next(*ARROWS[key])
        elif key in (pygame.K_PLUS, pygame.K_KP_PLUS, pygame.K_EQUALS):
            self.zoom_in()
        elif key in (pygame.K_MINUS, pygame.K_KP_MINUS):
            self.zoom_out()
        elif key == pygame.K_SPACE:
            self.centre_on(self.selected or self.content.own)
        elif key == pygame.K_HOME:
            self.show_all()
        else:
            return False
        return True

    def _select(self, nation: str) -> None:
        self.set_selected(nation)
        if self.on_select is not None:
            self.on_select(nation)

    def _local(self, point: tuple[int, int]) -> tuple[int, int]:
        corner = self.screen_rect.topleft
        return point[0] - corner[0], point[1] - corner[1]

    def on_hover(self, hovered: bool) -> None:
        """Nothing is under the pointer once it left."""
        if not hovered:
            self._set_hover(None, None, None, (0, 0))

    def _point_at(self, at: tuple[int, int], point: tuple[int, int]) -> None:
        if self._is_moving:
            return
        corridor = self.picture.corridor_at(at)
        found = None if corridor else flow.flow_at(self.picture.ribbons, at)
        nation = None if corridor else self.land.actor_at(self.camera, at)
        if nation == REST and REST not in self.content.lens.tips:
            nation = None
        self._set_hover(nation, corridor, found, point)

    def _set_hover(
        self, nation: str | None, corridor: CorridorMark | None, found: Flow | None, point: tuple[int, int]
    ) -> None:
        before = (self.hovered_nation, self.hovered_corridor, self.hovered_flow)
        if before == (nation, corridor, found):
            return
        self._damage_hover()
        self.hovered_nation, self.hovered_corridor, self.hovered_flow = nation, corridor, found
        self._hover_point = point
        self._damage_hover()
        if nation != before[0] and self.on_hover_nation is not None:
            self.on_hover_nation(nation)

    def _damage_hover(self) -> None:
        if self.picture.surface is None or self._is_moving:
            return
        if self.hovered_corridor is not None:
            x, y = self.picture.place_of(self.hovered_corridor, self.camera)
            reach = px(mark.RADIUS) + px(8)
            self._damage(pygame.Rect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach))
        elif self.hovered_nation and self.hovered_flow is None:
            tint = self._hover_tint()
            if tint is not None:
                self._damage(tint[1])

    def _damage(self, area: pygame.Rect) -> None:
        """Ask for a part of the map to be drawn again."""
        area = area.clip(pygame.Rect(0, 0, *self.rect.size))
        if area.width <= 0 or area.height <= 0 or self.host is None:
            return
        node: Widget | None = self
        while node is not None and not node.cached:
            node = node.parent
        if node is not None:
            self.invalidate()
        else:
            self.host.damage(area.move(self.screen_rect.topleft))

    def tip_at(self, point: tuple[int, int]) -> tuple[Tip, pygame.Rect] | None:
        """The tip of a figure on the map, else of the corridor, flow or nation under the pointer."""
        if self._is_moving or self._is_dragging:
            return None
        at = self._local(point)
        self._point_at(at, point)
        figure = super().tip_at(point)
        if self.hovered_corridor is not None and self.hovered_corridor.tip is not None:
            x, y = self.picture.place_of(self.hovered_corridor, self.camera)
            reach, corner = px(mark.RADIUS), self.screen_rect.topleft
            area = pygame.Rect(round(x) - reach + corner[0], round(y) - reach + corner[1], 2 * reach, 2 * reach)
            return self.hovered_corridor.tip, area
        if figure is not None:
            return figure
        spot = pygame.Rect(self._hover_point[0] - px(10), self._hover_point[1] - px(10), px(20), px(20))
        if self.hovered_flow is not None and self.hovered_flow.tip is not None:
            return self.hovered_flow.tip, spot
        tip = self.content.lens.tips.get(self.hovered_nation or "")
        return (tip, spot) if tip is not None else None
