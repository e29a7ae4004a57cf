import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.engine.product import (
    making_margin_ln,
    metal_cost_ln,
    metal_fulfilment,
    recipe_output,
    scarcest,
    whole_fulfilment,
)
from tests.small_world import opened, settled_baseline

WEIGHT = np.array([[0.7], [0.25], [0.05]])
ALL = np.ones((3, 1))
LOW = 0.05


def met(*fulfilment):
    return np.array(fulfilment, dtype=float).reshape(1, 1, -1, 1)


def output(*fulfilment, elasticity=LOW, containing=(1.0, 1.0, 1.0)):
    part = np.array(containing)[:, None]
    allowed = whole_fulfilment(met(*fulfilment), part)
    return float(recipe_output(allowed, WEIGHT, part, elasticity)[0, 0, 0])


def test_makers_with_all_their_metal_make_what_they_planned():
    assert output(1.0, 1.0, 1.0) == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=60)
@given(st.lists(st.floats(0.01, 1.5), min_size=3, max_size=3))
def test_output_lies_between_the_scarcest_and_the_mean_and_near_the_scarcest(parts):
    made = output(*parts)
    assert min(parts) - 1e-12 <= made <= np.dot(parts, WEIGHT[:, 0]) + 1e-12
    assert made <= min(parts) * WEIGHT[int(np.argmin(parts)), 0] ** (LOW / (LOW - 1.0)) + 1e-12


@settings(max_examples=60)
@given(st.lists(st.floats(0.01, 1.5), min_size=3, max_size=3), st.integers(0, 2), st.floats(0.0, 0.5))
def test_more_of_any_mineral_never_lowers_output(parts, which, more):
    richer = list(parts)
    richer[which] += more
    assert output(*richer) >= output(*parts) - 1e-12


def test_a_mineral_in_a_twentieth_of_the_cost_stops_nearly_everything_when_it_is_gone():
    assert output(1.0, 1.0, 0.1) < 0.13
    assert output(1.0, 1.0, 0.0) < 1e-6


def test_a_mineral_that_a_part_of_output_contains_stops_that_part_only():
    assert output(1.0, 1.0, 0.0, containing=(1.0, 1.0, 0.07)) == pytest.approx(0.93)
    assert output(1.0, 0.5, 0.0, containing=(1.0, 0.4, 0.07)) == pytest.approx(0.8)
    assert output(0.6, 1.0, 0.0, containing=(1.0, 0.4, 0.07)) == pytest.approx(output(0.6, 1.0, 1.0), rel=0.03)


def test_what_makers_do_not_need_does_not_hold_them_up():
    needs = np.array([10.0, 10.0, 0.0]).reshape(1, 1, 3, 1)
    uses = np.array([8.0, 8.0, 0.0]).reshape(1, 1, 3, 1)
    fulfilment = metal_fulfilment(uses, needs)
    assert recipe_output(fulfilment, WEIGHT, ALL, LOW)[0, 0, 0] == pytest.approx(0.8)


def test_the_bottleneck_is_the_mineral_of_which_least_was_met():
    assert scarcest(met(0.9, 0.7, 0.8), WEIGHT)[0, 0, 0] == 1
    assert scarcest(met(1.0, 1.2, 1.0), WEIGHT)[0, 0, 0] == -1
    assert scarcest(met(1.0, 0.2, 1.0), WEIGHT * np.array([[1.0], [0.0], [1.0]]))[0, 0, 0] == -1


def test_dearer_metal_raises_a_products_cost_by_its_share_in_the_value():
    world, calibration = opened(settled_baseline())
    share = calibration.makers.metal_share
    assert share == pytest.approx([0.25, 0.125])
    world.delivered_ln[0, 2] = np.log(2.0)
    assert metal_cost_ln(world, calibration)[0, 2] == pytest.approx(np.log1p(share))
    assert (making_margin_ln(world, calibration)[0, 2] < 0).all()
    assert (making_margin_ln(world, calibration)[0, 1] == 0).all()
