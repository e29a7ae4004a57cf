"""TrustMatrix: how far each nation (row) trusts each other (column), as coloured figures under flags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.ui import flags, shape, theme
from game.ui.chart.web import trust_color
from game.ui.theme import px
from game.ui.tip import Number
from game.ui.widgets.base import Event, Options, Widget

Cells = Sequence[Sequence[Number | None]]


class TrustMatrix(Widget):
    """A square of cells; pressing a row or a column selects its nation."""

    cached = True
    presses = True

    def __init__(
        self, nations: Sequence[str], cells: Cells, selected: str, on_select: Callable[[str], None],
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.nations, self.cells = list(nations), [list(line) for line in cells]
        self.selected, self.on_select = selected, on_select

    def _step(self, area: pygame.Rect) -> tuple[float, float]:
        count = len(self.nations) + 1
        return area.width / count, area.height / count

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        wide, high = self._step(area)
        for place, nation in enumerate(self.nations, start=1):
            flag = flags.flag(nation, round(min(px(20), high * 0.6)))
            for spot in (
                (area.x + wide * (place + 0.5), area.y + high / 2),
                (area.x + wide / 2, area.y + high * (place + 0.5)),
            ):
                frame = flag.get_rect(center=spot)
                if nation == self.selected:
                    shape.box(surface, frame.inflate(px(6), px(6)), None, theme.WHITE, px(4), 2)
                surface.blit(flag, frame)
        for row, line in enumerate(self.cells, start=1):
            for column, number in enumerate(line, start=1):
                if number is not None:
                    self._draw_cell(surface, number, self._place(area, row, column))

    def _place(self, area: pygame.Rect, row: int, column: int) -> pygame.Rect:
        wide, high = self._step(area)
        left, top = area.x + wide * column, area.y + high * row
        return pygame.Rect(round(left) + 1, round(top) + 1, round(wide) - 2, round(high) - 2)

    def _draw_cell(self, surface: pygame.Surface, number: Number, place: pygame.Rect) -> None:
        color = theme.mix(theme.PANEL, trust_color(number.value or 0.0), 0.45)
        shape.box(surface, place, color, None, px(3))
        self.write(surface, number, place, 14, theme.MEDIUM, theme.HIGH, "center")

    def handle(self, event: Event) -> bool:
        """Select the nation of the row under the pointer, or of the column in the heading."""
        if event.type != pygame.MOUSEBUTTONDOWN or event.button != 1:
            return False
        area = self.screen_rect
        wide, high = self._step(area)
        column, row = int((event.pos[0] - area.x) / wide), int((event.pos[1] - area.y) / high)
        place = row if row else column
        if 1 <= place <= len(self.nations):
            self.on_select(self.nations[place - 1])
            return True
        return False
