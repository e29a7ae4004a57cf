"""Timed by `python -m pytest tests/bench --benchmark-enable`; in an ordinary run each is a test like any other."""

from typing import Any

import numpy as np
import pytest

from game.batch.bench import two_steps
from game.batch.simulate import Arena
from game.content.load import load_level
from game.engine.acts import left_out
from game.engine.explain import Step, split
from game.engine.measures.table import headline_measures

Steps = tuple[Arena, tuple[Step, Step]]


@pytest.fixture(scope="module")
def steps() -> Steps:
    arena = Arena(load_level("long_arc"))
    return arena, two_steps(arena)


def test_all_headline_numbers_are_split_over_six_groups(steps: Steps, benchmark: Any) -> None:
    arena, pair = steps
    found = benchmark(split, *pair, arena.calibration, headline_measures)
    for name, part in found.part.items():
        np.testing.assert_array_equal(part.sum(0), found.after[name] - found.before[name])


@pytest.mark.parametrize("by_mineral", [True, False])
def test_the_acts_behind_all_numbers_are_left_out_one_by_one(steps: Steps, benchmark: Any, by_mineral: bool) -> None:
    arena, pair = steps
    effects = benchmark(left_out, *pair, arena.calibration, headline_measures, by_mineral=by_mineral)
    assert all(np.isfinite(effect).all() and effect.any() for effect in effects.effect.values())
