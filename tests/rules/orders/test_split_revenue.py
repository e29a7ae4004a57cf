import pytest

from game.engine.axes import MINE
from game.engine.fields import CAUSE, SUPPORT, TREASURY
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

SplitRevenue = ORDERS["split_revenue"]
SAVE = SplitRevenue(fund=0.5, communities=0.0, infrastructure=0.0)
SHARE = SplitRevenue(fund=0.0, communities=0.5, infrastructure=0.0)
BUILD = SplitRevenue(fund=0.0, communities=0.0, infrastructure=0.5)


def test_what_is_saved_is_paid_out_when_income_is_less_than_the_public_counts_on():
    world = moved(given(0, SAVE), 4)
    assert world.fund_usd_bn[0, 0] > 0
    world.expected_spending_usd_bn[0, 0] *= 3.0
    after = moved(world)
    assert after.posting[0, 0, TREASURY, CAUSE["fund"]] > 0
    assert after.fund_usd_bn[0, 0] < world.fund_usd_bn[0, 0]


def test_communities_that_share_accept_the_mines_and_turn_when_it_is_taken_back():
    world = moved(given(0, SHARE), 6)
    assert world.social_licence[0, 0, 0] > moved(play_world(), 6).social_licence[0, 0, 0] + 5
    back = moved(given(0, SplitRevenue(fund=0.0, communities=0.0, infrastructure=0.0), world), 4)
    assert back.social_licence[0, 0, 0] < moved(play_world(), 10).social_licence[0, 0, 0] - 5


def test_what_is_built_draws_investors_some_turns_later():
    built, spent = moved(given(0, BUILD), 12), moved(play_world(), 12)
    assert built.capacity_t[0, 0, 0, MINE] > spent.capacity_t[0, 0, 0, MINE]


def test_spending_less_than_the_public_counts_on_costs_support():
    world = play_world()
    world.expected_spending_usd_bn[...] = 1.0
    assert moved(world.copy()).posting[0, 0, SUPPORT, CAUSE["resource_spending"]] < 0


def test_the_public_soon_counts_on_more_and_hardly_ever_on_less():
    world = play_world()
    usual = moved(world.copy()).expected_spending_usd_bn[0, 0]
    world.expected_spending_usd_bn[...] = 0.5 * usual
    assert moved(world.copy()).expected_spending_usd_bn[0, 0] == pytest.approx(0.75 * usual, rel=0.05)
    world.expected_spending_usd_bn[...] = 1.5 * usual
    assert moved(world.copy()).expected_spending_usd_bn[0, 0] == pytest.approx(1.475 * usual, rel=0.05)


def test_shares_of_more_than_the_whole_are_refused_and_so_is_a_split_of_nothing():
    whole = SplitRevenue(fund=0.5, communities=0.5, infrastructure=0.1).problems(play_view(0))[0]
    assert "110%" in whole.what
    world = play_world()
    world.mined_t[0, 0] = 0.0
    assert "no resource income" in SAVE.problems(play_view(0, world))[0].what


def test_who_gets_less_objects():
    assert SAVE.objects(play_view(0)) == ["those who live on public spending"]
    assert BUILD.objects(play_view(0, given(0, SHARE))) == ["communities around the sites"]
