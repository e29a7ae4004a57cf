"""Fields of orders and clauses: one declaration feeds parser, check, form and log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from game.problems import Problem
from game.registry import nearest
from game.text import _


def mineral_field() -> Any:
    """A mineral of the level, by id."""
    return Field(title="Mineral", json_schema_extra={"widget": "mineral"})


def product_field(title: str = "Product", default: Any = ...) -> Any:
    """A product of the level, by id."""
    return Field(default=default, title=title, json_schema_extra={"widget": "product"})


def corridor_field(title: str) -> Any:
    """A corridor of the level, by id."""
    return Field(title=title, json_schema_extra={"widget": "corridor"})


def layer_field() -> Any:
    """Ore or refined metal."""
    return choice_field("Traded as", {"ore": "Ore", "refined": "Refined metal"})


TRACK_NAMES = {
    "extraction": "Extraction",
    "separation": "Separation",
    "clean_processing": "Clean processing",
    "recycling": "Recycling",
    "seabed": "Seabed mining",
}


def track_field(default: Any = ...) -> Any:
    """A track of technology."""
    return choice_field("Track", TRACK_NAMES, default)


def nation_field(title: str) -> Any:
    """One nation, by id."""
    return Field(title=title, json_schema_extra={"widget": "nation"})


def nations_field(title: str, empty: str) -> Any:
    """Any number of nations, by id; `empty` says what naming none means."""
    return Field(default=(), title=title, json_schema_extra={"widget": "nations", "empty": empty})


def choice_field(title: str, names: dict[str, str], default: Any = ...) -> Any:
    """One of several words; `names` are their titles."""
    return Field(default=default, title=title, json_schema_extra={"widget": "choice", "names": dict(names)})


def number_field(title: str, unit: str, low: float, high: float, step: float, default: Any = ...) -> Any:
    """A number between bounds, set with a slider."""
    extra: dict[str, Any] = {"widget": "number", "unit": unit, "step": step}
    return Field(default=default, title=title, ge=low, le=high, allow_inf_nan=False, json_schema_extra=extra)


def amount_field(title: str, unit: str, default: Any = ...) -> Any:
    """A positive amount whose bounds depend on the view."""
    return Field(
        default=default, title=title, gt=0, allow_inf_nan=False, json_schema_extra={"widget": "amount", "unit": unit}
    )


def reference_field(title: str, widget: str) -> Any:
    """The number of something listed elsewhere: an offer in the inbox, a contract in force."""
    return Field(title=title, ge=0, json_schema_extra={"widget": widget})


def extra_of(model: type[BaseModel], name: str) -> dict[str, Any]:
    """What a field says beside pydantic's own: widget, unit, step, names of choices."""
    extra = model.model_fields[name].json_schema_extra
    return dict(extra) if isinstance(extra, dict) else {}


def title_of(model: type[BaseModel], name: str) -> str:
    """The field's title, in the player's language."""
    return _(model.model_fields[name].title or name)


def plain_problems(model: type[BaseModel], error: ValidationError, where: str) -> list[Problem]:
    """What pydantic found wrong with data for `model`, each as a sentence with a remedy."""
    return [_plain(model, dict(item), where) for item in error.errors()]


def _plain(model: type[BaseModel], item: Mapping[str, Any], where: str) -> Problem:
    name = str(item["loc"][0]) if item["loc"] else ""
    place = f"{where}.{name}" if name else where
    kind = str(item["type"])
    value = item.get("input")
    if kind == "extra_forbidden":
        likely = nearest(name, model.model_fields)
        known = ", ".join(model.model_fields) or _("none")
        hint = _("did you mean {name}?", name=likely) if likely else _("known: {names}", names=known)
        return Problem("error", place, _("there is no field {name!r}", name=name), hint)
    if kind == "missing":
        return Problem("error", place, _("{title} is missing", title=_title(model, name)), _("give a value"))
    if value is None:
        return Problem("error", place, _("{title} is not chosen", title=_title(model, name)), _("choose one, if any"))
    what = _("{title} cannot be {value!r}", title=_title(model, name), value=value)
    return Problem("error", place, what, _remedy(item))


def _title(model: type[BaseModel], name: str) -> str:
    return title_of(model, name) if name in model.model_fields else name


def _remedy(item: Mapping[str, Any]) -> str:
    context = item.get("ctx", {})
    kind = item["type"]
    if kind == "greater_than_equal":
        return _("at least {low}", low=context["ge"])
    if kind == "less_than_equal":
        return _("at most {high}", high=context["le"])
    if kind == "greater_than":
        return _("more than {low}", low=context["gt"])
    if kind == "literal_error":
        return _("one of {names}", names=context["expected"])
    return str(item["msg"]).removeprefix("Value error, ")
