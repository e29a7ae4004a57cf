from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.fields import PIPELINE_TURNS
from game.engine.phases.construction import construction, growth_rate
from game.engine.turn import Keys
from tests.small_world import opened, settled_baseline, small_baseline

KEYS = Keys(1, (0,))


def test_capacity_opens_when_its_turn_comes():
    world, calibration = opened(settled_baseline())
    before = world.capacity_t[0, 2, 0, REFINE]
    world.pipeline_t[0, 2, 0, REFINE, :2] = [7.0, 9.0]
    construction(world, calibration, KEYS)
    assert world.capacity_t[0, 2, 0, REFINE] == before + 7.0
    construction(world, calibration, KEYS)
    assert world.capacity_t[0, 2, 0, REFINE] == before + 16.0
    assert world.pipeline_t[0, 2, 0, REFINE, :2].sum() == 0


def test_at_the_long_run_price_nothing_is_built_and_nothing_closes():
    world, calibration = opened(settled_baseline(minerals=2))
    before = world.capacity_t.copy()
    construction(world, calibration, KEYS)
    np.testing.assert_allclose(world.capacity_t, before)
    assert world.pipeline_t.max() < 1e-9


def test_a_high_expected_price_starts_mines_that_open_after_the_lead():
    world, calibration = opened(settled_baseline())
    world.expected_mine_ln[...] = 0.2
    construction(world, calibration, KEYS)
    lead = calibration.baseline.investment_lead[0]
    built = world.pipeline_t[0, :, 0, MINE, lead - 1] / world.capacity_t[0, :, 0, MINE]
    np.testing.assert_allclose(built, np.expm1(0.75 / calibration.parameters.investment_turns * 0.2))


def test_a_low_expected_price_closes_mines_at_once_but_at_most_four_percent():
    world, calibration = opened(settled_baseline())
    before = world.capacity_t[..., MINE].copy()
    world.expected_mine_ln[...] = -5.0
    construction(world, calibration, KEYS)
    np.testing.assert_allclose(world.capacity_t[..., MINE], before * np.exp(-0.04))
    assert world.pipeline_t[..., MINE].sum() == 0


@given(st.floats(-8, 8), st.floats(-8, 8))
def test_growth_by_firms_is_bounded_whatever_they_expect(price, margin):
    world, calibration = opened(small_baseline())
    world.expected_mine_ln[...], world.expected_margin_ln[...] = price, margin
    rate = growth_rate(world, calibration)
    assert rate.min() >= -calibration.parameters.exit_limit
    assert rate.max() <= calibration.parameters.growth_limit


def test_mines_into_which_nothing_is_put_wear_and_those_of_others_do_not():
    world, calibration = opened(settled_baseline())
    before = world.capacity_t.copy()
    world.reinvested_share[:, 0] = 0.0
    world.expected_mine_ln[...] = 0.2
    for _half_year in range(2):
        construction(world, calibration, KEYS)
    worn = world.capacity_t[0, :, 0, MINE] / before[0, :, 0, MINE]
    assert worn[0] == pytest.approx(np.exp(-calibration.parameters.mine_wear))
    np.testing.assert_allclose(worn[1:], 1.0)
    assert world.pipeline_t[0, 0, 0, MINE].sum() == 0
    assert world.pipeline_t[0, 1, 0, MINE].sum() > 0


def test_half_of_what_owners_would_put_in_makes_good_half_of_the_wear():
    world, calibration = opened(settled_baseline())
    world.reinvested_share[...] = 0.5
    np.testing.assert_allclose(growth_rate(world, calibration)[..., MINE], -calibration.parameters.mine_wear / 4)


def test_where_owners_close_mines_anyway_nothing_less_can_be_put_in():
    world, calibration = opened(settled_baseline())
    world.expected_mine_ln[...] = -5.0
    kept = growth_rate(world, calibration)
    world.reinvested_share[...] = 0.0
    np.testing.assert_array_equal(growth_rate(world, calibration), kept)


def test_a_worn_mine_is_not_restored_before_the_lead_of_an_expansion():
    world, calibration = opened(settled_baseline())
    before = world.capacity_t[0, 0, 0, MINE]
    world.reinvested_share[...] = 0.0
    for _turn in range(20):
        construction(world, calibration, KEYS)
    worn = world.capacity_t[0, 0, 0, MINE]
    world.reinvested_share[...] = 1.0
    world.expected_mine_ln[...] = 0.7
    lead = int(calibration.baseline.investment_lead[0])
    for _turn in range(lead):
        construction(world, calibration, KEYS)
    assert world.capacity_t[0, 0, 0, MINE] == pytest.approx(worn)
    turns = lead
    while world.capacity_t[0, 0, 0, MINE] < before:
        construction(world, calibration, KEYS)
        turns += 1
    assert 10 <= turns <= 20, "five to ten years"


def test_a_wide_refining_margin_builds_refineries():
    world, calibration = opened(settled_baseline())
    world.expected_margin_ln[...] = 0.2
    construction(world, calibration, KEYS)
    assert world.pipeline_t[0, 1, 0, REFINE].sum() > 0
    assert world.pipeline_t[..., MINE].sum() == 0


def test_dear_ore_brings_new_mines_to_nations_that_have_reserves():
    reserves = np.array([[1e6], [np.inf], [1e6], [0.0]])
    mined = np.array([[1000.0], [300.0], [0.0], [0.0]])
    world, calibration = opened(settled_baseline(mined_t=mined, reserves_t=reserves))
    world.expected_mine_ln[...] = 1.0
    construction(world, calibration, KEYS)
    entry = world.pipeline_t[0, :, 0, MINE, calibration.baseline.mine_lead[0] - 1]
    assert entry[2] > 0
    assert entry[3] == 0


def test_an_entrant_goes_by_the_price_where_it_would_build_not_by_that_of_the_world():
    reserves = np.array([[1e6], [np.inf], [1e6], [1e6]])
    mined = np.array([[1000.0], [300.0], [0.0], [0.0]])
    world, calibration = opened(settled_baseline(mined_t=mined, reserves_t=reserves))
    world.expected_mine_ln[0, :, 0] = [-0.5, -0.5, 1.0, -0.5]  # dear in nation 2 alone, behind held-back exports
    construction(world, calibration, KEYS)
    entry = world.pipeline_t[0, :, 0, MINE, calibration.baseline.mine_lead[0] - 1]
    assert entry[2] > 0
    assert entry[3] == 0


def test_a_by_product_takes_little_of_its_own_price_and_follows_its_host():
    host = np.array([[-1, -1], [0, -1]])
    baseline = settled_baseline(minerals=2, is_by_product=np.array([False, True]), host=host)
    world, calibration = opened(baseline)
    world.expected_mine_ln[...] = -3.0
    before = world.capacity_t[0, :, 1, MINE].copy()
    construction(world, calibration, KEYS)
    np.testing.assert_allclose(world.capacity_t[0, :, 1, MINE], before)
    world.pipeline_t[0, 0, 0, MINE, 0] = 0.1 * world.capacity_t[0, 0, 0, MINE]
    construction(world, calibration, KEYS)
    grown = world.capacity_t[0, :, 1, MINE] / before
    np.testing.assert_allclose(grown, [1.1, 1.0, 1.0, 1.0])


def test_a_by_product_of_metals_outside_the_level_grows_by_trend():
    world, calibration = opened(settled_baseline(is_by_product=np.array([True])))
    before = world.capacity_t[..., MINE].copy()
    construction(world, calibration, KEYS)
    np.testing.assert_allclose(world.capacity_t[..., MINE], before * 1.015)


def test_a_site_cannot_mine_faster_than_four_turns_of_its_ore():
    world, calibration = opened(settled_baseline())
    world.reserves_t[0, 0, 0] = 100.0
    construction(world, calibration, KEYS)
    assert world.capacity_t[0, 0, 0, MINE] == 25.0


def test_firms_do_not_expand_where_ore_is_short():
    world, calibration = opened(settled_baseline())
    world.expected_mine_ln[...] = 1.0
    world.reserves_t[0, 0, 0] = 19.0 * world.capacity_t[0, 0, 0, MINE]
    construction(world, calibration, KEYS)
    assert world.pipeline_t[0, 0, 0, MINE].sum() == 0
    assert world.pipeline_t[0, 1, 0, MINE].sum() > 0


def test_a_far_project_joins_the_pipeline_when_it_comes_within_its_horizon():
    far = {
        "project_turn": np.array([PIPELINE_TURNS + 1]),
        "project_nation": np.array([3]),
        "project_mineral": np.array([0]),
        "project_stage": np.array([MINE]),
        "project_t": np.array([60.0]),
    }
    world, calibration = opened(settled_baseline(**far))
    world.turn = 1
    construction(world, calibration, KEYS)
    assert world.pipeline_t[0, 3, 0, MINE, -1] == 30.0
    world.turn = 2
    construction(world, calibration, KEYS)
    assert world.pipeline_t[0, 3, 0, MINE].sum() == 30.0


def test_recyclers_grow_toward_scrap_without_a_plant_and_shrink_without_scrap():
    world, calibration = opened(settled_baseline())
    calm = world.capacity_t[..., RECYCLE].sum()
    world.retiring_t[..., 0] *= 1.1
    construction(world, calibration, KEYS)
    built = world.pipeline_t[..., RECYCLE].sum()
    assert built == pytest.approx(0.25 * 0.1 * calm)
    world.retiring_t[..., 0] *= 0.2
    construction(world, calibration, KEYS)
    assert world.capacity_t[..., RECYCLE].sum() < calm


def test_without_recyclers_firms_found_none():
    world, calibration = opened(settled_baseline(refined_secondary_t=np.zeros((4, 1))))
    construction(world, calibration, KEYS)
    assert world.pipeline_t[..., RECYCLE].sum() == 0


def test_expansion_counts_what_is_already_being_built():
    world, calibration = opened(settled_baseline())
    schedule = replace(calibration.schedule, trend=np.full_like(calibration.schedule.trend, 0.1))
    world.pipeline_t[0, 0, 0, MINE, 2] = 100.0
    before = world.capacity_t[0, 0, 0, MINE]
    construction(world, replace(calibration, schedule=schedule), KEYS)
    lead = schedule.lead[0, MINE]
    assert world.pipeline_t[0, 0, 0, MINE, lead - 1] == pytest.approx((before + 100.0) * np.expm1(0.1))
