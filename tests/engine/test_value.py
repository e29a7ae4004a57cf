import numpy as np
import pytest

from game.engine.axes import MINE
from game.engine.value import chain_share, owned_usd_bn, value_added_usd_bn
from tests.small_world import opened, settled_baseline


def test_the_stages_of_a_chain_add_up_to_what_its_products_bring():
    world, calibration = opened(settled_baseline())
    added = value_added_usd_bn(world, calibration)
    recycled_and_refined = added[0, :, 0, :2].sum()
    assert recycled_and_refined == pytest.approx(world.use_t.sum() * 20_000.0 / 1e9)
    assert added.sum() == pytest.approx(world.product_made_usd_bn.sum())
    assert chain_share(added).sum() == pytest.approx(100.0)


def test_one_that_moves_from_ore_to_products_earns_their_share():
    world, calibration = opened(settled_baseline())
    share = chain_share(value_added_usd_bn(world, calibration))[0, :, 0]
    assert share[0, MINE] == share[:, MINE].max()
    assert share[:, 2].sum() > share[:, :2].sum()


def test_what_foreigners_own_moves_to_them_and_nothing_is_lost():
    foreign = np.zeros((4, 4, 1, 2))
    foreign[0, 2, 0, MINE] = 0.75
    world, calibration = opened(settled_baseline(foreign_share=foreign))
    added, owned = value_added_usd_bn(world, calibration), owned_usd_bn(world, calibration)
    np.testing.assert_allclose(owned.sum((1, 3)), added.sum((1, 3)))
    assert owned[0, 0, 0, MINE] == pytest.approx(0.25 * added[0, 0, 0, MINE])
    assert owned[0, 2, 0, MINE] == pytest.approx(added[0, 2, 0, MINE] + 0.75 * added[0, 0, 0, MINE])
    np.testing.assert_array_equal(owned[..., 2], added[..., 2])


def test_a_mineral_that_loses_its_use_earns_its_makers_nothing():
    world, calibration = opened(settled_baseline(minerals=2))
    world.use_t[:, :, 1] = 0.0
    added = value_added_usd_bn(world, calibration)
    assert (added[:, :, 1, 2] == 0).all()
    assert (added[:, :, 0, 2] > 0).any()
