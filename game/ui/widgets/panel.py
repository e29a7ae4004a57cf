"""Panel and Card: the two surfaces everything stands on."""

from __future__ import annotations

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.tip import Content
from game.ui.widgets.base import Widget
from game.ui.widgets.label import Icon, Label
from game.ui.widgets.layout import Column, Row, Spacer


class Panel(Column):
    """A bordered surface with a title row (icon, title, meta text or widgets at the right) over a body.

    Its picture is cached: it is drawn again only where something inside changed.
    """

    cached = True

    def __init__(
        self,
        *body: Widget,
        id: str = "",
        title: Content = "",
        icon: str = "",
        meta: Content | Widget = "",
        pad: float | tuple[float, float] = theme.PAD_WIDE,
        gap: float = 12,
        fill: theme.Color = theme.PANEL,
        border: theme.Color | None = theme.LINE,
        radius: float = theme.RADIUS_PANEL,
        **options: object,
    ) -> None:
        parts = [self._title_row(title, icon, meta)] if title or icon else []
        super().__init__(
            *parts,
            *body,
            id=id,
            pad=pad,
            gap=gap,
            fill=fill,
            border=border,
            radius=radius,
            **options,  # type: ignore[arg-type]
        )

    @staticmethod
    def _title_row(title: Content, icon: str, meta: Content | Widget) -> Row:
        row = Row(gap=10, height=28)
        if icon:
            row.add(Icon(icon, size=18))
        row.add(Label(title, size=theme.BODY, weight=theme.SEMIBOLD, tone="high"), Spacer())
        if isinstance(meta, Widget):
            row.add(meta)
        elif str(meta):
            row.add(Label(meta, size=theme.CAPTION, tone="mid"))
        return row


def notice(icon: str, title: Content, words: str = "", *actions: Widget, tone: str = "mid") -> Column:
    """What stands where there is nothing to show, or nothing could be shown: icon, title, explanation, remedies."""
    parts = [Icon(icon, size=36, tone=tone), Label(title, size=theme.SUBTITLE, weight=theme.SEMIBOLD, tone="high")]
    if words:
        parts.append(Label(words, tone="mid", align="center", wrap=True))
    if actions:
        parts.append(Row(*actions, gap=12))
    return Column(Spacer(), *parts, Spacer(), gap=12, align="center", grow=1, pad=16)


class Bar(Column):
    """A flat strip along a window edge (top bar, navigation, context panel), with a hairline on its inner sides.

    `edges` names the sides that get one: any of 'left', 'right', 'top', 'bottom'.
    """

    cached = True

    def __init__(
        self, *children: Widget, edges: tuple[str, ...] = (), fill: theme.Color = theme.BAR, **options: object
    ) -> None:
        super().__init__(*children, fill=fill, radius=0, **options)  # type: ignore[arg-type]
        self.edges = edges

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        super().draw(surface, area)
        for edge in self.edges:
            line = area.copy()
            if edge in ("left", "right"):
                line.width = 1
            else:
                line.height = 1
            setattr(line, edge, getattr(area, edge))
            surface.fill(theme.LINE, line)


class Card(Column):
    """A raised surface inside a panel; `tone` colours its border and, when `tinted`, its fill."""

    def __init__(
        self,
        *children: Widget,
        tone: str = "",
        tinted: bool = False,
        pad: float | tuple[float, float] = 12,
        gap: float = 6,
        **options: object,
    ) -> None:
        super().__init__(*children, pad=pad, gap=gap, **options)  # type: ignore[arg-type]
        self.tone, self.tinted = tone, tinted

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        fill = theme.TINTS[self.tone] if self.tone and self.tinted else theme.CARD
        border = theme.mix(fill, theme.tone(self.tone), 0.6) if self.tone else theme.LINE
        shape.box(surface, area, fill, border, px(theme.RADIUS))
