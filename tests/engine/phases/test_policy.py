import numpy as np
import pytest

from game.engine.axes import MINE, REFINE, REFINED
from game.engine.fields import CAUSE, PROGRAMME, TREASURY
from game.engine.phases.policy import policy, supported_t
from game.engine.turn import Keys
from tests.small_world import opened, settled_baseline

KEYS = Keys(1, (0,))


def test_an_export_measure_ends_after_its_last_turn():
    world, calibration = opened(settled_baseline())
    world.export_quota_t[0, 0, 0, REFINED] = 5.0
    world.export_tax[0, 0, 0, REFINED] = 0.2
    world.export_target[0, 0, 0, REFINED, 2] = True
    world.export_until[0, 0, 0, REFINED] = 1
    world.turn = 1
    policy(world, calibration, KEYS)
    assert world.export_tax[0, 0, 0, REFINED] == 0.2
    world.turn = 2
    policy(world, calibration, KEYS)
    assert np.isinf(world.export_quota_t).all()
    assert (world.export_tax == 0).all()
    assert not world.export_target.any()


def test_a_contract_past_its_term_frees_its_slot():
    world, calibration = opened(settled_baseline())
    for slot, until in ((0, 4), (1, 5)):
        world.contract_seller[0, slot], world.contract_buyer[0, slot], world.contract_mineral[0, slot] = 0, 2, 0
        world.contract_t[0, slot], world.contract_ln[0, slot], world.contract_until[0, slot] = 10.0, 0.1, until
        world.contract_penalty_share[0, slot], world.contract_delivered_t[0, slot] = 0.25, 9.0
    world.turn = 5
    policy(world, calibration, KEYS)
    assert world.contract_penalty_share[0, :2].tolist() == [0.0, 0.25]
    assert world.contract_seller[0, :2].tolist() == [-1, 0]
    assert world.contract_t[0, :2].tolist() == [0.0, 10.0]
    assert np.isnan(world.contract_ln[0, 0])


def test_a_commitment_falls_due_under_its_cause_and_the_rest_moves_on():
    world, calibration = opened(settled_baseline())
    before = world.treasury_usd_bn[0, 1]
    world.commitment_usd_bn[0, 1, PROGRAMME["build_refinery"], :3] = [2.0, 3.0, 5.0]
    policy(world, calibration, KEYS)
    assert world.treasury_usd_bn[0, 1] == pytest.approx(before - 2.0)
    assert world.posting[0, 1, TREASURY, CAUSE["build_refinery"]] == -2.0
    assert world.commitment_usd_bn[0, 1, PROGRAMME["build_refinery"], :3].tolist() == [3.0, 5.0, 0.0]


def test_support_becomes_capacity_under_construction_at_the_stages_lead():
    world, calibration = opened(settled_baseline())
    world.support_usd_bn[0, 1, 0, REFINE, :2] = [0.3, 0.4]
    policy(world, calibration, KEYS)
    lead = calibration.baseline.refinery_lead[0]
    assert world.pipeline_t[0, 1, 0, REFINE, lead] > 0
    assert np.count_nonzero(world.pipeline_t) == 1
    assert world.posting[0, 1, TREASURY, CAUSE["support_industry"]] == -0.3
    assert world.support_usd_bn[0, 1, 0, REFINE, 0] == 0.4


def test_support_moves_on_in_a_turn_without_a_payment():
    world, calibration = opened(settled_baseline())
    world.support_usd_bn[0, 1, 0, MINE, 1] = 0.4
    policy(world, calibration, KEYS)
    assert world.support_usd_bn[0, 1, 0, MINE, 0] == 0.4
    assert world.pipeline_t.sum() == 0


def test_a_dollar_of_support_builds_more_where_governance_is_better():
    world, calibration = opened(settled_baseline())
    paid = np.full_like(world.capacity_t, 0.1)
    tonnes = supported_t(world, calibration, paid)[0, :, 0, MINE]
    assert (np.diff(tonnes) > 0).all()
    whole = 0.1e9 * 1.5 / 30_000.0 / 2.0
    assert tonnes[-1] == pytest.approx(whole * (1.0 - 0.4 * 0.1))
