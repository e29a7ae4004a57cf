"""Numbers in the sentences of rules."""

from __future__ import annotations

import math

from game.text import _


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


def tonnes(value: float) -> str:
    """An amount of material with its unit."""
    for limit, unit in ((1e6, _("Mt")), (1e3, _("kt"))):
        if abs(value) >= limit:
            return f"{value / limit:.3g} {unit}"
    return f"{value:.3g} {_('t')}"


def money(usd_bn: float) -> str:
    """An amount of US$ with the unit that suits its size."""
    if abs(usd_bn) >= 0.9995:
        return f"US$ {usd_bn:.3g} {_('bn')}"
    return f"US$ {usd_bn * 1e3:.3g} {_('m')}"


def percent(share: float) -> str:
    """A share as whole per cent."""
    return f"{100 * share:.0f} %"
