import numpy as np
import pytest

from game.engine.axes import MINE
from game.engine.fields import CAUSE, RELIABILITY, TREASURY
from game.engine.value import owned_usd_bn
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

TakeEquity = ORDERS["take_equity"]
SEIZE = TakeEquity(mineral="m0", stage="mine", share=1.0, compensation=0.0)
BUY = TakeEquity(mineral="m0", stage="mine", share=1.0, compensation=1.0)


def test_the_state_gets_an_owners_income_and_the_owners_lose_it():
    taken, free = moved(given(0, SEIZE)), moved(play_world())
    assert free.posting[0, 0, TREASURY, CAUSE["dividend"]] == 0
    assert taken.posting[0, 0, TREASURY, CAUSE["dividend"]] > 0
    abroad = owned_usd_bn(free, calibration())[0, 2, 0, MINE] - owned_usd_bn(taken, calibration())[0, 2, 0, MINE]
    added = free.mined_t[0, 0, 0] * 8_000.0 * np.exp(free.mine_gate_ln[0, 0, 0]) / 1e9
    assert abroad == pytest.approx(0.3 * added, rel=0.1)


def test_a_seizure_costs_trust_reliability_and_later_investment_and_a_purchase_little_of_it():
    seized, bought, before = given(0, SEIZE), given(0, BUY), play_world()
    assert seized.trust[0, 2, 0] == pytest.approx(before.trust[0, 2, 0] - 25 * 0.3)
    assert bought.trust[0, 2, 0] == pytest.approx(before.trust[0, 2, 0] - 25 * 0.3 * 0.2)
    assert seized.posting[0, 0, RELIABILITY, CAUSE["take_equity"]] == pytest.approx(-5.0)
    assert seized.country_risk_ln[0, 0] > 3 * bought.country_risk_ln[0, 0]
    assert moved(seized, 8).country_risk_ln[0, 0] < 0.15 * seized.country_risk_ln[0, 0]


def test_a_mine_that_a_weak_state_runs_wears_and_its_neighbour_gains():
    taken, free = moved(given(0, SEIZE), 10), moved(play_world(), 10)
    assert taken.reinvested_share[0, 0, 0] == pytest.approx(1 - 0.5 * 0.8 * 0.7)
    assert taken.capacity_t[0, 0, 0, MINE] < 0.95 * free.capacity_t[0, 0, 0, MINE]
    assert taken.mined_t[0, 2, 0] > free.mined_t[0, 2, 0]


def test_compensation_is_paid_over_two_turns():
    money, points = BUY.price(play_view(0))
    assert points == 3
    worth = 0.5 * 0.5 * play_world().capacity_t[0, 0, 0, MINE] * 2 * 30_000.0 / 1e9
    assert money == pytest.approx(0.2 * worth)
    once = moved(given(0, BUY))
    assert once.posting[0, 0, TREASURY, CAUSE["take_equity"]] == pytest.approx(-money / 2)


def test_where_no_foreign_firm_owns_anything_there_is_nothing_to_take():
    problem = TakeEquity(mineral="m0", stage="refine").problems(play_view(0))[0]
    assert "own no m0 refineries" in problem.what
    assert "foreign firms own no" in SEIZE.problems(play_view(0, given(0, SEIZE)))[0].what


def test_owners_object_the_largest_first():
    assert SEIZE.objects(play_view(0))[0] == "owners in NAC, who hold 30%"
