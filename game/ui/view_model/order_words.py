"""An order in a few words for a narrow list; its mineral and partner stand before it as marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game.rules.catalog import TREATIES
from game.rules.orders._base import Order
from game.text import _
from game.ui import format as fmt

STAGES = {"mine": "mining", "refine": "refining", "recycle": "recycling"}
MEASURES = {
    "licence": "Export licence",
    "tax": "Export tax",
    "quota": "Export quota",
    "ban": "Export ban",
    "full_ban": "Export ban, goods too",
}


def short_words(order: Order) -> str:
    """What the order does, in about thirty letters."""
    data = order.as_data()
    return _WORDS[order.kind](data) if order.kind in _WORDS else _(order.title)


def order_mineral(order: Order) -> str:
    """The mineral an order is about, "" for none."""
    data = order.as_data()
    return str(data.get("mineral") or _clause(data, "deliver").get("mineral", ""))


def order_partner(order: Order) -> str:
    """The nation an order is about, "" for none."""
    return str(order.as_data().get("partner", ""))


def _clause(data: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    return next((clause for clause in data.get("clauses", ()) if clause.get("kind") == kind), {})


def months_words(months: float) -> str:
    """'1 month', '2.5 months'."""
    figure = fmt.trimmed(months, 2)
    return _("{n} month", n=figure) if figure == "1" else _("{n} months", n=figure)


def _buy(data: Mapping[str, Any]) -> str:
    if data["tempo"] == "open":
        return _("Buy {months} of use, openly", months=months_words(data["months"]))
    return _("Buy {months} of use, quietly", months=months_words(data["months"]))


def _release(data: Mapping[str, Any]) -> str:
    amount = fmt.mass(data["amount_t"])
    return _("Release {amount}", amount=amount) if data["to"] == "users" else _("Sell {amount} of stock", amount=amount)


def _cap(data: Mapping[str, Any]) -> str:
    if data["share"] >= 1:
        return _("Lift the sourcing cap")
    return _("Cap suppliers at {share}", share=fmt.percent(data["share"]))


def _build(message: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda data: _(message, size=fmt.mass(data["size"]))


def _support(data: Mapping[str, Any]) -> str:
    return _("Support for {stage}", stage=_(STAGES[data["stage"]]))


def _restrict(data: Mapping[str, Any]) -> str:
    if data["measure"] == "none":
        return _("Lift the export measure")
    strength = fmt.percent(data["strength"])
    return _("{measure}, strength {share}", measure=_(MEASURES[data["measure"]]), share=strength)


def _royalty(data: Mapping[str, Any]) -> str:
    return _("Royalty of {rate}", rate=fmt.percent(data["rate"]))


def _propose(data: Mapping[str, Any]) -> str:
    if data["treaty"] != "offtake":
        return _("Propose: {treaty}", treaty=_(TREATIES[data["treaty"]].title))
    volume = fmt.mass(float(_clause(data, "deliver").get("volume_t", 0.0)))
    if data["role"] == "buy":
        return _("Offer to buy {volume} a turn", volume=volume)
    return _("Offer to sell {volume} a turn", volume=volume)


def _answer(data: Mapping[str, Any]) -> str:
    words = {"accept": _("Accept an offer"), "refuse": _("Refuse an offer"), "counter": _("Make a counter-offer"),
             "delay": _("Put off an offer")}  # fmt: skip
    return words[data["reply"]]


def _leave(data: Mapping[str, Any]) -> str:
    return _("Leave a treaty at once") if data["how"] == "now" else _("Give notice to a treaty")


def _floor(data: Mapping[str, Any]) -> str:
    return _("Price floor at {percent}% of today's", percent=data["percent"])


def _thrift(data: Mapping[str, Any]) -> str:
    if not data["share"]:
        return _("Lift the thrift standard")
    return _("Makers use {share} less metal", share=fmt.percent(data["share"]))


def _collection(data: Mapping[str, Any]) -> str:
    if not data["share"]:
        return _("Lift the recycling mandate")
    return _("Makers take back {share}", share=fmt.percent(data["share"]))


def _import_terms(data: Mapping[str, Any]) -> str:
    if data["terms"] == "tariff":
        return _("Import tariff of {rate}", rate=fmt.percent(data["tariff"]))
    if data["terms"] == "standard":
        return _("Import standard, level {level}", level=data["level"])
    return _("Import label") if data["terms"] == "label" else _("Lift the import terms")


def _money(message: str, field: str = "size_usd_bn") -> Callable[[Mapping[str, Any]], str]:
    return lambda data: _(message, money=fmt.money(data[field]))


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "buy_stock": _buy,
    "release_stock": _release,
    "cap_sourcing": _cap,
    "build_mine": _build("New mine, {size} a year"),
    "build_refinery": _build("New refinery, {size} a year"),
    "build_recycler": _build("New recycler, {size} a year"),
    "support_industry": _support,
    "restrict_exports": _restrict,
    "set_royalty": _royalty,
    "set_price_floor": _floor,
    "set_thrift": _thrift,
    "mandate_collection": _collection,
    "set_import_terms": _import_terms,
    "fund_substitution": _money("Substitution, {money} a turn"),
    "fund_processing": _money("Research, {money} a turn"),
    "build_component_plant": _money("New plant, {money} a year"),
    "explore": _money("Explore for {money}"),
    "cover_risk": _money("Risk cover, reserve {money}", "reserve_usd_bn"),
    "propose": _propose,
    "answer": _answer,
    "leave": _leave,
}
