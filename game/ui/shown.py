"""Where text was drawn: the spots that answer with a tooltip, and the notes an audit takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.ui.tip import Number, Tip

if TYPE_CHECKING:
    from game.ui.widgets.base import Widget


@dataclass(slots=True)
class Spot:
    """Where a widget drew a figure (relative to its own corner), and the tip behind it."""

    area: pygame.Rect
    tip: Tip


@dataclass(slots=True)
class Shown:
    """One line of text as drawn, for tests that walk a screen."""

    widget: Widget
    text: str
    area: pygame.Rect
    tip: Tip | None
    is_cut: bool
    is_key: bool
    number: Number | None


class Audit:
    """While active, every line of text drawn anywhere is noted, also outside scrolled windows."""

    active: list[Shown] | None = None
