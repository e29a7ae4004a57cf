"""The last screen: all explained, nothing cut, and every way on by key."""

import pytest

from game.ui import audit, theme
from game.ui.screens.ending import EndingScreen
from game.ui.screens.new_game import NewGameScreen
from game.ui.screens.title import TitleScreen
from tests.ui.played import LONG, SHORT, session_of
from tests.ui.playing import Player


@pytest.fixture(autouse=True)
def _usual_scale():
    yield
    theme.use_scale(1.0)


def at_end(place=(SHORT, "JPN", 6), size=(1280, 720)):
    player = Player(size)
    player.app.show_title()
    player.app.show_end(session_of(*place))
    player.settle()
    return player


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("place", [(SHORT, "JPN", 6), (LONG, "COD", 4), (LONG, "JPN", 4)])
def test_every_figure_has_its_explanation_and_nothing_is_cut_or_overlaps(place, size):
    root = at_end(place, size).window.root
    faults = audit.numbers_without_tip(root) + audit.cut_texts(root) + audit.overlapping_texts(root)
    assert faults + audit.outlying_texts(root) == []


def test_enter_sets_up_the_same_level_again():
    player = at_end()
    player.key("enter")
    player.settle()
    assert isinstance(player.window.screen, NewGameScreen)


def test_escape_looks_around_and_the_button_goes_to_the_title():
    player = at_end()
    player.key("esc")
    assert not isinstance(player.window.screen, EndingScreen)
    player = at_end()
    player.click("title")
    player.settle()
    assert isinstance(player.window.screen, TitleScreen)


def test_export_writes_the_result_and_says_where():
    player = at_end()
    player.key("e")
    player.settle()
    assert player.window.toasts.due_ms is not None


def test_a_fallen_government_is_shown_with_a_warning(monkeypatch):
    session = session_of(SHORT, "JPN", 6)
    monkeypatch.setattr(type(session.match), "has_fallen", lambda _match, _nation: True)
    player = at_end()
    assert any("has fallen for good" in line.text for line in audit.shown_texts(player.window.root))


def test_the_last_turn_leads_to_the_result():
    player = Player()
    player.app.play(session_of(SHORT, "JPN", 6).match)
    player.settle()
    player.click("end_turn")
    player.settle()
    assert isinstance(player.window.screen, EndingScreen)


def test_the_report_on_the_last_turn_leads_to_the_result():
    player = Player()
    player.app.play(session_of(SHORT, "JPN", 6).match)
    player.settle()
    player.click("nav.report")
    player.settle()
    player.key("enter")
    player.settle()
    assert isinstance(player.window.screen, EndingScreen)


def test_the_pillars_of_the_score_are_shown_and_legacy_joins_them_once_it_is_played(monkeypatch):
    monkeypatch.setattr("game.ui.screens.ending.legacy_pillar", lambda _match, _seat, _futures: 61.0)
    player = at_end((LONG, "JPN", 4))
    words = [line.text for line in audit.shown_texts(player.window.root)]
    assert {"Security", "Prosperity", "Standing", "Stewardship"} <= set(words)
    assert "Score" not in words
    player.click("ask_legacy")
    player.settle()
    words = [line.text for line in audit.shown_texts(player.window.root)]
    assert {"Score", "Legacy", "61"} <= set(words)


def test_when_the_game_is_over_the_score_is_reckoned_unasked(monkeypatch):
    monkeypatch.setattr("game.ui.screens.ending.legacy_pillar", lambda _match, _seat, _futures: 61.0)
    words = [line.text for line in audit.shown_texts(at_end().window.root)]
    assert {"Score", "Legacy", "61"} <= set(words)
