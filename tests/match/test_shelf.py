import os

import pytest

from game.files import user_folder
from game.match.shelf import list_saves, new_path, saves_folder
from game.problems import ProblemError
from tests.match.fake_match import new_save


def test_saves_stand_in_the_players_own_folder():
    assert saves_folder() == user_folder() / "saves"
    assert new_path("long_arc", "JPN").parent == saves_folder()


def test_a_shelf_that_is_not_there_is_empty(tmp_path):
    assert list_saves(tmp_path / "gone") == []


def test_a_shelf_that_is_no_folder_is_a_problem(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ProblemError, match="Not a directory"):
        list_saves(tmp_path / "file")


def test_saves_are_listed_with_what_they_hold_the_last_written_first(tmp_path):
    for name, turns, when in (("old", 1, 1_000_000_000), ("new", 2, 1_700_000_000)):
        new_save(tmp_path / f"{name}.chokepoint", turns).close()
        os.utime(tmp_path / f"{name}.chokepoint", (when, when))
    (tmp_path / "notes.txt").touch()
    new, old = list_saves(tmp_path)
    assert (new.name, new.level, new.nations, new.turn, new.problem) == ("new", "long_arc", ("JPN",), 2, None)
    assert (old.name, old.turn, old.saved.year) == ("old", 1, 2001)


def test_a_bad_file_is_listed_with_its_problem_beside_the_good_ones(tmp_path):
    new_save(tmp_path / "good.chokepoint").close()
    (tmp_path / "bad.chokepoint").write_bytes(b"rubbish")
    (tmp_path / "folder.chokepoint").mkdir()
    listed = {info.name: info for info in list_saves(tmp_path)}
    assert listed["good"].problem is None
    assert "not a save" in listed["bad"].problem.what
    assert "not a file" in listed["folder"].problem.what


def test_a_game_being_played_is_listed_too(tmp_path):
    with new_save(tmp_path / "now.chokepoint", turns=1):
        (info,) = list_saves(tmp_path)
    assert (info.turn, info.problem) == (1, None)


def test_a_new_game_gets_a_name_that_is_free(tmp_path):
    first = new_path("long_arc", "JPN", tmp_path)
    first.touch()
    second = new_path("long_arc", "JPN", tmp_path)
    assert (first.name, second.name) == ("long_arc_JPN.chokepoint", "long_arc_JPN_2.chokepoint")
