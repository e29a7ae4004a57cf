"""The shelf of saved games: continue one, keep a copy of the game in play, throw one away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.match.shelf import saves_folder
from game.problems import Problem, ProblemError
from game.text import _, _n
from game.ui import theme
from game.ui.screen import Screen
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.view_model.shelf import Known, SavedGame, delete_save, known_of, saved_games
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, Pill
from game.ui.widgets.choice import Choice
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Row, Scroll, Spacer, Wrap
from game.ui.widgets.panel import Panel, notice

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.screens.session import Session

WIDTH = 1120
TURN_WIDTH, SAVED_WIDTH = 200, 170


class LoadScreen(Screen):
    """Lists every save with level, nation, turn, date and file; damaged ones with the reason. `session` is in play."""

    def __init__(self, app: App, session: Session | None = None) -> None:
        super().__init__()
        self.app, self.session = app, session
        self.games: list[SavedGame] = []
        self.problem: Problem | None = None
        self.loading: Path | None = None
        self._known = Known()

    # Reading the shelf --------------------------------------------------------------------------------------

    def on_show(self) -> None:
        self.refresh()
        levels = {game.level_id for game in self.games if game.level_id}
        if levels and not self._known.names and self.window is not None:
            self.window.run_in_background(lambda _report: known_of(levels), self._on_known)

    def refresh(self) -> None:
        """Read the folder anew."""
        try:
            self.games, self.problem = saved_games(self._known), None
        except ProblemError as error:
            self.games, self.problem = [], error.problems[0]
        self.rebuild()

    def _on_known(self, known: Known) -> None:
        self._known = known
        self.refresh()

    @property
    def playing(self) -> Path | None:
        """The file of the game in play."""
        return self.session.match.path if self.session is not None else None

    # The tree -----------------------------------------------------------------------------------------------

    def build(self, size: tuple[int, int]) -> Widget:
        panel = Panel(
            self._list(),
            self._folder(),
            title=_("Saved games"),
            icon="folder",
            meta=self._count(),
            grow=1,
            id="load_panel",
        )
        body = Column(self._head(), panel, gap=20, width=WIDTH, grow=1)
        return Column(body, pad=(32, 32), align="center", fill=theme.WINDOW, radius=0)

    def _head(self) -> Widget:
        back = Button(_("Back"), "back", icon="arrow_left", key="Esc", on_press=self.app.window.pop)
        copy = Button(_("Save a copy as …"), "save_copy", icon="copy", key="C", on_press=self.save_copy)
        words = _("Every order and turn is on disk already; a copy keeps this moment.")
        title = Column(heading(_("Load a game"), size=theme.DISPLAY), gap=0, align="start")
        if self.session is not None:
            title.add(caption(words))
        return Row(title, Spacer(), *([copy] if self.session is not None else []), back, gap=12)

    def _count(self) -> Widget | str:
        if not self.games:
            return ""
        number = source.game_number(
            float(len(self.games)),
            "count",
            str(saves_folder()),
            title=_("Saved games"),
            meaning=_("Files in the folder of saved games, damaged ones included."),
            text=_n("{n} game, newest first", "{n} games, newest first", len(self.games)),
        )
        return Label(number, size=theme.CAPTION, tone="mid")

    def _list(self) -> Widget:
        if self.problem is not None:
            words = " — ".join(filter(None, (self.problem.what, self.problem.hint)))
            again = Button(_("Try again"), "retry", on_press=self.refresh)
            return notice("warning", _("The folder of saved games cannot be read"), words, again, tone="bad")
        if not self.games:
            begin = Button(_("New game"), "new_game", kind="primary", icon="globe", on_press=self.app.show_new_game)
            return notice("save", _("No game saved yet"), _("A game saves itself with every order."), begin)
        rows = [self._row(game) for game in self.games]
        return Scroll(Column(*rows, gap=8, group=True), "saves")

    def _folder(self) -> Widget:
        folder = str(saves_folder())
        tip = Tip(_("Folder of saved games"), folder, _("Copy files here to bring a game along."), _("path"), (),
                  source.game(folder))  # fmt: skip
        return Label(_("Folder: {path}", path=folder), size=theme.CAPTION, tone="low", wrap=True, tip=tip)

    def _row(self, game: SavedGame) -> Widget:
        throw = Button(id=f"delete.{game.name}", icon="trash", kind="plain", on_press=partial(self.ask_to_delete, game),
                       enabled=game.path != self.playing, reason=_("This game is being played."),
                       tip=Tip(_("Delete this game"), keys=((_("Key"), "Del"),)))  # fmt: skip
        parts = self._damaged(game) if game.problem else self._playable(game)
        reason = game.problem or _("This game is being played.")
        return Choice(
            Row(*parts, throw, gap=16),
            f"save.{game.name}",
            on_press=partial(self.load, game),
            enabled=not game.problem and game.path != self.playing,
            reason=reason,
            tone="bad" if game.problem else "",
            pad=(16, 10),
            tip=game.tip,
        )

    def _playable(self, game: SavedGame) -> list[Widget]:
        title = Wrap(Label(game.level, weight=theme.SEMIBOLD, tone="high"), gap=10)
        if game.path == self.playing:
            title.add(Pill(_("in play"), "accent"))
        elif game.path == self.loading:
            title.add(Pill(_("being read …"), "accent"))
        elif game.older is not None:
            title.add(Pill(_("older version"), "warn", tip=game.older))
        words = Label(f"{game.nation} · {game.name}", size=theme.CAPTION, tone="mid", tip=game.tip)
        turn = game.turn or game.saved
        return [
            Flag(game.iso3, size=30),
            Column(title, words, gap=2, grow=1),
            Label(turn, weight=theme.MEDIUM, tone="high", width=TURN_WIDTH),
            Label(game.saved, size=theme.CAPTION, tone="mid", width=SAVED_WIDTH, align="right"),
        ]

    def _damaged(self, game: SavedGame) -> list[Widget]:
        words = Column(
            Label(game.name, weight=theme.SEMIBOLD, tone="high", tip=game.tip),
            Label(game.problem, size=theme.CAPTION, tone="bad", wrap=True, tip=game.tip),
            Label(game.hint, size=theme.CAPTION, tone="mid", wrap=True, tip=game.tip, visible=bool(game.hint)),
            gap=2,
            grow=1,
        )
        saved = Label(game.saved, size=theme.CAPTION, tone="mid", width=SAVED_WIDTH, align="right")
        return [Row(Spacer(), Icon("warning", size=28, tone="bad"), Spacer(), gap=0, width=40), words, saved]

    # What can be done ---------------------------------------------------------------------------------------

    def load(self, game: SavedGame) -> None:
        """Continue a game; it is read beside the window."""
        if self.loading is not None or self.window is None or game.path == self.playing:
            return
        self.loading = game.path
        self.rebuild()

        def read(_report: object) -> object:
            from game.match.match import Match

            match = Match.load(game.path)
            if match.turn and match.persons:
                match.report().seat(match.persons[0])  # takes a while the first time: done beside the window
            return match

        self.window.run_in_background(read, self._on_loaded, None, self._on_failed)

    def _on_loaded(self, match: object) -> None:
        self.loading = None
        try:
            self.app.play(match)  # type: ignore[arg-type]  # what `read` returned
        except ProblemError as error:
            self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self.loading = None
        if not isinstance(error, ProblemError):
            raise error
        for problem in error.problems:
            self.app.tell(problem)
        self.refresh()

    def save_copy(self) -> None:
        """Keep the game in play under another name too."""
        if self.session is not None:
            from game.ui.screens.menu import open_save_as

            open_save_as(self.app, self.session, self.refresh)

    def ask_to_delete(self, game: SavedGame) -> None:
        """Delete a game, once the player has confirmed it."""
        if self.window is None or game.path == self.playing:
            return
        keep = Button(_("Keep it"), "keep", kind="primary", key="Enter", on_press=self.window.close_dialog)
        throw = Button(_("Delete"), "confirm_delete", kind="danger", icon="trash", on_press=partial(self._delete, game))
        words = Label(game.words or game.problem, wrap=True, tip=game.tip)
        name = Label(game.path.name, size=theme.CAPTION, tone="mid", wrap=True, tip=game.tip)
        self.window.open_dialog(
            Dialog(
                _("Delete this game?"),
                words,
                name,
                _("The file is gone for good."),
                actions=[keep, throw],
                icon="trash",
                on_cancel=self.window.close_dialog,
                id="delete_dialog",
            )
        )

    def _delete(self, game: SavedGame) -> None:
        assert self.window is not None
        self.window.close_dialog()
        problem = delete_save(game.path)
        if problem is not None:
            self.app.tell(problem)
        else:
            self.window.toast(_("Deleted."))
        self.refresh()

    def on_key(self, event: Event) -> bool:
        focused = self.window.focused.id if self.window is not None and self.window.focused is not None else ""
        chosen = next((game for game in self.games if focused == f"save.{game.name}"), None)
        if event.key == pygame.K_ESCAPE:
            self.app.window.pop()
        elif event.key == pygame.K_DELETE and chosen is not None:
            self.ask_to_delete(chosen)
        elif event.key == pygame.K_c and self.session is not None and not event.mod & pygame.KMOD_CTRL:
            self.save_copy()
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            first = next((game for game in self.games if not game.problem and game.path != self.playing), None)
            if first is not None:
                self.load(first)
        else:
            return False
        return True
