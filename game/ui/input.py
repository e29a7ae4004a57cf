"""Mouse and keyboard: what is hovered, dragged and focused, and who answers which event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pygame

from game.ui import focus
from game.ui.widgets.base import Event, Widget, is_press_key

if TYPE_CHECKING:
    from game.ui.window import Window


def last_motions(events: Iterable[Event]) -> list[Event]:
    """Events without the mouse moves that another one overtakes."""
    kept: list[Event] = []
    for event in events:
        if event.type == pygame.MOUSEMOTION and kept and kept[-1].type == pygame.MOUSEMOTION:
            kept.pop()
        kept.append(event)
    return kept


class Input:
    """Where the pointer and the keyboard are. The ring shows only where the keyboard came by key."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.mouse = (-1, -1)
        self.hovered: list[Widget] = []
        self.captured: Widget | None = None
        self.focused: Widget | None = None
        self.by_key = False
        self._cursor = pygame.SYSTEM_CURSOR_ARROW

    def clear(self) -> None:
        """Forget the widgets of a tree that is gone."""
        self.captured = self.focused = None
        self.hovered = []

    def handle(self, event: Event) -> None:
        """Answer one event of the mouse or the keyboard."""
        kind = event.type
        if kind == pygame.WINDOWLEAVE:
            self.point((-1, -1))
        elif kind == pygame.MOUSEMOTION:
            self.point(event.pos)
            target = self.captured or (self.hovered[0] if self.hovered else None)
            self._send(target, event)
        elif kind == pygame.MOUSEBUTTONDOWN:
            self._on_mouse_down(event)
        elif kind == pygame.MOUSEBUTTONUP:
            target = self.captured or (self.hovered[0] if self.hovered else None)
            self.captured = None
            self._send(target, event)
            self.point(self.mouse)
        elif kind == pygame.MOUSEWHEEL:
            self._send(self.hovered[0] if self.hovered else None, event)
            self.point(self.mouse)
        elif kind == pygame.KEYDOWN:
            self._on_key(event)
        elif kind in (pygame.KEYUP, pygame.TEXTINPUT):
            self._send(self.focused, event)

    @staticmethod
    def _send(target: Widget | None, event: Event) -> Widget | None:
        """Offer an event to a widget and its ancestors; returns the one that took it."""
        while target is not None:
            if target.handle(event):
                return target
            target = target.parent
        return None

    def point(self, at: tuple[int, int]) -> None:
        """The pointer is at a place: update what is hovered, the cursor and the tooltip."""
        self.mouse = at
        top = self._window.top
        found = top.hit(at) if top is not None else None
        chain: list[Widget] = []
        while found is not None:
            chain.append(found)
            found = found.parent
        for widget in self.hovered:
            if widget not in chain:
                widget.set_hovered(False)
        for widget in chain:
            if not widget.hovered:
                widget.set_hovered(True)
        self.hovered = chain
        self._show_cursor()
        if self.captured is None:
            self._window.tips.point(chain, at)

    def _show_cursor(self) -> None:
        cursor = next(
            (w.cursor for w in self.hovered if w.enabled and w.cursor != pygame.SYSTEM_CURSOR_ARROW),
            pygame.SYSTEM_CURSOR_ARROW,
        )
        if cursor != self._cursor:
            self._cursor = cursor
            if pygame.display.get_driver() != "dummy":
                pygame.mouse.set_cursor(cursor)

    def _on_mouse_down(self, event: Event) -> None:
        self.point(event.pos)
        if self._window.popup is not None and not self._window.popup.widget.rect.collidepoint(event.pos):
            self._window.close_popup()
            return
        self._window.tips.clear(keep_pinned=True)
        if event.button > 3:
            return
        target = self.hovered[0] if self.hovered else None
        taker = next((w for w in self.hovered if w.focusable), None)
        if event.button == 1:
            self.focus(taker, by_key=False)
        self.captured = self._send(target, event)

    def _on_key(self, event: Event) -> None:
        typing = self.focused is not None and self.focused.takes_text
        pressing = is_press_key(event) and not self.by_key and not typing
        if event.key == pygame.K_ESCAPE and (self._window.popup is not None or self._window.tips.has_pinned):
            self._window.close_popup() if self._window.popup is not None else self._window.tips.clear()
        elif not pressing and self._send(self.focused, event) is not None:
            self._window.tips.clear(keep_pinned=True)
        elif not self._on_window_key(event, typing):
            self._pass_key_on(event, typing)

    def _pass_key_on(self, event: Event, typing: bool) -> None:
        """A key nobody with the keyboard took: for the popup, the dialog or the screen."""
        if self._window.popup is not None:
            self._window.popup.widget.handle(event)
        elif self._window.dialogs:
            self._window.dialogs[-1].handle(event)
        elif self._window.screen is not None and not (typing and event.unicode.isprintable() and event.unicode):
            self._window.screen.on_key(event)

    def _on_window_key(self, event: Event, typing: bool) -> bool:
        """Keys the window answers itself: Tab, arrows inside a group, T for tooltips, F11."""
        if event.key == pygame.K_TAB and self._window.top is not None:
            back = event.mod & pygame.KMOD_SHIFT
            self.focus(focus.next_in_order(self._window.top, self.focused, -1 if back else 1), by_key=True)
        elif event.key == pygame.K_F11:
            self._window.set_full_screen(not self._window.is_full_screen)
        elif event.key == pygame.K_t and not typing and not event.mod & pygame.KMOD_CTRL:
            self._window.tips.on_key(walk=bool(event.mod & pygame.KMOD_SHIFT))
        elif self.focused is not None and self.by_key and (goal := focus.next_by_arrow(self.focused, event.key)):
            self.focus(goal, by_key=True)
        else:
            return False
        return True

    def focus(self, widget: Widget | None, *, by_key: bool = False) -> None:
        """Give a widget the keyboard; the ring shows when it came by key."""
        if self.focused is not None and self.focused is not widget:
            self.focused.focused = False
            self.focused.invalidate()
        self.focused, self.by_key = widget, by_key and widget is not None
        if widget is None:
            return
        widget.focused = True
        widget.invalidate()
        node: Widget | None = widget
        while by_key and node is not None and node.parent is not None:
            if node.parent.clips and hasattr(node.parent, "reveal"):
                here, there = widget.screen_rect, node.screen_rect
                node.parent.reveal(here.move(-there.x, -there.y))
            node = node.parent
        if by_key:
            self._window.tips.on_focus(widget)
