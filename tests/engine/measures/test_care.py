"""Licence counts what is used wherever it was dug: harm sent abroad does not clean the number."""

import numpy as np
import pytest

from game.engine.measures.care import footprint, licence, stewardship
from tests.small_world import opened, settled_baseline


@pytest.fixture
def at_rest():
    return opened(settled_baseline(nations=4))


def test_importing_from_where_licence_is_low_lowers_ones_own_number(at_rest):
    world, calibration = at_rest
    home = np.arange(4)
    world.mined_t[...] = 0.0
    world.ore_flow_t[...] = 0.0
    own = world.refined_flow_t.copy()
    own[...] = 0.0
    own[:, :, home, home] = 10.0
    world.refined_flow_t[...] = own
    at_home = licence(world, calibration)[0]
    np.testing.assert_allclose(at_home, 100.0 * calibration.baseline.licence)
    world.refined_flow_t[...] = 0.0
    world.refined_flow_t[:, :, 0] = 10.0
    imported = licence(world, calibration)[0]
    assert (imported[1:] < at_home[1:]).all()
    assert imported[3] == pytest.approx(100.0 * calibration.baseline.licence[0])


def test_refined_ore_carries_half_of_where_it_was_dug_and_scrap_nothing_of_it(at_rest):
    world, calibration = at_rest
    own = calibration.baseline.licence
    world.ore_flow_t[...] = 0.0
    world.ore_flow_t[:, :, 0, 3] = 5.0
    world.recycled_t[...] = world.synthetic_t[...] = 0.0
    world.refined_t[...] = 1.0
    assert footprint(world)[0, 0, 3] == pytest.approx((own[0] + own[3]) / 2)
    world.recycled_t[...] = 1.0
    assert footprint(world)[0, 0, 3] == pytest.approx(own[0] / 4 + 3 * own[3] / 4)


def test_stewardship_is_licence_and_integrity(at_rest):
    world, calibration = at_rest
    expected = 0.7 * licence(world, calibration)[0] + 30.0 * calibration.baseline.integrity
    np.testing.assert_allclose(stewardship(world, calibration)[0], expected)
    assert ((expected > 0) & (expected < 100)).all()
