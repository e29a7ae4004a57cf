"""Select and Menu: choosing from a list that opens, and a list of commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Unpack

import pygame

from game.ui import flags, icons, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content
from game.ui.widgets.base import Event, Options, Widget
from game.ui.widgets.button import Pressable, draw_key_cap, key_cap_width
from game.ui.widgets.chip import draw_mineral
from game.ui.widgets.layout import Column, Scroll


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: key, label, and what stands before it (icon, flag of a nation, chip of a mineral) or after it."""

    key: str
    label: Content
    icon: str = ""
    nation: str = ""
    mineral: str = ""
    shortcut: str = ""
    enabled: bool = True
    reason: str = ""


def _draw_item(widget: Widget, surface: pygame.Surface, item: Item, area: pygame.Rect, ink: theme.Color) -> None:
    """An entry's mark and label in `area`."""
    left, size = area.x, px(22)
    mark = pygame.Rect(left, area.centery - size // 2, size, size)
    if item.mineral:
        draw_mineral(widget, surface, item.mineral, mark)
    elif item.nation:
        picture = flags.flag(item.nation, px(17))
        surface.blit(picture, picture.get_rect(center=mark.center))
    elif item.icon:
        surface.blit(icons.icon(item.icon, px(18), ink), mark.move(px(2), px(2)))
    if item.mineral or item.nation or item.icon:
        left += size + px(10)
    room = pygame.Rect(left, area.y, area.right - left, area.height)
    if item.shortcut:
        wide = key_cap_width(item.shortcut)
        draw_key_cap(widget, surface, item.shortcut, (area.right - wide, area.centery))
        room.width -= wide + px(12)
    widget.write(surface, item.label, room, 16, theme.REGULAR, ink)


def _item_width(item: Item) -> int:
    mark = px(32) if item.icon or item.nation or item.mineral else 0
    tail = key_cap_width(item.shortcut) + px(24) if item.shortcut else 0
    return text.width(str(item.label), type_px(16)) + mark + tail


class MenuItem(Pressable):
    """One line of an open menu."""

    def __init__(self, item: Item, id: str, on_press: Callable[[], None], selected: bool) -> None:
        super().__init__(id, height=36, enabled=item.enabled, reason=item.reason)
        self.item, self.on_press, self.selected = item, on_press, selected

    def measure(self, width: int) -> tuple[int, int]:
        return min(width, _item_width(self.item) + px(24)), px(36)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        if self.selected:
            shape.box(surface, area, theme.ACCENT_TINT, None, px(4))
        elif self.heat or self.focused:
            shape.box(surface, area, theme.PRESSED, None, px(4))
        ink = theme.HIGH if self.enabled else theme.LOW
        _draw_item(self, surface, self.item, area.inflate(-px(24), 0), ink)


class Menu(Column):
    """An open list of entries; `on_choose(key)` answers. Up, Down and Enter work, so do the first letters."""

    cached = True
    TALLEST = 420

    def __init__(self, items: Sequence[Item], on_choose: Callable[[str], None], selected: str = "") -> None:
        entries = [MenuItem(i, f"menu.{i.key}", partial(on_choose, i.key), i.key == selected) for i in items]
        self.entries = entries
        self.list = Scroll(Column(*entries, gap=2, group=True), "menu.list")
        super().__init__(self.list, pad=6, fill=theme.CARD, border=theme.LINE_STRONG, radius=theme.RADIUS_PANEL)

    def measure(self, width: int) -> tuple[int, int]:
        widest = max((entry.measure(width)[0] for entry in self.entries), default=0)
        high = len(self.entries) * px(38) + px(12)
        return widest + px(24), min(high, px(self.TALLEST))

    def handle(self, event: Event) -> bool:
        if event.type != pygame.KEYDOWN or self.host is None:
            return event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEWHEEL)
        letter = event.unicode.lower()
        found = [e for e in self.entries if letter and str(e.item.label).lower().startswith(letter)]
        if event.key in (pygame.K_UP, pygame.K_DOWN) and self.entries:
            start = next((e for e in self.entries if e.selected), self.entries[0])
            self.host.focus(start, by_key=True)
        elif found:
            after = [e for e in found if e.rect.y > max((m.rect.y for m in self.entries if m.focused), default=-1)]
            self.host.focus((after or found)[0], by_key=True)
        return True


class Select(Pressable):
    """A field showing the chosen item; a press opens the list, Up and Down change it at once."""

    def __init__(
        self,
        items: Sequence[Item],
        selected: str,
        on_change: Callable[[str], None],
        *,
        id: str = "select",
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("height", 40)
        super().__init__(id, **options)
        self.items, self.selected, self.on_change = list(items), selected, on_change

    @property
    def item(self) -> Item | None:
        """The chosen item."""
        return next((item for item in self.items if item.key == self.selected), None)

    def measure(self, width: int) -> tuple[int, int]:
        widest = max((_item_width(item) for item in self.items), default=0)
        return min(width, widest + px(64)), px(40)

    def choose(self, key: str) -> None:
        """Take an item, close the list, tell the screen."""
        if self.host is not None:
            self.host.close_popup()
        if key != self.selected:
            self.selected = key
            self.invalidate()
            self.on_change(key)

    def press(self) -> None:
        if self.host is not None:
            self.host.open_popup(Menu(self.items, self.choose, self.selected), self)

    def handle(self, event: Event) -> bool:
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_UP, pygame.K_DOWN) and self.enabled:
            keys = [item.key for item in self.items if item.enabled]
            if self.selected in keys:
                place = keys.index(self.selected) + (1 if event.key == pygame.K_DOWN else -1)
                self.choose(keys[min(max(place, 0), len(keys) - 1)])
            return True
        return super().handle(event)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        fill = theme.mix(theme.CONTROL, theme.WHITE, 0.08 * self.heat) if self.enabled else theme.CARD
        shape.box(surface, area, fill, theme.LINE_STRONG if self.enabled else theme.LINE, px(theme.RADIUS))
        ink = theme.HIGH if self.enabled else theme.LOW
        if self.item is not None:
            _draw_item(
                self, surface, self.item, pygame.Rect(area.x + px(12), area.y, area.width - px(48), area.height), ink
            )
        surface.blit(icons.icon("chevron_down", px(18), theme.MID), (area.right - px(30), area.centery - px(9)))
