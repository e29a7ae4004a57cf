"""The strip of tickers: each mineral's price, its last change and its history."""

from __future__ import annotations

from dataclasses import dataclass

from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number, number
from game.ui.view_model import source
from game.ui.view_model.scene import Scene

MOST_PAST_YEARS = 8
STILL = 0.0005


@dataclass(frozen=True)
class TickerModel:
    """One card."""

    mineral: str
    name: str
    unit: str
    price: Number
    change: Number
    series: tuple[float, ...]


def tickers(scene: Scene) -> list[TickerModel]:
    """One per mineral of the level."""
    return [_ticker(scene, m) for m in range(len(scene.axes.minerals))]


def _ticker(scene: Scene, m: int) -> TickerModel:
    mineral = scene.axes.minerals[m]
    path = scene.price_path(m)
    series = (*scene.price_history(m)[-MOST_PAST_YEARS - 1 : -1], *path)
    figure, unit = fmt.price_parts(path[-1])
    return TickerModel(
        mineral, short_name(scene.name(mineral)), unit, world_price(scene, m).shown_as(figure),
        price_change(scene, m), tuple(series),
    )  # fmt: skip


def short_name(name: str) -> str:
    """A mineral's name without what it says in brackets."""
    return name.partition(" (")[0]


def world_price(scene: Scene, m: int) -> Number:
    """The headline price of a mineral after the last turn."""
    mineral = scene.axes.minerals[m]
    text = source.fields("headline_ln") + source.SEPARATOR + source.row(scene.level, "minerals", mineral, "price")
    basis = scene.level.mineral(mineral).price_basis
    return number(
        scene.price_path(m)[-1], "usd_per_t", title=_("{mineral}: world price", mineral=scene.name(mineral)),
        meaning=_("Price delivered to users, weighted by imports, money of 2024. Basis: {basis}", basis=basis),
        source=text,
    )  # fmt: skip


def price_change(scene: Scene, m: int) -> Number:
    """Its change since the turn before (since the year before, at the start); up is bad for who buys it."""
    path, history = scene.price_path(m), scene.price_history(m)
    last = path[-2] if len(path) > 1 else history[-2] if len(history) > 1 else path[-1]
    share = path[-1] / last - 1
    share = 0.0 if abs(share) < STILL else share
    mineral = scene.axes.minerals[m]
    is_seller = sells(scene, m)
    since = _("Price now against a turn ago.") if len(path) > 1 else _("Price of 2024 against 2023.")
    gain = (
        _("You make more than you use: up is good for you.")
        if is_seller
        else _("You use more than you make: up is bad for you.")
    )
    meaning = f"{since} {gain}"
    return number(
        share, "share", title=_("{mineral}: price change", mineral=scene.name(mineral)), meaning=meaning, signed=True,
        better=1 if is_seller else -1,
        source=source.fields("headline_ln") if len(path) > 1 else source.row(scene.level, "prices", mineral),
        text=_percent(share),
    )  # fmt: skip


def _percent(share: float) -> str:
    digits = fmt.plain(share * 100, 1 if abs(share) < 9.995 else 0, signed=True)
    return digits + "%"


def sells(scene: Scene, m: int) -> bool:
    """Whether the seat earns more by a higher price than its users lose."""
    world, n = scene.past[-1], scene.nation
    made = max(
        float((world.refined_t + world.recycled_t + world.synthetic_t)[0, n, m]),
        float(world.mined_t[0, n, m]) * float(scene.calibration.ratio[m]),
    )
    return made > float(world.use_t[0, n, m].sum())
