import numpy as np
import pytest

from game.rules.asking import Batch, Row
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

BuyStock = ORDERS["buy_stock"]


def test_months_are_months_of_the_nations_need():
    world = given(3, BuyStock(mineral="m0", months=3.0, tempo="open"))
    assert world.purchase_t[0, 3, 0, 0] == pytest.approx(world.need_t[0, 3, 0].sum() / 2)
    assert world.purchase_t[0, 3, 0, 1:].sum() == 0


def test_quiet_is_the_same_amount_in_three_equal_parts():
    world = given(3, BuyStock(mineral="m0", months=3.0))
    parts = world.purchase_t[0, 3, 0]
    np.testing.assert_allclose(parts[:3], world.need_t[0, 3, 0].sum() / 6)
    assert parts[3:].sum() == 0


def test_what_is_bought_is_paid_on_delivery_and_lies_in_the_stockpile():
    start = play_world()
    after = moved(given(3, BuyStock(mineral="m0", months=1.0, tempo="open")))
    bought = after.purchased_t[0, 3, 0]
    assert bought > 0
    assert after.public_stock_t[0, 3, 0] == pytest.approx(start.public_stock_t[0, 3, 0] + bought)
    assert after.treasury_usd_bn[0, 3] < moved(play_world()).treasury_usd_bn[0, 3]


def test_an_open_purchase_lifts_the_price_for_everybody():
    calm, bought = moved(play_world()), moved(given(3, BuyStock(mineral="m0", months=6.0, tempo="open")))
    assert (bought.delivered_ln[0, :, 0] > calm.delivered_ln[0, :, 0]).all()


def test_the_limit_is_a_multiple_of_todays_price():
    world = given(3, BuyStock(mineral="m0", months=1.0, limit_percent=150))
    assert world.purchase_limit_ln[0, 3, 0] == pytest.approx(world.delivered_ln[0, 3, 0] + np.log(1.5))


def test_a_compact_asking_without_a_limit_bids_up_to_twice_the_price():
    world = play_world()
    BuyStock.effect(world, calibration(), Batch.of(3, Row(mineral=0, option=1, size=1.0)))
    assert world.purchase_limit_ln[0, 3, 0] == pytest.approx(world.delivered_ln[0, 3, 0] + np.log(2))


def test_the_cost_is_estimated_at_todays_price():
    view = play_view()
    money, points = BuyStock(mineral="m0", months=6.0).price(view)
    assert money == pytest.approx(view.world.need_t[0, 3, 0].sum() * view.price_usd_per_t[0] / 1e9)
    assert points == 1
