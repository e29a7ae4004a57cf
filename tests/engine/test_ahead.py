import numpy as np
import pytest

from game.engine.ahead import add_shifted, shift


def test_every_row_moves_one_turn_on_and_the_last_slot_is_empty():
    queue = np.arange(12.0).reshape(2, 2, 3)
    shift(queue)
    assert queue.tolist() == [[[1, 2, 0], [4, 5, 0]], [[7, 8, 0], [10, 11, 0]]]


def test_a_view_that_is_not_contiguous_is_refused():
    with pytest.raises(ValueError, match="contiguous"):
        shift(np.zeros((3, 4))[:, :2])


def test_what_an_earlier_array_holds_is_added_one_turn_nearer_and_nothing_crosses_rows():
    now, earlier = np.full((2, 3), 10.0), np.arange(6.0).reshape(2, 3)
    add_shifted(now, earlier)
    assert now.tolist() == [[11, 12, 10], [14, 15, 10]]
    with pytest.raises(ValueError, match="contiguous"):
        add_shifted(now, np.zeros((2, 4))[:, :3])
