"""The almanac's page on the model's error against history, from the stored result of the hindcast."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from game.content.almanac_text import figure, page, table

Check = Mapping[str, Any]


def error_page(result: Path) -> str:
    """Model against history, check by check; says so when no result is stored."""
    checks: Sequence[Check] = json.loads(result.read_text(encoding="utf-8")) if result.is_file() else ()
    if not checks:
        parts = ["No run against history is stored with this version of the game, so nothing is known of its error."]
    else:
        parts = [_total(checks), _by_episode(checks), _failed(checks), *_details(checks)]
    return page(
        "Error against history",
        "the stored result of the hindcast",
        "The engine is run through episodes of the past, with the shock as it was reported and one set of parameters "
        "for all, and its prices are compared with the published ones. A check is inside when the model's figure lies "
        "in the band that was fixed before the run. Half-years are compared: a peak may lie between the highest annual "
        "mean and the highest monthly one.",
        *parts,
    )


def _total(checks: Sequence[Check]) -> str:
    inside = sum(bool(check["inside"]) for check in checks)
    share = 100 * inside / len(checks)
    return f"**{inside} of {len(checks)} checks inside their bands ({share:.0f} %).**"


def _by_episode(checks: Sequence[Check]) -> str:
    rows = []
    for episode in _episodes(checks):
        own = [check for check in checks if check["episode"] == episode]
        rows.append((f"[{episode}](#{episode})", str(sum(bool(check["inside"]) for check in own)), str(len(own))))
    return "## By episode\n\n" + table(("Episode", "Inside", "Checks"), rows)


def _failed(checks: Sequence[Check]) -> str:
    failed = [check for check in checks if not check["inside"]]
    if not failed:
        return "## Checks that fail\n\nNone in this run."
    return "## Checks that fail\n\n" + _check_table(failed, with_episode=True)


def _details(checks: Sequence[Check]) -> list[str]:
    return [
        f"## {episode}\n\n" + _check_table([check for check in checks if check["episode"] == episode])
        for episode in _episodes(checks)
    ]


def _check_table(checks: Sequence[Check], with_episode: bool = False) -> str:
    heads = ("Check", "Model", "Band", "Inside")
    rows = [
        (
            str(check["metric"]),
            _number(check["model"]),
            f"{_number(check['low'])} to {_number(check['high'])}",
            "yes" if check["inside"] else "no",
        )
        for check in checks
    ]
    if not with_episode:
        return table(heads, rows)
    named = [(str(check["episode"]), *row) for check, row in zip(checks, rows, strict=True)]
    return table(("Episode", *heads), named)


def _number(value: float | None) -> str:
    return "open" if value is None else figure(float(f"{value:.3g}"))


def _episodes(checks: Sequence[Check]) -> list[str]:
    return list(dict.fromkeys(str(check["episode"]) for check in checks))
