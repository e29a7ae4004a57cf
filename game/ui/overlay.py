"""What floats over every screen: the tooltip under the pointer, pinned tooltips, toasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui import shape, theme
from game.ui.theme import px
from game.ui.tip import Content, Tip
from game.ui.toast import Toast
from game.ui.tooltip import TipCard, tip_place
from game.ui.widgets.base import Widget

if TYPE_CHECKING:
    from game.ui.window import Window

# How long after one tooltip closed the next one opens at once.
NEIGHBOUR_MS = 300
SHADOW = 20


class TipLayer:
    """Opens a tooltip after a delay, at once between neighbours; `T` pins it, Shift+T walks through all figures."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._card: TipCard | None = None
        self._shown: tuple[Tip, pygame.Rect] | None = None
        self._waiting: tuple[Tip, pygame.Rect] | None = None
        self._pinned: list[TipCard] = []
        self._walked = -1
        self._closed_ms = -NEIGHBOUR_MS
        self.due_ms: int | None = None

    @property
    def shown(self) -> Tip | None:
        """The tip on screen, if any."""
        return self._shown[0] if self._shown else None

    @property
    def card(self) -> TipCard | None:
        """The card on screen, if any."""
        return self._card

    @property
    def has_pinned(self) -> bool:
        """Whether a tooltip is pinned."""
        return bool(self._pinned)

    def point(self, chain: list[Widget], at: tuple[int, int]) -> None:
        """The pointer is over `chain`, innermost first."""
        found = next((tip for widget in chain if (tip := widget.tip_at(at)) is not None), None)
        if found == self._shown and found is not None:
            self._waiting = self.due_ms = None
        elif found is None:
            if self._walked < 0:
                self._close()
            self._waiting = self.due_ms = None
        elif self._card is not None or self._window.now - self._closed_ms < NEIGHBOUR_MS:
            self._open(found)
        elif found != self._waiting:
            self._waiting, self.due_ms = found, self._window.now + theme.TIP_DELAY_MS

    def on_focus(self, widget: Widget) -> None:
        """The keyboard came to a widget: say at once why it is blocked, close the tooltip of the last one."""
        self._close()
        own = widget.own_tip()
        if own is not None and not widget.enabled:
            self._open(own)

    def advance(self) -> None:
        """Open the waiting tooltip when its time has come."""
        if self.due_ms is not None and self._window.now >= self.due_ms and self._waiting is not None:
            waiting, self._waiting, self.due_ms = self._waiting, None, None
            self._open(waiting)

    def on_key(self, *, walk: bool) -> None:
        """T: pin or unpin the tooltip shown, or show the focused widget's. With `walk`: the next figure's."""
        if walk:
            self._walk()
        elif self._card is not None:
            self._pinned.append(TipCard(self._card.content, pinned=True))
            self._place(self._pinned[-1], self._card.rect)
            self._close()
        elif self._pinned:
            self._damage(self._pinned.pop())
        elif self._window.focused is not None:
            self._open_focused(self._window.focused)

    def _open_focused(self, widget: Widget) -> None:
        own = widget.own_tip()
        spots = [(s.tip, s.area.move(w.screen_rect.topleft)) for w in widget.walk() for s in w.spots]
        if own is not None or spots:
            self._open(own or spots[0])

    def _walk(self) -> None:
        top = self._window.top
        found = [(s.tip, s.area.move(w.screen_rect.topleft)) for w in top.walk() for s in w.spots] if top else []
        seen = [(tip, area) for tip, area in found if self._window.area.contains(area)]
        if seen:
            self._walked = (self._walked + 1) % len(seen)
            self._open(seen[self._walked])

    def clear(self, *, keep_pinned: bool = False) -> None:
        """Close the tooltip, and the pinned ones unless they are kept."""
        self._waiting = self.due_ms = None
        self._walked = -1
        self._close()
        while self._pinned and not keep_pinned:
            self._damage(self._pinned.pop())

    def _open(self, found: tuple[Tip, pygame.Rect]) -> None:
        if self._card is not None:
            self._damage(self._card)
        self._shown, self._card = found, TipCard(found[0])
        avoids = self._window.screen.tip_avoids() if self._window.screen else []
        size = self._card.wanted(self._window.size[0])
        self._place(self._card, tip_place(size, found[1], self._window.area, avoids))

    def _close(self) -> None:
        if self._card is not None:
            self._damage(self._card)
            self._closed_ms = self._window.now
        self._card = self._shown = None

    def _place(self, card: TipCard, place: pygame.Rect) -> None:
        card.layout(pygame.Rect(place.topleft, card.wanted(self._window.size[0])))
        self._damage(card)

    def _damage(self, card: Widget) -> None:
        self._window.damage(card.rect.inflate(px(3 * SHADOW), px(3 * SHADOW)))

    def paint(self, surface: pygame.Surface) -> None:
        """Draw the pinned tooltips and the one shown."""
        for card in [*self._pinned, *([self._card] if self._card else [])]:
            shape.shadow(surface, card.rect, px(8), px(SHADOW))
            card.render(surface, (0, 0))


def popup_place(popup: Widget, anchor: pygame.Rect, area: pygame.Rect) -> pygame.Rect:
    """Where a menu stands in the window: below its anchor, or above it where there is no room below."""
    room = area.inflate(-px(16), -px(16))
    wide = max(anchor.width, popup.wanted(room.width)[0])
    high = min(popup.wanted(wide)[1], room.height)
    place = pygame.Rect(anchor.x, anchor.bottom + px(4), wide, high)
    if place.bottom > room.bottom and anchor.y - px(4) - high >= room.y:
        place.bottom = anchor.y - px(4)
    return place.clamp(room)


class ToastLayer:
    """Notices in the lower left corner, the newest lowest, each for five seconds or as long as reading it takes."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._toasts: list[tuple[Toast, int]] = []

    @property
    def due_ms(self) -> int | None:
        """When the next notice leaves."""
        return min((until for _, until in self._toasts), default=None)

    def add(self, content: Content, tone: str) -> None:
        """Show one more notice."""
        if self._toasts and self._toasts[-1][0].content == content:  # said again: one notice, for longer
            self._damage()
            self._toasts.pop()
        self._toasts = self._toasts[-3:]
        toast = Toast(content, tone)
        self._toasts.append((toast, self._window.now + toast.duration_ms))
        self._place()

    def advance(self) -> None:
        """Drop the notices whose time is over."""
        if any(until <= self._window.now for _, until in self._toasts):
            self._damage()
            self._toasts = [(toast, until) for toast, until in self._toasts if until > self._window.now]
            self._place()

    def _place(self) -> None:
        self._damage()
        bottom = self._window.area.bottom - px(24)
        for toast, _ in reversed(self._toasts):
            size = toast.wanted(self._window.size[0] - px(240))
            toast.layout(pygame.Rect(px(112), bottom - size[1], *size))
            bottom = toast.rect.y - px(8)
        self._damage()

    def _damage(self) -> None:
        for toast, _ in self._toasts:
            self._window.damage(toast.rect.inflate(px(8), px(8)))

    def paint(self, surface: pygame.Surface) -> None:
        """Draw the notices."""
        for toast, _ in self._toasts:
            toast.render(surface, (0, 0))
