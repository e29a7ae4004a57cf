"""Numbers and dates as a player reads them: units always, real minus sign, thin ranges. Pure.

Amounts of material, money, prices and shares are written as in the sentences of rules.
"""

from __future__ import annotations

import math

from game.rules.number import (
    MINUS,
    NO_BREAK,
    NONE,
    mass,
    money,
    percent,
    plain,
    price,
    price_parts,
    significant,
    trimmed,
)
from game.text import _

__all__ = [
    "MINUS", "NONE", "NO_BREAK", "compact", "is_shown", "mass", "money", "percent", "plain", "price", "price_parts",
    "quantity", "significant", "span", "trimmed", "turn_date", "unit_name",
]  # fmt: skip

EN_DASH = "–"
START_YEAR = 2025

# unit id -> (what it is called in a tooltip); the ids are those of the engine's fields and the levels' rows.
UNIT_NAMES: dict[str, str] = {
    "t": "tonnes",
    "t_per_year": "tonnes a year",
    "t_per_turn": "tonnes a half-year",
    "usd_bn": "billion US$",
    "usd_bn_per_year": "billion US$ a year",
    "usd_bn_per_turn": "billion US$ a half-year",
    "usd_m": "million US$",
    "usd_per_t": "US$ a tonne",
    "share": "per cent",
    "percent": "per cent",
    "points": "points",
    "index": "of 100",
    "score": "of 100",
    "count": "number",
    "political_capital": "political capital",
    "days": "days",
    "turns": "turns (half-years)",
    "years": "years",
    "date": "half-year",
    "hhi": "Herfindahl index, 0 to 10,000",
    "ratio": "ratio",
}


def is_shown(value: float | None) -> bool:
    """Whether there is a figure to show: not None, not NaN, not infinite."""
    return value is not None and math.isfinite(value)


def compact(value: float, *, signed: bool = False) -> str:
    """A count in at most four characters and a letter: '940', '12.4k', '3.05M'."""
    for factor, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= factor * 0.9995:
            return trimmed(value / factor, 3, signed=signed) + letter
    return trimmed(value, 3, signed=signed)


def span(low: str, high: str) -> str:
    """A range with a thin dash, a shared unit written once: '54–61', '$37.4–38.3 bn'."""
    low_unit = low.rpartition(NO_BREAK)[2] if NO_BREAK in low else ""
    if low_unit and high.endswith(NO_BREAK + low_unit):
        low = low[: -len(low_unit) - 1]
    elif low.endswith("%") and high.endswith("%"):
        low = low[:-1]
    if low.startswith("$") and high.startswith("$"):
        high = high[1:]
    return f"{low}{EN_DASH}{high}"


def turn_date(turn: int, start_year: int = START_YEAR) -> str:
    """Half-year of a turn counted from 1: 1 is '2025 H1'; turn 0 is the year before, whole."""
    if turn <= 0:
        return str(start_year - 1)
    return f"{start_year + (turn - 1) // 2}{NO_BREAK}H{(turn - 1) % 2 + 1}"


def unit_name(unit: str) -> str:
    """What a unit id is called in a tooltip; an unknown unit is shown as it is written."""
    return _(UNIT_NAMES[unit]) if unit in UNIT_NAMES else unit.replace("_", " ")


def quantity(value: float | None, unit: str, *, signed: bool = False) -> str:
    """`value` of unit id `unit` in the form this unit takes everywhere; a dash when there is none."""
    if value is None or not math.isfinite(value):
        return NONE
    if unit in ("t", "t_per_year", "t_per_turn"):
        return mass(value, signed=signed)
    if unit in ("usd_bn", "usd_bn_per_year", "usd_bn_per_turn"):
        return money(value, signed=signed)
    if unit == "usd_m":
        return money(value / 1000, signed=signed)
    if unit == "usd_per_t":
        return price(value, signed=signed)
    if unit == "share":
        return percent(value, signed=signed)
    if unit == "percent":
        return percent(value / 100, signed=signed)
    return _counted(value, unit, signed)


def _counted(value: float, unit: str, signed: bool) -> str:
    whole = unit in ("count", "hhi", "days", "turns", "index", "score", "points")
    decimals = 0 if whole and (abs(value) >= 10 or value == round(value)) else 1
    digits = plain(value, decimals, signed=signed)
    if digits.endswith(".0"):
        digits = digits[:-2]
    if unit == "ratio":
        return trimmed(value, 3, signed=signed)
    if unit in ("days", "turns", "years"):
        name = unit[:-1] if digits.lstrip("+" + MINUS) == "1" else unit
        return digits + NO_BREAK + _(name)
    return digits
