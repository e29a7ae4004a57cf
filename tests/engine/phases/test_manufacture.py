import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.engine.axes import REFINE
from game.engine.phases.manufacture import manufacture
from game.engine.turn import Keys, advance
from tests.small_world import opened, settled_baseline

KEYS = Keys(1, (0,))


def test_the_base_year_is_made_and_sold_again():
    world, calibration = opened(settled_baseline(minerals=2))
    manufacture(world, calibration)
    makers = calibration.makers
    np.testing.assert_allclose(world.product_gate_ln, 0.0, atol=1e-6)
    np.testing.assert_allclose(world.product_delivered_ln, 0.0, atol=1e-6)
    np.testing.assert_allclose(world.product_flow_usd_bn[0], makers.flow_usd_bn, rtol=1e-6)
    assert (world.bottleneck == -1).all()


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_what_is_made_is_bought_and_nothing_is_made_without_metal_or_plans(seed):
    world, calibration = opened(settled_baseline(nations=6, minerals=2))
    world.use_t *= (0.6 + 0.6 * np.sin(np.arange(world.use_t.size) + seed)).reshape(world.use_t.shape)
    world.use_t[0, 1] = 0.0
    world.planned_usd_bn[0, 2] = 0.0
    manufacture(world, calibration)
    made, bought = world.product_made_usd_bn, world.product_bought_usd_bn
    np.testing.assert_allclose(made.sum(1), bought.sum(1), rtol=1e-9)
    np.testing.assert_allclose(world.product_flow_usd_bn.sum(3).swapaxes(1, 2), made, rtol=1e-9)
    assert (made[0, 1] < 1e-6).all()
    assert (made[0, 2] == 0).all()
    least = 1e-7 * calibration.makers.world_usd_bn
    assert (made <= world.planned_usd_bn * world.recipe_met_share + least).all()
    assert (made >= 0).all()
    assert np.isfinite(world.product_gate_ln).all()


def test_makers_short_of_one_mineral_make_less_and_its_name_is_known():
    world, calibration = opened(settled_baseline(minerals=2))
    before = world.product_made_usd_bn.copy()
    world.use_t[0, 3, 1, 0] *= 0.5
    manufacture(world, calibration)
    assert world.bottleneck[0, 3, 0] == 1
    assert world.product_made_usd_bn[0, 3, 0] < 0.65 * before[0, 3, 0]
    assert world.product_made_usd_bn[0, 2, 0] > before[0, 2, 0]
    assert (world.product_delivered_ln[0, :, 0] > 0).all()
    assert (world.product_bought_usd_bn[0, :, 0] < world.product_need_usd_bn[0, :, 0]).all()


@settings(max_examples=25)
@given(st.integers(0, 3), st.integers(0, 1), st.floats(0.3, 1.0))
def test_less_metal_anywhere_lowers_no_price_of_a_product_anywhere(nation, product, left):
    world, calibration = opened(settled_baseline(minerals=2), 2)
    world.use_t[1, nation, :, product] *= left
    manufacture(world, calibration)
    assert (world.product_delivered_ln[1] >= world.product_delivered_ln[0] - 1e-7).all()
    assert (world.product_gate_ln[1] >= world.product_gate_ln[0] - 1e-7).all()


def test_a_shortage_of_metal_becomes_a_shortage_of_goods_in_the_same_turn_and_moves_plans_in_the_next():
    world, calibration = opened(settled_baseline(), 2)
    world.capacity_t[1, :, 0, REFINE] *= 0.5
    plans = world.planned_usd_bn.copy()
    first = advance(world, calibration, Keys(1, (0, 0)))
    assert np.array_equal(first.planned_usd_bn, plans)
    assert (first.product_bought_usd_bn[1] < 0.99 * first.product_need_usd_bn[1]).all()
    assert first.need_t[1] == pytest.approx(first.need_t[0])
    second = advance(first, calibration, Keys(1, (0, 0)))
    assert not np.allclose(second.planned_usd_bn[1], second.planned_usd_bn[0])
    assert not np.allclose(second.need_t[1], second.need_t[0])
