import pytest

from game.engine.climate import hurdle_ln
from game.engine.fields import CAUSE, SUPPORT
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

ReformContracts = ORDERS["reform_contracts"]
MINING, STATE = ReformContracts(scope="mining"), ReformContracts(scope="state")


def test_integrity_rises_turn_by_turn_for_six_turns_and_more_with_the_whole_state():
    start = play_world().integrity[0, 0]
    for order, gain in ((MINING, 0.025), (STATE, 0.05)):
        after = moved(given(0, order), 8).integrity[0, 0]
        assert after == pytest.approx(100 - (100 - start) * (1 - gain) ** 6)
    assert f"to about {after:.0f}" in STATE.describe(play_view(0))


def test_investors_ask_for_more_meanwhile_and_for_less_ever_after():
    world = given(0, STATE)
    world.turn += 1
    assert hurdle_ln(world, calibration())[0, 0] > 0
    assert hurdle_ln(moved(given(0, STATE), 8), calibration())[0, 0] < -0.08


def test_insiders_take_support_as_long_as_it_lasts():
    assert moved(given(0, STATE)).posting[0, 0, SUPPORT, CAUSE["reform_contracts"]] == -0.5
    assert moved(given(0, MINING), 9).posting[0, 0, SUPPORT, CAUSE["reform_contracts"]] == pytest.approx(-6 * 0.2)


def test_a_second_reform_waits_for_the_first_and_the_clean_need_none():
    assert "under way for 6 turns" in MINING.problems(play_view(0, given(0, STATE)))[0].what
    world = play_world()
    world.integrity[0, 0] = 95.0
    assert "clean already" in MINING.problems(play_view(0, world))[0].what


def test_insiders_object():
    assert MINING.objects(play_view(0)) == ["insiders who live on contracts"]
