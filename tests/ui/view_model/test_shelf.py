"""Saved games as the shelf lists them."""

import pytest

from game.match.shelf import new_path, saves_folder
from game.problems import Problem
from game.ui.view_model.shelf import Known, delete_save, known_of, newest_save, saved_games
from tests.ui.played import SHORT, fresh


@pytest.fixture
def saved():
    """The path of a game saved after one turn."""
    match = fresh(SHORT, "JPN", 1)
    path = new_path(SHORT, "JPN")
    path.parent.mkdir(parents=True)
    match.save_to(path)
    match.close()
    return path


def test_a_game_is_listed_with_level_nation_turn_date_and_file(saved):
    [game] = saved_games(known_of([SHORT]))
    assert (game.level, game.nation, game.iso3, game.name) == ("First shipment", "Japan", "JPN", saved.stem)
    assert str(game.turn) == "Turn 2 · 2025\xa0H2"
    assert not game.problem
    assert not game.tip.missing()


def test_a_game_whose_last_turn_is_resolved_is_called_finished(saved):
    [game] = saved_games(Known({SHORT: "First shipment"}, {SHORT: 1}))
    assert str(game.turn).startswith("Finished")


def test_without_knowing_the_level_its_id_is_worded(saved):
    [game] = saved_games()
    assert (game.level, game.nation) == ("First shipment", "JPN")


def test_a_damaged_file_is_listed_with_its_reason_and_is_never_the_newest_game(saved):
    (saves_folder() / "broken.chokepoint").write_bytes(b"not a save")
    games = saved_games()
    assert [bool(game.problem) for game in games] == [True, False]
    assert games[0].turn is None
    assert newest_save().path == saved


def test_a_level_that_is_gone_leaves_its_names_unknown():
    assert known_of(["no_such_level"]) == Known()


def test_deleting_takes_the_file_and_its_journal_away(saved):
    journal = saved.with_name(saved.name + "-journal")
    journal.write_bytes(b"")
    assert delete_save(saved) is None
    assert not saved.exists()
    assert not journal.exists()


def test_deleting_what_cannot_be_deleted_is_a_problem_with_its_reason(tmp_path):
    found = delete_save(tmp_path / "gone.chokepoint")
    assert isinstance(found, Problem)
    assert "No such file" in found.what


def test_an_unreadable_folder_has_no_newest_game(tmp_path):
    (tmp_path / "saves").write_text("a file in the way")
    assert newest_save(tmp_path / "saves") is None
