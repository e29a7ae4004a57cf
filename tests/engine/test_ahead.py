import numpy as np
import pytest

from game.engine.ahead import shift


def test_every_row_moves_one_turn_on_and_the_last_slot_is_empty():
    queue = np.arange(12.0).reshape(2, 2, 3)
    shift(queue)
    assert queue.tolist() == [[[1, 2, 0], [4, 5, 0]], [[7, 8, 0], [10, 11, 0]]]


def test_a_view_that_is_not_contiguous_is_refused():
    with pytest.raises(ValueError, match="contiguous"):
        shift(np.zeros((3, 4))[:, :2])
