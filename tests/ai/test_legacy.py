"""A caretaker is the Hedger, in one seat alone; the worst futures count as much as the mean."""

import numpy as np

from game.ai.legacy import mean_and_worst, with_caretaker
from game.rules.personality import HEDGER, WEIGHTS, Personalities


def test_the_caretaker_takes_one_seat_and_leaves_the_others():
    others = Personalities(("rentier", "", "rentier"), np.full((3, len(WEIGHTS)), 2.0))
    found = with_caretaker(others, [4.0] * len(WEIGHTS), 2)
    assert found.names == ("rentier", "", HEDGER)
    np.testing.assert_array_equal(found.weight[:2], others.weight[:2])
    assert (found.weight[2] == 4.0).all()
    assert others.names[2] == "rentier"


def test_the_worst_tenth_of_futures_counts_as_much_as_the_mean():
    value = np.stack([np.arange(20.0), np.full(20, 50.0)], axis=1)
    assert mean_and_worst(value) == ((9.5 + 0.5) / 2 + 50.0) / 2
    assert mean_and_worst(value[:1]) == 25.0
