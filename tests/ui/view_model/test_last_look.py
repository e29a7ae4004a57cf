"""What was looked at last in a save is found again; whatever else is in the file is as if nothing were kept."""

import pytest

from game.files import user_folder
from game.match.shelf import saves_folder
from game.ui.screens.session import Session
from game.ui.view_model.first_look import Look
from game.ui.view_model.last_look import FILE, keep_look, last_look
from tests.ui.played import fresh

NICKEL = Look("nickel", "price", "mine")


@pytest.fixture
def save():
    saves_folder().mkdir(parents=True)
    path = saves_folder() / "mine.chokepoint"
    path.touch()
    return path


def test_each_save_has_its_own_look(save):
    other = save.with_name("other.chokepoint")
    other.touch()
    keep_look(save, NICKEL)
    keep_look(other, Look("cobalt", "trust", "refine"))
    assert last_look(save) == NICKEL
    assert last_look(None) is None


def test_a_save_that_is_gone_is_forgotten(save):
    keep_look(save, NICKEL)
    save.unlink()
    other = save.with_name("other.chokepoint")
    keep_look(other, NICKEL)
    assert last_look(save) is None


@pytest.mark.parametrize("content", ["", "[]", "{", '{"mine.chokepoint": 3}', '{"mine.chokepoint": {"mineral": 1}}'])
def test_a_file_that_is_not_understood_keeps_nothing(save, content):
    (user_folder() / FILE).write_text(content)
    assert last_look(save) is None


def test_a_loaded_game_opens_at_the_mineral_it_was_left_at():
    match = fresh("long_arc", "JPN", 0)
    path = saves_folder() / "game.chokepoint"
    match.save_to(path)
    session = Session(match, "JPN")
    first = session.mineral
    session.mineral, session.lens = "titanium", "trust"
    session.keep_look()
    assert (Session(match, "JPN").mineral, Session(match, "JPN").lens) == ("titanium", "trust")
    keep_look(path, Look("unobtainium", "trust", "refine"))
    assert Session(match, "JPN").mineral == first != "titanium"
    match.close()
