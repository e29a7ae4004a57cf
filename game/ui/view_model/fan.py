"""Fans as screens show them: medians and bands over futures, with and without orders. No pygame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.forecast import FAN_FUTURES, FAN_TURNS, Figures, band
from game.rules.orders._base import Order
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number, Tip
from game.ui.view_model import source
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

Array = NDArray[np.float64]

WITHOUT, WITH = 0, 1  # the two plans of a fan: the first is compared with
LONGEST = 12  # turns ahead
START_YEAR = 2025


@dataclass(frozen=True)
class FanState:
    """What is known of a fan: the figures of each plan, [T, F, ...], None while they are being computed.

    `ahead` turns and `wanted` futures were asked for.
    """

    plans: tuple[Figures | None, ...]
    ahead: int = 0
    wanted: int = FAN_FUTURES
    trouble: str = ""

    @property
    def futures(self) -> int:
        """Futures that are known under every plan; 0 while the first band is computed."""
        counts = [futures_of(figures) if figures is not None else 0 for figures in self.plans]
        return min(counts, default=0)

    @property
    def turns(self) -> int:
        """Turns that are known under every plan, at most those asked for."""
        return min([self.ahead, *(turns_of(figures) if figures is not None else 0 for figures in self.plans)])

    @property
    def is_refined(self) -> bool:
        """Whether nothing more will come."""
        return self.futures >= self.wanted and self.turns >= self.ahead

    def values(self, plan: int, name: str) -> Array:
        """One number under one plan as far as it is known under every plan, [T, F, ...]."""
        figures = self.plans[plan]
        assert figures is not None
        return figures[name][: self.turns, : self.futures]


def futures_of(figures: Figures) -> int:
    """Futures in figures [T, F, ...]."""
    return int(next(iter(figures.values())).shape[1])


def turns_of(figures: Figures) -> int:
    """Turns in figures [T, F, ...]."""
    return len(next(iter(figures.values())))


def tells_more(one: Figures, other: Figures, ahead: int) -> bool:
    """Whether one set of figures says more than another of the next `ahead` turns: it goes further, or holds more."""
    ranks = [(min(turns_of(figures), ahead), futures_of(figures)) for figures in (one, other)]
    return ranks[0] > ranks[1]


def market_turns(scene: Scene) -> int:
    """How far a price is forecast: within the level; 0 when its last turn is over."""
    return min(FAN_TURNS, max(0, scene.level.turns - scene.turn))


def order_turns(scene: Scene, order: Order) -> int:
    """How far the fan of an order goes: as far as a price, or until the order shows, but within the level."""
    longest = min(LONGEST, max(1, scene.level.turns - scene.turn))
    return min(max(FAN_TURNS, order.turns_until_effect(scene.plan) + 1), longest)


@dataclass(frozen=True)
class BandModel:
    """Percentiles 10, 25, 50, 75 and 90 of a number over the half-years at `xs`, from the present value on."""

    xs: tuple[float, ...]
    low: tuple[float, ...]
    lower: tuple[float, ...]
    median: tuple[float, ...]
    upper: tuple[float, ...]
    high: tuple[float, ...]


def place(turn: int) -> float:
    """Where a turn stands on a time axis of calendar years: the middle of its half-year; 2024.5 for turn 0."""
    return START_YEAR - 0.5 if turn <= 0 else START_YEAR - 0.25 + 0.5 * turn


def fan_ends(scene: Scene, state: FanState) -> tuple[float, float]:
    """Where the axis of the whole fan begins and ends."""
    return place(scene.turn), place(scene.turn + state.ahead)


def band_model(scene: Scene, now: float, values: Array) -> BandModel:
    """The bands of values [T, F] that start from `now`."""
    xs = tuple(place(scene.turn + ahead) for ahead in range(len(values) + 1))
    lines = band(values.T)
    return BandModel(xs, *((now, *map(float, line)) for line in lines))


# ---- the price of a mineral


@dataclass(frozen=True)
class PriceFanModel:
    """A mineral's price in the futures: bands without this turn's orders and with them (None when none is given).

    `note` says what the bands are or why there are none, `change` what the orders change at the end; None without.
    `ends` are where the axis of the whole fan begins and ends.
    """

    without: BandModel | None
    with_orders: BandModel | None
    note: Number
    change: Number | None
    tip: Tip
    ends: tuple[float, float]

    @property
    def is_asked(self) -> bool:
        """Whether any turn is forecast."""
        return self.ends[1] > self.ends[0]


def price_fan(scene: Scene, m: int, state: FanState) -> PriceFanModel:
    """The world price of a mineral in US$ per t over the futures known so far."""
    base = float(scene.baseline.price_usd_per_t[m])
    now = scene.price_path(m)[-1]
    name = scene.name(scene.axes.minerals[m])
    tip = fan_tip(state, _("Forecast of the price of {mineral}", mineral=name), "usd_per_t", "headline_ln")
    ends = fan_ends(scene, state)
    if not state.turns:
        return PriceFanModel(None, None, note(state), None, tip, ends)
    prices = [base * np.exp(state.values(plan, "headline_ln")[..., m]) for plan in range(len(state.plans))]
    models = [band_model(scene, now, values) for values in prices]
    if len(models) == 1:
        return PriceFanModel(models[0], None, note(state), None, tip, ends)
    parts = prices[WITH][-1] / prices[WITHOUT][-1] - 1.0
    date = fmt.turn_date(scene.turn + len(prices[0]))
    change = change_number(_("What your orders change by {date}", date=date), parts, "share", ("headline_ln",), -1)
    change = change.shown_as(_("Your orders: {change}", change=change.text))
    return PriceFanModel(models[0], models[1], note(state), change, tip, ends)


def change_number(title: str, parts: Array, unit: str, names: tuple[str, ...], better: int) -> Number:
    """The median difference [F] that orders make, future by future, with the range that holds 80 % of them."""
    low, _lower, median, _upper, high = (float(value) for value in band(parts))
    low, median, high = (0.0 if abs(value) < least(unit) else value for value in (low, median, high))
    text, ends = signed(median, unit), [_digits(value, unit, median) for value in (low, high)]
    if ends[0] != ends[1]:
        text = _("{median} ({low} to {high})", median=text, low=ends[0], high=ends[1])
    return field_number(
        median, unit, names, title=title, signed=True, better=better, text=text,
        meaning=_("Middle difference between futures with and without, alike in chance; in brackets what 80 % of them "
                  "show. Others act by habit, you give no later order."),
    )  # fmt: skip


def least(unit: str) -> float:
    """The smallest difference worth a digit."""
    return {"share": 5e-4, "usd_bn": 5e-4}.get(unit, 0.05)


def signed(value: float, unit: str) -> str:
    """A difference with its sign."""
    if unit == "share":
        return fmt.percent(value, signed=True) if value else "0%"
    return fmt.money(value, signed=True) if unit == "usd_bn" else fmt.plain(value, 1, signed=True)


def _digits(value: float, unit: str, beside: float) -> str:
    """A difference without its unit, which stands beside it already."""
    if unit == "share":
        return fmt.plain(100.0 * value, 1)
    scale = 1000.0 if unit == "usd_bn" and abs(beside) < 0.9995 else 1.0
    return fmt.trimmed(scale * value, 3) if unit == "usd_bn" else fmt.plain(value, 1)


def note(state: FanState) -> Number:
    """What the bands hold, or why there are none, with what they assume."""
    if state.trouble:
        words = _("No forecast: {reason}.", reason=state.trouble)
    elif not state.turns:
        words = _("Computing futures …")
    elif state.is_refined:
        words = _("Bands hold 80% and half of {n} futures; others act by habit", n=state.futures)
    else:
        words = _("Bands hold 80% and half of {n} futures so far; others act by habit", n=state.futures)
    return Number(words, fan_tip(state, _("What a forecast is"), "usd_per_t", "headline_ln"))


def fan_tip(state: FanState, title: str, unit: str, *names: str) -> Tip:
    """What the bands of a number mean."""
    meaning = _(
        "{n} futures from what you know now, with chance of their own. The line is their middle, the inner band holds "
        "half of them, the outer 80%. Others act by habit; you give no order after this turn.",
        n=state.futures or state.wanted,
    )
    return Tip(title, "", meaning, fmt.unit_name(unit), (), source.fields(*names))
