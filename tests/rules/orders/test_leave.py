import pytest

from game.engine.fields import RELIABILITY, TREASURY
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import BUYER, CONTRACT, SELLER, TREATY, calibration, play_view, play_world

Leave = ORDERS["leave"]


def test_with_notice_the_contract_holds_this_turn_and_the_next():
    world = given(SELLER, Leave(treaty=TREATY))
    assert moved(world, 1).contract_delivered_t[0, CONTRACT] > 0
    assert moved(world, 2).contract_delivered_t[0, CONTRACT] > 0
    assert moved(world, 3).contract_seller[0, CONTRACT] == -1
    assert (world.reliability == play_world().reliability).all()


def test_at_once_the_contract_is_gone_and_the_word_is_worth_less_to_all():
    start = play_world()
    world = given(SELLER, Leave(treaty=TREATY, how="now"))
    assert world.contract_seller[0, CONTRACT] == -1
    assert world.posting[0, SELLER, RELIABILITY].sum() == pytest.approx(-12)
    assert world.trust[0, BUYER, SELLER] == pytest.approx(start.trust[0, BUYER, SELLER] - 25)
    assert world.trust[0, SELLER, BUYER] == start.trust[0, SELLER, BUYER]
    assert world.political_capital[0, SELLER] == start.political_capital[0, SELLER] - 3


def test_the_published_share_of_what_is_still_due_goes_to_the_partner():
    start = play_world()
    gate = start.refinery_gate_ln[0, SELLER, 0]
    turns = start.contract_until[0, CONTRACT] - start.turn
    price = calibration().baseline.price_usd_per_t[0] * 2.718281828459045**gate
    owed = 0.25 * 20.0 * turns * price / 1e9
    world = given(SELLER, Leave(treaty=TREATY, how="now"))
    assert world.posting[0, SELLER, TREASURY].sum() == pytest.approx(-owed)
    assert world.posting[0, BUYER, TREASURY].sum() == pytest.approx(owed)


def test_a_contract_that_ends_by_itself_needs_no_notice():
    world = play_world()
    world.treaty_until[0, TREATY] = world.turn + 2
    assert "ends by next turn" in Leave(treaty=TREATY).problems(play_view(SELLER, world))[0].what
    assert Leave(treaty=TREATY, how="now").problems(play_view(SELLER, world)) == []


def test_nobody_else_can_end_it():
    problem = Leave(treaty=TREATY).problems(play_view(0))[0]
    assert "not yours" in problem.what
