from dataclasses import replace

import numpy as np
import pytest

from game.engine.turn import Keys, advance, begin_turn
from game.engine.use import ordinary_use
from game.engine.variant import Variants, shift_variants, variant_cost_ln, variant_intensity, wanted_share
from tests.small_world import opened, played, settled_baseline, small_axes

# Of product 0: one recipe with much of mineral 0 and some of mineral 1, one with mineral 1 alone.
RECIPES = Variants(
    product=np.array([0, 0]),
    content=np.array([[1.0, 0.5], [0.0, 1.0]]),
    cost_usd=np.array([80.0, 80.0]),
    share=np.tile([0.75, 0.25], (4, 1)),
)


def mixed(**changes):
    axes = replace(small_axes(4, 2), variants=("rich", "lean"))
    return opened(settled_baseline(minerals=2, axes=axes, variants=RECIPES, **changes))


def test_at_prices_of_the_base_year_nobody_moves():
    world, calibration = mixed()
    assert (variant_cost_ln(world, calibration) == 0).all()
    np.testing.assert_allclose(wanted_share(world, calibration), world.variant_share)
    np.testing.assert_allclose(variant_intensity(world, calibration), 1.0)
    after = played(world, calibration, 10)
    np.testing.assert_allclose(after.variant_share, world.variant_share, atol=1e-9)


def test_dearer_metal_moves_its_makers_to_the_recipe_without_it_but_slowly():
    world, calibration = mixed()
    world.delivered_ln[0, 2, 0] = np.log(4.0)
    aim = wanted_share(world, calibration)[0, 2]
    assert aim[0] < 0.5
    shift_variants(world, calibration)
    moved = world.variant_share[0, 2, 0]
    assert moved == pytest.approx(0.75 + calibration.parameters.variant_speed * (aim[0] - 0.75))
    assert world.variant_share[0, 1, 0] == pytest.approx(0.75)
    assert world.variant_share[0].sum(-1) == pytest.approx(1.0)


def test_the_mix_of_recipes_sets_how_much_metal_makers_ask_for():
    world, calibration = mixed()
    before = ordinary_use(world, calibration)
    world.variant_share[0, 2] = [0.375, 0.625]
    after = ordinary_use(world, calibration)
    assert after[0, 2, 0, 0] == pytest.approx(0.5 * before[0, 2, 0, 0])
    assert after[0, 2, 1, 0] == pytest.approx((0.375 * 0.5 + 0.625) / 0.625 * before[0, 2, 1, 0])
    np.testing.assert_array_equal(after[0, 2, :, 1], before[0, 2, :, 1])
    np.testing.assert_array_equal(after[0, 1], before[0, 1])


def test_a_shortage_that_lasts_lowers_need_by_the_choice_of_recipe_alone():
    ends = []
    for sensitivity in (0.0, 4.0):
        world, calibration = mixed()
        calibration = replace(
            calibration,
            baseline=replace(
                calibration.baseline,
                parameters=replace(calibration.parameters, variant_sensitivity=sensitivity),
            ),
        )
        for _turn in range(6):
            world.outage_share[...] = 0.0
            world.capacity_t[:, :, 0, 0] *= 0.85
            world = advance(world, calibration, Keys(1, (0,)))
            begin_turn(world)
        ends.append(world)
    assert ends[0].variant_share == pytest.approx(np.broadcast_to([0.75, 0.25], (1, 4, 2)))
    assert (ends[1].variant_share[..., 0] < 0.74).all()
    assert ends[1].need_t[0, :, 0, 0].sum() < ends[0].need_t[0, :, 0, 0].sum()
