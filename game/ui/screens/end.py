"""The end of a game: the final numbers, and how each moved from the first turn to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.text import _
from game.ui import theme
from game.ui.chart.line_chart import LineChart, Series
from game.ui.screen import Screen
from game.ui.screens.session import Session
from game.ui.view_model.market import x_words
from game.ui.view_model.result import ResultModel, results
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Change, Flag
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Grid, Row, Spacer
from game.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from game.ui.app import App


class EndScreen(Screen):
    """What became of the numbers."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__()
        self.app, self.session = app, session

    def build(self, size: tuple[int, int]) -> Widget:
        scene = self.session.scene
        found = results(scene)
        head = Row(
            Flag(self.session.seat, size=44),
            Column(
                heading(_("The level is over"), size=theme.DISPLAY),
                Label([scene.name(self.session.seat), " · ", scene.level.title], tone="mid"), gap=0, align="start",
            ),
            Spacer(),
            Button(_("Look around"), "look", icon="globe", key="Esc", on_press=self.app.window.pop),
            Button(_("New game"), "new_game", icon="globe", on_press=self.app.show_new_game),
            Button(_("Title"), "title", kind="primary", key="Enter", on_press=self.app.show_title), gap=16, height=64,
        )  # fmt: skip
        panels = [self._panel(result) for result in found]
        return Column(head, Grid(*panels, columns=3, gap=16, fill_height=True, grow=1), pad=(32, 24), gap=20,
                      fill=theme.WINDOW, radius=0, id="end_screen")  # fmt: skip

    def _panel(self, result: ResultModel) -> Widget:
        figures = Row(
            Icon(result.icon, size=24), Label(result.label, weight=theme.MEDIUM), Spacer(),
            Label(result.after, size=theme.TITLE, weight=theme.SEMIBOLD, tone="high"), Change(result.change, size=16), gap=12,
        )  # fmt: skip
        start = Row(caption(_("At the start")), Label(result.before, size=theme.CAPTION, tone="mid"), gap=8)
        chart = LineChart([Series(result.label, result.xs, result.ys, theme.ACCENT)], result.after.tip, x_label=x_words,
                          y_label=result.words, id=f"chart.{result.key}", grow=1, from_zero=False)  # fmt: skip
        return Panel(figures, start, chart, gap=8, id=f"result.{result.key}")

    def on_key(self, event: Event) -> bool:
        if event.key == pygame.K_ESCAPE:
            self.app.window.pop()
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self.app.show_title()
        else:
            return False
        return True
