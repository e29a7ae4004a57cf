"""Small marks: mineral chip, flag, pill, key cap, dot, change with its triangle."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui import flags, icons, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content, Number, Tip
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Pressable, draw_key_cap, key_cap_width


def draw_mineral(widget: Widget, surface: pygame.Surface, mineral: str, area: pygame.Rect) -> None:
    """A mineral's colour and symbol in `area`, the symbol in whichever of ink and white reads better."""
    color = theme.MINERAL_COLORS[mineral]
    shape.box(surface, area, color, None, max(px(3), area.height // 6))
    symbol = theme.MINERAL_SYMBOLS[mineral]
    size = max(10, round(area.height * 0.6))
    line = text.line(symbol, size, theme.SEMIBOLD, theme.text_on(color))
    surface.blit(line, line.get_rect(center=(area.centerx, area.centery - round(size * 0.06))))


class MineralChip(Pressable):
    """A mineral's chip; pressable when `on_press` is given, ringed when selected."""

    def __init__(
        self,
        mineral: str,
        id: str = "",
        *,
        size: float = 26,
        selected: bool = False,
        on_press: Callable[[], None] | None = None,
        tip: Tip | None = None,
    ) -> None:
        super().__init__(id, width=size, height=size, tip=tip)
        self.mineral, self.selected, self.on_press = mineral, selected, on_press
        self.focusable = self.presses = on_press is not None
        self.cursor = pygame.SYSTEM_CURSOR_HAND if on_press else pygame.SYSTEM_CURSOR_ARROW

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        if self.selected:
            shape.box(surface, area, None, theme.WHITE, area.height // 5, 2)
            area = area.inflate(-px(8), -px(8))
        draw_mineral(self, surface, self.mineral, area)


class Flag(Widget):
    """An actor's flag, 4:3, `size` tall."""

    def __init__(self, nation: str, *, size: float = 20, tip: Tip | None = None) -> None:
        super().__init__(width=round(size * 4 / 3), height=size, tip=tip)
        self.nation, self.size = nation, size

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        surface.blit(flags.flag(self.nation, px(self.size)), area)


class Pill(Pressable):
    """A word in a rounded field: neutral, or in a tone; pressable when `on_press` is given."""

    def __init__(
        self,
        content: Content,
        tone: str = "",
        *,
        id: str = "",
        icon: str = "",
        dot: theme.Color | None = None,
        on_press: Callable[[], None] | None = None,
        selected: bool = False,
        tip: Tip | None = None,
    ) -> None:
        super().__init__(id, tip=tip)
        self.content, self.tone, self.icon, self.dot = content, tone, icon, dot
        self.on_press, self.selected = on_press, selected
        self.focusable = self.presses = on_press is not None
        self.cursor = pygame.SYSTEM_CURSOR_HAND if on_press else pygame.SYSTEM_CURSOR_ARROW

    def measure(self, width: int) -> tuple[int, int]:
        wide = text.width(str(self.content), type_px(14), theme.MEDIUM) + px(20)
        mark = px(20) if self.icon or self.dot else 0
        return wide + mark, max(px(26), text.line_height(type_px(14)) + px(4))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        fill = theme.TINTS.get(self.tone, theme.CONTROL)
        ink = theme.tone(self.tone) if self.tone in theme.TINTS else theme.TEXT
        border = None if self.tone in theme.TINTS else theme.LINE_STRONG
        if self.selected:
            fill, border, ink = theme.ACCENT_FILL, theme.ACCENT, theme.HIGH
        shape.box(surface, area, theme.mix(fill, theme.WHITE, 0.1 * self.heat), border, area.height // 2)
        left = area.x + px(10)
        if self.icon:
            surface.blit(icons.icon(self.icon, px(15), ink), (left - px(1), area.centery - px(15) // 2))
            left += px(20)
        elif self.dot is not None:
            shape.box(surface, pygame.Rect(left, area.centery - px(3), px(14), px(6)), self.dot, None, px(3))
            left += px(20)
        place = pygame.Rect(left, area.y, area.right - left - px(8), area.height)
        self.write(surface, self.content, place, 14, theme.MEDIUM, ink)


class KeyCap(Widget):
    """A key of the keyboard."""

    def __init__(self, key: str) -> None:
        super().__init__(height=24)
        self.key = key

    def measure(self, width: int) -> tuple[int, int]:
        return key_cap_width(self.key), px(24)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        draw_key_cap(self, surface, self.key, (area.x, area.centery))


class Dot(Widget):
    """A small disc in a tone or colour; the words beside it carry the meaning."""

    def __init__(self, color: theme.Color | str, *, size: float = 8) -> None:
        super().__init__(width=size, height=size)
        self.color = theme.tone(color) if isinstance(color, str) else color

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        shape.disc(surface, area.center, area.width, self.color)


class Change(Widget):
    """A signed change: triangle for direction, colour (of the number's tone) for meaning."""

    def __init__(self, number: Number, *, size: float = 14, weight: int = theme.MEDIUM, id: str = "") -> None:
        super().__init__(id)
        self.number, self.size, self.weight = number, size, weight

    @property
    def words(self) -> Number:
        """The figure without its sign, which the triangle says."""
        return self.number.shown_as(self.number.text.lstrip("+−"))

    def measure(self, width: int) -> tuple[int, int]:
        wide = text.width(self.words.text, type_px(self.size), self.weight)
        return wide + px(self.size + 2), text.line_height(type_px(self.size))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        draw_change(self, surface, self.number, area, self.size, self.weight)


def draw_change(
    widget: Widget,
    surface: pygame.Surface,
    number: Number,
    area: pygame.Rect,
    size: float = 14,
    weight: int = theme.MEDIUM,
    align: str = "left",
) -> None:
    """Draw a change as Change does, at either side of `area`; a dash stands for no change."""
    color = theme.tone(number.tone) if number.tone else theme.MID
    words = number.shown_as(number.text.lstrip("+−"))
    side = px(size * 0.64)
    wide = text.width(words.text, type_px(size), weight) + side + px(5)
    left = area.right - wide if align == "right" else area.x
    center = (left + side / 2, area.centery)
    if number.value:
        shape.triangle(surface, center, side, number.value > 0, color)
    else:
        surface.fill(color, (left, area.centery - 1, side, 2))
    place = pygame.Rect(left + side + px(5), area.y, area.right - left - side - px(5), area.height)
    widget.write(surface, words, place, size, weight, color)
