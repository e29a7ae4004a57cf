"""Settings: interface scale, window size, full screen, motion. Every change holds at once and is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pygame

from game.text import _
from game.ui import format as fmt
from game.ui import theme
from game.ui.screen import Screen
from game.ui.tip import Tip, number
from game.ui.view_model import source
from game.ui.view_model.setting import FACTORS, SIZES, Settings, settings_path
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Change, MineralChip, Pill
from game.ui.widgets.choice import Segmented, Toggle
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer
from game.ui.widgets.panel import Card, Panel
from game.ui.widgets.progress import Progress
from game.ui.widgets.select import Item, Select

if TYPE_CHECKING:
    from game.ui.app import App

WIDTH = 760
SAMPLE_PRICE, SAMPLE_SHARE = 26100.0, 0.034


class SettingsScreen(Screen):
    """The player's own settings, with a sample of how things look under them."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app

    def build(self, size: tuple[int, int]) -> Widget:
        lines = (self._scale(), self._size(), self._full_screen(), self._motion())
        ruled = [part for line in lines for part in (Divider(), line)][1:]
        display = Panel(*ruled, title=_("Display"), icon="monitor", gap=16, id="settings_panel")
        parts = [*self._warning(), display, self._sample(), self._foot()]
        head = Row(heading(_("Settings"), size=theme.DISPLAY), Spacer(), self._done(), gap=16)
        body = Column(head, Scroll(Column(*parts, gap=16), "settings"), gap=20, width=WIDTH, grow=1)
        return Column(body, pad=(24, 32), align="center", fill=theme.WINDOW, radius=0)

    def _done(self) -> Widget:
        return Button(_("Done"), "done", kind="primary", key="Enter", on_press=self.app.window.pop)

    def _warning(self) -> list[Widget]:
        """What was wrong with the stored settings when the program started."""
        problem = self.app.problem
        if problem is None:
            return []
        tip = Tip(_("Settings file"), problem.where, problem.what, _("as written"), (), source.game(problem.where))
        sentence = _("{what}; {remedy}.", what=problem.what[:1].upper() + problem.what[1:], remedy=problem.hint)
        words = Label(sentence, wrap=True, grow=1, tip=tip)
        return [Card(Row(Icon("warning", size=22, tone="warn"), words, gap=14), tone="warn", tinted=True, id="warning")]

    def _line(self, words: str, hint: str, control: Widget) -> Widget:
        text = Column(Label(words, weight=theme.MEDIUM, tone="high"), caption(hint, wrap=True), gap=2, grow=1)
        return Row(text, control, gap=24)

    def _scale(self) -> Widget:
        tip = Tip(
            _("Interface scale"),
            fmt.percent(self.app.settings.factor),
            _("Size of everything on screen against the usual."),
            _("per cent"),
            (),
            source.game(_("settings")),
        )
        chosen = min(FACTORS, key=lambda factor: abs(factor - self.app.settings.factor))
        options = [(str(factor), f"{factor:.0%}") for factor in FACTORS]
        control = Segmented(options, str(chosen), self._choose_scale, id="scale", tip=tip)
        return self._line(_("Interface scale"), _("Of type, controls and map marks"), control)

    def _size(self) -> Widget:
        tip = Tip(
            _("Window size"),
            "",
            _("Pixels across and down; you may also drag the window's edge."),
            _("pixels"),
            (),
            source.game(_("settings")),
        )
        now = self.app.window.size
        sizes = [*SIZES, *([now] if now not in SIZES else [])]
        items = [Item(f"{w}x{h}", f"{w} × {h}") for w, h in sizes]
        control = Select(
            items,
            f"{now[0]}x{now[1]}",
            self._choose_size,
            id="size",
            tip=tip,
            width=220,
            enabled=not self.app.window.is_full_screen,
            reason=_("The window fills the screen."),
        )
        return self._line(_("Window size"), _("When it does not fill the screen"), control)

    def _full_screen(self) -> Widget:
        control = Toggle(self.app.window.is_full_screen, lambda on: self._change(full_screen=on), id="full_screen")
        return self._line(_("Full screen"), _("Also by its key at any time; see the key map"), control)

    def _motion(self) -> Widget:
        control = Toggle(self.app.settings.reduce_motion, lambda on: self._change(reduce_motion=on), id="reduce_motion")
        return self._line(_("Reduce motion"), _("Nothing slides, rolls or fades"), control)

    def _sample(self) -> Widget:
        """A few parts of the game in the size they have now."""
        invented = source.game(_("made up for this sample"))
        price = number(
            SAMPLE_PRICE, "usd_per_t", title=_("A price"), meaning=_("Only shows the size of type."), source=invented
        )
        change = number(
            SAMPLE_SHARE,
            "share",
            title=_("A change"),
            meaning=_("Only shows the size of type."),
            source=invented,
            signed=True,
        )
        row = Row(
            MineralChip("cobalt", size=40),
            Column(
                Label(_("Cobalt"), size=theme.SUBTITLE, weight=theme.SEMIBOLD, tone="high"),
                caption(_("the smallest type in the game")),
                gap=0,
                align="start",
            ),
            Spacer(),
            Label(price, size=theme.VALUE, weight=theme.SEMIBOLD, tone="high"),
            Change(change),
            Pill(_("contract"), "good"),
            gap=14,
        )
        bar = Progress(0.7, "warn", short=True, thick=10)
        return Panel(row, bar, title=_("How it looks"), icon="eye", gap=10, id="sample")

    def _foot(self) -> Widget:
        path = str(settings_path())
        tip = Tip(_("Settings file"), path, _("Stored in your user folder."), _("path"), (), source.game(path))
        usual = Settings()
        is_usual = self.app.settings == usual.changed(width=self.app.settings.width, height=self.app.settings.height)
        return Column(
            Row(
                Button(_("Keys"), "keys", icon="keyboard", key="?", on_press=self.app.show_keys),
                Button(
                    _("Usual settings"),
                    "usual",
                    icon="undo",
                    on_press=self._restore,
                    enabled=not is_usual,
                    reason=_("These are the usual settings."),
                ),
                gap=12,
            ),
            Label(
                _("Stored as {name} in your user folder", name=settings_path().name),
                size=theme.CAPTION,
                tone="low",
                wrap=True,
                tip=tip,
            ),
            gap=12,
        )

    def _choose_scale(self, factor: str) -> None:
        self._change(factor=float(factor))

    def _choose_size(self, size: str) -> None:
        width, height = map(int, size.split("x"))
        self._change(width=width, height=height)

    def _restore(self) -> None:
        usual = Settings()
        self._change(factor=usual.factor, full_screen=usual.full_screen, reduce_motion=usual.reduce_motion)

    def _change(self, **changes: Any) -> None:
        """Use and store a change; a size the window was dragged to meanwhile is kept too."""
        window = self.app.window
        now: dict[str, Any] = {"full_screen": window.is_full_screen}
        if not window.is_full_screen:
            now |= {"width": window.size[0], "height": window.size[1]}
        self.app.change(self.app.settings.changed(**(now | changes)))
        self.rebuild()

    def on_key(self, event: Event) -> bool:
        if event.key in (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER):
            self.app.window.pop()
        else:
            return self.app.helps(event)
        return True
