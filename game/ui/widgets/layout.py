"""Containers that place their children: column, row, grid, stack, scrolled window; spacer and divider."""

from __future__ import annotations

from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.widgets.base import Event, Options, Widget


class Box(Widget):
    """A container with padding, a gap, and an optional fill and border; base of column, row and grid.

    `pad` is one length or (horizontal, vertical), in reference pixels like `gap`. A `group` is one Tab stop;
    arrows move among its members.
    """

    def __init__(
        self,
        *children: Widget,
        id: str = "",
        gap: float = theme.GAP,
        pad: float | tuple[float, float] = 0,
        align: str = "stretch",
        fill: theme.Color | None = None,
        border: theme.Color | None = None,
        radius: float = theme.RADIUS,
        group: bool = False,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id, **options)
        self.is_group = group
        self.gap, self.align = gap, align
        self.pad = pad if isinstance(pad, tuple) else (pad, pad)
        self.fill, self.border, self.radius = fill, border, radius
        self.add(*children)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        if self.fill is not None or self.border is not None:
            shape.box(surface, area, self.fill, self.border, px(self.radius))

    @property
    def shown_children(self) -> list[Widget]:
        """Children that take room."""
        return [child for child in self.children if child.visible]

    def inner(self) -> pygame.Rect:
        """The room inside the padding, in own coordinates."""
        return pygame.Rect(0, 0, *self.rect.size).inflate(-2 * px(self.pad[0]), -2 * px(self.pad[1]))

    def gaps(self) -> int:
        """Pixels that gaps between the shown children take."""
        return max(0, len(self.shown_children) - 1) * px(self.gap)


def _aligned(start: int, room: int, wanted: int, align: str) -> tuple[int, int]:
    """(position, length) of a child in the cross direction."""
    if align == "stretch":
        return start, room
    length = min(wanted, room)
    if align == "center":
        return start + (room - length) // 2, length
    return (start + room - length if align == "end" else start), length


class Column(Box):
    """Children from top to bottom; those with `grow` share the height left over."""

    def measure(self, width: int) -> tuple[int, int]:
        inner = width - 2 * px(self.pad[0])
        sizes = [child.wanted(inner) for child in self.shown_children]
        height = sum(size[1] for size in sizes) + self.gaps() + 2 * px(self.pad[1])
        widest = max((size[0] for size in sizes), default=0)
        return (width if self.align == "stretch" else widest + 2 * px(self.pad[0])), height

    def arrange(self) -> None:
        inner, children = self.inner(), self.shown_children
        sizes = [child.wanted(inner.width) for child in children]
        fixed = sum(size[1] for child, size in zip(children, sizes, strict=True) if not child.grow)
        spare, shares = max(0, inner.height - fixed - self.gaps()), sum(child.grow for child in children)
        top = inner.y
        for child, (wide, high) in zip(children, sizes, strict=True):
            if child.grow:
                high = round(spare * child.grow / shares)
                spare, shares = spare - high, shares - child.grow
            if self.align == "stretch" and child.fixed_width is None:
                left, wide = inner.x, inner.width
            else:
                left, wide = _aligned(inner.x, inner.width, wide, "start" if self.align == "stretch" else self.align)
            child.layout(pygame.Rect(left, top, wide, high))
            top += high + px(self.gap)


class Row(Box):
    """Children from left to right; those with `grow` share the width left over. Centred vertically by default."""

    def __init__(self, *children: Widget, align: str = "center", **options: object) -> None:
        super().__init__(*children, align=align, **options)  # type: ignore[arg-type]

    def _widths(self, room: int) -> list[int]:
        children = self.shown_children
        widths = [0 if child.grow else child.wanted(room)[0] for child in children]
        spare, shares = max(0, room - sum(widths) - self.gaps()), sum(child.grow for child in children)
        for place, child in enumerate(children):
            if child.grow:
                widths[place] = round(spare * child.grow / shares)
                spare, shares = spare - widths[place], shares - child.grow
        return widths

    def measure(self, width: int) -> tuple[int, int]:
        widths = self._widths(width - 2 * px(self.pad[0]))
        children = self.shown_children
        high = max((c.wanted(w)[1] for c, w in zip(children, widths, strict=True)), default=0) + 2 * px(self.pad[1])
        takes_all = any(child.grow for child in children)
        return (width if takes_all else sum(widths) + self.gaps() + 2 * px(self.pad[0])), high

    def arrange(self) -> None:
        inner = self.inner()
        left = inner.x
        for child, wide in zip(self.shown_children, self._widths(inner.width), strict=True):
            top, high = _aligned(inner.y, inner.height, child.wanted(wide)[1], self.align)
            child.layout(pygame.Rect(left, top, wide, high))
            left += wide + px(self.gap)


class Wrap(Row):
    """Children from left to right, going on in the next line when the width is used up; for chips and pills."""

    def _lines(self, room: int) -> list[list[tuple[Widget, tuple[int, int]]]]:
        lines: list[list[tuple[Widget, tuple[int, int]]]] = [[]]
        used = 0
        for child in self.shown_children:
            size = child.wanted(room)
            if lines[-1] and used + size[0] > room:
                lines.append([])
                used = 0
            lines[-1].append((child, size))
            used += size[0] + px(self.gap)
        return lines

    def measure(self, width: int) -> tuple[int, int]:
        lines = self._lines(width - 2 * px(self.pad[0]))
        high = sum(max((size[1] for _, size in line), default=0) for line in lines)
        return width, high + (len(lines) - 1) * px(self.gap) + 2 * px(self.pad[1])

    def arrange(self) -> None:
        inner = self.inner()
        top = inner.y
        for line in self._lines(inner.width):
            left, high = inner.x, max((size[1] for _, size in line), default=0)
            for child, size in line:
                child.layout(pygame.Rect(left, top + (high - size[1]) // 2, size[0], size[1]))
                left += size[0] + px(self.gap)
            top += high + px(self.gap)


class Grid(Box):
    """Children in `columns` of equal width, row by row; rows share the height when `fill_height`."""

    def __init__(self, *children: Widget, columns: int, fill_height: bool = False, **options: object) -> None:
        super().__init__(*children, **options)  # type: ignore[arg-type]
        self.columns, self.fill_height = columns, fill_height

    def _rows(self) -> list[list[Widget]]:
        shown = self.shown_children
        return [shown[i : i + self.columns] for i in range(0, len(shown), self.columns)]

    def _column_width(self, inner: int) -> int:
        return (inner - (self.columns - 1) * px(self.gap)) // self.columns

    def measure(self, width: int) -> tuple[int, int]:
        wide = self._column_width(width - 2 * px(self.pad[0]))
        rows = self._rows()
        high = sum(max(child.wanted(wide)[1] for child in row) for row in rows)
        return width, high + max(0, len(rows) - 1) * px(self.gap) + 2 * px(self.pad[1])

    def arrange(self) -> None:
        inner, rows = self.inner(), self._rows()
        wide, top = self._column_width(inner.width), inner.y
        for place, row in enumerate(rows):
            high = max(child.wanted(wide)[1] for child in row)
            if self.fill_height:
                left_over = inner.bottom - top - (len(rows) - place - 1) * px(self.gap)
                high = left_over // (len(rows) - place)
            for column, child in enumerate(row):
                child.layout(pygame.Rect(inner.x + column * (wide + px(self.gap)), top, wide, high))
            top += high + px(self.gap)


class Stack(Widget):
    """Children over one another, each at its own place: fraction of the spare room across and down, inset by margin.

    `add_at(child, 1, 0, margin=16)` puts a child in the upper right corner at its wanted size;
    `add_filling(child)` lets it cover everything.
    """

    def __init__(self, *filling: Widget, id: str = "", grow: float = 0) -> None:
        super().__init__(id, grow=grow)
        self._places: dict[int, tuple[float, float, float]] = {}
        for child in filling:
            self.add_filling(child)

    def add_filling(self, child: Widget) -> Stack:
        """Add a child that covers the whole stack."""
        self.add(child)
        return self

    def add_at(self, child: Widget, across: float, down: float, *, margin: float = theme.PAD) -> Stack:
        """Add a child of its own size at a fraction of the spare room."""
        self.add(child)
        self._places[id(child)] = (across, down, margin)
        return self

    def arrange(self) -> None:
        whole = pygame.Rect(0, 0, *self.rect.size)
        for child in self.children:
            place = self._places.get(id(child))
            if place is None:
                child.layout(whole)
                continue
            room = whole.inflate(-2 * px(place[2]), -2 * px(place[2]))
            wide, high = child.wanted(room.width)
            wide, high = min(wide, room.width), min(high, room.height)
            spare = (room.width - wide, room.height - high)
            child.layout(
                pygame.Rect(room.x + round(spare[0] * place[0]), room.y + round(spare[1] * place[1]), wide, high)
            )


class Scroll(Widget):
    """A window on a taller child: wheel, keys and a bar to drag. Its offset survives a rebuild by id."""

    clips = True
    BAR = 8

    def __init__(self, content: Widget, id: str = "", *, grow: float = 1, height: float | None = None) -> None:
        super().__init__(id, grow=grow, height=height)
        self.content = content
        self.add(content)
        self._grip: int | None = None

    def measure(self, width: int) -> tuple[int, int]:
        return width, self.content.wanted(width)[1]

    def arrange(self) -> None:
        high = self.content.wanted(self.rect.width)[1]
        room = self.rect.width - (px(self.BAR + 4) if high > self.rect.height else 0)
        high = max(self.content.wanted(room)[1], self.rect.height)
        self.content.layout(pygame.Rect(0, 0, room, high))
        self.scroll_to(self.scroll[1])

    @property
    def reach(self) -> int:
        """How far the content can be moved, in pixels."""
        return max(0, self.content.rect.height - self.rect.height)

    def scroll_to(self, offset: int) -> None:
        """Show the content from `offset` on, as far as there is any."""
        offset = min(max(0, offset), self.reach)
        if offset != self.scroll[1]:
            self.scroll = (0, offset)
            self.invalidate()

    def reveal(self, area: pygame.Rect) -> None:
        """Scroll just enough to show `area`, given in content coordinates."""
        if area.top < self.scroll[1]:
            self.scroll_to(area.top - px(8))
        elif area.bottom > self.scroll[1] + self.rect.height:
            self.scroll_to(area.bottom - self.rect.height + px(8))

    def _bar(self) -> pygame.Rect:
        whole = self.content.rect.height or 1
        long = max(px(24), round(self.rect.height * self.rect.height / whole))
        top = round((self.rect.height - long) * self.scroll[1] / self.reach) if self.reach else 0
        return pygame.Rect(self.rect.width - px(self.BAR), top, px(self.BAR), long)

    def draw_over(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        if self.reach:
            bar = self._bar().move(area.topleft).inflate(-px(2), -px(4))
            shape.box(surface, bar, theme.LINE_STRONG if self._grip is None else theme.MID, None, px(4))

    def hit(self, point: tuple[int, int]) -> Widget | None:
        inside = (point[0] - self.rect.x, point[1] - self.rect.y)
        if self.visible and self.reach and self._bar().inflate(px(8), 0).collidepoint(inside):
            return self
        return super().hit(point)

    def handle(self, event: Event) -> bool:
        if not self.reach:
            return False
        if event.type == pygame.MOUSEWHEEL:
            before = self.scroll[1]
            self.scroll_to(before - round(getattr(event, "precise_y", event.y) * px(48)))
            return self.scroll[1] != before
        if event.type == pygame.KEYDOWN:
            page = self.rect.height - px(40)
            steps = {
                pygame.K_PAGEUP: -page,
                pygame.K_PAGEDOWN: page,
                pygame.K_HOME: -self.reach,
                pygame.K_END: self.reach,
            }
            if event.key in steps and not event.mod & pygame.KMOD_CTRL:
                self.scroll_to(self.scroll[1] + steps[event.key])
                return True
        return self._handle_bar(event)

    def _handle_bar(self, event: Event) -> bool:
        top = self.screen_rect.y
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            if event.pos[0] < self.screen_rect.right - px(self.BAR + 4):
                return False
            bar = self._bar()
            self._grip = event.pos[1] - top - bar.y if bar.collidepoint(bar.x, event.pos[1] - top) else bar.height // 2
        elif event.type == pygame.MOUSEBUTTONUP and self._grip is not None:
            self._grip = None
            self.invalidate()
            return True
        elif event.type != pygame.MOUSEMOTION or self._grip is None:
            return False
        free = self.rect.height - self._bar().height
        if free > 0:
            self.scroll_to(round((event.pos[1] - top - (self._grip or 0)) * self.reach / free))
        return True

    def state(self) -> object:
        return self.scroll[1]

    def restore(self, state: object) -> None:
        self.scroll = (0, int(state)) if isinstance(state, int) else (0, 0)


class Spacer(Widget):
    """Empty room: `grow` by default, or a fixed size."""

    def __init__(self, *, width: float | None = None, height: float | None = None) -> None:
        super().__init__(width=width, height=height, grow=0 if width or height else 1)

    def measure(self, width: int) -> tuple[int, int]:
        return 0, 0


class Divider(Widget):
    """A hairline across, or down when `upright`."""

    def __init__(self, *, upright: bool = False, height: float | None = None) -> None:
        super().__init__(width=1 if upright else None, height=height if upright else 1)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        surface.fill(theme.LINE, area)
