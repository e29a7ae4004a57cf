"""A level's plain data as the cross-checks read it: nothing is taken for granted, because any row may be wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from game.content.draft import Draft
from game.content.level import REST
from game.content.yaml_tree import Path_


class Facts:
    """Looks figures up in a draft; `broken` are the paths of figures that were already found wrong."""

    def __init__(self, draft: Draft, broken: set[Path_]) -> None:
        self.draft = draft
        self.broken = broken

    def table(self, *path: str) -> Mapping[Any, Any]:
        """Return the table at a path, empty when there is none."""
        value: Any = self.draft.tables
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value if isinstance(value, Mapping) else {}

    def rows(self, *path: str) -> Iterator[tuple[str, Mapping[Any, Any]]]:
        """Yield the rows of a table that are rows."""
        for key, row in self.table(*path).items():
            if isinstance(row, Mapping):
                yield str(key), row

    def is_sound(self, *path: str) -> bool:
        """Whether nothing at, above or below a path was found wrong."""
        length = len(path)
        return not any(found[:length] == path[: len(found)] for found in self.broken)

    def value(self, *path: str) -> float | None:
        """Return the figure at a path, None when it is no number."""
        return number(self.table(*path).get("value"))

    def total(self, *path: str) -> float:
        """Return the sum of the figures in a table of nations."""
        return sum(number(row.get("value")) or 0.0 for _key, row in self.rows(*path))

    @cached_property
    def mineral_ids(self) -> list[str]:
        """All minerals of the tables."""
        return list(self.table("minerals"))

    @cached_property
    def nation_ids(self) -> list[str]:
        """All nations of the tables."""
        return list(self.table("nations"))

    @cached_property
    def product_ids(self) -> list[str]:
        """All products of the tables."""
        return list(self.table("products"))

    @cached_property
    def minerals(self) -> list[str]:
        """Minerals in play."""
        chosen = self.chosen("minerals")
        return [name for name in self.mineral_ids if chosen is None or name in chosen]

    @cached_property
    def nations(self) -> list[str]:
        """Nations in play, the rest of the world last."""
        chosen = self.chosen("nations")
        used = [name for name in self.nation_ids if name != REST and (chosen is None or name in chosen)]
        return [*used, REST] if REST in self.nation_ids else used

    def chosen(self, key: str) -> list[str] | None:
        """Return what the level's `use` names for a key, None for all."""
        use = self.draft.row.get("use")
        names = use.get(key, "all") if isinstance(use, Mapping) else "all"
        return [str(name) for name in names] if isinstance(names, list) else None


def number(value: Any) -> float | None:
    """Return a finite number, None for anything else.

    A number that YAML takes for text, as it does 1e5, is one here as it is for the models.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
