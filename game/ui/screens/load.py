"""The shelf of saved games: load one; damaged ones are shown with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.match.shelf import saves_folder
from game.problems import Problem, ProblemError
from game.text import _
from game.ui import theme
from game.ui.screen import Screen
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.view_model.shelf import SavedGame, saved_games
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Row, Scroll, Spacer
from game.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from game.ui.app import App


class LoadScreen(Screen):
    """Lists every save with level, nation and date."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.games: list[SavedGame] = []
        self.problem: Problem | None = None
        self.is_loading = False

    def on_show(self) -> None:
        try:
            self.games, self.problem = saved_games(), None
        except ProblemError as error:
            self.games, self.problem = [], error.problems[0]

    def build(self, size: tuple[int, int]) -> Widget:
        rows: list[Widget] = [self._row(game, place) for place, game in enumerate(self.games)]
        if self.problem is not None:
            rows = [self._trouble(self.problem.what, self.problem.hint)]
        elif not rows:
            rows = [caption(_("No game saved yet. Start a new game: it saves itself with every order."), wrap=True)]
        folder = str(saves_folder())
        where = Label(_("Folder: {path}", path=folder), size=theme.CAPTION, tone="low",
                      tip=Tip(_("Folder of saved games"), "", _("Copy files here to bring a game along."), _("path"), (),
                              source.game(folder)))  # fmt: skip
        back = Button(_("Back"), "back", icon="arrow_left", key="Esc", on_press=self.app.window.pop)
        panel = Panel(
            Scroll(Column(*rows, gap=10, group=True), "saves"), where, Row(back, Spacer()), title=_("Saved games"),
            icon="folder", width=960, grow=1, id="load_panel",
        )  # fmt: skip
        return Column(heading(_("Load a game"), size=theme.DISPLAY, width=960), panel, pad=(32, 32), gap=20,
                      align="center", fill=theme.WINDOW, radius=0)  # fmt: skip

    def _row(self, game: SavedGame, place: int) -> Widget:
        if game.problem:
            lines = [
                Label(game.name, weight=theme.SEMIBOLD, tone="high", tip=game.tip),
                Label(game.problem, size=theme.CAPTION, tone="bad", wrap=True, tip=game.tip),
                Label(game.hint, size=theme.CAPTION, tone="mid", wrap=True, tip=game.tip),
            ]
            mark: Widget = Icon("warning", size=24, tone="bad")
        else:
            lines = [
                Label(game.name, weight=theme.SEMIBOLD, tone="high", tip=game.tip),
                Label(game.words, size=theme.CAPTION, tone="text", tip=game.tip),
            ]
            mark = Icon("save", size=24, tone="accent")
        content = Row(mark, Column(*lines, gap=2, grow=1), Label(game.saved, size=theme.CAPTION, tone="mid", tip=game.tip),
                      gap=16)  # fmt: skip
        return Choice(content, f"save.{place}", on_press=lambda: self.load(game), enabled=not game.problem,
                      reason=game.problem, pad=(16, 12), tone="bad" if game.problem else "", tip=game.tip)  # fmt: skip

    def _trouble(self, what: str, hint: str) -> Widget:
        tip = Tip(_("What is wrong"), "", hint or what, _("as written"), (), source.game(str(saves_folder())))
        return Label(f"{what} {hint}", tone="bad", wrap=True, tip=tip)

    def load(self, game: SavedGame) -> None:
        """Continue a game; it is read beside the window."""
        if self.is_loading or self.window is None:
            return
        self.is_loading = True

        def read(_report: object) -> object:
            from game.match.match import Match

            return Match.load(game.path)

        self.window.run_in_background(read, self.app.play, None, self._on_failed)  # type: ignore[arg-type]

    def _on_failed(self, error: Exception) -> None:
        self.is_loading = False
        if not isinstance(error, ProblemError):
            raise error
        for problem in error.problems:
            self.app.tell(problem)
        self.on_show()
        self.rebuild()

    def on_key(self, event: Event) -> bool:
        if event.key == pygame.K_ESCAPE:
            self.app.window.pop()
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            first = next((game for game in self.games if not game.problem), None)
            if first is not None:
                self.load(first)
        else:
            return False
        return True
