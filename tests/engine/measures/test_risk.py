"""What nations lose without each other, and the risk of their supply."""

import numpy as np
import pytest

from game.engine.measures import n_minus_1
from game.engine.measures.risk import leverage, need_lost, sales_lost, supply_risk
from tests.small_world import opened, settled_baseline

NATIONS = 4


@pytest.fixture
def at_rest():
    return opened(settled_baseline(nations=NATIONS))


def only_supplier(world, origin):
    """All metal and all ore come from one nation, which keeps none in stock for others."""
    for flow in (world.refined_flow_t, world.ore_flow_t):
        arrived = flow.sum(2, keepdims=True)
        flow[...] = 0.0
        flow[:, :, origin] = arrived[:, :, 0]
    world.commercial_stock_t[...] = 0.0
    world.capacity_t[...] = 0.0


def test_the_most_a_nation_can_lose_with_one_supplier_is_what_n_minus_1_lacks(at_rest):
    world, calibration = at_rest
    only_supplier(world, 1)
    lost = need_lost(world, calibration)[0]
    secure = n_minus_1(world, calibration)[0]
    with_all = 100.0 * np.minimum(1.0, (world.refined_flow_t.sum(2)[0, 0] / world.need_t.sum(-1)[0, :, 0]))
    for nation in (0, 2, 3):
        assert lost[:, nation].argmax() == 1
        assert lost[1, nation] == pytest.approx(with_all[nation] - secure[nation])
    assert lost[1, 1] == 0.0


def test_sales_lost_are_shares_of_all_sales_home_sales_counted(at_rest):
    world, calibration = at_rest
    share = sales_lost(world, calibration)[0]
    assert (np.diag(share) == 0).all()
    assert (share.sum(1) < 100.0 + 1e-9).all()
    assert share[0, 1] > 0  # ore to the refiner


def test_who_sells_all_it_makes_to_one_buyer_that_has_others_has_no_leverage(at_rest):
    world, calibration = at_rest
    world.refined_flow_t[:, :, 2] = 0.0
    world.refined_flow_t[:, :, 2, 3] = 1e-3
    world.ore_flow_t[:, :, 2] = 0.0
    assert leverage(world, calibration)[0, 2, 3] < -99.0
    only_supplier(world, 1)
    assert leverage(world, calibration)[0, 1, 3] > 0


def test_supply_risk_follows_the_formula_of_the_method_in_a_case_worked_by_hand(at_rest):
    """All metal and ore come from nation 1 of governance 0.5: HHI_WGI is 1 x 5; a nation without output has IR 1."""
    world, calibration = at_rest
    only_supplier(world, 1)
    for name in ("mined_t", "refined_t", "recycled_t", "synthetic_t"):
        world.arrays[name][...] = 0.0
    world.mined_t[:, 1] = world.refined_t[:, 1] = 10.0
    poor = 10.0 * (1.0 - calibration.baseline.governance[1])
    remains = 2.0 ** -calibration.baseline.demand_elasticity_long[0]
    risk = supply_risk(world, calibration)[0, :, 0]
    assert risk[3] == pytest.approx((poor / 2 + poor / 2) * remains)
    world.recycled_t[:, 1] = 10.0  # half of what nation 1 sends is recycled
    assert supply_risk(world, calibration)[0, 3, 0] == pytest.approx(risk[3] / 2)


def test_many_suppliers_and_better_governed_ones_carry_less_risk(at_rest):
    world, calibration = at_rest
    world.recycled_t[...] = 0.0
    only_supplier(world, 0)
    worst = supply_risk(world, calibration)[0, 3, 0]
    only_supplier(world, 2)
    better = supply_risk(world, calibration)[0, 3, 0]
    for flow in (world.refined_flow_t, world.ore_flow_t):
        flow[:, :, 1] = flow[:, :, 2] = flow[:, :, 2] / 2
    spread = supply_risk(world, calibration)[0, 3, 0]
    assert worst > better > spread > 0


def test_nobody_is_at_risk_where_nothing_is_used(at_rest):
    world, calibration = at_rest
    world.refined_flow_t[:, :, :, 3] = 0.0
    assert supply_risk(world, calibration)[0, 3, 0] == 0.0
