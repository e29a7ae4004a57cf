import numpy as np
import pytest

from game.engine.axes import MINE, REFINED
from game.engine.fields import CAUSE, RELIABILITY, SUPPORT, TRUST_CAUSE
from game.engine.phases.society import falls_again, society
from game.engine.turn import Keys
from game.engine.world import World
from tests.small_world import opened, settled_baseline

KEYS = Keys(1, (0,))


def _support(world: World, nation: int, cause: str) -> float:
    return float(world.posting[0, nation, SUPPORT, CAUSE[cause]])


def _trust(world: World, of: int, in_whom: int, cause: str) -> float:
    return float(world.trust_posting[0, of, in_whom, TRUST_CAUSE[cause]])


def test_a_quiet_turn_moves_nothing():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    society(world, calibration, KEYS, before)
    np.testing.assert_allclose(world.support, before.support, atol=1e-9)
    np.testing.assert_allclose(world.trust, before.trust)
    np.testing.assert_allclose(world.reliability, before.reliability)


def test_a_shortage_costs_support_and_its_end_gives_most_of_it_back():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    world.recipe_met_share[0, 2] = 0.8
    society(world, calibration, KEYS, before)
    lost = _support(world, 2, "shortage")
    assert lost == pytest.approx(-0.4 * 20.0 - 0.05 * 18.0)
    assert _support(world, 1, "shortage") == pytest.approx(0.0, abs=1e-9)
    after = world.copy()
    after.posting[...] = 0.0
    after.recipe_met_share[...] = before.recipe_met_share
    society(after, calibration, KEYS, world)
    assert _support(after, 2, "shortage") == pytest.approx(0.4 * 20.0)


def test_metal_dearer_than_expected_costs_support_and_cheaper_gives_some():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    world.delivered_ln[0, 1], world.delivered_ln[0, 2] = 0.5, -0.5
    society(world, calibration, KEYS, before)
    assert _support(world, 1, "price_burden") == pytest.approx(-1.5)
    assert _support(world, 2, "price_burden") == pytest.approx(1.5)


def test_a_new_mine_at_home_gives_support_and_a_closed_one_takes_more():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    per_support = 500.0 / 50.0 * 1e9 / (8_000.0 * 2)  # tonnes a turn worth one point
    before.capacity_t[...] += per_support
    world.capacity_t[...] = before.capacity_t
    world.capacity_t[0, 0, 0, MINE] += 0.2 * per_support
    world.capacity_t[0, 1, 0, MINE] -= 0.2 * per_support
    society(world, calibration, KEYS, before)
    assert _support(world, 0, "new_capacity") == pytest.approx(0.2)
    assert _support(world, 1, "lost_capacity") == pytest.approx(-0.3)


def test_debt_costs_support_by_the_envelope():
    world, calibration = opened(settled_baseline())
    world.treasury_usd_bn[0, 0] = -0.2
    society(world, calibration, KEYS, world.copy())
    assert _support(world, 0, "debt") == pytest.approx(-0.5)


def test_a_government_three_turns_under_twenty_plays_on_under_a_mandate():
    world, calibration = opened(settled_baseline())
    world.support[0, 1] = 15.0
    path = []
    for _ in range(7):
        society(world, calibration, KEYS, world.copy())
        path.append((world.mandate[0, 1], world.weak_turns[0, 1]))
        assert falls_again(world)[0, 1] == (len(path) >= 6)
        assert not falls_again(world)[0, 0]
    assert path == [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (1, 3), (1, 4)]
    world.support[0, 1] = 20.0
    society(world, calibration, KEYS, world.copy())
    assert world.weak_turns[0, 1] == 0
    assert not world.mandate[0, 0]


def _withheld() -> tuple[World, World]:
    """A turn in which nation 1 sends nation 2, whom its measure names, half of what it sent before."""
    world, calibration = opened(settled_baseline())
    before = world.copy()
    world.export_quota_t[0, 1, 0, REFINED] = 0.0
    world.export_target[0, 1, 0, REFINED, 2] = True
    world.refined_flow_t[0, 0, 1, 2] *= 0.5
    world.refined_flow_t[0, 0, 1, 3] *= 0.5
    society(world, calibration, KEYS, before)
    return world, before


def test_an_export_measure_costs_the_trust_of_the_partner_it_names():
    world, before = _withheld()
    lost = 0.5 * before.refined_flow_t[0, 0, 1, 2] / before.refined_flow_t[0, 0, :, 2].sum()
    assert _trust(world, 2, 1, "restricted_partner") == pytest.approx(-15.0 * lost)
    assert _trust(world, 3, 1, "restricted_partner") == 0
    assert world.posting[0, 1, RELIABILITY, CAUSE["restricted_partner"]] == pytest.approx(-2.0 * lost)


def test_lost_trust_heals_by_nine_tenths_in_eight_turns_and_never_beyond():
    world, before = _withheld()
    calibration = opened(settled_baseline())[1]
    lost = before.trust[0, 2, 1] - world.trust[0, 2, 1]
    for _ in range(8):
        society(world, calibration, KEYS, world.copy())
    left = before.trust[0, 2, 1] - world.trust[0, 2, 1]
    assert 0 < left == pytest.approx(lost * 0.75**8)
    assert 0 < before.reliability[0, 1] - world.reliability[0, 1] < 0.11 * 2.0


def test_a_measure_under_which_flows_only_wobble_offends_nobody():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    world.export_tax[0, 1, 0, REFINED] = 0.1
    world.export_target[0, 1, 0, REFINED, :] = True
    world.refined_flow_t[...] *= 0.97
    society(world, calibration, KEYS, before)
    assert not world.trust_posting.any()


def test_a_slack_measure_offends_nobody():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    world.export_quota_t[0, 1, 0, REFINED] = 1e9
    world.export_target[0, 1, 0, REFINED, :] = True
    world.refined_flow_t[...] *= 0.9
    society(world, calibration, KEYS, before)
    assert not world.trust_posting.any()


def test_a_sourcing_cap_that_binds_costs_the_suppliers_trust():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    flow = world.refined_flow_t[0, 0]
    flow[1, 2] *= 0.5
    world.sourcing_cap_share[0, 2, 0] = flow[1, 2] / world.need_t[0, 2, 0].sum()
    society(world, calibration, KEYS, before)
    lost = 0.5 * before.refined_flow_t[0, 0, 1, 2] / before.refined_flow_t[0, 0, 1].sum()
    assert _trust(world, 1, 2, "capped_supplier") == pytest.approx(-10.0 * lost)
    assert np.count_nonzero(world.trust_posting) == 1


def _contract(delivered: float) -> World:
    world, calibration = opened(settled_baseline())
    world.contract_seller[0, 0], world.contract_buyer[0, 0], world.contract_mineral[0, 0] = 0, 2, 0
    world.contract_t[0, 0], world.contract_delivered_t[0, 0] = 10.0, delivered
    society(world, calibration, KEYS, world.copy())
    return world


def test_a_contract_delivered_in_full_builds_trust_and_reliability():
    world = _contract(10.0)
    assert _trust(world, 2, 0, "kept_promise") == 0.5
    assert world.reliability[0, 0] == 60.4
    assert world.trust_scar.max() == world.trust_scar.min() == 0


def test_a_shortfall_costs_both_by_the_share_missing():
    world = _contract(4.0)
    assert _trust(world, 2, 0, "broken_promise") == pytest.approx(-8.0 * 0.6)
    assert world.reliability[0, 0] == pytest.approx(60.0 - 4.0 * 0.6)
