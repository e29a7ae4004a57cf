"""A document: headings, paragraphs, lists, code and tables one below the other, with links and a marked row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Unpack

import pygame

from game.ui import shape, text, theme
from game.ui.shown import Audit
from game.ui.theme import px, type_px
from game.ui.tip import Tip
from game.ui.widgets.base import Options, Widget
from game.ui.widgets.prose import (
    OnLink,
    Piece,
    TextRun,
    broken,
    draw_lines,
    least_width,
    link_widgets,
    natural_width,
)  # fmt: skip

Cell = Sequence["TextRun"]
HEADING_SIZES = {1: theme.DISPLAY, 2: theme.TITLE, 3: theme.VALUE}
CODE_SIZE, CELL_SIZE = theme.BODY, theme.CAPTION
INDENT, MARKER, CODE_PAD, CELL_GAP, CELL_PAD = 32, 30, 14, 18, 6
GAPS = {"heading": 30, "paragraph": 12, "code": 14, "table": 16}  # above a block
ITEM_GAP, UNDER_HEADING = 6, 10


class TextBlock(Protocol):
    """A block of a document, as `game.ui.view_model.almanac` has it."""

    @property
    def kind(self) -> str: ...
    @property
    def rows(self) -> Sequence[Sequence[Cell]]: ...
    @property
    def level(self) -> int: ...
    @property
    def marker(self) -> str: ...


class Part(Widget):
    """One block; lays its text out once for a width. `marked` is the row to point out, -1 for none."""

    def __init__(self, block: TextBlock, id: str, on_link: OnLink) -> None:
        super().__init__(id)
        self.block, self.on_link, self.marked = block, on_link, -1
        self._width = -1

    def fit(self, width: int) -> None:
        """Break the text for a width, when it is another than last time."""
        if width != self._width:
            self._width = width
            self.children = []
            self.lay_out(width)

    def lay_out(self, width: int) -> None:
        """Break the text and place the links."""
        raise NotImplementedError

    def row_top(self, row: int) -> int:
        """Where a row begins."""
        return 0

    def arrange(self) -> None:
        self.fit(self.rect.width)

    def draw_mark(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        """Tint the row that is pointed out."""
        shape.box(surface, area.inflate(px(12), 0), theme.ACCENT_TINT, theme.ACCENT, px(theme.RADIUS_SMALL))


class TextPart(Part):
    """A heading, a paragraph or a list item."""

    def __init__(self, block: TextBlock, id: str, on_link: OnLink) -> None:
        super().__init__(block, id, on_link)
        is_heading = block.kind == "heading"
        self.size = HEADING_SIZES.get(block.level, theme.SUBTITLE) if is_heading else theme.BODY
        self.indent = 0 if is_heading else block.level * INDENT
        self._lines: list[list[Piece]] = []

    def lay_out(self, width: int) -> None:
        left = px(self.indent)
        self._lines = broken(self._runs(), self.size, width - left)
        for link in link_widgets(self._lines, (left, 0), self.size, self.id, self.on_link):
            self.add(link)

    def _runs(self) -> Sequence[TextRun]:
        runs = self.block.rows[0][0]
        return [_Strong(run.text, run.href) for run in runs] if self.block.kind == "heading" else runs

    def measure(self, width: int) -> tuple[int, int]:
        self.fit(width)
        return width, len(self._lines) * text.line_height(type_px(self.size))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        if self.marked >= 0:
            self.draw_mark(surface, area)
        if self.block.marker:
            high = text.line_height(type_px(self.size))
            room = pygame.Rect(area.x + px(self.indent - MARKER), area.y, px(MARKER), high)
            self.write(surface, self.block.marker, room, self.size, theme.MEDIUM, theme.MID)
        draw_lines(self, surface, self._lines, (area.x + px(self.indent), area.y), self.size)


class _Strong:
    """A run of a heading: one weight, whatever its style in the text."""

    style = "strong"

    def __init__(self, words: str, href: str) -> None:
        self.text, self.href = words, href


class CodePart(Part):
    """Equations and commands on a surface of their own; long lines go on in the next."""

    def lay_out(self, width: int) -> None:
        self._rows: list[tuple[int, list[list[Piece]]]] = []
        for (runs,) in self.block.rows:
            blank = len(runs[0].text) - len(runs[0].text.lstrip())
            left = text.width(" " * blank, type_px(CODE_SIZE))
            plain = _Plain(runs[0].text.strip())
            self._rows.append((left, broken([plain], CODE_SIZE, width - 2 * px(CODE_PAD) - left)))

    def measure(self, width: int) -> tuple[int, int]:
        self.fit(width)
        return width, sum(len(lines) for _left, lines in self._rows) * self._step() + 2 * px(CODE_PAD)

    def _step(self) -> int:
        return text.line_height(type_px(CODE_SIZE))

    def row_top(self, row: int) -> int:
        return px(CODE_PAD) + sum(len(lines) for _left, lines in self._rows[:row]) * self._step()

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        shape.box(surface, area, theme.CARD, theme.LINE, px(theme.RADIUS))
        top = area.y + px(CODE_PAD)
        for row, (left, lines) in enumerate(self._rows):
            if row == self.marked:
                high = len(lines) * self._step()
                self.draw_mark(surface, pygame.Rect(area.x + px(8), top, area.width - px(16), high))
            draw_lines(self, surface, lines, (area.x + px(CODE_PAD) + left, top), CODE_SIZE, theme.HIGH)
            top += len(lines) * self._step()


class _Plain:
    """A line of code: words without a style of their own."""

    style, href = "", ""

    def __init__(self, words: str) -> None:
        self.text = words


class TablePart(Part):
    """A table; columns share the width by what they hold. Only the rows in sight are drawn."""

    def lay_out(self, width: int) -> None:
        rows = [row for number, row in enumerate(self.block.rows) if number or any(row)]
        self._has_heads = len(rows) == len(self.block.rows)
        self._columns = column_widths(rows, width - px(CELL_GAP) * (len(rows[0]) - 1))
        step = text.line_height(type_px(CELL_SIZE))
        self._cells = [
            [broken(cell, CELL_SIZE, wide) for cell, wide in zip(row, self._columns, strict=True)] for row in rows
        ]
        self._tops = [0]
        for number, row in enumerate(self._cells):
            top, left = self._tops[-1] + px(CELL_PAD), 0
            for column, lines in enumerate(row):
                name = f"{self.id}.{number}.{column}"
                for link in link_widgets(lines, (left, top), CELL_SIZE, name, self.on_link):
                    self.add(link)
                left += self._columns[column] + px(CELL_GAP)
            self._tops.append(self._tops[-1] + max(len(lines) for lines in row) * step + 2 * px(CELL_PAD))

    def measure(self, width: int) -> tuple[int, int]:
        self.fit(width)
        return width, self._tops[-1]

    def row_top(self, row: int) -> int:
        return self._tops[min(self._number(row), len(self._tops) - 1)]

    def _number(self, row: int) -> int:
        """Where a row of the block stands among those shown: heads without words are left out."""
        return row if self._has_heads else max(row - 1, 0)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        clip = surface.get_clip()
        marked = self._number(self.marked) if self.marked >= 0 else -1
        for number, row in enumerate(self._cells):
            top, bottom = area.y + self._tops[number], area.y + self._tops[number + 1]
            if Audit.active is None and (bottom < clip.top or top > clip.bottom):
                continue
            if number == marked:
                self.draw_mark(surface, pygame.Rect(area.x, top, area.width, bottom - top))
            self._draw_row(surface, row, (area.x, top + px(CELL_PAD)), is_head=not number and self._has_heads)
            surface.fill(theme.LINE, (area.x, bottom - 1, area.width, 1))

    def _draw_row(
        self, surface: pygame.Surface, row: list[list[list[Piece]]], corner: tuple[int, int], *, is_head: bool
    ) -> None:
        left = corner[0]
        for column, lines in enumerate(row):
            is_name = is_head or (column == 0 and not self._has_heads)
            draw_lines(self, surface, lines, (left, corner[1]), CELL_SIZE, theme.MID if is_name else theme.TEXT)
            left += self._columns[column] + px(CELL_GAP)


def column_widths(rows: Sequence[Sequence[Cell]], room: int) -> list[int]:
    """Widths of columns: what each wants where there is room, else narrow ones that, and the wide ones a fair share.

    No column is narrower than its longest word unless all together have no room for theirs.
    """
    columns = list(zip(*rows, strict=True))
    wanted = [max(natural_width(cell, CELL_SIZE) for cell in column) + px(4) for column in columns]
    if sum(wanted) <= room:
        return wanted
    least = [max(least_width(cell, CELL_SIZE) for cell in column) + px(4) for column in columns]
    if sum(least) > room:
        return [room * each // sum(least) for each in least]
    widths = [0] * len(wanted)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    for place, column in enumerate(order):
        others = sum(least[other] for other in order[place + 1 :])
        share = room // (len(wanted) - place)
        widths[column] = min(max(min(wanted[column], share), least[column]), room - others)
        room -= widths[column]
    return widths


PARTS = {"heading": TextPart, "paragraph": TextPart, "code": CodePart, "table": TablePart}


class Document(Widget):
    """The blocks of a page. `mark` points out a row; `top_of` says where it stands."""

    def __init__(
        self, blocks: Sequence[TextBlock], id: str, on_link: OnLink, tip: Tip, **options: Unpack[Options]
    ) -> None:
        super().__init__(id, tip=tip, **options)
        self.parts = [PARTS[block.kind](block, f"{id}.{number}", on_link) for number, block in enumerate(blocks)]
        self.add(*self.parts)

    def mark(self, block: int, row: int) -> None:
        """Point out a row of a block, and no other."""
        for number, part in enumerate(self.parts):
            part.marked = row if number == block else -1
        self.invalidate()

    def top_of(self, block: int, row: int) -> int:
        """Pixels from the document's top to a row; it must have been laid out."""
        part = self.parts[block]
        return part.rect.y + part.row_top(row)

    def own_tip(self) -> tuple[Tip, pygame.Rect] | None:
        """None: what a reader reads is not covered by a card on the whole page."""
        return None

    def _gap(self, number: int) -> int:
        """Room above a block."""
        if not number:
            return 0
        block, before = self.parts[number].block, self.parts[number - 1].block
        if before.kind == "heading":
            return px(UNDER_HEADING)
        if block.marker and before.kind == "paragraph" and before.level:
            return px(ITEM_GAP)
        return px(GAPS[block.kind])

    def measure(self, width: int) -> tuple[int, int]:
        return width, sum(self._gap(number) + part.wanted(width)[1] for number, part in enumerate(self.parts))

    def arrange(self) -> None:
        top = 0
        for number, part in enumerate(self.parts):
            top += self._gap(number)
            high = part.wanted(self.rect.width)[1]
            part.layout(pygame.Rect(0, top, self.rect.width, high))
            top += high
