"""Button: primary, secondary, ghost, danger and link; with icon, key hint and the reason when it is disabled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import pygame

from game.ui import icons, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content, Number
from game.ui.widgets.base import Event, Options, Widget, is_press_key

# kind -> (fill, border, text) at rest; the rest of the states are mixed from these.
LOOKS: dict[str, tuple[theme.Color | None, theme.Color | None, theme.Color]] = {
    "primary": (theme.ACCENT, None, theme.INK),
    "secondary": (theme.CONTROL, theme.LINE_STRONG, theme.HIGH),
    "ghost": (None, theme.LINE_STRONG, theme.HIGH),
    "danger": (theme.BAD_TINT, theme.BAD, theme.mix(theme.BAD, theme.HIGH, 0.45)),
    "link": (None, None, theme.ACCENT),
    "plain": (None, None, theme.MID),
}


class Pressable(Widget):
    """Base of everything that is pressed: pointer down and up inside, Enter or Space when focused."""

    focusable = True
    presses = True
    cursor = pygame.SYSTEM_CURSOR_HAND

    on_press: Callable[[], None] | None = None

    def press(self) -> None:
        """What a press does: call `on_press`."""
        if self.on_press is not None and self.enabled:
            self.on_press()

    def handle(self, event: Event) -> bool:
        if not self.presses:
            return False
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.pressed = self.enabled
            self.invalidate()
            return True
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1:
            was_pressed, self.pressed = self.pressed, False
            self.invalidate()
            if was_pressed and self.screen_rect.collidepoint(event.pos):
                self.press()
            return True
        if is_press_key(event) and self.enabled:
            self.press()
            return True
        return False


class Button(Pressable):
    """A labelled button. `key` is a hint drawn as a key cap; the screen answers the key itself."""

    def __init__(
        self,
        label: Content = "",
        id: str = "",
        *,
        on_press: Callable[[], None] | None = None,
        kind: str = "secondary",
        icon: str = "",
        trailing: str = "",
        key: str = "",
        selected: bool = False,
        badge: Content = "",
        size: float = theme.BODY,
        align: str = "center",
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("height", 40)
        super().__init__(id, **options)
        self.label, self.kind, self.icon, self.trailing, self.key = label, kind, icon, trailing, key
        self.selected, self.badge, self.size, self.align = selected, badge, size, align
        self.on_press = on_press

    def measure(self, width: int) -> tuple[int, int]:
        return self._content_width() + 2 * self._side(), px(self.fixed_height or 40)

    def _side(self) -> int:
        return px({"link": 0, "plain": 8}.get(self.kind, 16) if str(self.label) else 8)

    def _weight(self) -> int:
        return theme.SEMIBOLD if self.kind in ("primary", "danger") or self.selected else theme.MEDIUM

    def _content_width(self) -> int:
        parts = [px(self._icon_size())] if self.icon else []
        if str(self.label):
            parts.append(text.width(str(self.label), type_px(self.size), self._weight()))
        if self.trailing:
            parts.append(px(16))
        if self.key:
            parts.append(key_cap_width(self.key))
        return sum(parts) + px(8) * max(0, len(parts) - 1)

    def _icon_size(self) -> int:
        return 18 if str(self.label) else 20

    def _colors(self) -> tuple[theme.Color | None, theme.Color | None, theme.Color]:
        fill, border, ink = LOOKS[self.kind]
        if not self.enabled:
            return (None if self.kind in ("link", "plain") else theme.CARD), (border and theme.LINE), theme.LOW
        if self.selected:
            fill, border, ink = theme.ACCENT_TINT, theme.ACCENT, theme.HIGH
        if self.pressed:
            fill = theme.mix(fill or theme.PANEL, theme.BLACK, 0.22)
        elif self.heat:
            base = fill if fill is not None else theme.PANEL
            if self.kind != "link":
                fill = theme.mix(base, theme.WHITE, 0.12 * self.heat)
            ink = ink if self.kind == "primary" else theme.mix(ink, theme.WHITE, 0.5 * self.heat)
        return fill, border, ink

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        fill, border, ink = self._colors()
        shape.box(surface, area, fill, border, px(theme.RADIUS))
        if self.pressed:
            area = area.move(0, 1)
        room = area.inflate(-2 * self._side(), 0)
        spare = max(0, room.width - self._content_width())
        left = room.x + (spare // 2 if self.align == "center" else 0)
        if self.icon:
            size = px(self._icon_size())
            surface.blit(icons.icon(self.icon, size, ink), (left, area.centery - size // 2))
            left += size + px(8)
        if str(self.label):
            limit = room.right - left - sum(w + px(8) for w in self._tail_widths())
            place = pygame.Rect(left, area.y, limit, area.height)
            content = self.label.toned("") if isinstance(self.label, Number) and self.kind == "primary" else self.label
            left = self.write(surface, content, place, self.size, self._weight(), ink).right + px(8)
        if self.trailing:
            surface.blit(icons.icon(self.trailing, px(16), ink), (left, area.centery - px(8)))
            left += px(24)
        if self.key:
            draw_key_cap(self, surface, self.key, (left, area.centery), ink if self.kind == "primary" else None)
        if str(self.badge):
            self._draw_badge(surface, area)

    def _tail_widths(self) -> list[int]:
        return ([px(16)] if self.trailing else []) + ([key_cap_width(self.key)] if self.key else [])

    def _draw_badge(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        center = (area.centerx + px(9), area.centery - px(9))
        shape.disc(surface, center, px(18), theme.BAD)
        place = pygame.Rect(0, 0, px(18), px(18))
        place.center = center
        self.write(surface, self.badge, place, 12, theme.SEMIBOLD, theme.INK, "center")


def key_cap_width(key: str) -> int:
    """Pixels a key cap takes."""
    return text.width(key, type_px(13), theme.MEDIUM) + px(12)


def draw_key_cap(
    widget: Widget, surface: pygame.Surface, key: str, left_middle: tuple[int, int], ink: theme.Color | None = None
) -> int:
    """Draw a key as a small cap; returns its right edge. Dark on a bright button when `ink` is given."""
    high = px(22)
    cap = pygame.Rect(left_middle[0], left_middle[1] - high // 2, key_cap_width(key), high)
    fill, border = (None, ink) if ink else (theme.WINDOW, theme.LINE_STRONG)
    shape.box(surface, cap, fill, border, px(theme.RADIUS_SMALL))
    widget.write(surface, key, cap, 13, theme.MEDIUM, ink or theme.MID, "center", is_key=True)
    return cap.right
