"""What an order is expected to change: its futures with and without it, others acting by habit.

Both lots of futures share their chance, so that they differ by the order alone. The seat gives no order after this
turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.rules.orders._base import Order
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number, Tip
from game.ui.view_model.fan import (
    WITH,
    WITHOUT,
    Array,
    BandModel,
    FanState,
    band_model,
    change_number,
    fan_ends,
    fan_tip,
)
from game.ui.view_model.order_words import order_mineral
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number


@dataclass(frozen=True)
class Watched:
    """A number of the seat in the futures of an order, [T, F] without and with it, and its value now."""

    words: str
    unit: str
    fields: tuple[str, ...]
    better: int
    now: float
    without: Array
    with_it: Array

    @property
    def parts(self) -> Array:
        """What the order changes, future by future [T, F]: of a price as a share."""
        if self.unit == "usd_per_t":
            return np.asarray(self.with_it / self.without - 1.0)
        return np.asarray(self.with_it - self.without)


@dataclass(frozen=True)
class EffectRow:
    """A figure without and with the order, and the difference."""

    words: str
    without: Number
    with_it: Number
    change: Number


@dataclass(frozen=True)
class SmallFan:
    """The bands of one number without and with the order, and what the order changes when it shows.

    `words` end with the unit where the axis leaves it out: a price is written in US$ per `per_t` tonnes.
    """

    words: str
    unit: str
    per_t: float
    without: BandModel
    with_it: BandModel
    change: Number
    tip: Tip
    ends: tuple[float, float]


@dataclass(frozen=True)
class EffectModel:
    """What is expected, in which half-year, and the fans of the numbers the order is about.

    There are no rows while the futures have not come as far as that half-year.
    """

    date: Number
    rows: tuple[EffectRow, ...]
    fans: tuple[SmallFan, ...]


def effect(scene: Scene, order: Order, state: FanState) -> EffectModel | None:
    """The figures that matter to the seat at the turn in which the order shows; None while no future is known."""
    if not state.turns:
        return None
    shows = min(order.turns_until_effect(scene.plan) + 1, state.ahead)
    numbers = _numbers(scene, order, state)
    is_about = [number for number in numbers if number.fields[0] in _about(scene, order)]
    fans = tuple(_small_fan(scene, number, shows, state) for number in is_about)
    rows = tuple(_row(number, shows) for number in numbers) if shows <= state.turns else ()
    return EffectModel(_date(scene, shows), rows, fans)


def _about(scene: Scene, order: Order) -> tuple[str, str, str]:
    """The fields of the three numbers that an order is about."""
    first = "headline_ln" if order_mineral(order) else "standing"
    return first, _security(scene)[1], "treasury_usd_bn"


def _security(scene: Scene) -> tuple[str, str]:
    """The fourth number of the top bar: value captured for producers, N-1 security for the others."""
    is_producer = scene.level.nation(scene.seat).role == "producer"
    return (_("Value captured"), "value_captured") if is_producer else (_("N-1 security"), "n_minus_1")


def _numbers(scene: Scene, order: Order, state: FanState) -> list[Watched]:
    n, mineral = scene.nation, order_mineral(order)
    found = []
    if mineral:
        m = scene.mineral(mineral)
        base = float(scene.baseline.price_usd_per_t[m])
        without, with_it = (base * np.exp(state.values(plan, "headline_ln")[..., m]) for plan in (WITHOUT, WITH))
        price = scene.price_path(m)[-1]
        found.append(Watched(_("World price"), "usd_per_t", ("headline_ln",), -1, price, without, with_it))
        without, with_it = (state.values(plan, "months_of_cover")[..., m] for plan in (WITHOUT, WITH))
        if max(without.max(), with_it.max()) > 0:
            words, fields = _("Stocks at home, months of use"), ("public_stock_t", "commercial_stock_t")
            found.append(Watched(words, "ratio", fields, 1, float(without[0].mean()), without, with_it))
    own = (_security(scene), (_("Industry"), "industry"), (_("Standing"), "standing"))
    for words, field in (*own, (_("Treasury"), "treasury_usd_bn")):
        without, with_it = (state.values(plan, field) for plan in (WITHOUT, WITH))
        unit = "usd_bn" if field == "treasury_usd_bn" else "index"
        found.append(Watched(words, unit, (field,), 1, float(scene.world.arrays[field][0, n]), without, with_it))
    return found


def _small_fan(scene: Scene, number: Watched, shows: int, state: FanState) -> SmallFan:
    shows = min(shows, state.turns)
    date = fmt.turn_date(scene.turn + shows)
    unit = "share" if number.unit == "usd_per_t" else number.unit
    title = _("{number}: what the order changes by {date}", number=number.words, date=date)
    change = change_number(title, number.parts[shows - 1], unit, number.fields, number.better)
    without, with_it = (band_model(scene, number.now, values) for values in (number.without, number.with_it))
    tip = fan_tip(state, _("{number} in the futures", number=number.words), number.unit, *number.fields)
    words, per_t = number.words, 1.0
    if number.unit == "usd_per_t":
        unit = fmt.price_parts(number.now)[1]
        words, per_t = f"{words}, {unit}", 1e-3 if unit == "$/kg" else 1.0
    return SmallFan(words, number.unit, per_t, without, with_it, change, tip, fan_ends(scene, state))


def _date(scene: Scene, turns: int) -> Number:
    return field_number(
        None, "date", "treasury_usd_bn", title=_("When"), text=fmt.turn_date(scene.turn + turns),
        meaning=_("End of the half-year in which the order shows. Others act by habit, you give no later order."),
    )  # fmt: skip


def _row(number: Watched, shows: int) -> EffectRow:
    """Medians at the turn in which the order shows, and the median difference."""
    without, with_it = float(np.median(number.without[shows - 1])), float(np.median(number.with_it[shows - 1]))
    moved = float(np.median(number.parts[shows - 1]))
    moved = 0.0 if abs(moved) < {"usd_bn": 5e-4, "usd_per_t": 5e-4}.get(number.unit, 0.05) else moved
    if number.unit == "usd_per_t":
        text = fmt.percent(moved, signed=True) if moved else fmt.plain(0.0)
    else:
        text = fmt.money(moved, signed=True) if number.unit == "usd_bn" else fmt.plain(moved, 1, signed=True)

    def made(value: float, meaning: str) -> Number:
        shown = fmt.plain(value, 1) if number.unit in ("index", "ratio") else ""
        return field_number(value, number.unit, number.fields, title=number.words, meaning=meaning, text=shown)

    change = field_number(
        moved, number.unit, number.fields, title=number.words, signed=True, better=number.better, text=text,
        meaning=_("Middle difference between futures with and without the order, alike in chance."),
    )  # fmt: skip
    middle = _("Middle of the futures without the order.")
    return EffectRow(number.words, made(without, middle), made(with_it, _("Middle of the futures with the order.")),
                     change)  # fmt: skip
