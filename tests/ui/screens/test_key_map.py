"""The key map tells the truth, at every size."""

import pygame
import pytest

from game.ui import audit, theme
from game.ui.screens.game_key import answer_key
from game.ui.screens.key_map import open_key_map
from game.ui.view_model.key_map import key_groups
from tests.ui.pilot import NAMES
from tests.ui.played import LONG, fresh
from tests.ui.playing import Player

CODES = {
    "Arrows": ("left", "up"),
    "+ −": ("+", "-"),
    "1 … 0": ("1", "0"),
    "Ctrl S": ("ctrl s",),
    "Ctrl Z": ("ctrl z",),
    "Ctrl Y": ("ctrl y",),
}
PAGES = {"Report": "report"}


@pytest.fixture(autouse=True)
def _usual_scale():
    yield
    theme.use_scale(1.0)


def pressed(words):
    """The event of a key as the key map names it."""
    mod = pygame.KMOD_CTRL if words.startswith("ctrl ") else 0
    name = words.removeprefix("ctrl ").lower()
    code = NAMES.get(name) or (pygame.K_QUESTION if name == "?" else pygame.key.key_code(name))
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=name if len(name) == 1 else "")


def test_every_key_of_the_game_that_is_listed_does_something():
    player = Player()
    player.app.play(fresh(LONG, "JPN", 1))
    player.settle()
    player.app.show_end = player.app.save_as = player.app.show_meaning = lambda *_: None
    player.game.end_turn = lambda: None
    for group in key_groups():
        if group.title == "Everywhere":
            continue  # the window and its widgets answer these
        for key, words in group.keys:
            for name in CODES.get(key, (key,)):
                player.game.session.page = PAGES.get(group.title, "map")
                player.settle()
                assert answer_key(player.game, pressed(name)), f"{key}: {words}"
                while player.window.dialogs:
                    player.window.close_dialog()


def test_no_key_is_listed_twice_in_a_group():
    for group in key_groups():
        keys = [key for key, _words in group.keys]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("factor", [0.75, 1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
def test_nothing_is_cut_or_overlaps_at_any_size(size, factor):
    player = Player(size)
    player.app.show_title()
    player.app.change(player.app.settings.changed(factor=factor))
    player.settle()
    open_key_map(player.window)
    player.settle()
    root = player.window.dialogs[-1]
    faults = audit.numbers_without_tip(root) + audit.cut_texts(root) + audit.overlapping_texts(root)
    assert faults + audit.outlying_texts(root) == []


def test_the_question_mark_opens_it_once_and_enter_closes_it():
    player = Player()
    player.app.show_title()
    player.settle()
    player.key("?")
    player.app.show_keys()
    assert len(player.window.dialogs) == 1
    player.key("enter")
    assert not player.window.dialogs
