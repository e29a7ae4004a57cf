"""A floor covers a volume, shares what is above it, and ends."""

import numpy as np
import pytest

from game.engine.axes import MINE, REFINE
from game.engine.floor import covered_share, expire_floors, floor_bill_usd_bn, floor_payments_usd_bn, floored_ln
from game.engine.opening import opening_world
from tests.rules.play_world import calibration


def floored_world(ln=0.2, **terms):
    world = opening_world(calibration(), 1)
    world.floor_ln[0, 1, 0, REFINE] = ln
    for name, value in terms.items():
        world.arrays[f"floor_{name}"][0, 1, 0, REFINE] = value
    return world


def test_a_floor_lifts_what_the_covered_part_of_output_brings():
    made = opening_world(calibration(), 1).refined_t[0, 1, 0]
    world = floored_world(t=0.25 * made)
    assert covered_share(world)[0, 1, 0, REFINE] == pytest.approx(0.25)
    assert floored_ln(world)[0, 1, 0, REFINE] == pytest.approx(0.25 * 0.2)
    paid = floor_payments_usd_bn(world, calibration())
    assert paid[0, 1] == pytest.approx(20_000 * np.expm1(0.2) * 0.25 * made / 1e9)
    assert paid[0, [0, 2, 3]].tolist() == [0, 0, 0]


def test_the_state_collects_its_share_of_what_the_market_pays_above_the_floor():
    world = floored_world(ln=-0.5, upside_share=0.3)
    made = world.refined_t[0, 1, 0]
    assert floor_payments_usd_bn(world, calibration())[0, 1] == pytest.approx(
        0.3 * 20_000 * np.expm1(-0.5) * made / 1e9
    )
    assert floored_ln(world)[0, 1, 0, REFINE] == pytest.approx(np.log1p(0.3 * np.expm1(-0.5)))


def test_without_floors_sites_see_the_market_to_the_last_bit():
    world = opening_world(calibration(), 1)
    assert np.array_equal(floored_ln(world)[..., MINE], world.mine_gate_ln)
    assert not floor_bill_usd_bn(world, calibration(), 4).any()


def test_a_floor_ends_with_its_last_turn():
    world = floored_world(until=2.0)
    assert floor_bill_usd_bn(world, calibration(), 4)[0, 1].astype(bool).tolist() == [True, True, False, False]
    world.turn = 2
    expire_floors(world)
    assert world.floor_ln[0, 1, 0, REFINE] == pytest.approx(0.2)
    world.turn = 3
    expire_floors(world)
    assert world.floor_ln[0, 1, 0, REFINE] == -8.0
