import pytest

from game.engine.fields import CAUSE, SUPPORT
from game.engine.maker_duty import duty_cost
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

SetThrift = ORDERS["set_thrift"]
PRODUCT = "magnets_motors_wind"


def test_makers_need_less_metal_step_by_step_and_no_other_product_does():
    free, thrifty = play_world(), given(3, SetThrift(product=PRODUCT, share=0.2))
    saved = []
    for _turn in range(3):
        free, thrifty = moved(free), moved(thrifty)
        saved.append(1 - thrifty.need_t[0, 3, 0, 0] / free.need_t[0, 3, 0, 0])
    assert 0.07 < saved[0] < saved[1] < saved[2] <= 0.21
    assert thrifty.need_t[0, 3, 0, 1] == pytest.approx(free.need_t[0, 3, 0, 1], rel=0.04)


def test_the_product_costs_more_to_make_and_its_makers_lose_ground_to_others():
    free, thrifty = moved(play_world(), 4), moved(given(3, SetThrift(product=PRODUCT, share=0.25)), 4)
    assert duty_cost(thrifty, calibration())[0, :, 0].tolist() == [0, 0, 0, pytest.approx(0.0625)]
    share = [w.product_made_usd_bn[0, 3, 0] / w.product_made_usd_bn[0, :, 0].sum() for w in (free, thrifty)]
    assert share[1] < 0.99 * share[0]


def test_suppliers_of_the_metal_sell_less_of_it():
    free, thrifty = moved(play_world(), 4), moved(given(3, SetThrift(product=PRODUCT, share=0.25)), 4)
    assert thrifty.refined_flow_t[0, 0, 1, 3] < 0.95 * free.refined_flow_t[0, 0, 1, 3]


def test_angry_makers_cost_support_and_a_standard_that_is_lifted_costs_nothing():
    world = given(3, SetThrift(product=PRODUCT, share=0.25))
    assert -8 * 0.25 < world.posting[0, 3, SUPPORT, CAUSE["set_thrift"]] < 0
    assert SetThrift(product=PRODUCT, share=0.0).price(play_view(3, world)) == (0, 0)


def test_who_makes_none_of_it_is_told_to_choose_what_it_makes():
    world = play_world()
    world.need_t[0, 3, :, 0] = 0
    problem = SetThrift(product=PRODUCT).problems(play_view(3, world))[0]
    assert "makes no" in problem.what
    assert "choose a product" in problem.hint
