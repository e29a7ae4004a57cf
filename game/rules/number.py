"""Numbers as a player reads them, in the window and in the sentences of rules: units always, a real minus sign."""

from __future__ import annotations

import math

MINUS, NO_BREAK, NONE = "−", "\u00a0", "–"


def two_digits(value: float) -> float:
    """The value rounded down to two significant digits; 0 for nothing."""
    if value <= 0 or not math.isfinite(value):
        return 0.0
    # Ten to a negative power is not exact, so small values are divided instead of multiplied.
    exponent = math.floor(math.log10(value)) - 1
    if exponent < 0:
        scale = 10.0**-exponent
        return math.floor(value * scale) / scale
    return math.floor(value / 10.0**exponent) * 10.0**exponent


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
