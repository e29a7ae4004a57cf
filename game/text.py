"""The catalogue: every sentence a player sees passes through `_`, and a locale file may say it in another language.

English messages are the keys. A locale file, `assets/text/<locale>.yaml`, maps them to its own sentences:

    "End turn": "Runde beenden"
    "{nation} refuses": "{nation} lehnt ab"
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

from game.files import ASSETS
from game.problems import Problem, ProblemError

_messages: dict[str, str] = {}
_strict = False


def _(message: str, /, **values: object) -> str:
    """Return `message` in the chosen language, its {names} filled in from `values`.

    A {name} without a value stays as written, so that a slip in a sentence never stops a game; under
    `require_values` it raises KeyError.
    """
    sentence = _messages.get(message, message)
    if not values and "{" not in sentence:
        return sentence
    return _FORMATTER.vformat(sentence, (), values)


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """Return `one` or `many`, whichever suits `count`, with {n} and `values` filled in."""
    return _(one if count == 1 else many, n=count, **values)


def require_values(strict: bool = True) -> None:
    """Make a {name} without a value an error (as all tests do) or not."""
    global _strict
    _strict = strict


def use_messages(messages: Mapping[str, str]) -> None:
    """Speak with `messages`, English message to sentence; an empty mapping is English."""
    _messages.clear()
    _messages.update(messages)


def load_locale(locale: str, folder: Path = ASSETS / "text") -> dict[str, str]:
    """Read a locale file, for `use_messages`. Raises ProblemError with everything that is wrong in it."""
    import yaml  # here, because English needs no file and a launch should not wait for the parser

    path = folder / f"{locale}.yaml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise ProblemError(Problem("error", str(path), f"this locale cannot be read: {reason}")) from error
    if not isinstance(content, dict):
        raise ProblemError(Problem("error", str(path), "a locale file maps English messages to sentences"))
    problems = [problem for item in content.items() for problem in _sentence_problems(str(path), *item)]
    if problems:
        raise ProblemError(problems)
    return content


class _Formatter(string.Formatter):
    """Named values only; a missing one stays as written unless values are required."""

    def get_field(self, field_name: str, args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:
        if field_name not in kwargs and not _strict:
            return _Missing(field_name), field_name
        return kwargs[field_name], field_name


class _Missing:
    """Stands for a value that was not given, and prints as its {name} whatever the format asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __format__(self, _spec: str) -> str:
        return f"{{{self.name}}}"

    def __str__(self) -> str:
        return f"{{{self.name}}}"

    __repr__ = __str__


_FORMATTER = _Formatter()


def _sentence_problems(where: str, message: object, sentence: object) -> list[Problem]:
    if not isinstance(message, str) or not isinstance(sentence, str):
        return [Problem("error", where, f"{message!r}: {sentence!r} is not text", "put quotation marks around it")]
    try:
        wanted, given = _names(message), _names(sentence)
    except ValueError as error:
        return [Problem("error", where, f"{sentence!r}: {error}", "a brace that is meant is written twice: {{ }}")]
    if wanted != given:
        names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "no {names}"
        return [Problem("error", where, f"{sentence!r} does not have the values of {message!r}", f"use {names}")]
    return []


def _names(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None}
