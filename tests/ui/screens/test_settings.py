"""Settings hold at once, are stored, and fit at every scale."""

import pytest

from game.problems import Problem
from game.ui import audit, theme
from game.ui.screens.settings import SettingsScreen
from game.ui.view_model.setting import FACTORS, load_settings
from tests.ui.playing import Player


def at_settings(size=(1280, 720)):
    player = Player(size)
    player.app.show_title()
    player.app.show_settings()
    player.settle()
    return player


@pytest.fixture(autouse=True)
def _usual_scale():
    yield
    theme.use_scale(1.0)


def faults(player):
    root = player.window.root
    return (
        audit.numbers_without_tip(root)
        + audit.cut_texts(root)
        + audit.overlapping_texts(root)
        + audit.outlying_texts(root)
    )


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("factor", FACTORS)
def test_nothing_is_cut_at_any_scale(size, factor):
    player = at_settings(size)
    player.app.change(player.app.settings.changed(factor=factor))
    player.app.problem = Problem(
        "warning", "settings.json", "the settings cannot be read: factor cannot be 0", "they hold"
    )
    player.window.screen.rebuild()
    player.settle()
    assert faults(player) == []


def test_a_scale_holds_at_once_and_is_stored():
    player = at_settings()
    before = theme.scale()
    player.click("scale.1.5")
    player.settle()
    assert theme.scale() == pytest.approx(before * 1.5, abs=0.05)
    assert load_settings()[0].factor == 1.5


def test_a_window_size_holds_at_once_and_is_stored():
    player = at_settings()
    player.click("size")
    player.key("down", "enter")
    player.settle()
    assert player.window.size == (1600, 900)
    assert load_settings()[0].size == (1600, 900)


def test_a_size_the_window_was_dragged_to_is_kept_with_the_next_change():
    player = at_settings()
    player.resize((1500, 800))
    player.settle()
    player.click("reduce_motion")
    player.settle()
    assert player.window.size == (1500, 800)
    assert load_settings()[0].size == (1500, 800)


def test_toggles_work_by_keyboard():
    player = at_settings()
    player.window.focus(player.widget("reduce_motion"), by_key=True)
    player.key("space")
    player.settle()
    assert load_settings()[0].reduce_motion is False
    assert player.window.reduce_motion is False


def test_the_usual_settings_come_back_with_one_press():
    player = at_settings()
    player.click("scale.2.0")
    player.settle()
    player.window.focus(player.widget("usual"), by_key=True)
    player.key("enter")
    player.settle()
    assert load_settings()[0].factor == 1.0


def test_a_problem_with_the_file_is_shown_until_a_change_writes_it_anew():
    player = at_settings()
    player.app.problem = Problem("warning", "settings.json", "the settings cannot be read: end of file", "they hold")
    player.window.screen.rebuild()
    player.settle()
    assert player.widget("warning")
    player.click("scale.1.25")
    player.settle()
    assert player.window.root.find("warning") is None


@pytest.mark.parametrize("key", ["enter", "esc"])
def test_enter_and_escape_go_back(key):
    player = at_settings()
    player.key(key)
    assert not isinstance(player.window.screen, SettingsScreen)
