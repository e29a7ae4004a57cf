"""Forms: what to ask a player for an order, read off its fields, and the order that the answers make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from game.engine.pact import TREATIES
from game.engine.view import NationView, Offer, minerals_by_stake
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.rules.catalog import ORDERS, read_order
from game.rules.field import extra_of, title_of
from game.rules.orders._base import Order
from game.rules.orders.leave import own_treaties
from game.rules.terms import clauses_in
from game.rules.treaty import CLAUSES, Treaty, read_clause, treaties
from game.text import _

Choices = tuple[tuple[Any, str], ...]
# Fields for which a form looks for a value that makes a legal order.
STARTED = ("mineral", "product", "corridor", "layer", "stage")


@dataclass(frozen=True)
class FormField:
    """One question of a form. `default` is what was chosen, or a legal proposal; None when there is none.

    Widgets: mineral, product, corridor, nation, choice, treaty, offer, contract (one of `choices`: value and title),
    nations (any of `choices`; none means `hint`), number and amount (`low` to `high` by `step`; 0 for any).
    """

    name: str
    title: str
    widget: str
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    default: Any = None
    choices: Choices = ()
    hint: str = ""
    is_whole: bool = False


def form_fields(kind: str, view: NationView, values: Mapping[str, Any] | None = None) -> tuple[FormField, ...]:
    """The questions of an order of this kind, the answers so far being `values` (by field name).

    Clauses of a proposal appear under dotted names, "deliver.volume_t"; published clauses are not asked for.
    """
    order = ORDERS[kind]
    return _fields(order, view, {**_start(order, view, values or {}), **(values or {})})


def _start(order: type[Order], view: NationView, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values for what is still open under which the order can be given: the mineral with most at stake comes first."""
    open_names = [name for name in STARTED if name in order.model_fields and name not in values]
    if not open_names:
        return dict(order.start(view, values))
    choices = [_choices(extra_of(order, name)["widget"], extra_of(order, name), view) for name in open_names]
    by_stake = {mineral: place for place, mineral in enumerate(minerals_by_stake(view))}
    tries = product(*([value for value, _title in group] for group in choices))
    for found in sorted(tries, key=lambda found: by_stake.get(found[0], 0)):
        start = dict(zip(open_names, found, strict=True))
        answers = {field.name: field.default for field in _fields(order, view, {**start, **values})}
        try:
            if not order_from_values(order.kind, answers).obstacles(view):
                return start
        except ProblemError:
            continue
    return {}


def _fields(order: type[Order], view: NationView, given: dict[str, Any]) -> tuple[FormField, ...]:
    found: list[FormField] = []
    for name in order.model_fields:
        widget = extra_of(order, name).get("widget")
        if widget == "clauses":
            found += _clause_fields(order, view, given)
        if widget in ("clauses", "unasked"):
            continue
        found.append(_form_field(order, order, name, name, view, given, PydanticUndefined))
        given.setdefault(name, found[-1].default)
    return tuple(found)


def order_from_values(kind: str, values: Mapping[str, Any]) -> Order:
    """The order that the answers of a form make. Raises ProblemError with plain sentences."""
    if kind not in ORDERS:
        raise ProblemError(unknown_name(_("order"), kind, ORDERS))
    data: dict[str, Any] = {"kind": kind, **{name: value for name, value in values.items() if "." not in name}}
    if "treaty" in ORDERS[kind].model_fields and "clauses" in ORDERS[kind].model_fields:
        treaty = treaties().get(str(data.setdefault("treaty", "offtake")))
        if treaty is None:
            raise ProblemError(unknown_name(_("treaty"), str(data["treaty"]), treaties(), kind))
        data["clauses"] = [_clause_data(treaty, clause, values) for clause in treaty.kinds]
        problems = [problem for clause in data["clauses"] for problem in _clause_problems(clause, kind)]
        if problems:
            raise ProblemError(problems)
    return read_order(data)


def _clause_data(treaty: Treaty, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    answers = {name.split(".", 1)[1]: value for name, value in values.items() if name.startswith(f"{kind}.")}
    return {"kind": kind, **treaty.start(kind), **answers}


def _clause_problems(data: Mapping[str, Any], where: str) -> tuple[Problem, ...]:
    try:
        read_clause(data, where)
    except ProblemError as error:
        return error.problems
    return ()


def _clause_fields(order: type[Order], view: NationView, given: dict[str, Any]) -> list[FormField]:
    treaty = treaties()[str(given.get("treaty", "offtake"))]
    found = []
    for kind in treaty.kinds:
        if kind in treaty.published:
            continue
        start = treaty.start(kind)
        for name in CLAUSES[kind].model_fields:
            dotted = f"{kind}.{name}"
            initial = start.get(name, PydanticUndefined)
            found.append(_form_field(order, CLAUSES[kind], name, dotted, view, given, initial))
            given.setdefault(dotted, found[-1].default)
    return found


def _form_field(
    order: type[Order],
    model: type[BaseModel],
    name: str,
    dotted: str,
    view: NationView,
    given: Mapping[str, Any],
    initial: Any,
) -> FormField:
    """One question: `name` in its model, `dotted` in the form, `initial` the proposal that a bundle makes."""
    extra, info = extra_of(model, name), model.model_fields[name]
    widget = str(extra.get("widget", "text"))
    low, high = _bounds(info.metadata)
    default = info.default if initial is PydanticUndefined else initial
    choices = _choices(widget, extra, view)
    if widget == "amount":
        low, high, proposed = order.limits(view, dotted, given) or (low, high, 0.0)
        # Where nothing is possible, any amount will do: the order's problems then say what is missing.
        default = proposed or high or (1.0 if default is PydanticUndefined else default)
    elif default is PydanticUndefined:
        default = choices[0][0] if choices else None
    return FormField(
        name=dotted,
        title=title_of(model, name),
        widget=widget,
        unit=_(str(extra.get("unit", ""))) if extra.get("unit") else "",
        low=low,
        high=high,
        step=float(extra.get("step", 0.0)),
        default=given.get(dotted, default),
        choices=choices,
        hint=_(str(extra["empty"])) if "empty" in extra else "",
        is_whole=info.annotation is int,
    )


def _bounds(metadata: list[Any]) -> tuple[float, float]:
    low = next((float(str(item.ge)) for item in metadata if isinstance(item, Ge)), 0.0)
    high = next((float(str(item.le)) for item in metadata if isinstance(item, Le)), 0.0)
    return low, high


def _choices(widget: str, extra: Mapping[str, Any], view: NationView) -> Choices:
    """The values a player may choose from, each with its title."""
    axes = view.axes
    if widget == "choice":
        return tuple((value, _(title)) for value, title in extra["names"].items())
    if widget == "mineral":
        return tuple((mineral, view.name(mineral)) for mineral in axes.minerals)
    if widget == "corridor":
        planned = view.baseline.network.passages.has_works
        return tuple((name, view.name(name)) for c, name in enumerate(axes.corridors) if planned[c])
    if widget == "product":
        return tuple((product, view.name(product)) for product in axes.products)
    if widget in ("nation", "nations"):
        return tuple((nation, view.name(nation)) for nation in axes.nations if nation not in (view.iso3, "ROW"))
    if widget == "treaty":
        return tuple((name, _(treaty.title)) for name, treaty in treaties().items())
    if widget == "offer":
        return tuple((offer.number, short_offer_text(offer, view.name)) for offer in view.inbox)
    if widget == "contract":
        return tuple((slot, treaty_text(view, slot)) for slot in own_treaties(view))
    return ()


def short_offer_text(offer: Offer, name: Callable[[str], str]) -> str:
    """Sender, side and what is delivered, for a list to choose from."""
    if offer.treaty != "offtake":
        title = _(treaties()[offer.treaty].title) if offer.treaty in treaties() else offer.treaty
        return _("{sender} proposes: {treaty}", sender=name(offer.sender), treaty=title)
    goods = ", ".join(read_clause(clause).describe(name) for clause in offer.clauses if "mineral" in clause)
    message = "{sender} buys {goods}" if offer.sender == offer.buyer else "{sender} sells {goods}"
    return _(message, sender=name(offer.sender), goods=goods)


def offer_text(offer: Offer, name: Callable[[str], str]) -> str:
    """Sender, treaty, who else is invited, and clauses of an offer."""
    clauses = ", ".join(read_clause(clause).describe(name) for clause in offer.clauses)
    title = _(treaties()[offer.treaty].title) if offer.treaty in treaties() else offer.treaty
    if offer.treaty != "offtake":
        partners = ", ".join(name(party) for party in offer.parties)
        return _("{treaty} of {partners}: {clauses}", treaty=title, partners=partners, clauses=clauses)
    message = "{treaty} with {sender}, who sells: {clauses}"
    if offer.sender == offer.buyer:
        message = "{treaty} with {sender}, who buys: {clauses}"
    return _(message, treaty=title, sender=name(offer.sender), clauses=clauses)


def treaty_text(view: NationView, slot: int) -> str:
    """A treaty in force: its name, who is bound and what the clauses say."""
    world, axes = view.world, view.axes
    bound = [view.name(axes.nations[n]) for n in np.flatnonzero(world.treaty_member[0, slot])]
    clauses = [clause.describe(view.name) for clause in clauses_in(world, slot)]
    title = _(treaties()[TREATIES[world.treaty_kind[0, slot]]].title)
    return _("{treaty}, {members}: {clauses}", treaty=title, members=", ".join(bound), clauses=", ".join(clauses))
