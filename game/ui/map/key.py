"""What the map's colours and lines mean: the lens's ramp with its bounds, the marks of flows and corridors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import pygame

from game.text import _
from game.ui import text, theme
from game.ui.map import flow, mark
from game.ui.map.flow import Flow, Style
from game.ui.map.lens import Lens
from game.ui.map.mark import State
from game.ui.theme import Color, px, type_px
from game.ui.widgets.base import Options, Widget

SWATCH, SWATCH_HEIGHT, SWATCH_GAP = 44, 10, 2
OWN_SWATCH = 20
SAMPLE, SAMPLE_GAP, ITEM_GAP = 32, 10, 24
SAMPLE_WIDTHS: dict[Style, float] = {"ore": 7, "refined": 5, "contract": 4, "risk": 6, "idle": 2.5}


class LensKey(Widget):
    """The lens's colours in a row with their lower bounds below; give it a complete tip, it shows figures."""

    def __init__(self, lens: Lens, id: str = "", **options: Unpack[Options]) -> None:
        super().__init__(id, **options)
        self.lens = lens

    def set_lens(self, lens: Lens) -> None:
        """Explain another lens."""
        self.lens = lens
        self.invalidate()

    def measure(self, width: int) -> tuple[int, int]:
        """As wide as the swatches and the note on the own nation."""
        count = len(self.lens.step_texts) or len(self.lens.steps)
        own = (
            px(OWN_SWATCH) + px(30) + text.width(self.lens.own_note, type_px(theme.CAPTION))
            if self.lens.own_note
            else 0
        )
        return min(width, count * px(SWATCH + SWATCH_GAP) + own), px(SWATCH_HEIGHT) + px(6) + px(20)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        """Swatches, bounds, and the own nation's colour."""
        colors = theme.RAMPS[self.lens.ramp]
        x, below = area.x, area.y + px(SWATCH_HEIGHT) + px(4)
        for color, words in zip(colors, self.lens.step_texts, strict=False):
            swatch = pygame.Rect(x, area.y + px(4), px(SWATCH), px(SWATCH_HEIGHT))
            pygame.draw.rect(surface, color, swatch, border_radius=px(2))
            self.write(
                surface, words, pygame.Rect(x, below + px(2), px(SWATCH), px(20)), theme.CAPTION, color=theme.MID
            )
            x = swatch.right + px(SWATCH_GAP)
        if self.lens.own_note:
            swatch = pygame.Rect(x + px(10), area.y + px(4), px(OWN_SWATCH), px(SWATCH_HEIGHT))
            pygame.draw.rect(surface, theme.OWN_NATION, swatch, border_radius=px(2))
            note = pygame.Rect(swatch.right + px(6), area.y - px(1), area.right - swatch.right - px(6), px(20))
            self.write(surface, self.lens.own_note, note, theme.CAPTION, color=theme.MID)


class FlowKey(Widget):
    """Samples of flow styles and corridor states with their names, in one row."""

    def __init__(
        self,
        color: Color,
        styles: Sequence[Style] = ("ore", "refined", "contract", "risk"),
        states: Sequence[State] = ("high_risk",),
        id: str = "",
        **options: Unpack[Options],
    ) -> None:
        super().__init__(id, **options)
        self.color, self.styles, self.states = color, tuple(styles), tuple(states)

    def set_color(self, color: Color) -> None:
        """Show another mineral's flows."""
        self.color = color
        self.invalidate()

    def measure(self, width: int) -> tuple[int, int]:
        """As wide as its items."""
        items = [px(SAMPLE) + px(SAMPLE_GAP) + self._text_width(style_name(style)) for style in self.styles]
        items += [2 * px(mark.RADIUS) + px(SAMPLE_GAP) + self._text_width(state_name(state)) for state in self.states]
        return min(width, sum(items) + px(ITEM_GAP) * (len(items) - 1)), px(theme.ROW_SMALL)

    @staticmethod
    def _text_width(words: str) -> int:
        return text.width(words, type_px(theme.CAPTION)) + 1

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        """Lines, then diamonds, each with its name."""
        x = area.x
        for style in self.styles:
            width = SAMPLE_WIDTHS[style] * theme.scale()
            line = [(x + width, area.centery), (x + px(SAMPLE) - width, area.centery)]
            flow.paint_sample(surface, line, Flow("", (), 1.0, style, self.color), width)
            x = self._name(surface, style_name(style), x + px(SAMPLE) + px(SAMPLE_GAP), area)
        for state in self.states:
            mark.paint_diamond(surface, (x + px(mark.RADIUS), area.centery), state)
            x = self._name(surface, state_name(state), x + 2 * px(mark.RADIUS) + px(SAMPLE_GAP), area)

    def _name(self, surface: pygame.Surface, words: str, x: int, area: pygame.Rect) -> int:
        place = pygame.Rect(x, area.y, min(self._text_width(words), area.right - x), area.height)
        self.write(surface, words, place, theme.CAPTION)
        return place.right + px(ITEM_GAP)


def style_name(style: Style) -> str:
    """What a flow's mark means."""
    names = {
        "ore": _("Ore"),
        "refined": _("Refined"),
        "contract": _("Your contracts"),
        "risk": _("At risk"),
        "idle": _("Idle"),
    }
    return names[style]


def state_name(state: State) -> str:
    """What a corridor's mark means."""
    names = {"open": _("Open"), "watch": _("Watch"), "high_risk": _("High risk"), "closed": _("Closed")}
    return names[state]
