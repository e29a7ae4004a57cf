import pytest

from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

ReleaseStock = ORDERS["release_stock"]


def test_a_release_to_the_market_lowers_the_price_and_leaves_the_stockpile():
    start, calm = play_world(), moved(play_world())
    after = moved(given(3, ReleaseStock(mineral="m0", amount_t=50.0, to="spot")))
    assert after.released_t[0, 3, 0] > 0
    assert after.public_stock_t[0, 3, 0] == pytest.approx(start.public_stock_t[0, 3, 0] - after.released_t[0, 3, 0])
    assert after.delivered_ln[0, 3, 0] < calm.delivered_ln[0, 3, 0]


def test_the_market_is_served_for_nothing_and_choosing_users_takes_a_point():
    assert ReleaseStock(mineral="m0", amount_t=1.0, to="spot").price(play_view()) == (0, 0)
    assert ReleaseStock(mineral="m0", amount_t=1.0, to="users").price(play_view()) == (0, 1)


def test_two_releases_add_up_and_cannot_exceed_the_stockpile():
    stock = play_world().public_stock_t[0, 3, 0]
    first = ReleaseStock(mineral="m0", amount_t=0.7 * stock, to="spot")
    world = given(3, first)
    assert "more than the stockpile holds" in first.problems(play_view(3, world))[0].what
    world = given(3, ReleaseStock(mineral="m0", amount_t=0.3 * stock, to="spot"), world)
    assert world.release_spot_t[0, 3, 0] == pytest.approx(stock)


def test_an_empty_stockpile_points_to_the_purchase():
    world = play_world()
    world.public_stock_t[...] = 0
    assert "Stockpile purchase" in ReleaseStock(mineral="m0", amount_t=1.0).problems(play_view(3, world))[0].hint
