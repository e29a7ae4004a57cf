"""Settings: interface scale, window size, full screen, motion. Every change holds at once and is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.text import _
from game.ui import theme
from game.ui.screen import Screen
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.view_model.setting import FACTORS, SIZES, settings_path
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.choice import Segmented, Toggle
from game.ui.widgets.label import Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Row, Spacer
from game.ui.widgets.panel import Panel
from game.ui.widgets.select import Item, Select

if TYPE_CHECKING:
    from game.ui.app import App


class SettingsScreen(Screen):
    """The player's own settings."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app

    def build(self, size: tuple[int, int]) -> Widget:
        path = str(settings_path())
        tip = Tip(_("Settings file"), "", _("Stored in your user folder."), _("path"), (), source.game(path))
        panel = Panel(
            self._scale(), Divider(), self._size(), Divider(), self._full_screen(), Divider(), self._motion(), Divider(),
            Label(_("Stored in {path}", path=path), size=theme.CAPTION, tone="low", wrap=True, tip=tip),
            Row(Button(_("Keys"), "keys", icon="keyboard", key="?", on_press=self.app.show_keys), Spacer(),
                Button(_("Done"), "done", kind="primary", key="Enter", on_press=self.app.window.pop)),
            title=_("Settings"), icon="settings", width=720, gap=18, id="settings_panel",
        )  # fmt: skip
        return Column(heading(_("Settings"), size=theme.DISPLAY, width=720), panel, pad=32, gap=20, align="center",
                      fill=theme.WINDOW, radius=0)  # fmt: skip

    def _line(self, words: str, hint: str, control: Widget) -> Widget:
        return Row(Column(Label(words, weight=theme.MEDIUM, tone="high"), caption(hint, wrap=True), gap=2, grow=1), control,
                   gap=24)  # fmt: skip

    def _scale(self) -> Widget:
        tip = Tip(_("Interface scale"), "", _("Size of everything on screen against the usual."), _("per cent"), (),
                  source.game(_("settings")))  # fmt: skip
        chosen = min(FACTORS, key=lambda factor: abs(factor - self.app.settings.factor))
        options = [(str(factor), f"{factor:.0%}") for factor in FACTORS]
        control = Segmented(options, str(chosen), self._choose_scale, id="scale", tip=tip, width=400)
        return self._line(_("Interface scale"), _("Of type, controls and map marks"), control)

    def _size(self) -> Widget:
        tip = Tip(_("Window size"), "", _("Pixels across and down; you may also drag the window's edge."), _("pixels"), (),
                  source.game(_("settings")))  # fmt: skip
        now = self.app.window.size
        sizes = [*SIZES, *([now] if now not in SIZES else [])]
        items = [Item(f"{w}x{h}", f"{w} × {h}") for w, h in sizes]
        control = Select(items, f"{now[0]}x{now[1]}", self._choose_size, id="size", tip=tip, width=220,
                         enabled=not self.app.settings.full_screen, reason=_("The window fills the screen."))  # fmt: skip
        return self._line(_("Window size"), _("When it does not fill the screen"), control)

    def _full_screen(self) -> Widget:
        control = Toggle(self.app.settings.full_screen, lambda on: self._change(full_screen=on), id="full_screen")
        return self._line(_("Full screen"), _("Also by the key in the key map"), control)

    def _motion(self) -> Widget:
        control = Toggle(self.app.settings.reduce_motion, lambda on: self._change(reduce_motion=on), id="reduce_motion")
        return self._line(_("Reduce motion"), _("Nothing slides, rolls or fades"), control)

    def _choose_scale(self, factor: str) -> None:
        self._change(factor=float(factor))

    def _choose_size(self, size: str) -> None:
        width, height = map(int, size.split("x"))
        self._change(width=width, height=height)

    def _change(self, **changes: object) -> None:
        self.app.change(self.app.settings.changed(**changes))
        self.rebuild()

    def on_key(self, event: Event) -> bool:
        if event.key in (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER):
            self.app.window.pop()
            return True
        if event.unicode == "?":
            self.app.show_keys()
            return True
        return False
