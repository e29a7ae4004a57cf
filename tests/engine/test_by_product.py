import numpy as np
import pytest

from game.engine.axes import MINE
from game.engine.by_product import ByProducts, host_output_share
from game.engine.contract import working_capacity
from game.engine.turn import Keys, advance
from tests.small_world import opened, settled_baseline

HOST = np.array([[-1, 0], [-1, -1], [-1, -1], [-1, -1]])  # nation 0 mines mineral 1 with mineral 0
WITH = ByProducts(HOST, np.where(HOST >= 0, 0.9, 0.0))
KEYS = Keys(1, (0,))


def test_a_by_product_loses_its_part_of_what_the_host_did_not_dig_last_turn():
    world, calibration = opened(settled_baseline(minerals=2, by_products=WITH))
    np.testing.assert_allclose(host_output_share(world, calibration), 1.0)
    world.mined_t[0, :, 0] *= 0.5
    share = host_output_share(world, calibration)
    assert share[0, 0, 1] == pytest.approx(1.0 - 0.9 * 0.5)
    share[0, 0, 1] = 1.0
    np.testing.assert_allclose(share, 1.0)


def test_a_host_that_works_harder_yields_no_more_than_the_plants_hold():
    world, calibration = opened(settled_baseline(minerals=2, by_products=WITH))
    world.mined_t[0, 0, 0] *= 1.2
    np.testing.assert_allclose(host_output_share(world, calibration), 1.0)


def test_a_slump_of_the_host_is_felt_in_the_by_product_a_turn_later_whatever_its_own_price():
    mined = []
    for by_products in (ByProducts(), WITH):
        world, calibration = opened(settled_baseline(minerals=2, by_products=by_products))
        world.mined_t[0, 0, 0] *= 0.5
        world.expected_mine_ln[0, :, 1] = 1.0
        mined.append(advance(world, calibration, KEYS).mined_t[0, 0, 1])
    alone, tied = mined
    assert tied < 0.6 * alone


def test_working_capacity_of_mines_is_less_by_what_the_host_lacks():
    world, _calibration = opened(settled_baseline(minerals=2, by_products=WITH))
    before = working_capacity(world)
    world.host_output_share[0, 0, 1] = 0.5
    after = working_capacity(world)
    assert after[0, 0, 1, MINE] == pytest.approx(0.5 * before[0, 0, 1, MINE])
    np.testing.assert_array_equal(after[..., 1:], before[..., 1:])
