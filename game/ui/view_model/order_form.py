"""An order being written: its questions, and live what it does, costs, when it shows, and what is in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from game.problems import Problem, ProblemError
from game.rules.catalog import ORDERS
from game.rules.form import FormField, form_fields, order_from_values
from game.rules.orders._base import Order
from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Number, Tip, number
from game.ui.view_model import source
from game.ui.view_model.order_list import capital_number, money_number, order_source
from game.ui.view_model.scene import Scene
from game.ui.view_model.words import GROUP_WORDS, order_icon


@dataclass(frozen=True)
class FormModel:
    """What a form shows. `order` is None while the answers make none; `problems` is empty when it may be given."""

    kind: str
    title: str
    summary: str
    group: str
    icon: str
    fields: tuple[FormField, ...]
    values: dict[str, Any]
    order: Order | None
    problems: tuple[Problem, ...]
    effect: Number | None
    money: Number | None
    capital: Number | None
    lead: Number | None
    objects: tuple[str, ...]
    is_late: bool = False  # the level ends before the order shows

    @property
    def may_be_given(self) -> bool:
        """Whether nothing is in the way."""
        return self.order is not None and not self.problems


def order_form(scene: Scene, kind: str, answers: Mapping[str, Any]) -> FormModel:
    """The form of an order, judged and priced with this turn's other orders carried out."""
    view = scene.plan
    fields = form_fields(kind, view, answers)
    values = {field.name: field.default for field in fields} | {
        name: value for name, value in answers.items() if name in {field.name for field in fields}
    }
    order, problems = _order(kind, values, fields)
    effect = money = capital = lead = None
    objects: tuple[str, ...] = ()
    if order is not None:
        problems = tuple(order.problems(view))
        if problems and _impossible(fields):
            return _model(kind, fields, values, order, problems, None, None, None, None, ())
        try:
            usd_bn, points = order.price(view)
            turns = order.turns_until_effect(view)
            effect = _effect(kind, order.describe(view))
            objects = tuple(order.objects(view))
        except (KeyError, IndexError, ValueError, StopIteration):
            # An order that names what does not exist has a problem instead of a price.
            return _model(kind, fields, values, None, problems, None, None, None, None, ())
        money, capital = money_number(usd_bn, kind), capital_number(points, kind)
        lead = _lead(scene, kind, turns)
    model = _model(kind, fields, values, order, problems, effect, money, capital, lead, objects)
    return replace(model, is_late=lead is not None and scene.turn + 1 + (lead.value or 0) > scene.level.turns)


def _model(kind: str, fields: tuple[FormField, ...], values: dict[str, Any], order: Order | None,
           problems: tuple[Problem, ...], effect: Number | None, money: Number | None, capital: Number | None,
           lead: Number | None, objects: tuple[str, ...]) -> FormModel:  # fmt: skip
    order_class = ORDERS[kind]
    return FormModel(
        kind, _(order_class.title), _(order_class.summary), order_class.group, order_icon(order_class.icon), fields,
        values, order, problems, effect, money, capital, lead, objects,
    )  # fmt: skip


def _order(
    kind: str, values: dict[str, Any], fields: tuple[FormField, ...]
) -> tuple[Order | None, tuple[Problem, ...]]:
    unanswered = [field for field in fields if field.widget in ("offer", "contract") and not field.choices]
    if unanswered:
        what = _("no proposal waits for an answer") if unanswered[0].widget == "offer" else _("no treaty is in force")
        hint = _("wait for an offer, or propose a treaty yourself")
        return None, (Problem("error", kind, what, hint),)
    impossible = _impossible(fields)
    try:
        return order_from_values(kind, values), ()
    except ProblemError as error:
        if impossible:
            what = _("{title}: there is no room for any here", title=impossible[0].title)
            return None, (Problem("error", kind, what, _("choose another mineral, layer or partner")),)
        return None, error.problems


def _impossible(fields: tuple[FormField, ...]) -> list[FormField]:
    """The amounts of which nothing at all is possible."""
    return [field for field in fields if field.widget == "amount" and field.high <= 0 and field.name != "value"]


def _effect(kind: str, words: str) -> Number:
    return number(
        None, "as written", title=_("What the order does"), text=words, source=order_source(kind),
        meaning=_("The order in a sentence, with its own figures."),
    )  # fmt: skip


def _lead(scene: Scene, kind: str, turns: int) -> Number:
    date = fmt.turn_date(scene.turn + 1 + turns)
    text = _("this turn") if turns == 0 else _n("next turn, {date}", "in {n} turns, {date}", turns, date=date)
    return source.game_number(
        float(turns), "turns", _("lead time of the order {kind}", kind=kind), title=_("Takes effect"),
        meaning=_("The half-year in which the order first shows in the world."), text=text,
    )  # fmt: skip


def group_title(group: str) -> str:
    """A folder of orders in words."""
    return _(GROUP_WORDS[group])


def answer_number(field: FormField, value: float) -> Number:
    """The present answer to a numeric question, with its unit."""
    meaning = _("Your answer.")
    if field.high > field.low:
        low, high = answer_text(field, field.low), answer_text(field, field.high)
        meaning = _("Your answer; {low} to {high}.", low=low, high=high)
    shown = answer_text(field, value)
    tip = Tip(field.title, shown, meaning, field.unit or _("as chosen"), (), source.game(_("answer of this form")))
    return Number(shown, tip, value, field.unit)


def answer_text(field: FormField, value: float) -> str:
    """A numeric answer as words."""
    if field.unit == "share":
        return fmt.percent(value)
    if field.unit in ("t", "t a year", "t a turn"):
        return fmt.mass(value) + field.unit[1:]
    if field.unit.startswith("US$ bn"):
        return fmt.money(value)
    digits = fmt.plain(value, 0 if field.is_whole or value == round(value) else 1)
    unit = field.unit[:-1] if digits == "1" and field.unit in ("months", "turns") else field.unit
    return digits + (unit if unit.startswith("%") else " " + unit)
