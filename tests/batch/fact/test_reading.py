import numpy as np
import pytest

from game.batch.fact.reading import present_value, rank_correlation


def test_rank_correlation_is_one_in_order_and_minus_one_against_it() -> None:
    assert rank_correlation([1, 2, 9], [10, 20, 30]) == pytest.approx(1.0)
    assert rank_correlation([9, 2, 1], [10, 20, 30]) == pytest.approx(-1.0)


def test_equal_values_share_their_rank_and_all_alike_say_nothing() -> None:
    assert rank_correlation([1, 1, 2], [1, 2, 3]) == pytest.approx(np.sqrt(0.75))
    assert rank_correlation([5, 5, 5], [1, 2, 3]) == 0.0


def test_a_dollar_two_turns_on_is_worth_a_year_of_interest_less() -> None:
    assert present_value(np.array([[1.0], [0.0], [1.05]]))[0] == pytest.approx(2.0)
