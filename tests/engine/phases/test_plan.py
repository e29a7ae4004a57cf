import numpy as np
import pytest

from game.engine.phases.plan import plan
from game.engine.turn import Keys
from tests.small_world import TURNS, opened, played, settled_baseline, small_baseline

KEYS = Keys(1, (0,))


def test_makers_plan_more_when_a_product_brought_more_than_its_metal_cost():
    world, calibration = opened(settled_baseline())
    before = world.planned_usd_bn.copy()
    world.expected_making_ln[0, 1, 0] = 0.3
    world.expected_making_ln[0, 2, 0] = -0.3
    plan(world, calibration, KEYS)
    assert world.planned_usd_bn[0, 1, 0] > before[0, 1, 0]
    assert world.planned_usd_bn[0, 2, 0] < before[0, 2, 0]
    assert (world.planned_usd_bn <= world.maker_capacity_usd_bn).all()
    assert world.planned_usd_bn[0, 3] == pytest.approx(before[0, 3])


def test_a_plant_opens_after_its_lead_and_not_before():
    world, calibration = opened(settled_baseline())
    capacity = world.maker_capacity_usd_bn.copy()
    world.expected_making_ln[0, 1, 0] = 0.5
    plan(world, calibration, KEYS)
    lead = int(calibration.parameters.maker_lead_turns)
    world.expected_making_ln[...] = 0.0
    for turn in range(1, lead + 1):
        assert world.maker_capacity_usd_bn[0, 1, 0] == pytest.approx(capacity[0, 1, 0])
        world.turn = turn
        plan(world, calibration, KEYS)
    assert world.maker_capacity_usd_bn[0, 1, 0] > 1.01 * capacity[0, 1, 0]


def test_makers_that_earn_less_than_before_close_plants_but_never_faster_than_the_limit():
    world, calibration = opened(settled_baseline())
    capacity = world.maker_capacity_usd_bn.copy()
    world.expected_making_ln[0, 1] = -5.0
    plan(world, calibration, KEYS)
    limit = np.exp(-calibration.parameters.exit_limit)
    assert world.maker_capacity_usd_bn[0, 1] == pytest.approx(limit * capacity[0, 1])


def test_plans_grow_with_the_scenario():
    quiet = {"demand_noise": np.zeros(1), "outage_noise": np.zeros(1)}
    world, calibration = opened(small_baseline(**quiet))
    after = played(world, calibration, 12)
    grown = after.planned_usd_bn.sum() / world.planned_usd_bn.sum()
    assert grown == pytest.approx(1.03**6, rel=0.03)


def test_demand_that_falls_for_good_closes_plants():
    fall = 0.97 ** np.minimum(np.arange(TURNS), 10)
    world, calibration = opened(settled_baseline(demand_multiple=np.tile(fall[:, None, None], (1, 1, 2))))
    after = played(world, calibration, 12)
    assert after.maker_capacity_usd_bn.sum() == pytest.approx(0.97**10 * world.maker_capacity_usd_bn.sum(), rel=0.05)
