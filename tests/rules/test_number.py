import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules import number
from game.rules.number import mass, money, percent, two_digits
from game.ui import format


@given(st.floats(1e-6, 1e12))
def test_rounding_down_never_exceeds_the_value_and_keeps_nine_tenths(value):
    assert 0.9 * value < two_digits(value) <= value * (1 + 1e-12)


@pytest.mark.parametrize("value", [0.0, -3.0, float("inf"), float("nan")])
def test_nothing_and_what_is_no_amount_round_to_nothing(value):
    assert two_digits(value) == 0


def test_amounts_carry_their_unit():
    assert [mass(v) for v in (0.5, 12, 4_500, 1.25e6)] == ["500\u00a0kg", "12\u00a0t", "4.5\u00a0kt", "1.25\u00a0Mt"]
    assert percent(0.385) == "38%"


def test_rules_and_window_write_money_and_shares_in_one_way():
    for write in ("mass", "money", "price", "percent"):
        assert getattr(format, write) is getattr(number, write)


def test_money_is_shown_in_the_unit_that_suits_its_size():
    assert money(7.12) == "$7.12\u00a0bn"
    assert money(0.0238) == "$23.8\u00a0m"
    assert money(0.0) == "$0\u00a0m"
