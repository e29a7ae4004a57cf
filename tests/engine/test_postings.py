import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.fields import CAUSE, PROGRAMME, PROGRAMMES, RELIABILITY, SUPPORT, TREASURY, TRUST_CAUSE
from game.engine.postings import clear_postings, post, post_at, post_outlays, post_trust
from game.engine.world import World, empty_world
from tests.small_world import small_axes


def _world() -> World:
    return empty_world(small_axes(3), 1, 2)


def test_a_posting_changes_the_account_and_stays_on_record():
    world = _world()
    post(world, TREASURY, "royalty", np.array([[1.0, 0, 0], [0, -2.0, 0]]))
    assert world.treasury_usd_bn.tolist() == [[1.0, 0, 0], [0, -2.0, 0]]
    assert world.posting[1, 1, TREASURY, CAUSE["royalty"]] == -2.0


@given(st.lists(st.floats(-60, 60), min_size=1, max_size=8))
def test_support_stays_within_0_and_100_and_is_still_the_sum_of_its_postings(amounts):
    world = _world()
    for amount in amounts:
        post(world, SUPPORT, "shortage", np.full((2, 3), amount))
    assert (world.support >= 0).all()
    assert (world.support <= 100).all()
    np.testing.assert_allclose(world.support, 50 + world.posting[:, :, SUPPORT].sum(-1), atol=1e-9)


def test_amounts_for_the_same_nation_add_up():
    world = _world()
    where = (np.array([0, 0, 1]), np.array([2, 2, 0]))
    post_at(world, TREASURY, "build_mine", where, np.array([-1.0, -2.0, -4.0]))
    assert world.treasury_usd_bn.tolist() == [[0, 0, -3.0], [-4.0, 0, 0]]


def test_outlays_are_paid_under_their_own_causes():
    world = _world()
    outlays = np.zeros((2, 3, len(PROGRAMMES)))
    outlays[0, 1, PROGRAMME["build_mine"]], outlays[0, 1, PROGRAMME["build_refinery"]] = 3.0, 2.0
    post_outlays(world, outlays)
    assert world.treasury_usd_bn[0, 1] == -5.0
    assert world.posting[0, 1, TREASURY, CAUSE["build_mine"]] == -3.0


def test_only_losses_that_heal_leave_a_scar():
    world = _world()
    post(world, RELIABILITY, "broken_promise", np.full((2, 3), -4.0))
    post(world, RELIABILITY, "kept_promise", np.full((2, 3), 1.0))
    loss = np.zeros((2, 3, 3))
    loss[0, 1, 2] = -7.0
    post_trust(world, "restricted_partner", loss)
    post_trust(world, "signed", -loss)
    assert (world.reliability_scar == -4.0).all()
    assert world.trust_scar[0, 1, 2] == -7.0
    assert world.trust[0, 1, 2] == 50.0
    assert world.trust_posting[0, 1, 2, TRUST_CAUSE["signed"]] == 7.0


def test_a_new_turn_forgets_postings_but_not_accounts():
    world = _world()
    post(world, TREASURY, "royalty", np.ones((2, 3)))
    clear_postings(world)
    assert (world.posting == 0).all()
    assert (world.treasury_usd_bn == 1).all()


def test_an_unknown_cause_is_refused():
    with pytest.raises(KeyError):
        post(_world(), TREASURY, "luck", np.ones((2, 3)))
