"""Contests: games are judged by their seats' scores, and what was ordered is counted."""

import json
from pathlib import Path

import numpy as np
import pytest

from game.batch.arena import Contests, _breaches, _signed, as_data, contests, lines
from game.batch.simulate import Arena, played
from game.cli.command import run
from game.content.load import load_level
from game.engine.pact import CLAUSES, TREATIES
from game.engine.turn import Keys
from game.problems import ProblemError
from game.rules.asking import Row
from game.rules.catalog import KIND_CODE, KINDS

LEVEL = "long_arc"


@pytest.fixture(scope="module")
def found() -> Contests:
    return contests(load_level(LEVEL), 2, 3)


def test_a_game_is_the_same_alone_and_among_others(found: Contests) -> None:
    alone = contests(load_level(LEVEL), 1, 3, first_game=1)
    np.testing.assert_array_equal(alone.games[0].score, found.games[1].score)
    np.testing.assert_array_equal(alone.games[0].orders, found.games[1].orders)


def test_scores_lie_within_their_scale_and_games_differ(found: Contests) -> None:
    assert ((found.score >= 0) & (found.score <= 100)).all()
    assert (found.games[0].score != found.games[1].score).any()


def test_the_rest_of_the_world_gives_no_orders(found: Contests) -> None:
    rest = found.nations.index("ROW")
    assert rest not in found.seats
    assert not found.orders[:, rest].any()
    assert found.orders[..., KIND_CODE["support_industry"]].any()


def test_another_personality_orders_otherwise() -> None:
    pressing = contests(load_level(LEVEL), 1, 6, seats={"RUS": "steward", "AUS": "fortress"})
    assert dict(zip(pressing.nations, pressing.names, strict=True))["AUS"] == "fortress"
    usual = contests(load_level(LEVEL), 1, 6)
    place = usual.nations.index("AUS")
    assert (pressing.orders[0, place] != usual.orders[0, place]).any()


@pytest.mark.parametrize(("seats", "word"), [({"XXX": "trader"}, "nation"), ({"JPN": "trade"}, "trader")])
def test_a_seat_that_does_not_exist_is_named_with_the_nearest(seats: dict[str, str], word: str) -> None:
    with pytest.raises(ProblemError, match=word):
        contests(load_level(LEVEL), 1, 1, seats=seats)


def test_minds_play_the_same_contest() -> None:
    thought = contests(load_level("first_shipment"), 1, 2, minds=True)
    assert thought.orders.any()
    assert len(thought.games[0].seconds) == 2


def test_what_winners_use_and_what_an_order_gains(found: Contests) -> None:
    used = found.used_by_winners()
    assert ((used >= 0) & (used <= 1)).all()
    gain = found.gain()
    always = (found.orders > 0).all(0)
    assert np.isnan(gain[always]).all()
    once = ((found.orders > 0).sum(0) == 1)[..., None].squeeze(-1)
    n, kind = np.argwhere(once)[0]
    with_order = found.orders[:, n, kind] > 0
    expected = found.score[with_order, n].mean() - found.score[~with_order, n].mean()
    assert gain[n, kind] == pytest.approx(expected)


def test_the_table_names_every_personality_and_order(found: Contests) -> None:
    text = "\n".join(lines(found))
    assert all(kind in text for kind in KINDS)
    assert all(name in text for name in found.names if name)
    data = json.loads(json.dumps(as_data(found)))
    assert data["games"][0]["orders"].keys() == set(KINDS)


def test_the_command_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "x.json"
    assert run(["arena", "first_shipment", "--seeds", "1", "--turns", "2", "--out", str(out)]) == 0
    assert "seconds a turn" in capsys.readouterr().out
    assert json.loads(out.read_text())["level"] == "first_shipment"


@pytest.mark.parametrize("word", ["RUS", "=trader", "RUS="])
def test_a_word_that_is_no_seat_is_refused(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["arena", "first_shipment", "--seat", word]) != 0
    assert "RUS=leverage_player" in capsys.readouterr().err


def test_treaties_signed_and_broken_are_counted() -> None:
    arena = Arena(load_level(LEVEL))
    steps = list(played(arena, Keys(1, (0,)), 6))
    history = [step.world for step in steps]
    treaties, clauses = _signed(history, 0)
    assert treaties[TREATIES.index("offtake")] > 0
    assert clauses[CLAUSES.index("deliver")] >= treaties[TREATIES.index("offtake")]
    last = steps[-1]
    slot = int(np.flatnonzero(last.ordered.treaty_kind[0] >= 0)[0])
    member = int(np.flatnonzero(last.ordered.treaty_member[0, slot])[0])
    last.ordered.strain[0, slot, member] = 85.0
    last.orders.put((0, member, 0), KIND_CODE["leave"], Row(option=2 * slot + 1))
    (breach,) = (b for b in _breaches(steps, 0) if b.turn == last.world.turn)
    assert breach.nation == last.world.axes.nations[member]
    assert breach.is_explained
