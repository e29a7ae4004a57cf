"""The title screen: the world, calm, and the ways into the game."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.problems import ProblemError
from game.text import _
from game.ui import icons, theme
from game.ui.map.shapes import boundary_note
from game.ui.map.view import MapView
from game.ui.screen import Screen
from game.ui.theme import px
from game.ui.tip import Tip
from game.ui.view_model.shelf import SavedGame, newest_save
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.label import Label
from game.ui.widgets.layout import Column, Row, Spacer, Stack
from game.ui.widgets.panel import Bar

if TYPE_CHECKING:
    from game.ui.app import App

COLUMN_WIDTH = 456
LOW = 700  # reference pixels of height under which only the name and the ways are shown


class Backdrop(Widget):
    """The map behind the title; it answers nothing."""

    def __init__(self, view: MapView) -> None:
        super().__init__("backdrop")
        self.add(view)

    def hit(self, point: tuple[int, int]) -> Widget | None:
        return None


class Logo(Widget):
    """The mark of the game."""

    def __init__(self, size: float) -> None:
        super().__init__(width=size, height=size)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        surface.blit(icons.icon("logo", px(self.fixed_width or 48), theme.ACCENT), area)


class TitleScreen(Screen):
    """Continue, new game, load, settings, quit."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self._map = MapView("title_map")
        self._map.focusable = False
        self.newest: SavedGame | None = None

    def on_show(self) -> None:
        self.newest = newest_save()

    def build(self, size: tuple[int, int]) -> Widget:
        name = Column(
            Row(Logo(60), Label("Chokepoint", size=theme.HERO, weight=theme.SEMIBOLD, tone="high"), gap=18),
            Label(
                _("The minerals the world runs on, and who holds the gate"), size=theme.SUBTITLE, tone="mid", wrap=True
            ),
            gap=10,
        )
        is_low = size[1] / theme.scale() < LOW
        if is_low:
            name.children[1].visible = False
        column = Bar(
            Spacer(),
            name,
            Spacer(height=8 if is_low else 28),
            Column(*self._ways(), gap=12, group=True, id="ways"),
            Spacer(),
            *([] if is_low else [Spacer(), self._credits()]),
            pad=(48, 16 if is_low else 32),
            gap=12,
            width=COLUMN_WIDTH,
            edges=("right",),
            id="title_column",
        )
        return Row(column, Stack(Backdrop(self._map), grow=1), gap=0, align="stretch", fill=theme.WINDOW, radius=0)

    def _ways(self) -> list[Widget]:
        newest = self.newest
        ways: list[Widget] = []
        if newest is not None:
            ways.append(Button(_("Continue"), "continue", kind="primary", icon="play", key="Enter", height=52,
                               on_press=self.resume, tip=newest.tip))  # fmt: skip
            ways.append(Label(newest.words, size=theme.CAPTION, tone="mid", tip=newest.tip, align="center"))
        first = "secondary" if newest is not None else "primary"
        ways += [
            Button(_("New game"), "new_game", kind=first, icon="globe", key="N" if newest else "Enter", height=52,
                   on_press=self.app.show_new_game),
            Button(_("Load"), "load", icon="folder", key="L", height=52, on_press=self.app.show_load),
            Row(
                Button(_("Almanac"), "almanac", key="F1", height=52, grow=1, on_press=self.app.show_almanac),
                Button(_("Settings"), "settings", key="S", height=52, grow=1, on_press=self.app.show_settings),
                gap=12,
            ),
            Button(_("Quit"), "quit", kind="ghost", icon="exit", height=52, on_press=self.app.quit),
        ]  # fmt: skip
        return ways

    def _credits(self) -> Widget:
        from game import __version__

        tip = Tip(
            _("Version"), __version__, _("The program's own version."), _("number"), (), _("the installed package")
        )
        return Column(
            Label(_("Version {version}", version=__version__), size=theme.CAPTION, tone="low", tip=tip),
            Label(boundary_note(), size=theme.CAPTION, tone="low", wrap=True), gap=2,
        )  # fmt: skip

    def resume(self) -> None:
        """Continue the newest game."""
        if self.newest is None:
            return
        try:
            self.app.load(self.newest.path)
        except ProblemError as error:
            for problem in error.problems:
                self.app.tell(problem)

    def on_key(self, event: Event) -> bool:
        act = {"n": self.app.show_new_game, "l": self.app.show_load, "s": self.app.show_settings}.get(
            event.unicode.lower()
        )
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            act = self.resume if self.newest is not None else self.app.show_new_game
        if act is None:
            return self.app.helps(event)
        act()
        return True
