"""A pilot of the whole application: title, new game and play by mouse, for tests of the screens."""

from __future__ import annotations

import os
import time

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from game.match.match import Match
from game.ui import text
from game.ui.app import App
from game.ui.screens.game import GameScreen
from game.ui.view_model.setting import Settings
from tests.ui.pilot import FRAME_MS, Pilot

LEVEL, SEAT = "first_shipment", "JPN"


class Player(Pilot):
    """A pilot at the window of an App."""

    def __init__(self, size: tuple[int, int] = (1280, 720)) -> None:
        if pygame.display.get_init():
            pygame.display.quit()
        text.forget_fonts()
        self.now, self.drawn = 0, []
        self.app = App(Settings(width=size[0], height=size[1], reduce_motion=True))
        self.window = self.app.window

    @property
    def game(self) -> GameScreen:
        """The game on screen."""
        assert isinstance(self.window.screen, GameScreen)
        return self.window.screen

    @property
    def match(self) -> Match:
        """The match being played."""
        return self.game.session.match

    def settle(self) -> None:
        """Let a few frames pass."""
        self.run(4 * FRAME_MS)

    def wait(self, until, seconds: float = 60.0) -> None:  # type: ignore[no-untyped-def]  # a condition
        """Let frames pass until a condition holds."""
        ends = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < ends, "it took too long"
            self.post()
            time.sleep(0.005)
        self.settle()

    def start_game(self, level: str = LEVEL, seed: str = "TEST-1") -> None:
        """From the title into a game, by mouse."""
        self.app.show_title()
        self.settle()
        self.click("new_game")
        self.settle()
        self.click(f"level.{level}")
        self.settle()
        self.click("seed")
        self.key("ctrl+a")
        self.type(seed)
        self.click("start")
        self.wait(lambda: isinstance(self.window.screen, GameScreen))
        self.click("close_briefing")
        self.settle()

    def give(self, kind: str) -> None:
        """Give an order with the answers its form proposes, by mouse."""
        self.click("nav.orders")
        self.settle()
        self.click(f"order.{kind}")
        self.settle()
        self.click("give_order")
        self.settle()

    def end_turn(self) -> None:
        """End the turn by mouse and wait for the report."""
        before = self.match.turn
        self.click("nav.map")
        self.settle()
        self.click("end_turn")
        self.settle()
        if self.window.dialogs:
            self.click("confirm_end")
        self.wait(lambda: self.match.turn == before + 1 and not self.game.session.is_resolving)
