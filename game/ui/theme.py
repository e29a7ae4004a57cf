"""Palette, ramps, mineral colours, type sizes, spacing and the one scale every size passes through."""

from __future__ import annotations

import math

Color = tuple[int, int, int]


def rgb(code: str) -> Color:
    """(r, g, b) of a colour written as #RRGGBB."""
    digits = code.lstrip("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


WINDOW, SEA, BAR, PANEL, CARD = rgb("#0A121A"), rgb("#0C1722"), rgb("#0E1821"), rgb("#111C27"), rgb("#172533")
CONTROL, PRESSED, LINE, LINE_STRONG, LAND = (
    rgb("#203243"),
    rgb("#2B4157"),
    rgb("#223445"),
    rgb("#35506A"),
    rgb("#1D2F40"),
)
HIGH, TEXT, MID, LOW = rgb("#EDF3F9"), rgb("#C9D6E3"), rgb("#9DB0C3"), rgb("#8095A9")
ACCENT, ACCENT_FILL, ACCENT_TINT = rgb("#4DA3F0"), rgb("#1D588F"), rgb("#15304A")
GOOD, GOOD_TINT = rgb("#6ADBA8"), rgb("#14392E")
WARN, WARN_TINT = rgb("#F2BC4E"), rgb("#3B301A")
BAD, BAD_TINT = rgb("#F0714E"), rgb("#40231D")
INK, WHITE, BLACK = rgb("#0A121A"), (255, 255, 255), (0, 0, 0)
OWN_NATION = rgb("#2C5E86")

TONES: dict[str, Color] = {
    "high": HIGH,
    "text": TEXT,
    "mid": MID,
    "low": LOW,
    "accent": ACCENT,
    "good": GOOD,
    "warn": WARN,
    "bad": BAD,
    "ink": INK,
    "white": WHITE,
}
TINTS: dict[str, Color] = {"accent": ACCENT_TINT, "good": GOOD_TINT, "warn": WARN_TINT, "bad": BAD_TINT}

MINERAL_COLORS: dict[str, Color] = {
    "lithium": rgb("#EFE174"),
    "cobalt": rgb("#4D82EA"),
    "nickel": rgb("#148851"),
    "copper": rgb("#E38030"),
    "rare_earths": rgb("#BF5AA5"),
    "graphite": rgb("#A18F96"),
    "silicon": rgb("#80CFF1"),
    "platinum_group": rgb("#ECF5F9"),
    "titanium": rgb("#8E97E3"),
    "gallium": rgb("#F59BA9"),
}
MINERAL_SYMBOLS: dict[str, str] = {
    "lithium": "Li",
    "cobalt": "Co",
    "nickel": "Ni",
    "copper": "Cu",
    "rare_earths": "RE",
    "graphite": "Gr",
    "silicon": "Si",
    "platinum_group": "Pt",
    "titanium": "Ti",
    "gallium": "Ga",
}

RAMPS: dict[str, tuple[Color, ...]] = {
    "dependency": tuple(rgb(c) for c in ("#453A5C", "#703F60", "#9C4A50", "#D06A45", "#EFA24C", "#FCDD8B")),
    "production": tuple(rgb(c) for c in ("#1F3B47", "#235A61", "#2F7F7C", "#56A594", "#9CCBA9", "#E9F0C4")),
    "price": tuple(rgb(c) for c in ("#1F3B47", "#235A61", "#2F7F7C", "#56A594", "#9CCBA9", "#E9F0C4")),
    "standing": tuple(rgb(c) for c in ("#F0714E", "#B7674F", "#5B6B7C", "#4C9089", "#6ADBA8")),
    "governance": tuple(rgb(c) for c in ("#3B3155", "#524B80", "#5F76AB", "#6F9FC8", "#9CC8DA", "#DDF2EF")),
}
# Suppliers and groups in stacked charts: calm tones that leave the status colours their meaning.
SERIES: tuple[Color, ...] = tuple(
    rgb(c) for c in ("#4D82EA", "#D9A441", "#C96A5A", "#7FB07A", "#B58BB8", "#4FA3A5", "#A18F96", "#8E97E3")
)
OTHER = rgb("#44586C")

CAPTION, BODY, SUBTITLE, VALUE, TITLE, DISPLAY, HERO = 14, 16, 18, 20, 24, 32, 48
TYPE_FLOOR_PX = 13
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600

RADIUS_SMALL, RADIUS, RADIUS_PANEL = 4, 6, 8
GAP, PAD, PAD_WIDE = 8, 16, 20
ROW_SMALL, ROW, ROW_LARGE = 32, 40, 48
HOVER_MS, PRESS_MS, PANEL_MS, ROLL_MS, TURN_MS = 90, 60, 160, 240, 400
TIP_DELAY_MS, RESIZE_QUIET_MS = 350, 150

REFERENCE_SIZE = (1920, 1080)
MINIMUM_SIZE = (1024, 640)
LEAST_REFERENCE = (840, 470)  # reference pixels that every screen needs
MIN_FACTOR, MAX_FACTOR = 0.75, 2.0


class _Scale:
    """The scale in use; one window, one scale."""

    value = 1.0


def window_scale(size: tuple[int, int], factor: float = 1.0) -> float:
    """Scale of a window of `size` pixels under the player's own factor (0.75 to 2), in steps of 0.05.

    A small window takes only as much of a large factor as leaves room for every screen.
    """
    fitted = min(size[0] / REFERENCE_SIZE[0], size[1] / REFERENCE_SIZE[1])
    fitted = min(max(fitted, 0.75), 2.0)
    wanted = round(fitted * min(max(factor, MIN_FACTOR), MAX_FACTOR) * 20)
    most = math.floor(min(size[0] / LEAST_REFERENCE[0], size[1] / LEAST_REFERENCE[1]) * 20)
    return min(wanted, most) / 20


def use_scale(scale: float) -> None:
    """Make `scale` the one that px() and type_px() apply from now on."""
    _Scale.value = scale


def scale() -> float:
    """The scale in use."""
    return _Scale.value


def px(length: float) -> int:
    """Pixels of a length given at the reference size; never 0 for a positive length."""
    pixels = round(length * _Scale.value)
    return pixels if pixels or length <= 0 else 1


def type_px(size: float) -> int:
    """Pixels of a type size given at the reference size, never under the 13 px floor."""
    return max(TYPE_FLOOR_PX, round(size * _Scale.value))


def mix(low: Color, high: Color, share: float) -> Color:
    """Colour `share` of the way from `low` to `high`."""
    return (
        round(low[0] + (high[0] - low[0]) * share),
        round(low[1] + (high[1] - low[1]) * share),
        round(low[2] + (high[2] - low[2]) * share),
    )


def luminance(color: Color) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.1)."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2])


def contrast(first: Color, second: Color) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(fill: Color) -> Color:
    """The one of dark ink and high white that reads better on `fill`."""
    return INK if contrast(INK, fill) >= contrast(HIGH, fill) else HIGH


def tone(name: str) -> Color:
    """Colour of a tone word such as 'good' or 'mid'."""
    return TONES[name]


def tone_of_change(change: float, better: int = 1) -> str:
    """Tone of a change when `better` is +1 (up is good), -1 (down is good) or 0 (neither)."""
    if change == 0 or better == 0:
        return "mid"
    return "good" if (change > 0) == (better > 0) else "bad"


def ramp_color(ramp: str, share: float) -> Color:
    """Colour of a ramp at `share` (0 to 1), by step, so that a legend's swatches match the map."""
    steps = RAMPS[ramp]
    return steps[min(len(steps) - 1, max(0, int(share * len(steps))))]
