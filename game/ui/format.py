"""Numbers and dates as a player reads them: units always, real minus sign, thin ranges. Pure."""

from __future__ import annotations

import math

from game.text import _

MINUS, EN_DASH, NO_BREAK, NONE = "−", "–", "\u00a0", "–"
START_YEAR = 2025

# unit id -> (what it is called in a tooltip); the ids are those of the engine's fields and the levels' rows.
UNIT_NAMES: dict[str, str] = {
    "t": "tonnes",
    "t_per_year": "tonnes a year",
    "t_per_turn": "tonnes a half-year",
    "usd_bn": "billion US$",
    "usd_bn_per_year": "billion US$ a year",
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


def plain(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """Digits with thousands commas, a real minus sign and, when `signed`, a plus: '12,400', '−2.1', '+3'."""
    rounded = round(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}"
    if rounded < 0:
        return MINUS + digits
    return "+" + digits if signed and rounded > 0 else digits


def significant(value: float, figures: int = 3, *, signed: bool = False) -> str:
    """`figures` significant digits without an exponent: '4.70', '112', '0.031'."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else NONE
    decimals = min(figures - 1 - math.floor(math.log10(abs(value))), 12)
    rounded = round(value, decimals)
    if rounded:
        decimals = figures - 1 - math.floor(math.log10(abs(rounded)))
    return plain(rounded, min(max(decimals, 0), 6), signed=signed)


def trimmed(value: float, figures: int = 3, *, signed: bool = False) -> str:
    """significant() without trailing zeros after the point: '4.7', '112', '3'."""
    digits = significant(value, figures, signed=signed)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def compact(value: float, *, signed: bool = False) -> str:
    """A count in at most four characters and a letter: '940', '12.4k', '3.05M'."""
    for factor, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= factor * 0.9995:
            return trimmed(value / factor, 3, signed=signed) + letter
    return trimmed(value, 3, signed=signed)


def mass(tonnes: float, *, signed: bool = False) -> str:
    """Tonnes as 'kg', 't', 'kt' or 'Mt': '4.7 kt', '112 kt', '1.72 Mt', '848 t'."""
    size = abs(tonnes)
    if size == 0:
        return f"0{NO_BREAK}t"
    for factor, unit in ((1e6, "Mt"), (1e3, "kt"), (1.0, "t"), (1e-3, "kg")):
        if size >= factor * 0.9995:
            return trimmed(tonnes / factor, 3, signed=signed) + NO_BREAK + unit
    return f"under 1{NO_BREAK}kg"


def money(usd_bn: float, *, signed: bool = False) -> str:
    """Billions of US$ as '$38.2 bn', '$420 m', '−$95 m', '$1.26 tn'."""
    size = abs(usd_bn)
    sign = MINUS if usd_bn < 0 else "+" if signed and usd_bn > 0 else ""
    if round(size, 7) == 0:
        return f"$0{NO_BREAK}m"
    if size >= 999.5:
        return f"{sign}${trimmed(size / 1000)}{NO_BREAK}tn"
    if size >= 0.9995:
        return f"{sign}${trimmed(size)}{NO_BREAK}bn"
    return f"{sign}${trimmed(size * 1000)}{NO_BREAK}m"


def price(usd_per_t: float, *, signed: bool = False) -> str:
    """A price with its unit: '26,100 $/t', '439 $/kg' from 100,000 $/t on."""
    figure, unit = price_parts(usd_per_t, signed=signed)
    return figure + NO_BREAK + unit


def price_parts(usd_per_t: float, *, signed: bool = False) -> tuple[str, str]:
    """Figure and unit of a price, for places that set them apart: ('26,100', '$/t')."""
    if abs(usd_per_t) >= 100_000:
        return _four_figures(usd_per_t / 1000, signed), "$/kg"
    return _four_figures(usd_per_t, signed), "$/t"


def _four_figures(value: float, signed: bool) -> str:
    if abs(value) >= 1000:
        digits = 3 - math.floor(math.log10(abs(value)))
        return plain(round(value, digits), 0, signed=signed)
    return trimmed(value, 4, signed=signed)


def percent(share: float, *, signed: bool = False) -> str:
    """A share (0 to 1) in per cent; one decimal under 10 %, over 90 % and for changes."""
    value = share * 100
    size = abs(value)
    if 0 < size < 0.05:
        return ("+" if signed and value > 0 else MINUS if value < 0 else "") + "under 0.1%"
    decimals = 1 if size < 9.95 or 90.05 < size < 99.95 or (signed and size < 99.95) else 0
    digits = plain(value, decimals, signed=signed)
    return (digits[:-2] if digits.endswith(".0") else digits) + "%"


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
    if unit in ("usd_bn", "usd_bn_per_year"):
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
