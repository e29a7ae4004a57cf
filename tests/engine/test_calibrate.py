"""The fit reproduces the base year, and refuses figures that no equilibrium can reproduce."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.axes import MINE
from game.engine.baseline import Parameters
from game.engine.calibrate import CalibrationError, calibrate
from game.engine.gravity import ras
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from tests.small_world import settled_baseline

STILL = Parameters(constant_stock_change=True, by_product_trend=0.0)


def turns_on(calibration, turns, worlds=1):
    world = opening_world(calibration, worlds)
    path = [world]
    for _ in range(turns):
        begin_turn(world)
        world = advance(world, calibration, Keys(1, tuple(range(worlds))))
        path.append(world)
    return path


def test_ras_meets_both_sums_and_keeps_closed_cells_empty():
    prior = np.zeros((3, 3))
    prior[0, 1] = -np.inf
    rows, columns = np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.5, 1.5])
    flow = ras(prior, rows, columns)
    assert np.allclose(flow.sum(1), rows)
    assert np.allclose(flow.sum(0), columns)
    assert flow[0, 1] == 0


def test_ras_refuses_sums_that_closed_cells_cannot_meet():
    prior = np.full((2, 2), -np.inf)
    prior[0, 0] = prior[1, 1] = 0.0
    with pytest.raises(ArithmeticError):
        ras(prior, np.array([1.0, 2.0]), np.array([2.0, 1.0]))


def test_a_world_at_rest_stays_where_it_was_calibrated_for_thirty_turns():
    """Growth, noise, pipelines and depletion off, the year's stock change held as a flow."""
    baseline = settled_baseline(nations=5, minerals=2, parameters=STILL)
    surplus = baseline.refined_primary_t * 0.05
    baseline = replace(
        baseline,
        refined_primary_t=baseline.refined_primary_t + surplus,
        mined_t=baseline.mined_t * 1.05,
        reserves_t=np.full_like(baseline.reserves_t, np.inf),
    )
    calibration = calibrate(baseline)
    path = turns_on(calibration, 30)
    for world in path:
        for name in ("mine_gate_ln", "ore_delivered_ln", "refinery_gate_ln", "delivered_ln", "headline_ln"):
            assert np.abs(world.arrays[name]).max() < 1e-6, name
        assert np.allclose(world.mined_t * 2, baseline.mined_t, rtol=1e-6)
        assert np.allclose(world.refined_t * 2, baseline.refined_primary_t, rtol=1e-6)
        assert np.allclose(world.use_t.sum(3) * 2, baseline.consumption_t, rtol=1e-6)


def test_the_opening_flows_are_those_the_clearing_finds():
    calibration = calibrate(settled_baseline(nations=5, parameters=STILL))
    first, second = turns_on(calibration, 1)
    assert np.allclose(first.refined_flow_t, second.refined_flow_t, rtol=1e-5)
    assert np.allclose(first.ore_flow_t, second.ore_flow_t, rtol=1e-5)


def test_mines_with_costs_close_together_close_together_and_open_the_game_as_all_others():
    spread = np.full((4, 1), np.nan)
    spread[1] = 0.15
    calibration = calibrate(settled_baseline(parameters=STILL, mine_cost_spread=spread))
    usual = calibrate(settled_baseline(parameters=STILL))
    np.testing.assert_allclose(calibration.capacity_t, usual.capacity_t)
    assert calibration.mine_steepness[1, 0] == pytest.approx(np.pi / np.sqrt(3.0) / 0.15)
    np.testing.assert_array_equal(calibration.mine_steepness[0], usual.mine_steepness[0])

    def mined_after_a_glut(fit):
        world = opening_world(fit)
        opening = world.mined_t[0, :, 0].copy()
        world.capacity_t[0, 0, 0, MINE] *= 1.5
        begin_turn(world)
        return advance(world, fit, Keys(1, (0,))).mined_t[0, :, 0] / opening

    near, far = mined_after_a_glut(calibration), mined_after_a_glut(usual)
    assert near[1] < far[1] < 1
    assert near[1] < near[2]


def test_growth_of_everything_by_one_factor_moves_no_price():
    base = settled_baseline(nations=5, parameters=STILL)
    grown = {
        name: getattr(base, name) * 3.0
        for name in (
            "mined_t",
            "reserves_t",
            "refined_primary_t",
            "refined_secondary_t",
            "consumption_t",
            "product_world_usd_bn",
        )
    }
    shaken = {"demand_multiple": np.full_like(base.demand_multiple, 1.1)}
    small = turns_on(calibrate(replace(base, **shaken)), 3)
    large = turns_on(calibrate(replace(base, **grown, **shaken)), 3)
    assert np.abs(small[-1].delivered_ln).max() > 0.01
    assert np.allclose(small[-1].delivered_ln, large[-1].delivered_ln, atol=1e-7)


def test_a_new_mine_in_a_nation_that_had_none_sells_at_once_near_the_others_price():
    base = settled_baseline(nations=5, parameters=STILL)
    mined = base.mined_t.copy()
    mined[-1] = 0.0
    mined *= base.mined_t.sum() / mined.sum()
    base = replace(base, mined_t=mined, reserves_t=np.where(mined > 0, np.inf, 0.0))
    calibration = calibrate(base)
    world = opening_world(calibration)
    world.capacity_t[:, -1, 0, MINE] = 0.05 * world.capacity_t[:, :, 0, MINE].sum()
    world.reserves_t[:, -1] = np.inf
    world = advance(world, calibration, Keys(1, (0,)))
    others = np.average(world.mine_gate_ln[0, :-1, 0], weights=world.capacity_t[0, :-1, 0, MINE])
    assert world.mined_t[0, -1, 0] > 0.9 * world.capacity_t[0, -1, 0, MINE]
    assert abs(np.expm1(world.mine_gate_ln[0, -1, 0] - others)) < 0.05


def test_ore_that_is_all_used_directly_leaves_nothing_to_refine_and_is_refused_by_name():
    base = settled_baseline()
    with pytest.raises(CalibrationError) as raised:
        calibrate(replace(base, direct_use_t=base.mined_t * 1.5))
    assert raised.value.problems[0].where == "m0"
    assert "leave nothing for refineries" in raised.value.problems[0].what


def test_use_without_any_refined_output_is_refused_by_name():
    base = settled_baseline()
    nothing = np.zeros_like(base.mined_t)
    with pytest.raises(CalibrationError, match="none is refined"):
        calibrate(replace(base, refined_primary_t=nothing, refined_secondary_t=nothing, mined_t=nothing))


def test_a_ban_that_strands_ore_is_refused_with_the_nation_that_is_stuck():
    base = settled_baseline(nations=4)
    shut = np.ones_like(base.ore_open)
    shut[0, 0, 1:] = False
    with pytest.raises(CalibrationError, match="NAA"):
        calibrate(replace(base, ore_open=shut))
