"""Widget, the base of everything on screen: a tree of rectangles that measure, arrange, draw and handle events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypedDict, Unpack

import pygame

from game.ui import text, theme
from game.ui.shown import Audit, Shown, Spot
from game.ui.theme import px, type_px
from game.ui.tip import Content, Number, Span, Tip

RING_REACH = 6
Event = pygame.event.Event


class Host(Protocol):
    """What the window offers the tree it shows."""

    def damage(self, area: pygame.Rect) -> None: ...
    def animate(self, widget: Widget, attribute: str, target: float, duration_ms: int) -> None: ...
    def start_ticker(self, widget: Widget, frames_per_second: float) -> None: ...
    def stop_ticker(self, widget: Widget) -> None: ...
    def open_popup(self, popup: Widget, anchor: Widget, on_close: Callable[[], None] | None = None) -> None: ...
    def close_popup(self) -> None: ...
    def focus(self, widget: Widget | None, *, by_key: bool = False) -> None: ...
    def request_layout(self) -> None: ...


class Options(TypedDict, total=False):
    """What every widget can be told: tip, fixed size in reference pixels, share of spare room, state."""

    tip: Tip | None
    width: float | None
    height: float | None
    grow: float
    visible: bool
    enabled: bool
    reason: str


class Sizes:
    """Counts the changes that can alter a wanted size; sizes remembered under an older count are measured anew."""

    count = 0


class Widget:
    """A node of the tree.

    `width` and `height` fix the size in reference pixels (they pass through px()), `grow` is the share of spare room
    in a row or column, `tip` explains the whole widget. A disabled widget says why in `reason`.
    `rect` is relative to the parent; `measure` tells the wanted size, `arrange` places the children.
    """

    cached = False
    clips = False
    focusable = False
    presses = False
    takes_text = False
    is_group = False
    cursor = pygame.SYSTEM_CURSOR_ARROW

    def __init__(self, id: str = "", **options: Unpack[Options]) -> None:
        self.id, self.tip, self.grow = id, options.get("tip"), options.get("grow", 0)
        self.fixed_width, self.fixed_height = options.get("width"), options.get("height")
        self.visible, self.enabled = options.get("visible", True), options.get("enabled", True)
        self.reason = options.get("reason", "")
        self.rect = pygame.Rect(0, 0, 0, 0)
        self.parent: Widget | None = None
        self.children: list[Widget] = []
        self.scroll = (0, 0)
        self.hovered = self.pressed = self.focused = False
        self.heat = 0.0
        self.spots: list[Spot] = []
        self.root_host: Host | None = None
        self._cache: pygame.Surface | None = None
        self._stale: pygame.Rect | None = None
        self._drawn_corner = (0, 0)
        self._sizes: dict[int, tuple[int, int]] = {}
        self._sizes_count = -1

    # Tree ---------------------------------------------------------------------------------------------------

    def add(self, *children: Widget) -> Widget:
        """Append children and return self."""
        for child in children:
            child.parent = self
            self.children.append(child)
        Sizes.count += 1
        return self

    def replace_children(self, *children: Widget) -> None:
        """Put new children in place of the old and lay this widget out again."""
        kept = {w.id: w.state() for w in self.walk() if w.id and w is not self}
        for child in self.children:
            child.parent = None
        self.children = []
        self.add(*children)
        for widget in self.walk():
            if widget is not self and kept.get(widget.id) is not None:
                widget.restore(kept[widget.id])
        if self.rect.width:
            self.arrange()
        self.invalidate()
        if self.host is not None:
            self.host.request_layout()

    def walk(self) -> Iterator[Widget]:
        """This widget and everything below it, in reading order, hidden ones left out."""
        if self.visible:
            yield self
            for child in self.children:
                yield from child.walk()

    def find(self, id: str) -> Widget | None:
        """The visible widget with this id at or below this one."""
        return next((w for w in self.walk() if w.id == id), None)

    @property
    def root(self) -> Widget:
        """The topmost ancestor."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    @property
    def host(self) -> Host | None:
        """The window showing this tree, None while it is being built."""
        return self.root.root_host

    def state(self) -> object:
        """What must survive a rebuild under the same id (a scroll offset, a caret); None for nothing."""
        return None

    def restore(self, state: object) -> None:
        """Take over what `state` of the predecessor returned."""

    # Size and place -----------------------------------------------------------------------------------------

    def measure(self, width: int) -> tuple[int, int]:
        """Wanted (width, height) in pixels when `width` pixels are to be had."""
        return width, 0

    def wanted(self, width: int) -> tuple[int, int]:
        """measure() with the fixed width and height applied, remembered while nothing changes."""
        if self._sizes_count != Sizes.count:
            self._sizes_count = Sizes.count
            self._sizes.clear()
        size = self._sizes.get(width)
        if size is None:
            size = self._sizes[width] = self._measured(width)
        return size

    def _measured(self, width: int) -> tuple[int, int]:
        if self.fixed_width is not None:
            width = px(self.fixed_width)
        if self.fixed_width is not None and self.fixed_height is not None:
            return width, px(self.fixed_height)
        measured = self.measure(width)
        return (
            width if self.fixed_width is not None else measured[0],
            px(self.fixed_height) if self.fixed_height is not None else measured[1],
        )

    def layout(self, area: pygame.Rect) -> None:
        """Take `area`, relative to the parent, and arrange the children in it."""
        if area != self.rect:
            self._mark()
            is_new = not self.rect.size[0]
            self.rect = pygame.Rect(area)
            if not is_new:
                self._mark()
        self.arrange()

    def arrange(self) -> None:
        """Place the children; by default each fills this widget."""
        for child in self.children:
            child.layout(pygame.Rect(0, 0, *self.rect.size))

    @property
    def screen_rect(self) -> pygame.Rect:
        """The rectangle in window coordinates, scrolling applied."""
        area, node = self.rect.copy(), self
        while node.parent is not None:
            node = node.parent
            area.move_ip(node.rect.x - node.scroll[0], node.rect.y - node.scroll[1])
        return area

    def shown_rect(self, reach: int = 0) -> pygame.Rect:
        """The part of screen_rect, widened by `reach`, that scrolled windows above let through."""
        area, node = self.screen_rect.inflate(2 * reach, 2 * reach), self
        while node.parent is not None:
            node = node.parent
            if node.clips:
                area = area.clip(node.screen_rect.inflate(2 * reach, 2 * reach))
        return area

    # Drawing ------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        """Draw this widget itself in `area` of `surface`; children follow on top."""

    def draw_over(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        """Draw what lies over the children."""

    def invalidate(self) -> None:
        """Something shown here changed: draw this area again, and measure anew at the next layout."""
        Sizes.count += 1
        self._mark()

    def _mark(self) -> None:
        """Have this widget's area drawn again."""
        if not self.rect.size[0]:
            return
        area, node = pygame.Rect(0, 0, *self.rect.size).inflate(4, 4), self
        while True:
            if node.cached:
                node._stale = area.copy() if node._stale is None else node._stale.union(area)
            if node.parent is None:
                break
            area.move_ip(node.rect.x - node.parent.scroll[0], node.rect.y - node.parent.scroll[1])
            node = node.parent
            if node.clips:
                area = area.clip(pygame.Rect(0, 0, *node.rect.size))
        if node.root_host is not None:
            node.root_host.damage(area.move(node.rect.topleft))

    def render(self, surface: pygame.Surface, origin: tuple[int, int]) -> None:
        """Draw the tree from here, shifted by `origin`, as far as the surface's clip needs it."""
        area = self.rect.move(origin)
        if not self.visible or (Audit.active is None and not area.inflate(4, 4).colliderect(surface.get_clip())):
            return
        if not self.cached or Audit.active is not None:
            self._render_tree(surface, area)
            return
        if self._cache is None or self._cache.get_size() != area.size:
            self._cache = pygame.Surface(area.size, pygame.SRCALPHA)
            self._stale = self._cache.get_rect()
        if self._stale is not None:
            self._cache.set_clip(self._stale)
            self._cache.fill((0, 0, 0, 0))
            self._render_tree(self._cache, self._cache.get_rect())
            self._cache.set_clip(None)
            self._stale = None
        surface.blit(self._cache, area)

    def _render_tree(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        self.spots.clear()
        self._drawn_corner = area.topleft
        self.draw(surface, area)
        before = surface.get_clip()
        if self.clips and Audit.active is None:
            surface.set_clip(before.clip(area))
        for child in self.children:
            child.render(surface, (area.x - self.scroll[0], area.y - self.scroll[1]))
        surface.set_clip(before)
        self.draw_over(surface, area)

    def write(
        self,
        surface: pygame.Surface,
        content: Content,
        area: pygame.Rect,
        size: float = theme.BODY,
        weight: int = theme.REGULAR,
        color: theme.Color = theme.TEXT,
        align: str = "left",
        *,
        is_key: bool = False,
    ) -> pygame.Rect:
        """Write one line, centred vertically in `area`, shortened when it does not fit; returns where it stands.

        A Number registers its tip under the text and brings its own tone, so no figure is drawn without one.
        """
        pixels, words = type_px(size), str(content)
        if isinstance(content, (Number, Span)) and content.tone:
            color = theme.tone(content.tone)
        if isinstance(content, Span) and content.weight:
            weight = content.weight
        fitted = text.shortened(words, pixels, weight, max(area.width, 1))
        line = text.line(fitted, pixels, weight, color)
        # Plex sits low in its line box; this centres capitals and digits.
        place = line.get_rect(left=area.x, centery=area.centery - round(pixels * 0.06))
        if align == "right":
            place.right = area.right
        elif align == "center":
            place.centerx = area.centerx
        surface.blit(line, place)
        self._note(content, fitted, place, is_key)
        return place

    def _note(self, content: Content, fitted: str, place: pygame.Rect, is_key: bool) -> None:
        tip = content.tip if isinstance(content, Number) else None
        if tip is None and fitted != str(content):
            tip = Tip(str(content)) if self.tip is None else None
        if tip is not None:
            corner = self._drawn_corner
            self.spots.append(Spot(place.move(-corner[0], -corner[1]), tip))
        if Audit.active is not None:
            known = content.tip if isinstance(content, Number) else self.tip
            number = content if isinstance(content, Number) else None
            Audit.active.append(Shown(self, str(content), place, known, fitted != str(content), is_key, number))

    # Events -------------------------------------------------------------------------------------------------

    def handle(self, event: Event) -> bool:
        """Answer an event sent to this widget or bubbling up from a child; True stops it here."""
        return False

    def hit(self, point: tuple[int, int]) -> Widget | None:
        """The deepest visible widget under `point`, given in this widget's parent's coordinates."""
        if not self.visible or not self.rect.collidepoint(point):
            return None
        inside = (point[0] - self.rect.x + self.scroll[0], point[1] - self.rect.y + self.scroll[1])
        for child in reversed(self.children):
            found = child.hit(inside)
            if found is not None:
                return found
        return self

    def tip_at(self, point: tuple[int, int]) -> tuple[Tip, pygame.Rect] | None:
        """Tip under a point of the window and the area it explains; the figure's own before the widget's."""
        corner = self.screen_rect.topleft
        inside = (point[0] - corner[0], point[1] - corner[1])
        for spot in reversed(self.spots):
            if spot.area.inflate(8, 8).collidepoint(inside):
                return spot.tip, spot.area.move(corner)
        return self.own_tip()

    def own_tip(self) -> tuple[Tip, pygame.Rect] | None:
        """The widget's tip, led by the reason when it is disabled."""
        if not self.enabled and self.reason:
            title = self.tip.title if self.tip else self.reason
            return Tip(title, meaning=self.reason if self.tip else ""), self.screen_rect
        return (self.tip, self.screen_rect) if self.tip else None

    def set_hovered(self, hovered: bool) -> None:
        """The pointer came or went; the tint follows within 90 ms."""
        self.hovered = hovered
        if self.presses and self.enabled and self.host is not None:
            self.host.animate(self, "heat", 1.0 if hovered else 0.0, theme.HOVER_MS)
        self.on_hover(hovered)

    def on_hover(self, hovered: bool) -> None:
        """For widgets that do more than tint when the pointer comes or goes."""


def is_press_key(event: Event) -> bool:
    """Whether the event is a key that presses the focused widget: Enter or Space."""
    return event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)
