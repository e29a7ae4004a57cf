"""Writes tables as YAML that people read and edit: a comment over each table, one row a line."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"^[A-Za-z][A-Za-z0-9_ ()./%+-]*$")
_WORDS_WITH_MEANING = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def number(value: float, digits: int = 6) -> float | int:
    """Return `value` rounded to `digits` significant digits, a whole number where it is one."""
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def flow(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, str):
        return _string_text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key_text(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    raise TypeError(f"cannot write {value!r}")


def table_text(name: str, value: Any, comment: str, depth: int = 1) -> str:
    """Return `name: value` with `comment` above it; mappings down to `depth` levels get a line for every key."""
    lines = [f"# {line}" for line in textwrap.wrap(comment, 116)]
    lines += _block(name, value, depth, 0)
    return "\n".join(lines) + "\n"


def file_text(heading: str, tables: Sequence[str]) -> str:
    """Return a whole file: a heading comment and its tables."""
    head = "\n".join(f"# {line}" if line else "#" for line in _wrapped(heading))
    return head + "\n\n" + "\n".join(tables)


def _wrapped(text: str) -> list[str]:
    return [line for part in text.split("\n") for line in (textwrap.wrap(part, 116) or [""])]


def _block(key: Any, value: Any, depth: int, indent: int) -> list[str]:
    start = " " * indent + f"{_key_text(key)}:"
    if depth == 0 or not isinstance(value, Mapping) or not value:
        return [f"{start} {flow(value)}"]
    return [start] + [line for k, v in value.items() for line in _block(k, v, depth - 1, indent + 2)]


def _key_text(key: Any) -> str:
    return str(key) if isinstance(key, int) else _string_text(key)


def _number_text(value: float) -> str:
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    text = repr(value)
    if "e" in text:  # YAML 1.1 reads 1e-05 as text
        text = f"{value:.12f}".rstrip("0")
    return text


def _string_text(text: str) -> str:
    if _PLAIN.match(text) and text.lower() not in _WORDS_WITH_MEANING and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)
