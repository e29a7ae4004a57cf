"""The application: one window, the player's settings, and the ways between title, new game, game and the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.problems import Problem, ProblemError
from game.text import _
from game.ui.view_model.setting import Settings, load_settings, save_settings
from game.ui.window import Window

if TYPE_CHECKING:
    from game.match.fan_process import Trouble
    from game.match.match import Match
    from game.ui.fan import Fans
    from game.ui.screens.game import GameScreen
    from game.ui.screens.session import Session
    from game.ui.widgets.base import Event

NAME = "Chokepoint"


class App:
    """Owns the window. Heavy parts are imported when a screen first needs them, so that launching is quick."""

    def __init__(self, settings: Settings | None = None) -> None:
        stored, self.problem = load_settings()
        self.settings = settings or stored
        self.match: Match | None = None
        self._fans: Fans | None = None
        self.window = Window(
            NAME, self.settings.size, factor=self.settings.factor, full_screen=self.settings.full_screen,
            reduce_motion=self.settings.reduce_motion,
        )  # fmt: skip

    @property
    def fans(self) -> Fans:
        """The forecasts, computed in a process of their own from the first that is asked for."""
        if self._fans is None:
            from game.ui.fan import Fans

            self._fans = Fans(self.window.post, self._tell_of_restart)
        return self._fans

    def _tell_of_restart(self, trouble: Trouble) -> None:
        if trouble.tries_again:
            self.window.toast(
                _("{reason}; it was started again.", reason=trouble.words[:1].upper() + trouble.words[1:]), "warn"
            )

    @property
    def is_forecasting(self) -> bool:
        """Whether a forecast that is looked at is still growing."""
        return self._fans is not None and self._fans.is_busy

    @property
    def has_fans(self) -> bool:
        """Whether a forecast was ever looked at."""
        return self._fans is not None and self._fans.is_started

    def drop_fans(self) -> None:
        """Nobody looks at a forecast any more, or a turn needs the machine."""
        if self._fans is not None:
            self._fans.drop()

    def end(self) -> None:
        """End what runs beside the window."""
        if self._fans is not None:
            self._fans.close()
            self._fans = None

    # Ways ---------------------------------------------------------------------------------------------------

    def show_title(self) -> None:
        """The title screen, alone on the stack."""
        from game.ui.screens.title import TitleScreen

        self._show_alone(TitleScreen(self))
        self._leave(None)

    def show_new_game(self, level: str | None = None) -> None:
        """Choose level, nation and seed."""
        from game.ui.screens.new_game import NewGameScreen

        self.window.push(NewGameScreen(self, level))

    def show_load(self, session: Session | None = None) -> None:
        """The shelf of saved games; with the game in play, if there is one."""
        from game.ui.screens.load import LoadScreen

        self.window.push(LoadScreen(self, session))

    def show_settings(self) -> None:
        """Scale, window and motion."""
        from game.ui.screens.settings import SettingsScreen

        self.window.push(SettingsScreen(self))

    def show_almanac(self, page: str = "", entry: str = "") -> None:
        """The almanac, at a page or at an entry of a page's table."""
        from game.ui.screens.almanac import AlmanacScreen

        self.window.push(AlmanacScreen(self, page, entry))

    def show_meaning(self) -> None:
        """The almanac, at the entry of the field that the tooltip on screen names, if one is open."""
        from game.ui.view_model.source import first_field

        tip = self.window.tips.shown
        name = first_field(tip.source) if tip is not None else ""
        self.show_almanac("fields.md" if name else "", name)

    def play(self, match: Match) -> None:
        """Show a match at the seat of its first person."""
        from game.ui.screens.game import GameScreen
        from game.ui.screens.session import Session

        if not match.persons:
            raise ProblemError(Problem("error", str(match.path or ""), _("no person sits in this game"),
                                       _("choose another save, or start a new game")))  # fmt: skip
        self._show_alone(GameScreen(self, Session(match, match.persons[0])))
        self._leave(match)
        for note in match.notes:
            self.tell(note)

    def start(self, match: Match) -> None:
        """Show a match, and on its first turn what it is about."""
        self.play(match)
        if match.turn == 0 and not match.orders(match.persons[0]):
            self.game().show_briefing()

    def game(self) -> GameScreen:
        """The game on screen."""
        from game.ui.screens.game import GameScreen

        screen = self.window.screen
        assert isinstance(screen, GameScreen)
        return screen

    def load(self, path: Path) -> None:
        """Continue a saved game. Raises ProblemError; a game in play goes on where it is its file already."""
        from game.match.match import Match

        if self.match is not None and self.match.path == path:
            self.play(self.match)
        else:
            self.play(Match.load(path))

    def show_end(self, session: Session) -> None:
        """The final numbers of a game that is over."""
        from game.ui.screens.ending import EndingScreen

        self.window.push(EndingScreen(self, session))

    def _leave(self, match: Match | None) -> None:
        """Another match is played from now on, or none: close the file of the one before."""
        if self.match is not None and self.match is not match:
            self.match.close()
        self.match = match

    def _show_alone(self, screen) -> None:  # type: ignore[no-untyped-def]  # a Screen
        while len(self.window.screens) > 1:
            self.window.screens.pop().on_hide()
        if self.window.screens:
            self.window.replace(screen)
        else:
            self.window.push(screen)

    # Dialogs ------------------------------------------------------------------------------------------------

    def open_menu(self, session: Session) -> None:
        """The menu of a running game."""
        from game.ui.screens.menu import open_menu

        open_menu(self, session)

    def save_as(self, session: Session) -> None:
        """Ask for a name and keep the game under it."""
        from game.ui.screens.menu import open_save_as

        open_save_as(self, session)

    def show_keys(self) -> None:
        """The key map."""
        from game.ui.screens.key_map import open_key_map

        open_key_map(self.window)

    def helps(self, event: Event) -> bool:
        """Answer the keys that explain, the same on every screen: ? the key map, F1 the almanac."""
        if event.unicode == "?":
            self.show_keys()
        elif event.key == pygame.K_F1:
            self.show_meaning()
        else:
            return False
        return True

    def tell(self, problem: Problem) -> None:
        """Say in a notice what was wrong."""
        words = problem.what + (f" — {problem.hint}" if problem.hint else "")
        self.window.toast(words, "warn" if problem.severity == "warning" else "bad")

    # Settings and the end -----------------------------------------------------------------------------------

    def change(self, settings: Settings) -> None:
        """Use and store other settings."""
        before, self.settings = self.settings, settings
        self.window.reduce_motion = settings.reduce_motion
        if settings.full_screen != self.window.is_full_screen:
            self.window.set_full_screen(settings.full_screen)
        if settings.size != self.window.size and not settings.full_screen:
            self.window.set_size(settings.size)
        if settings.factor != before.factor:
            self.window.set_factor(settings.factor)
        self.problem = save_settings(settings)
        if self.problem is not None:
            self.tell(self.problem)

    def may_quit(self) -> bool:
        """Whether the window may close: always, because every order and turn is on disk already."""
        return True

    def quit(self) -> None:
        """Close the window."""
        self.window.close()


def run(match: Match | None = None) -> None:
    """Open the window, on the title screen or in a game, until the player leaves."""
    app = App()
    if match is None:
        app.show_title()
    else:
        _keep(match)
        app.start(match)
    if app.problem is not None:
        app.tell(app.problem)
    try:
        app.window.run()
    finally:
        app.end()


def _keep(match: Match) -> None:
    """Give a match without a file one, so that nothing submitted can be lost."""
    if match.path is None:
        from game.match.shelf import new_path

        match.save_to(new_path(match.level.id, match.persons[0]))
