"""A save of another version of the game: what it lacks is filled in, what is gone is left out, the rest is refused."""

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from game.content.load import load_level
from game.engine.fields import CAUSE, CAUSES, PROGRAMME
from game.engine.pact import PACT_FIELDS
from game.engine.world import empty_world
from game.match.match import Match
from game.match.old_state import LABELS_KEY, fitted, labels_as_data
from game.match.replay import replay
from game.match.shelf import list_saves
from game.match.snapshot import Snapshot, pack_array
from game.problems import ProblemError
from game.rules.catalog import ORDERS
from game.rules.terms import clauses_in
from tests.rules.play_world import BUYER, CONTRACT, SELLER, play_view, play_world

SEAT = "JPN"


@pytest.fixture
def path(tmp_path):
    """A game of two turns, others by habit."""
    path = tmp_path / "saves" / "game.chokepoint"
    level = load_level("first_shipment")
    match = Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {SEAT: "person"}, 3)
    match.save_to(path)
    match.end_turn()
    match.end_turn()
    match.close()
    return path


def changed(path, *statements):
    """The save as another version would have written it."""
    database = sqlite3.connect(path)
    with database:
        for statement, values in statements:
            database.execute(statement, values)
    database.close()


def without(field):
    return ("DELETE FROM snapshots WHERE field = ?", (field,))


def with_array(field, turn, array):
    packed = pack_array(field, array)
    return ("INSERT INTO snapshots (turn, field, dtype, shape, data) VALUES (?, ?, ?, ?, ?)", (turn, field, *packed))


def test_a_field_that_a_save_lacks_begins_as_at_the_start_and_the_file_stays_as_it_is(path):
    changed(path, without("weak_turns"), without("expected_ln"))
    before = path.read_bytes()
    match = Match.load(path)
    assert match.turn == 2
    for world in match.history:
        np.testing.assert_array_equal(world.expected_ln, match.history[0].expected_ln)
    assert "older version" in match.notes[0].what
    assert "expected_ln" in match.notes[0].hint
    match.close()
    assert path.read_bytes() == before


def test_a_field_that_is_gone_is_left_out(path):
    changed(path, *(with_array("gone_t", turn, np.ones((1, 3))) for turn in range(3)))
    match = Match.load(path)
    assert "gone_t" not in match.world.arrays
    assert "gone_t" in match.notes[0].hint
    match.close()


def test_an_older_game_is_played_on_saved_and_loaded_again(path):
    changed(path, without("weak_turns"))
    match = Match.load(path)
    match.end_turn()
    match.close()
    again = Match.load(path)
    assert again.turn == 3
    assert again.report().seat(SEAT)
    assert again.notes == ()  # the last turn was written by this version
    again.close()


def test_postings_keep_their_causes_when_causes_are_added_between(path):
    """The fewer causes of an older version stood at other places."""
    fewer = [cause for cause in CAUSES if cause != "buy_stock"]
    kept = [CAUSE[cause] for cause in fewer]
    match = Match.load(path)
    world, start = match.world, match.history[0]
    match.close()
    arrays = dict(world.arrays)
    arrays["posting"] = world.posting[..., kept]
    promised = np.zeros((*world.commitment_usd_bn.shape[:2], len(fewer), world.commitment_usd_bn.shape[-1]))
    promised[:, :, fewer.index("build_mine")] = world.commitment_usd_bn[:, :, PROGRAMME["build_mine"]]
    arrays["commitment_usd_bn"] = promised
    records = json.dumps(
        {"labels": {name: names for name, names in labels_as_data().items() if name in "AY"} | {"X": fewer}}
    )
    state = fitted(Snapshot(2, arrays, "", records), start, path)
    np.testing.assert_array_equal(state.world.posting[..., kept], world.posting[..., kept])
    np.testing.assert_array_equal(state.world.commitment_usd_bn[:, :, 0], world.commitment_usd_bn[:, :, 0])
    assert not state.world.posting[..., CAUSE["buy_stock"]].any()
    assert state.world.posting.shape == world.posting.shape


def test_axes_of_places_grow_and_shrink_only_where_nothing_is_lost(path):
    match = Match.load(path)
    world, start = match.world, match.history[0]
    match.close()
    records = json.dumps({LABELS_KEY: labels_as_data()})
    short = dict(world.arrays) | {"contract_t": world.contract_t[:, :100], "retiring_t": world.retiring_t[..., :50]}
    state = fitted(Snapshot(2, short, "", records), start, path)
    np.testing.assert_array_equal(state.world.contract_t[:, :100], world.contract_t[:, :100])
    assert state.world.retiring_t.shape == world.retiring_t.shape
    longer = np.concatenate([world.retiring_t, np.ones_like(world.retiring_t[..., :1])], axis=-1)
    with pytest.raises(ProblemError, match="retiring_t"):
        fitted(Snapshot(2, dict(world.arrays) | {"retiring_t": longer}, "", records), start, path)


@pytest.mark.parametrize("array", [np.zeros((1, 2)), np.zeros(3), np.zeros((1, 3), dtype=np.int64)])
def test_a_field_of_other_axes_is_refused_by_name_and_the_file_stays_as_it_is(path, array):
    changed(path, without("treasury_usd_bn"), *(with_array("treasury_usd_bn", turn, array) for turn in range(3)))
    before = path.read_bytes()
    with pytest.raises(ProblemError, match="treasury_usd_bn"):
        Match.load(path)
    assert path.read_bytes() == before


def test_a_replay_compares_what_both_know_and_names_the_rest(path):
    changed(path, without("weak_turns"), ("UPDATE turns SET state_hash = 'older'", ()))
    result = replay(path)
    assert (result.outcome, result.left_out) == ("identical", ("weak_turns",))
    assert "kept other numbers (weak_turns)" in str(result)


def test_a_replay_of_an_older_save_still_finds_a_difference(path):
    match = Match.load(path)
    treasury = match.world.treasury_usd_bn + 1
    match.close()
    changed(path, without("weak_turns"), ("UPDATE turns SET state_hash = 'older'", ()),
            ("DELETE FROM snapshots WHERE field = 'treasury_usd_bn' AND turn = 2", ()),
            with_array("treasury_usd_bn", 2, treasury))  # fmt: skip
    result = replay(path)
    assert (result.outcome, result.turn, result.field) == ("different", 2, "treasury_usd_bn")


def test_the_shelf_knows_which_games_an_older_version_wrote(path):
    assert not list_saves(path.parent)[0].is_older
    changed(path, without("weak_turns"))
    assert list_saves(path.parent)[0].is_older


def test_contracts_of_a_save_that_knew_no_treaties_are_offtakes_one_can_leave():
    world = play_world()
    names = [field.name for field in PACT_FIELDS]
    records = json.dumps(
        {"labels": labels_as_data(), "treaties": [{"slot": CONTRACT, "first": 2, "state": "in force"}]}
    )
    kept = {name: array for name, array in world.arrays.items() if name not in names}
    found = fitted(Snapshot(world.turn, kept, "", records), empty_world(world.axes, 1), Path("old")).world
    assert found.treaty_since[0, CONTRACT] == 2
    assert np.flatnonzero(found.treaty_member[0, CONTRACT]).tolist() == [SELLER, BUYER]
    assert [clause.kind for clause in clauses_in(found, CONTRACT)] == ["deliver", "term", "price_rule", "penalty"]
    leave = ORDERS["leave"].model_validate({"contract": CONTRACT, "how": "now"})
    assert leave.problems(play_view(SELLER, found)) == []
