import numpy as np
import pytest

from game.engine.fields import CAUSE, TREASURY
from game.engine.ledger import check
from game.engine.turn import Keys, advance
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

GiveAid = ORDERS["give_aid"]


def _aid(form: str, size: float = 0.1):
    return GiveAid(partner="NAA", form=form, size_usd_bn=size)


def test_aid_to_government_raises_integrity_for_six_turns_and_no_longer():
    start = play_world().integrity[0, 0]
    after = moved(given(3, _aid("governance")), 6).integrity[0, 0]
    assert 1 < after - start < 9
    assert moved(given(3, _aid("governance")), 9).integrity[0, 0] == after


def test_part_of_it_leaks_where_integrity_is_low():
    clean = play_world()
    clean.integrity[0, 0] = 95.0
    low = play_world()
    low.integrity[0, 0] = 5.0
    gained = [
        moved(given(3, _aid("environment", 0.05), world), 1).environment[0, 0, 0] - play_world().environment[0, 0, 0]
        for world in (clean, low)
    ]
    assert gained[0] > 1.5 * gained[1] > 0
    assert "leaks" in _aid("environment").describe(play_view(3))


def test_surveys_find_ore_and_the_ledger_holds():
    world = play_world()
    world.reserves_t[...] = np.where(np.isfinite(world.reserves_t), world.reserves_t, 1e6)
    aided = given(3, _aid("geology"), world)
    after = advance(aided, calibration(), Keys(11, (0,)))
    assert after.found_t[0, 0, 0] > 0
    assert check(aided, after, calibration()) == []


def test_skills_bring_knowledge_and_safer_work():
    world = play_world()
    world.know[:, 1] = 4.0
    after, without = moved(given(3, _aid("skills"), world.copy()), 3), moved(world, 3)
    assert after.know[0, 0].sum() > without.know[0, 0].sum()
    assert after.labour[0, 0, 0] > without.labour[0, 0, 0]


def test_the_giver_pays_every_turn_and_is_trusted_more_at_once():
    world = given(3, _aid("skills"))
    assert world.trust[0, 0, 3] > play_world().trust[0, 0, 3] + 1
    assert moved(world).posting[0, 3, TREASURY, CAUSE["give_aid"]] == pytest.approx(-0.1)


def test_a_nation_cannot_aid_itself():
    problem = _aid("skills").problems(play_view(0))[0]
    assert "itself" in problem.what
    assert problem.hint == "choose another nation"


def test_taxpayers_object():
    assert _aid("skills").objects(play_view(3)) == ["taxpayers"]
