"""The almanac's page on the model's error against history, from the stored result of the hindcast."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from game.content.almanac_text import figure, page, table
from game.content.episode import Episode

Check = Mapping[str, Any]
EXTREMES = ("peak_ratio", "trough_ratio", "ratio_at_24_months")  # what an episode is known by, the first it has


def error_page(result: Path, episodes: Sequence[Episode]) -> str:
    """Model against history, check by check; says so when no result is stored."""
    checks: Sequence[Check] = json.loads(result.read_text(encoding="utf-8")) if result.is_file() else ()
    known = {episode.id: episode for episode in episodes}
    if not checks:
        parts = ["No run against history is stored with this version of the game, so nothing is known of its error."]
    else:
        names = list(dict.fromkeys(str(check["episode"]) for check in checks))
        of = {name: [check for check in checks if check["episode"] == name] for name in names}
        parts = [_total(checks), _by_episode(of, known), _failed(checks)]
        parts += [_detail(name, found, known.get(name)) for name, found in of.items()]
    return page(
        "Error against history",
        "the stored result of the hindcast, `levels/_episodes/result.json`",
        "The engine is run through episodes of the past, with the shock as it was reported and one set of parameters "
        "for all, and its prices are compared with the published ones. A check is inside when the model's figure lies "
        "in the band that was fixed before the run. Half-years are compared: a peak may lie between the highest annual "
        "mean and the highest monthly one. Ratios are to the price before the start; `mNN_after_peak_over_peak` is the "
        "price so many months after the peak over the peak.",
        "`python main.py hindcast` runs it again, with `--out page.html` for plots.",
        *parts,
    )


def _total(checks: Sequence[Check]) -> str:
    inside = sum(bool(check["inside"]) for check in checks)
    share = 100 * inside / len(checks)
    return f"**{inside} of {len(checks)} checks inside their bands ({share:.0f} %).**"


def _by_episode(of: Mapping[str, Sequence[Check]], known: Mapping[str, Episode]) -> str:
    rows = []
    for name, checks in of.items():
        episode = known.get(name)
        extreme = next((check for metric in EXTREMES for check in checks if check["metric"] == metric), None)
        rows.append(
            (
                f"[{name}](#{name})",
                episode.mineral.replace("_", " ") if episode else "",
                episode.start if episode else "",
                f"{sum(bool(check['inside']) for check in checks)} of {len(checks)}",
                f"{_number(extreme['model'])} ({_band(extreme)})" if extreme else "",
            )
        )
    heads = ("Episode", "Mineral", "From", "Checks inside", "Price reached, and its band")
    return "## By episode\n\n" + table(heads, rows)


def _failed(checks: Sequence[Check]) -> str:
    failed = [check for check in checks if not check["inside"]]
    if not failed:
        return "## Checks that fail\n\nNone in this run."
    rows = [(f"[{check['episode']}](#{check['episode']})", *_row(check)) for check in failed]
    return "## Checks that fail\n\n" + table(("Episode", "Check", "Model", "Band", "Inside"), rows)


def _detail(name: str, checks: Sequence[Check], episode: Episode | None) -> str:
    parts = [f"## {name}"]
    if episode is not None:
        parts.append(" ".join(episode.story.split()))
        if episode.observed.series:
            parts.append(f"Compared with: {episode.observed.series}.")
    parts.append(table(("Check", "Model", "Band", "Inside"), [_row(check) for check in checks]))
    return "\n\n".join(part for part in parts if part)


def _row(check: Check) -> tuple[str, str, str, str]:
    return str(check["metric"]), _number(check["model"]), _band(check), "yes" if check["inside"] else "no"


def _band(check: Check) -> str:
    return f"{_number(check['low'])} to {_number(check['high'])}"


def _number(value: float | None) -> str:
    return "open" if value is None else figure(float(f"{value:.3g}"))
