"""What a save says of itself: the game it holds, and the program and machine that began it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

import numpy as np

import game
from game.match.migrate import FORMAT


@dataclass(frozen=True, slots=True)
class Header:
    """The first lines of a save.

    `nations` are those that persons play, `options` any JSON-able table of how the match was set up. `processor` lists
    the vector instructions numpy found: the last bits of a result may differ between machines with different lists.
    """

    level: str
    seed: int
    nations: tuple[str, ...]
    options: dict[str, Any]
    program: str
    program_version: str
    format: int
    numpy: str
    processor: str
    created: str

    @classmethod
    def of(cls, level: str, seed: int, nations: tuple[str, ...], options: Mapping[str, Any] | None = None) -> Self:
        """Return the header of a game that begins now, with this program on this machine."""
        return cls(
            level=level,
            seed=seed,
            nations=nations,
            options=dict(options or {}),
            program="chokepoint",
            program_version=game.__version__,
            format=FORMAT,
            numpy=np.__version__,
            processor=processor(),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def rows(self) -> list[tuple[str, str]]:
        """Return the header as keys and JSON values."""
        return [(key, json.dumps(value)) for key, value in asdict(self).items()]

    @classmethod
    def from_rows(cls, rows: Mapping[str, str]) -> Self:
        """Return the header that `rows` gave. Raises ValueError, naming the first key that is missing or wrong."""
        values: dict[str, Any] = {}
        for key, kind in _KINDS.items():
            try:
                value = json.loads(rows[key])
            except (KeyError, ValueError) as error:
                raise ValueError(key) from error
            if type(value) is not kind:
                raise ValueError(key)
            values[key] = value
        if not all(isinstance(nation, str) for nation in values["nations"]):
            raise ValueError("nations")
        return cls(**values | {"nations": tuple(values["nations"])})


_KINDS = dict.fromkeys(("level", "program", "program_version", "numpy", "processor", "created"), str) | {
    "seed": int,
    "nations": list,
    "options": dict,
    "format": int,
}


def processor() -> str:
    """Return the machine's architecture and the vector instructions that numpy uses on it."""
    build: dict[str, Any] = dict(np.show_config(mode="dicts") or {})
    return " ".join([platform.machine(), *build.get("SIMD Extensions", {}).get("found", [])])
