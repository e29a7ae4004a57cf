"""Dialog: a modal question or form over the dimmed screen."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.tip import Content
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.label import Label
from game.ui.widgets.layout import Column, Row, Scroll, Spacer
from game.ui.widgets.panel import Panel


class Dialog(Widget):
    """A panel in the middle of the window; nothing below it answers until it is closed.

    `actions` are buttons, the first the primary one, which Enter presses; Esc calls `on_cancel`. A body too tall for
    the window is scrolled: the part of it that grows, or all of it.
    """

    is_modal = True

    def __init__(
        self,
        title: Content,
        *body: Widget | str,
        actions: list[Button],
        on_cancel: Callable[[], None] | None = None,
        icon: str = "",
        width: float = 520,
        id: str = "dialog",
    ) -> None:
        super().__init__(id)
        widgets = [Label(part, wrap=True) if isinstance(part, str) else part for part in body]
        if not any(widget.grow for widget in widgets):
            widgets = [Scroll(Column(*widgets, gap=16), f"{id}.body")]
        foot = Row(Spacer(), *reversed(actions), gap=12)
        self.panel = Panel(*widgets, foot, title=title, icon=icon, pad=24, gap=16, border=theme.LINE_STRONG)
        self.panel_width, self.actions, self.on_cancel = width, actions, on_cancel
        self.add(self.panel)

    def arrange(self) -> None:
        room = pygame.Rect(0, 0, *self.rect.size).inflate(-px(32), -px(32))
        wide = min(px(self.panel_width), room.width)
        high = min(self.panel.wanted(wide)[1], room.height)
        self.panel.layout(pygame.Rect(room.centerx - wide // 2, room.y + (room.height - high) * 2 // 5, wide, high))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        dim = pygame.Surface(surface.get_clip().size, pygame.SRCALPHA)
        dim.fill((*theme.WINDOW, 190))
        surface.blit(dim, surface.get_clip())
        shape.shadow(surface, self.panel.rect.move(area.topleft), px(8), px(24))

    def handle(self, event: Event) -> bool:
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE and self.on_cancel is not None:
            self.on_cancel()
        elif event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.actions:
            self.actions[0].press()
        return True
