import sqlite3

import pytest

from game.content.load import load_level
from game.match.match import Match
from game.match.replay import replay
from game.match.save import Save
from game.problems import ProblemError
from game.rules.catalog import ORDERS


@pytest.fixture
def saved(tmp_path):
    """The path of a game of three turns, one order by a person, all others minds."""
    path = tmp_path / "game.chokepoint"
    match = Match.new(load_level("first_shipment"), {"JPN": "person"}, 3)
    match.save_to(path)
    match.submit("JPN", ORDERS["buy_stock"](mineral="rare_earths", months=1.0))
    for _turn in range(2):
        match.end_turn()
    match.close()
    return path


def test_a_replay_of_minds_and_persons_is_identical_and_asks_no_mind(saved, monkeypatch):
    def no_mind(*_args, **_kwargs):
        raise AssertionError("a mind was asked")

    monkeypatch.setattr("game.match.seat.decide", no_mind)
    monkeypatch.setattr("game.match.seat.habit", no_mind)
    result = replay(saved)
    assert result.outcome == "identical"
    assert str(result) == "identical over 2 turns"
    with Save.open(saved) as save:
        assert len({entry.seat for entry in save.entries()}) > 2


def test_a_replay_names_the_turn_and_field_of_the_first_difference(saved):
    with sqlite3.connect(saved) as database:
        database.execute("DELETE FROM log WHERE turn = 1 AND seat = 'JPN'")
        database.execute("UPDATE log SET seq = seq - 1 WHERE turn = 1")
    database.close()
    result = replay(saved)
    assert (result.outcome, result.turn) == ("different", 1)
    assert str(result) == f"different at turn 1 in {result.field}"


def test_what_is_no_save_is_refused(tmp_path):
    with pytest.raises(ProblemError, match="nowhere"):
        replay(tmp_path / "nowhere.chokepoint")
