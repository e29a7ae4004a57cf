import numpy as np
import pytest

from game.engine.phases.manufacture import manufacture
from game.engine.purity import Purity, high_purity_cover, high_purity_met
from tests.small_world import opened, played, settled_baseline

# Makers of product 0 take high purity only; nation 1, which refines most, makes a tenth of its metal so, others all.
GRADES = Purity(np.array([[1.0], [0.1], [1.0], [1.0]]), np.array([[True, False]]))


def graded():
    return opened(settled_baseline(purity=GRADES))


def test_without_figures_all_metal_is_alike():
    world, calibration = opened(settled_baseline())
    assert np.isinf(world.high_purity_usual_share).all()
    assert (high_purity_met(world, calibration) == 1.0).all()


def test_makers_of_the_base_year_do_with_the_purity_they_had():
    world, calibration = graded()
    assert world.high_purity_usual_share.min() < 1.0
    np.testing.assert_allclose(high_purity_met(world, calibration), 1.0)
    after = played(world, calibration, 5)
    np.testing.assert_allclose(after.high_purity_met_share, 1.0)
    np.testing.assert_allclose(after.recipe_met_share, 1.0, atol=1e-6)


def test_metal_of_low_purity_in_place_of_high_holds_up_only_those_who_need_it_pure():
    world, calibration = graded()
    before = high_purity_cover(world, calibration)
    world.refined_flow_t[0, 0, [0, 2, 3], 3] = 0.0
    assert high_purity_cover(world, calibration)[0, 3, 0] < before[0, 3, 0]
    manufacture(world, calibration)
    assert world.high_purity_met_share[0, 3, 0] < 1.0
    assert world.recipe_met_share[0, 3, 0] == pytest.approx(world.high_purity_met_share[0, 3, 0])
    assert world.bottleneck[0, 3, 0] == 0
    assert world.recipe_met_share[0, 3, 1] == pytest.approx(1.0)
    assert world.recipe_met_share[0, 2] == pytest.approx([1.0, 1.0])


def test_the_pure_part_covers_those_who_need_it_before_others():
    world, calibration = graded()
    need, use = world.need_t[0, 3, 0], world.use_t[0, 3, 0].sum()
    flow = world.refined_flow_t[0, 0, :, 3]
    pure = (flow * GRADES.share[:, 0]).sum() / flow.sum()
    assert high_purity_cover(world, calibration)[0, 3, 0] == pytest.approx(pure * use / need[0])
