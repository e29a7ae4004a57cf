"""Numbers read the same everywhere: units, real minus sign, thin ranges."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.ui import format as fmt

SPACE = fmt.NO_BREAK


@pytest.mark.parametrize(
    ("tonnes", "shown"),
    [(0, "0 t"), (848, "848 t"), (4700, "4.7 kt"), (111_900, "112 kt"), (1_720_000, "1.72 Mt"), (0.25, "250 kg")],
)
def test_mass_takes_the_unit_that_keeps_three_figures(tonnes, shown):
    assert fmt.mass(tonnes) == shown.replace(" ", SPACE)


@pytest.mark.parametrize(
    ("usd_bn", "shown"),
    [(38.2, "$38.2 bn"), (0.42, "$420 m"), (-0.095, "−$95 m"), (1260, "$1.26 tn"), (0, "$0 m"), (0.9996, "$1 bn")],
)
def test_money_puts_the_sign_before_the_currency(usd_bn, shown):
    assert fmt.money(usd_bn) == shown.replace(" ", SPACE)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.976, "97.6%"), (0.54, "54%"), (0.031, "3.1%"), (1.0, "100%"), (0.0, "0%"), (0.0002, "under 0.1%")],
)
def test_a_share_shows_a_decimal_only_where_it_matters(share, shown):
    assert fmt.percent(share) == shown


def test_a_signed_figure_has_a_plus_or_a_real_minus_and_zero_has_neither():
    assert [fmt.plain(v, 1, signed=True) for v in (3.94, -2.1, 0.0)] == ["+3.9", "−2.1", "0.0"]


def test_prices_from_100_000_dollars_a_tonne_are_given_by_the_kilogram():
    assert fmt.price(26_134) == f"26,130{SPACE}$/t"
    assert fmt.price(439_000) == f"439{SPACE}$/kg"


def test_a_range_names_a_shared_unit_once():
    assert fmt.span(fmt.money(37.4), fmt.money(38.3)) == f"$37.4–38.3{SPACE}bn"
    assert fmt.span("54%", "61%") == "54–61%"


def test_turn_one_is_the_first_half_of_2025_and_turn_zero_the_year_before():
    assert [fmt.turn_date(t) for t in (0, 1, 2, 30)] == ["2024", f"2025{SPACE}H1", f"2025{SPACE}H2", f"2039{SPACE}H2"]


@pytest.mark.parametrize("unit", sorted(fmt.UNIT_NAMES))
@given(value=st.floats(-1e15, 1e15) | st.sampled_from([math.nan, math.inf, -math.inf]))
def test_every_unit_words_every_value_without_an_ascii_minus_or_exponent(unit, value):
    shown = fmt.quantity(value, unit)
    assert shown
    assert "-" not in shown
    assert "e+" not in shown
    if not math.isfinite(value):
        assert shown == fmt.NONE


def test_one_day_is_singular():
    assert fmt.quantity(1, "days") == f"1{SPACE}day"
    assert fmt.quantity(34, "days") == f"34{SPACE}days"
