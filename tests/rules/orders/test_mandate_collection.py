import pytest

from game.engine.maker_duty import duty_cost
from game.engine.scrap import collected_share
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

MandateCollection = ORDERS["mandate_collection"]
PRODUCT = "magnets_motors_wind"
RULE = MandateCollection(product=PRODUCT, share=0.8)


def test_more_of_what_retires_is_collected_step_by_step_and_recyclers_grow():
    free, ruled = moved(play_world()), moved(given(3, RULE))
    assert collected_share(ruled, calibration())[0, 3, 0] == pytest.approx(
        collected_share(free, calibration())[0, 3, 0], abs=0.08
    )
    free, ruled = moved(free, 9), moved(ruled, 9)
    assert collected_share(ruled, calibration())[0, 3, 0] > 0.5
    assert ruled.recycled_t[0, :, 0].sum() > 1.2 * free.recycled_t[0, :, 0].sum()
    assert ruled.landfilled_t[0, 3, 0] < 0.9 * free.landfilled_t[0, 3, 0]


def test_makers_pay_for_it():
    ruled = moved(given(3, RULE), 5)
    assert duty_cost(ruled, calibration())[0, :, 0].tolist() == [0, 0, 0, pytest.approx(0.008)]


def test_a_rule_below_what_is_collected_anyway_brings_no_more_scrap():
    world = play_world()
    usual = collected_share(world, calibration())[0, 3, 0]
    world.collection_reached_share[0, 3, 0] = 0.9 * usual
    assert collected_share(world, calibration())[0, 3, 0] == pytest.approx(usual)


def test_where_nothing_retires_another_product_is_asked_for():
    world = play_world()
    world.retiring_t[0, 3] = 0
    problem = RULE.problems(play_view(3, world))[0]
    assert "retire" in problem.what
    assert "choose a product" in problem.hint
