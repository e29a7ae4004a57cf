"""The shelf: list, load, copy and delete, by mouse and keyboard."""

import sqlite3
from contextlib import closing

import pytest

from game.match.shelf import new_path, saves_folder
from game.ui import audit, theme
from game.ui.screens.game import GameScreen
from game.ui.screens.load import LoadScreen
from game.ui.screens.session import Session
from tests.ui.played import SHORT, fresh
from tests.ui.playing import Player

SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]


def save(turns=1):
    match = fresh(SHORT, "JPN", turns)
    path = new_path(SHORT, "JPN")
    path.parent.mkdir(parents=True, exist_ok=True)
    match.save_to(path)
    return match


def shelf(session=None, size=(1280, 720), factor=1.0):
    player = Player(size)
    player.window.set_factor(factor)
    player.app.show_title()
    player.app.show_load(session)
    player.settle()
    player.wait(lambda: player.window.screen._known.names or not player.window.screen.games)
    return player


@pytest.fixture(autouse=True)
def _usual_scale():
    yield
    theme.use_scale(1.0)


def faults(player):
    root = player.window.dialogs[-1] if player.window.dialogs else player.window.root
    return (
        audit.numbers_without_tip(root)
        + audit.cut_texts(root)
        + audit.overlapping_texts(root)
        + audit.outlying_texts(root)
    )


@pytest.mark.parametrize("size", SIZES)
def test_every_figure_has_its_explanation_and_nothing_is_cut_or_overlaps(size):
    match = save()
    save().close()
    (saves_folder() / "broken.chokepoint").write_bytes(b"not a save")
    player = shelf(Session(match, "JPN"), size)
    assert faults(player) == []
    player.click("delete.broken")
    player.settle()
    assert faults(player) == []
    match.close()


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_a_game_of_an_older_version_says_so_is_continued_and_tells_what_that_means(factor):
    match = save()
    with closing(sqlite3.connect(match.path)) as database, database:
        database.execute("DELETE FROM snapshots WHERE field = 'weak_turns'")
    match.close()
    player = shelf(factor=factor)
    assert faults(player) == []
    assert any("older version" in line.text for line in audit.shown_texts(player.window.root))
    player.key("enter")
    player.wait(lambda: isinstance(player.window.screen, GameScreen))
    assert player.match.turn == 1
    assert player.window.toasts.due_ms is not None
    player.match.close()


def test_an_empty_shelf_offers_a_new_game():
    player = shelf()
    assert player.widget("new_game")
    assert faults(player) == []


def test_enter_continues_the_newest_game_that_can_be_played():
    save().close()
    (saves_folder() / "broken.chokepoint").write_bytes(b"not a save")
    player = shelf()
    player.key("enter")
    player.wait(lambda: isinstance(player.window.screen, GameScreen))
    assert player.match.turn == 1
    player.match.close()


def test_a_damaged_game_is_shown_with_its_reason_and_does_not_load():
    saves_folder().mkdir(parents=True)
    (saves_folder() / "broken.chokepoint").write_bytes(b"not a save")
    player = Player()
    player.app.show_title()
    player.app.show_load()
    player.settle()
    assert any("not a save of this game" in line.text for line in audit.shown_texts(player.window.root))
    player.click("save.broken")
    player.run(200)
    assert isinstance(player.window.screen, LoadScreen)


def test_a_file_damaged_further_in_is_refused_with_a_notice_and_stays():
    save().close()
    [path] = saves_folder().iterdir()
    whole = path.read_bytes()
    kept = len(whole) * 15 // 16  # the names stand before that, the world reaches beyond
    path.write_bytes(whole[:kept] + bytes(len(whole) - kept))
    left = path.read_bytes()
    player = shelf()
    player.key("enter")
    player.wait(lambda: player.window.screen.loading is None)
    assert isinstance(player.window.screen, LoadScreen)
    assert path.read_bytes() == left


def test_delete_asks_first_and_enter_keeps_the_game():
    save().close()
    player = shelf()
    [game] = player.window.screen.games
    player.click(f"delete.{game.name}")
    player.settle()
    player.key("enter")
    assert game.path.exists()
    player.window.focus(player.widget(f"save.{game.name}"), by_key=True)
    player.key("delete")
    player.settle()
    player.click("confirm_delete")
    player.settle()
    assert not game.path.exists()
    assert player.window.screen.games == []


def test_the_game_in_play_can_be_copied_but_not_deleted():
    match = save()
    player = shelf(Session(match, "JPN"))
    first = match.path
    player.click(f"delete.{first.stem}")
    player.settle()
    assert not player.window.dialogs
    player.key("c")
    player.settle()
    player.click("save_now")
    player.settle()
    assert match.path != first
    assert {game.path for game in player.window.screen.games} == {first, match.path}
    match.close()


def test_an_unreadable_folder_is_said_with_a_remedy():
    saves_folder().parent.mkdir(parents=True)
    saves_folder().write_text("a file in the way")
    player = shelf()
    assert any("cannot be read" in line.text for line in audit.shown_texts(player.window.root))
    saves_folder().unlink()
    player.click("retry")
    player.settle()
    assert player.widget("new_game")


def test_escape_goes_back():
    player = shelf()
    player.key("esc")
    assert not isinstance(player.window.screen, LoadScreen)
