import numpy as np
import pytest

from game.engine.axes import MINE, RECYCLE, REFINE, SYNTHETIC_PLANT
from game.engine.calibrate import calibrate
from game.engine.fields import PIPELINE_TURNS
from game.engine.schedule import (
    opening_pipeline,
    opening_retirement,
    opening_scrap,
    retirement_share,
    scenario_multiple,
)
from tests.small_world import TURNS, opened, settled_baseline, small_baseline


def _project(turn: int, tonnes: float, nation: int = 2, stage: int = MINE) -> dict[str, object]:
    return {
        "project_turn": np.array([turn]),
        "project_nation": np.array([nation]),
        "project_mineral": np.array([0]),
        "project_stage": np.array([stage]),
        "project_t": np.array([tonnes]),
    }


def test_every_good_retires_once_and_at_its_mean_lifetime():
    baseline = settled_baseline()
    share = retirement_share(baseline)
    np.testing.assert_allclose(share.sum(1), 1.0)
    mean_years = (share * np.arange(1, share.shape[1] + 1)).sum(1) / 2.0
    np.testing.assert_allclose(mean_years, baseline.product_lifetime, rtol=0.02)


def test_in_a_settled_past_as_much_retires_as_is_made():
    baseline = settled_baseline(minerals=2)
    schedule = calibrate(baseline).schedule
    made = baseline.consumption_t.sum(0) / 2.0
    np.testing.assert_allclose(opening_scrap(baseline, schedule).sum(0), made)
    np.testing.assert_allclose(opening_retirement(baseline, schedule)[:, :, 0].sum(0), made)


def test_past_growth_makes_less_retire_now_than_is_made():
    baseline = small_baseline(past_growth=np.full((1, 2), 0.05))
    scrap = opening_scrap(baseline, calibrate(baseline).schedule).sum()
    assert scrap < 0.8 * baseline.consumption_t.sum() / 2.0


def test_scrap_of_the_base_year_just_fills_its_recyclers():
    baseline = small_baseline(minerals=2)
    calibration = calibrate(baseline)
    offered = opening_scrap(baseline, calibration.schedule) * calibration.schedule.collection * baseline.recovery
    np.testing.assert_allclose(offered.sum(0), calibration.capacity_t[:, :, RECYCLE].sum(0))


def test_scrap_of_makers_fills_what_goods_that_retire_cannot():
    growing = small_baseline(past_growth=np.full((1, 2), 0.3), product_lifetime=np.array([20.0, 20.0]))
    calibration = calibrate(growing)
    schedule = calibration.schedule
    assert schedule.new_scrap_share[0] > 0
    assert schedule.collection.max() == growing.parameters.collection_limit
    offered = opening_scrap(growing, schedule) * schedule.collection * growing.recovery
    np.testing.assert_allclose(offered.sum(0), calibration.capacity_t[:, :, RECYCLE].sum(0))


def test_where_nothing_was_recycled_the_levels_own_collection_stands():
    baseline = settled_baseline(refined_secondary_t=np.zeros((4, 1)), collection=np.array([0.35]))
    assert (calibrate(baseline).schedule.collection == 0.35).all()


def test_firms_plan_for_the_growth_of_the_scenario():
    baseline = small_baseline()
    trend = calibrate(baseline).schedule.trend
    np.testing.assert_allclose(trend[1:TURNS, 0, MINE], np.log(1.03) / 2.0, rtol=1e-6)
    assert (trend[TURNS:] == 0).all()
    assert (trend[:, :, RECYCLE] == 0).all()


def test_a_dated_project_takes_the_place_of_trend_it_does_not_add_to_it():
    plain = calibrate(small_baseline())
    world_t = float(plain.capacity_t[:, 0, MINE].sum())
    dated = calibrate(small_baseline(**_project(10, 2.0 * 0.05 * world_t)))
    growth, less = plain.schedule.trend[:, 0, MINE], dated.schedule.trend[:, 0, MINE]
    np.testing.assert_allclose(less[:10], growth[:10])
    assert less[10:12].max() == 0.0
    planned = world_t * np.expm1(growth[: TURNS - 1].sum())
    with_project = world_t * (np.expm1(less[:10].sum()) + 0.05)
    for tau in range(10, TURNS - 1):
        with_project += (world_t + with_project) * np.expm1(less[tau])
    assert with_project == pytest.approx(planned, rel=0.01)


def test_announced_synthetic_plants_take_growth_from_the_others_and_change_no_opening():
    opening = np.array([[90.0], [10.0], [0.0], [0.0]])
    plain = calibrate(small_baseline(synthetic_t=opening)).schedule.synthetic_t
    announced = _project(10, 4.0, nation=2, stage=SYNTHETIC_PLANT)
    schedule = calibrate(small_baseline(synthetic_t=opening, **announced)).schedule
    path = schedule.synthetic_t
    np.testing.assert_array_equal(path[:10], plain[:10])
    assert path[10, 2, 0] == pytest.approx(2.0)
    np.testing.assert_allclose(path.sum(1), plain.sum(1))
    assert path[10, 0, 0] / path[10, 1, 0] == pytest.approx(9.0)
    assert len(schedule.project_turn) == 0, "no mine, refinery or recycler"


def test_more_synthetic_plants_than_the_scenario_asks_for_close_no_old_one():
    opening = np.array([[100.0], [0.0], [0.0], [0.0]])
    announced = _project(4, 500.0, nation=1, stage=SYNTHETIC_PLANT)
    path = calibrate(small_baseline(synthetic_t=opening, **announced)).schedule.synthetic_t
    np.testing.assert_allclose(path[4:, 0, 0], path[0, 0, 0])
    np.testing.assert_allclose(path[4:, 1, 0], 250.0)


def test_the_opening_pipeline_holds_near_projects_and_what_firms_decided_before():
    baseline = settled_baseline(**_project(6, 40.0))
    calibration = calibrate(baseline)
    pipeline = opening_pipeline(calibration, calibration.capacity_t)
    assert pipeline[2, 0, MINE, 5] == 20.0
    assert pipeline.sum() == 20.0
    growing = calibrate(small_baseline())
    opening = opening_pipeline(growing, growing.capacity_t).sum(0)
    assert (opening[0, MINE, :5] > 0).all()
    assert (opening[0, MINE, 5:] == 0).all()
    assert (opening[0, REFINE, :4] > 0).all()


def test_a_price_expected_above_its_long_run_level_leaves_more_under_construction():
    dear = np.zeros((10, 1))
    dear[-2] = 1.0
    growing = calibrate(small_baseline())
    boom = calibrate(small_baseline(history_ln=dear))
    assert boom.smoothed_past_ln > boom.long_run_ln
    calm = opening_pipeline(growing, growing.capacity_t)[:, 0, MINE].sum()
    assert opening_pipeline(boom, growing.capacity_t)[:, 0, MINE].sum() > 1.2 * calm


def test_later_projects_are_not_in_the_opening_pipeline():
    world, _ = opened(settled_baseline(**_project(PIPELINE_TURNS + 3, 40.0)))
    assert world.pipeline_t.sum() == 0.0


def test_the_scenario_holds_its_last_row_past_the_table():
    baseline = small_baseline()
    assert (scenario_multiple(baseline, TURNS + 50) == baseline.demand_multiple[-1]).all()
