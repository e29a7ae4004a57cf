"""The table of measures is whole and gives what it says."""

import numpy as np
import pytest

from game.engine.measures.table import HEADLINES, MEASURES, cleared_measures
from tests.small_world import opened, played, small_baseline


@pytest.fixture(scope="module")
def turned():
    world, calibration = opened(small_baseline(nations=5, minerals=2), worlds=2)
    return played(world, calibration, 2), calibration


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_has_words_a_source_and_the_axes_it_says(name, turned):
    world, calibration = turned
    row = MEASURES[name]
    assert row.id == name
    assert all((row.unit, row.title, row.meaning, row.source))
    assert ("{mineral}" in row.title) == ("M" in row.axes)
    value = row.formula(world, calibration)
    length = {"N": 5, "M": 2, "O": 5, "D": 5}
    assert value.shape == (2, *(length[letter] for letter in row.axes))
    assert np.isfinite(value).all()


def test_a_measure_of_a_world_in_a_batch_is_that_of_the_world_alone(turned):
    world, calibration = turned
    alone = world.picked(slice(1, 2))
    for name, row in MEASURES.items():
        assert np.array_equal(row.formula(world, calibration)[1:], row.formula(alone, calibration)), name


def test_measures_that_are_fields_are_what_the_turn_recorded(turned):
    world, calibration = turned
    for name in ("n_minus_1", "value_captured", "industry", "standing"):
        assert np.array_equal(MEASURES[name].formula(world, calibration), world.arrays[name])


def test_every_headline_is_decided_by_the_clearing(turned):
    assert set(HEADLINES) <= set(cleared_measures(*turned))
