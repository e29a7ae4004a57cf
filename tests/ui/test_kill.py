"""A real window under Xvfb, played with a real mouse, killed in the middle of a turn and opened again."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from game.files import HOME_VARIABLE, ROOT
from game.match.match import Match
from game.match.shelf import list_saves
from game.problems import ProblemError
from game.ui.view_model.setting import Settings, save_settings
from tests.ui.playing import Player

SIZE = (1280, 720)
TURNS = 5

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"),
]


@contextmanager
def display():
    """A screen without a monitor."""
    name = f":{90 + os.getpid() % 400}"
    server = subprocess.Popen(["Xvfb", name, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1.5)
        yield name
    finally:
        server.terminate()
        server.wait()


class Desk:
    """The game's own process, and the mouse and keyboard of its display. `mirror` plays the same game without a
    display, to know where things stand."""

    def __init__(self, screen, home, mirror) -> None:
        self.mirror = mirror
        self.environment = {**os.environ, "DISPLAY": screen, HOME_VARIABLE: str(home)}
        self.environment.pop("SDL_VIDEODRIVER", None)
        self.open()

    def open(self) -> None:
        self.process = subprocess.Popen([sys.executable, "main.py"], cwd=ROOT, env=self.environment)
        time.sleep(3.0)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def do(self, *words) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True)

    def click(self, id) -> None:
        """Click where the mirror shows a widget, in both."""
        x, y = self.mirror.widget(id).screen_rect.center
        self.do("mousemove", x, y, "sleep", 0.15, "click", 1, "sleep", 0.35)
        assert self.process.poll() is None
        self.mirror.click((x, y))
        self.mirror.settle()

    def type(self, words) -> None:
        self.do("key", "ctrl+a")
        self.do("type", "--delay", 30, words)
        self.mirror.key("ctrl+a")
        self.mirror.type(words)

    def give(self, kind) -> None:
        self.click("nav.orders")
        self.click(f"order.{kind}")
        self.click("give_order")

    def end_turn(self, saves) -> None:
        """End the turn in both; the file tells when the process is through."""
        turn = self.mirror.match.turn
        self.click("nav.map")
        self.click("end_turn")
        if self.mirror.window.dialogs:
            self.click("confirm_end")
        self.mirror.wait(lambda: self.mirror.match.turn == turn + 1 and not self.mirror.game.session.is_resolving)
        wait_for(lambda: any(info.turn == turn + 1 for info in saves()))
        time.sleep(0.6)


def wait_for(condition, seconds=60.0) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_five_turns_by_mouse_a_kill_in_the_middle_of_a_turn_and_nothing_is_lost(tmp_path, monkeypatch):
    home, mirror_home = tmp_path / "home", tmp_path / "mirror"
    save_settings(Settings(width=SIZE[0], height=SIZE[1], reduce_motion=True), home / "settings.json")
    monkeypatch.setenv(HOME_VARIABLE, str(mirror_home))

    def saves():
        try:
            return list_saves(home / "saves")
        except ProblemError:
            return []

    mirror = Player(SIZE)
    mirror.app.show_title()
    mirror.settle()
    with display() as screen:
        desk = Desk(screen, home, mirror)
        try:
            play(desk, saves)
            lost_nothing(desk, saves)
        finally:
            desk.kill()


def play(desk, saves) -> None:
    """A new game and five turns with orders."""
    mirror = desk.mirror
    desk.click("new_game")
    desk.click("level.first_shipment")
    desk.click("seed")
    desk.type("TEST-1")
    desk.click("start")
    mirror.wait(lambda: mirror.window.root.find("end_turn") is not None)
    wait_for(lambda: len(saves()) == 1)
    time.sleep(2.0)
    desk.click("close_briefing")
    for turn in range(TURNS):
        desk.give("buy_stock")
        if turn % 2:
            desk.give("release_stock")
        desk.end_turn(saves)
        desk.click("continue")
    assert saves()[0].turn == TURNS


def lost_nothing(desk, saves) -> None:
    """An order, the kill while the turn resolves, the same state and order after opening, and on to the next turn."""
    mirror = desk.mirror
    desk.give("buy_stock")
    given = [order.as_json() for order in mirror.match.orders("JPN")]
    assert given
    x, y = mirror.widget("nav.map").screen_rect.center
    desk.click("nav.map")
    x, y = mirror.widget("end_turn").screen_rect.center
    desk.do("mousemove", x, y, "sleep", 0.1, "click", 1)
    desk.kill()
    saved = Match.load(saves()[0].path)
    state, orders, turn = saved.world.state_hash(), [order.as_json() for order in saved.orders("JPN")], saved.turn
    saved.close()
    assert state == mirror.match.history[turn].state_hash()
    assert turn == TURNS + 1 or orders == given
    desk.open()
    mirror.match.close()
    mirror.app.show_title()
    mirror.settle()
    desk.click("continue")
    mirror.wait(lambda: mirror.window.root.find("end_turn") is not None)
    time.sleep(2.0)
    if turn == TURNS:
        desk.end_turn(saves)
    assert saves()[0].turn == TURNS + 1
