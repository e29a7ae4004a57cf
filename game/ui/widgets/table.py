"""Table: rows of aligned cells under sortable headings, in its own scrolled window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Unpack

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.tip import Content, Number
from game.ui.widgets.base import Options, Widget
from game.ui.widgets.button import Pressable
from game.ui.widgets.layout import Column, Scroll


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: title, width in reference pixels (0 shares the rest), alignment of its cells."""

    title: Content
    width: float = 0
    align: str = "left"


Cell = Content | Widget


@dataclass(frozen=True, slots=True)
class Line:
    """A row: key, cells, and what each column sorts by (the cell's value or text when not given)."""

    key: str
    cells: tuple[Cell, ...]
    sort_by: dict[int, float | str] = field(default_factory=dict)

    def sort_key(self, column: int) -> tuple[int, float, str]:
        """Numbers before texts, texts by letters."""
        cell = self.cells[column]
        value = self.sort_by.get(column, cell.value if isinstance(cell, Number) else str(cell))
        if isinstance(value, (int, float)):
            return 0, float(value), ""
        return 1, 0.0, str(value).lower()


class _Cells(Widget):
    """Places cells in the table's columns: words are written, widgets stand centred."""

    def __init__(self, table: Table, cells: Sequence[Cell]) -> None:
        super().__init__()
        self.table, self.cells = table, cells
        self.add(*(cell for cell in cells if isinstance(cell, Widget)))

    def arrange(self) -> None:
        for cell, room in zip(self.cells, self.table.columns(self.rect), strict=True):
            if isinstance(cell, Widget):
                wide, high = cell.wanted(room.width)
                cell.layout(pygame.Rect(room.x, (self.rect.height - high) // 2, min(wide, room.width), high))


class TableRow(Pressable):
    """One row; hovered, selected and pressed as a whole."""

    def __init__(self, table: Table, line: Line, id: str) -> None:
        super().__init__(id, height=table.row_height)
        self.table, self.line = table, line
        self.selected = table.selected == line.key
        self.cells = _Cells(table, line.cells)
        self.add(self.cells)
        self.focusable = self.presses = table.on_press is not None

    def press(self) -> None:
        if self.table.on_press is not None:
            self.table.on_press(self.line.key)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        if self.selected:
            shape.box(surface, area, theme.ACCENT_TINT, theme.ACCENT, px(theme.RADIUS_SMALL))
        elif self.heat:
            shape.box(surface, area, theme.mix(theme.PANEL, theme.CONTROL, self.heat), None, px(theme.RADIUS_SMALL))
        surface.fill(theme.LINE, (area.x, area.bottom - 1, area.width, 1))
        for place, (cell, room) in enumerate(zip(self.line.cells, self.table.columns(area), strict=True)):
            if not isinstance(cell, Widget):
                weight = theme.SEMIBOLD if isinstance(cell, Number) else theme.REGULAR
                ink = theme.HIGH if isinstance(cell, Number) or place == 0 else theme.TEXT
                self.write(surface, cell, room, 16, weight, ink, self.table.headings[place].align)


class HeadCell(Pressable):
    """A heading; a press sorts by its column, another turns the order round."""

    def __init__(self, table: Table, column: int, id: str) -> None:
        super().__init__(id, height=32)
        self.table, self.column = table, column

    def press(self) -> None:
        self.table.sort(self.column)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        heading = self.table.headings[self.column]
        ink = theme.mix(theme.MID, theme.HIGH, self.heat)
        place = self.write(surface, heading.title, area, 14, theme.REGULAR, ink, heading.align)
        if self.table.sorted_by == self.column:
            left = place.right + px(8) if heading.align != "right" else place.x - px(8)
            shape.triangle(surface, (left, area.centery), px(9), not self.table.is_descending, theme.ACCENT)


class _Head(Widget):
    def __init__(self, table: Table) -> None:
        super().__init__(height=32)
        self.table, self.is_group = table, True
        self.add(*(HeadCell(table, i, f"{table.id}.head{i}") for i in range(len(table.headings))))

    def arrange(self) -> None:
        for child, room in zip(self.children, self.table.columns(pygame.Rect(0, 0, *self.rect.size)), strict=True):
            child.layout(room)


class Table(Column):
    """Rows under headings. `on_press(key)` answers a row; sorting and scrolling survive a rebuild."""

    def __init__(
        self,
        headings: Sequence[Heading],
        lines: Sequence[Line],
        *,
        id: str = "table",
        on_press: Callable[[str], None] | None = None,
        selected: str = "",
        sorted_by: int | None = None,
        is_descending: bool = True,
        row_height: float = theme.ROW,
        **options: Unpack[Options],
    ) -> None:
        self.headings, self.lines, self.on_press, self.selected = list(headings), list(lines), on_press, selected
        self.sorted_by, self.is_descending, self.row_height = sorted_by, is_descending, row_height
        self.id = id
        self.body = Column(gap=2, group=True)
        super().__init__(_Head(self), Scroll(self.body, f"{id}.scroll"), id=id, gap=4, **options)
        self._fill()

    def _fill(self) -> None:
        lines = self.lines
        if self.sorted_by is not None:
            lines = sorted(lines, key=partial(Line.sort_key, column=self.sorted_by), reverse=self.is_descending)
        self.body.replace_children(*(TableRow(self, line, f"{self.id}.{line.key}") for line in lines))

    def sort(self, column: int) -> None:
        """Sort by a column, downwards first; again turns the order round."""
        self.is_descending = not self.is_descending if self.sorted_by == column else True
        self.sorted_by = column
        self._fill()
        self.invalidate()

    def columns(self, area: pygame.Rect) -> list[pygame.Rect]:
        """The room of each column inside `area`."""
        room, gap = area.inflate(-px(16), 0), px(16)
        shared = [h for h in self.headings if not h.width]
        fixed = sum(px(h.width) for h in self.headings) + gap * (len(self.headings) - 1)
        spare, left, rooms = max(0, room.width - fixed), room.x, []
        for heading in self.headings:
            wide = px(heading.width) if heading.width else spare // len(shared)
            rooms.append(pygame.Rect(left, area.y, wide, area.height))
            left += wide + gap
        return rooms

    def state(self) -> object:
        return self.sorted_by, self.is_descending

    def restore(self, state: object) -> None:
        if isinstance(state, tuple) and state != (self.sorted_by, self.is_descending):
            self.sorted_by, self.is_descending = state
            self._fill()
