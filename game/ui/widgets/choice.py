"""Choosing one of several: pressable surfaces, groups, segments, tabs, navigation items, toggles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Unpack

import pygame

from game.ui import icons, shape, text, theme
from game.ui.theme import px, type_px
from game.ui.tip import Content, Tip
from game.ui.widgets.base import Options, Widget
from game.ui.widgets.button import Pressable
from game.ui.widgets.layout import Row


class Choice(Pressable):
    """A pressable row or card around any content: level, nation, order, decision. Buttons inside keep their own press.

    `quiet` leaves out fill and border until hovered or selected; `tone` colours the border.
    """

    def __init__(
        self,
        content: Widget,
        id: str = "",
        *,
        on_press: Callable[[], None] | None = None,
        selected: bool = False,
        quiet: bool = False,
        tone: str = "",
        pad: float | tuple[float, float] = (12, 8),
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id, **options)
        self.content, self.on_press, self.selected, self.quiet, self.tone = content, on_press, selected, quiet, tone
        self.pad = pad if isinstance(pad, tuple) else (pad, pad)
        self.add(content)

    def measure(self, width: int) -> tuple[int, int]:
        wide, high = self.content.wanted(width - 2 * px(self.pad[0]))
        return wide + 2 * px(self.pad[0]), high + 2 * px(self.pad[1])

    def wanted(self, width: int) -> tuple[int, int]:
        """Never lower than the content, which the type floor can make taller than a fixed height."""
        wide, high = super().wanted(width)
        return wide, max(high, self.content.wanted(wide - 2 * px(self.pad[0]))[1] + 2 * px(self.pad[1]))

    def arrange(self) -> None:
        self.content.layout(pygame.Rect(0, 0, *self.rect.size).inflate(-2 * px(self.pad[0]), -2 * px(self.pad[1])))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        fill, border = (None, None) if self.quiet else (theme.CARD, theme.LINE)
        if self.selected:
            fill, border = theme.ACCENT_TINT, theme.ACCENT
        elif self.tone:
            border = theme.mix(theme.CARD, theme.tone(self.tone), 0.6)
        if self.pressed:
            fill = theme.PRESSED
        elif self.heat and self.enabled:
            fill = theme.mix(fill or theme.PANEL, theme.PRESSED, 0.6 * self.heat)
        shape.box(surface, area, fill, border, px(theme.RADIUS))


Option = tuple[str, Content]


class Segment(Pressable):
    """One part of a segmented control."""

    def __init__(self, option: Option, id: str, on_press: Callable[[], None], selected: bool, icon: str) -> None:
        super().__init__(id, grow=1)
        self.option, self.on_press, self.selected, self.icon = option, on_press, selected, icon

    def measure(self, width: int) -> tuple[int, int]:
        wide = text.width(str(self.option[1]), type_px(16), theme.SEMIBOLD)
        return wide + px(24 + (26 if self.icon else 0)), px(36)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        ink = theme.HIGH if self.selected else theme.mix(theme.MID, theme.HIGH, self.heat)
        if self.selected:
            shape.box(surface, area, theme.ACCENT_FILL, theme.ACCENT, px(5))
        elif self.heat:
            fill = theme.mix(theme.PANEL, theme.CONTROL, self.heat)
            shape.box(surface, area.inflate(-2, -2), fill, None, px(5))
        weight, room = theme.SEMIBOLD if self.selected else theme.REGULAR, area.inflate(-px(8), 0)
        if self.icon:
            wide = text.width(str(self.option[1]), type_px(16), weight) + px(26)
            left = area.centerx - wide // 2
            surface.blit(icons.icon(self.icon, px(18), ink), (left, area.centery - px(9)))
            room.x, room.width = left + px(26), area.right - left - px(26)
        align = "left" if self.icon else "center"
        self.write(surface, self.option[1], room, 16, weight, ink, align)


class Segmented(Row):
    """A row of joined segments, one of them selected. Choices are (id, label); `choice_icons` go before the labels."""

    def __init__(
        self,
        choices: Sequence[Option],
        selected: str,
        on_change: Callable[[str], None],
        *,
        id: str = "segmented",
        choice_icons: Sequence[str] = (),
        **options: Unpack[Options],
    ) -> None:
        segments = [
            Segment(option, f"{id}.{option[0]}", partial(self._choose, option[0]), option[0] == selected, icon)
            for option, icon in zip(choices, choice_icons or [""] * len(choices), strict=True)
        ]
        options.setdefault("height", 36)
        super().__init__(
            *segments, id=id, gap=0, fill=theme.PANEL, border=theme.LINE, align="stretch", group=True, **options
        )
        self.selected, self._on_change = selected, on_change

    def measure(self, width: int) -> tuple[int, int]:
        wanted = sum(child.measure(width)[0] for child in self.children)
        return min(width, wanted), px(36)

    def _choose(self, key: str) -> None:
        if key == self.selected:
            return
        self.selected = key
        for segment in self.children:
            segment.selected = segment.option[0] == key  # type: ignore[attr-defined]
        self.invalidate()
        self._on_change(key)


class Tab(Pressable):
    """One tab: text, underlined when selected."""

    def __init__(self, option: Option, id: str, on_press: Callable[[], None], selected: bool) -> None:
        super().__init__(id)
        self.option, self.on_press, self.selected = option, on_press, selected

    def measure(self, width: int) -> tuple[int, int]:
        return text.width(str(self.option[1]), type_px(16), theme.SEMIBOLD), px(40)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        ink = theme.HIGH if self.selected else theme.mix(theme.MID, theme.HIGH, self.heat)
        weight = theme.SEMIBOLD if self.selected else theme.REGULAR
        self.write(surface, self.option[1], area.inflate(0, -px(4)), 16, weight, ink)
        if self.selected:
            shape.box(surface, pygame.Rect(area.x, area.bottom - px(3), area.width, px(3)), theme.ACCENT, None, 1)


class Tabs(Row):
    """A row of tabs over a hairline."""

    def __init__(
        self, choices: Sequence[Option], selected: str, on_change: Callable[[str], None], *, id: str = "tabs"
    ) -> None:
        tabs = [
            Tab(choice, f"{id}.{choice[0]}", partial(on_change, choice[0]), choice[0] == selected) for choice in choices
        ]
        super().__init__(*tabs, id=id, gap=28, group=True)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        surface.fill(theme.LINE, (area.x, area.bottom - 1, area.width, 1))


class NavItem(Pressable):
    """An entry of the navigation: icon over its label, or the icon alone when `compact`; a badge counts what waits."""

    def __init__(
        self,
        label: str,
        icon: str,
        id: str,
        *,
        on_press: Callable[[], None],
        selected: bool = False,
        compact: bool = False,
        badge: Content = "",
        tip: Tip | None = None,
    ) -> None:
        super().__init__(id, height=52 if compact else 72, tip=tip or (Tip(label) if compact else None))
        self.label, self.icon, self.on_press, self.selected = label, icon, on_press, selected
        self.compact, self.badge = compact, badge

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        ink = theme.HIGH if self.selected else theme.mix(theme.MID, theme.HIGH, self.heat)
        face = area.inflate(-px(16), 0)
        if self.selected:
            shape.box(surface, face, theme.ACCENT_TINT, None, px(theme.RADIUS))
            surface.fill(theme.ACCENT, (area.x, area.y + px(12), px(3), area.height - px(24)))
        elif self.heat:
            shape.box(surface, face, theme.mix(theme.BAR, theme.CONTROL, self.heat), None, px(theme.RADIUS))
        size = px(26)
        middle = area.centery if self.compact else area.y + px(26)
        color = theme.ACCENT if self.selected else ink
        surface.blit(icons.icon(self.icon, size, color), (area.centerx - size // 2, middle - size // 2))
        if not self.compact:
            room = pygame.Rect(area.x, area.y + px(44), area.width, px(22))
            weight = theme.SEMIBOLD if self.selected else theme.REGULAR
            self.write(surface, self.label, room, 14, weight, ink, "center")
        if str(self.badge):
            center = (area.centerx + px(16), middle - px(12))
            shape.disc(surface, center, px(20), theme.WARN)
            room = pygame.Rect(0, 0, px(20), px(20))
            room.center = center
            self.write(surface, self.badge, room, 12, theme.SEMIBOLD, theme.INK, "center")


class Toggle(Pressable):
    """A switch, on or off; `on_change(is_on)` follows."""

    def __init__(
        self,
        is_on: bool,
        on_change: Callable[[bool], None] | None = None,
        *,
        id: str = "",
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("width", 48)
        options.setdefault("height", 32)
        super().__init__(id, **options)
        self.is_on, self.on_change = is_on, on_change
        self.slide = 1.0 if is_on else 0.0

    def press(self) -> None:
        self.is_on = not self.is_on
        if self.host is not None:
            self.host.animate(self, "slide", 1.0 if self.is_on else 0.0, theme.HOVER_MS)
        if self.on_change is not None:
            self.on_change(self.is_on)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        high = px(26)
        track = pygame.Rect(area.x, area.centery - high // 2, area.width, high)
        fill = theme.mix(theme.CONTROL, theme.ACCENT, self.slide)
        shape.box(surface, track, fill if self.enabled else theme.CARD, theme.LINE_STRONG, high // 2)
        knob = high - px(6)
        left = track.x + px(3) + (track.width - knob - px(6)) * self.slide
        color = theme.mix(theme.MID, theme.WHITE, self.slide) if self.enabled else theme.LOW
        shape.disc(surface, (left + knob / 2, track.centery), knob, color)


class Radio(Widget):
    """The round mark of a choice, filled when selected; the Choice around it is what is pressed."""

    def __init__(self, selected: bool) -> None:
        super().__init__(width=20, height=20)
        self.selected = selected

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        color = theme.ACCENT if self.selected else theme.MID
        shape.disc(surface, area.center, area.width, theme.CARD, color, max(2, px(2)))
        if self.selected:
            shape.disc(surface, area.center, area.width // 2, theme.ACCENT)
