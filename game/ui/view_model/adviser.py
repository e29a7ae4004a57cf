"""What the four advisers say: one order each with its aims, in the words of their desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.ai.adviser import DESKS
from game.match.advice import Advice
from game.rules.orders._base import Order
from game.text import _
from game.ui.tip import Number, Tip
from game.ui.view_model.order_list import order_source
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import game_number
from game.ui.view_model.words import order_icon

DESK_WORDS = {
    "trade": "Trade",
    "industry": "Industry",
    "foreign_affairs": "Foreign affairs",
    "land_and_people": "Land and people",
}
DESK_ICONS = {"trade": "cart", "industry": "factory", "foreign_affairs": "handshake", "land_and_people": "leaf"}
AIMS = {
    "price": "cheap metal and busy makers",
    "security": "a safe supply",
    "revenue": "income",
    "value_added": "value made at home",
    "standing": "standing and support",
    "standards": "clean metal",
    "leverage": "others' need of you",
}
CHARACTERS = {desk: name for desk, name, _group in DESKS}


@dataclass(frozen=True)
class AdviserModel:
    """One card: who speaks, the order in words, its aims, and the form's answers that make it."""

    desk: str
    title: str
    icon: str
    character: str
    order_icon: str
    text: Number
    aims: tuple[tuple[str, Number], ...]
    kind: str
    values: dict[str, Any]


def advisers(scene: Scene, found: tuple[Advice, ...]) -> list[AdviserModel]:
    """The cards of the desks that have something to say."""
    return [_card(scene, item) for item in found]


def silent(found: tuple[Advice, ...]) -> list[str]:
    """The desks with nothing worth an order this turn, in words."""
    speaking = {item.desk for item in found}
    return [_(DESK_WORDS[desk]) for desk, _name, _group in DESKS if desk not in speaking]


def _card(scene: Scene, item: Advice) -> AdviserModel:
    aims = tuple((_(AIMS[pillar]), _points(pillar, points)) for pillar, points in item.reasons)
    character = _(scene.level.personality(CHARACTERS[item.desk]).name)
    return AdviserModel(
        item.desk, _(DESK_WORDS[item.desk]), DESK_ICONS[item.desk], character, order_icon(item.order.icon),
        _order_words(scene, item.order), aims, item.order.kind, form_values(item.order),
    )  # fmt: skip


def _order_words(scene: Scene, order: Order) -> Number:
    words = order.describe(scene.view)
    tip = Tip(_(order.title), "", _(order.summary), _("as written"), (), order_source(order.kind))
    return Number(words, tip)


def _points(pillar: str, points: float) -> Number:
    message = (
        "Points of {aim}, by this adviser's weight, that the order should add over the next turns; others act by habit."
    )
    meaning = _(message, aim=_(AIMS[pillar]))
    text = f"{points:+.1f}".replace("-", "−")
    return game_number(points, "points", _("the adviser's futures"), title=_("Aim"), meaning=meaning, text=text)


def form_values(order: Order) -> dict[str, Any]:
    """The answers to the order's form that make this order; those of clauses under dotted names."""
    values: dict[str, Any] = {}
    for name, value in order.as_data().items():
        if name == "clauses":
            for clause in value:
                values |= {f"{clause['kind']}.{key}": v for key, v in clause.items() if key != "kind"}
        elif name != "kind":
            values[name] = tuple(value) if isinstance(value, list) else value
    return values
