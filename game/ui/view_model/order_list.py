"""This turn's orders with their cost, and what they leave of money and political capital."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules.orders._base import Order
from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Number, number
from game.ui.view_model import source
from game.ui.view_model.order_words import order_mineral, order_partner, short_words
from game.ui.view_model.scene import Scene
from game.ui.view_model.words import order_icon


@dataclass(frozen=True)
class OrderModel:
    """One order as the list shows it."""

    kind: str
    icon: str
    mineral: str
    nation: str
    text: str
    short: str
    cost: Number
    capital: Number


@dataclass(frozen=True)
class OrdersModel:
    """All orders of the turn and their sum."""

    rows: tuple[OrderModel, ...]
    money: Number
    capital: Number
    count: Number
    capital_left: Number


def order_list(scene: Scene) -> OrdersModel:
    """The seat's orders of the turn being played."""
    rows, money, capital = [], 0.0, 0.0
    for order in scene.match.orders(scene.seat):
        usd_bn, points = order.price(scene.view)
        money, capital = money + usd_bn, capital + points
        rows.append(_row(scene, order, usd_bn, points))
    return OrdersModel(
        tuple(rows),
        _sum_money(money),
        _sum_capital(capital),
        source.game_number(
            float(len(rows)), "count", _("the order list of this turn"), title=_("Orders"),
            meaning=_("Orders given for this turn; nothing is final before End turn."),
            text=_n("{n} order", "{n} orders", len(rows)),
        ),
        source.field_number(
            float(scene.plan.world.political_capital[0, scene.nation]), "political_capital", "political_capital",
            title=_("Political capital left"), meaning=_("What is left for more orders this turn."),
        ),
    )  # fmt: skip


def _row(scene: Scene, order: Order, usd_bn: float, points: float) -> OrderModel:
    return OrderModel(
        order.kind, order_icon(order.icon), order_mineral(order), order_partner(order), order.describe(scene.view),
        short_words(order), money_number(usd_bn, order.kind), capital_number(points, order.kind),
    )  # fmt: skip


def order_source(kind: str) -> str:
    """The source line of what an order of a kind costs."""
    return source.game(_("cost of the order {kind}", kind=kind)) + source.SEPARATOR + source.fields("commitment_usd_bn")


def money_number(usd_bn: float, kind: str) -> Number:
    """What an order costs in money over all its turns."""
    return number(
        usd_bn, "usd_bn", title=_("Cost of the order"), source=order_source(kind),
        meaning=_("All the public money it takes, over all its turns; purchases at today's price."),
        text=fmt.money(usd_bn) if usd_bn else _("no money"),
    )  # fmt: skip


def capital_number(points: float, kind: str) -> Number:
    """What an order costs in political capital."""
    return number(
        points, "political_capital", title=_("Political capital it takes"),
        source=source.game(_("cost of the order {kind}", kind=kind)) + source.SEPARATOR
        + source.fields("political_capital"),
        meaning=_("Points taken at once from the {limit} at most that a government can bank.", limit=10),
        text=_("{points} capital", points=fmt.plain(points, 0 if points == round(points) else 1)),
    )  # fmt: skip


def _sum_money(usd_bn: float) -> Number:
    return number(
        usd_bn, "usd_bn", title=_("Money ordered this turn"), source=source.fields("commitment_usd_bn", "purchase_t"),
        meaning=_("All the public money that this turn's orders take, over all their turns."),
    )  # fmt: skip


def _sum_capital(points: float) -> Number:
    return number(
        points, "political_capital", title=_("Political capital used"), source=source.fields("political_capital"),
        meaning=_("Points that this turn's orders take."),
        text=_("{points} capital", points=fmt.plain(points, 0 if points == round(points) else 1)),
    )  # fmt: skip
