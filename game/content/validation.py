"""Turns what pydantic says of plain data into problems: where, the value, the nearest valid spelling, the remedy."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from game.content.yaml_tree import Path_
from game.problems import Problem
from game.registry import nearest
from game.text import _

Model = TypeVar("Model", bound=BaseModel)
Where = Callable[..., str]


@dataclass(frozen=True)
class Found:
    """A problem, the paths of what it is about, and the id that it refuses the form of ("" when it is about no id)."""

    paths: tuple[Path_, ...]
    problem: Problem
    malformed_id: str = ""


_MOST_SHOWN = 60

# What the patterns of ids and dates ask for, in words.
_PATTERNS = {
    r"^[A-Z]{3}$": "write three capital letters, such as JPN",
    r"^[a-z][a-z0-9_]*$": "write lower-case words joined by _, such as rare_earths",
    r"^\d{4}-\d{2}-\d{2}$": "write year-month-day, such as 2025-07-01",
    r"^[\w.-]+$": "write one word of letters, digits, _, . and -",
    r"^\d{4}-\d{2}(-\d{2})?$": "write year-month, such as 2010-07, or year-month-day",
    r"^(\d{4}-\d{2}-\d{2})?$": 'write year-month-day, such as 2025-07-01, or "" for none',
}


def validated(model: type[Model], data: Any, where: Where, name: str) -> tuple[Model | None, list[Found]]:
    """Return the model of `data`, or None and every problem. `where(*path)` gives the place of a path in the data."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        found = [_found(item, model, data, where, name) for item in _joined(error)]
        return None, list({one.problem: one for one in found}.values())


def _joined(error: ValidationError) -> list[dict[str, Any]]:
    """Return pydantic's errors with all keys missing from a row in one, and one for a choice of all or a list."""
    items: dict[tuple[Any, ...], dict[str, Any]] = {}
    for item in error.errors(include_url=False):
        if item["type"] == "literal_error" and item.get("ctx", {}).get("expected") == "'all'":
            continue  # the list beside it says what is wrong
        if item["type"] == "missing":
            first = items.setdefault(("missing", *item["loc"][:-1]), dict(item) | {"missing": []})
            first["missing"].append(str(item["loc"][-1]))
        else:
            items[(item["type"], *item["loc"])] = dict(item)
    return list(items.values())


def _found(item: Mapping[str, Any], model: type[BaseModel], data: Any, where: Where, name: str) -> Found:
    path = _path(item["loc"], data)
    paths = tuple((*path, key) for key in item.get("missing", ())) or (path,)
    malformed = str(item["input"]) if item["type"] == "string_pattern_mismatch" else ""
    return Found(paths, _problem(item, model, data, where, name), malformed)


def _problem(item: Mapping[str, Any], model: type[BaseModel], data: Any, where: Where, name: str) -> Problem:
    path = _path(item["loc"], data)
    kind, context = str(item["type"]), item.get("ctx", {})
    spoken = ".".join(map(str, path)) or name
    place = where(*path)
    if kind == "missing":
        missing = ", ".join(item["missing"])
        hint = _("add {key}: …; a neighbouring row shows the form", key=item["missing"][0])
        return Problem(
            "error", where(*path, item["missing"][0]), _("{path} has no {keys}", path=spoken, keys=missing), hint
        )
    if kind == "extra_forbidden":
        key = str(item["loc"][-1])
        path = (*path, item["loc"][-1]) if path[-1:] != item["loc"][-1:] else path
        known = field_names(model, path[:-1])
        likely = nearest(key, known)
        hint = _("did you mean {name}?", name=likely) if likely else _("known: {names}", names=", ".join(known))
        owner = ".".join(map(str, path[:-1])) or name
        return Problem("error", where(*path), _("{path} knows no {key!r}", path=owner, key=key), hint)
    if kind == "literal_error":
        words = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        likely = nearest(str(item["input"]), words)
        hint = _("did you mean {name}?", name=likely) if likely else _("one of: {names}", names=", ".join(words))
        return Problem("error", place, _("{path} is {value}", path=spoken, value=_shown(item["input"])), hint)
    if kind == "invalid_key":
        owner = ".".join(map(str, path[:-1])) or name
        what = _("{path} has the key {value}, which is no word", path=owner, value=_shown(item["input"]))
        return Problem("error", place, what, _("remove it, or write a word"))
    what = _("{path} is {value}", path=spoken, value=_shown(item["input"]))
    return Problem("error", place, what, _remedy(kind, context, str(item["msg"])))


def _remedy(kind: str, context: Mapping[str, Any], message: str) -> str:
    sentences: dict[str, str] = {
        "greater_than": _("it must be more than {gt}", gt=context.get("gt")),
        "greater_than_equal": _("it must be at least {ge}", ge=context.get("ge")),
        "less_than": _("it must be less than {lt}", lt=context.get("lt")),
        "less_than_equal": _("it must be at most {le}", le=context.get("le")),
        "finite_number": _("write an ordinary number"),
        "float_parsing": _("write a number, with a point for decimals and no unit"),
        "float_type": _("write a number"),
        "int_parsing": _("write a whole number"),
        "int_type": _("write a whole number"),
        "int_from_float": _("write a whole number"),
        "string_type": _("write text; put quotation marks around it"),
        "bool_parsing": _("write true or false"),
        "bool_type": _("write true or false"),
        "dict_type": _("write rows below it, each with a key"),
        "too_short": _("name at least one"),
        "list_type": _("write a list in square brackets, or all where everything is meant"),
        "model_type": _("write keys with values, as in the neighbouring rows"),
    }
    if kind == "string_pattern_mismatch":
        return _(_PATTERNS.get(str(context.get("pattern")), message))
    return sentences.get(kind, message)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"


def _path(loc: Sequence[str | int], data: Any) -> Path_:
    """Return the part of pydantic's location that is a path in the data; it names alternatives and keys too."""
    path: list[str | int] = []
    for step in loc:
        found, key = _step(data, step)
        if found:
            path.append(key)
            data = data[key]
    return tuple(path)


def _step(data: Any, step: str | int) -> tuple[bool, str | int]:
    if isinstance(data, Mapping):
        if step in data:
            return True, step
        if isinstance(step, str) and step.isdigit() and int(step) in data:
            return True, int(step)
    elif isinstance(data, list) and isinstance(step, int) and step < len(data):
        return True, step
    return False, step


def field_names(model: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    """Return the keys allowed at a path below a model."""
    kind: Any = model
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(step))
            kind = field.annotation if field else None
        else:
            kind = next((arg for arg in reversed(get_args(kind)) if arg is not None), None)
        kind = _without_wrapping(kind)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _without_wrapping(kind: Any) -> Any:
    while get_origin(kind) in (Annotated, Union, types.UnionType):
        kind = get_args(kind)[0]
    return kind
