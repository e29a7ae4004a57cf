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

READING = """## How an episode is read

- An episode is a market of one mineral: its suppliers by share, the users, the prices of the years before. It runs
  through the engine's own calibration, phases and clearing; what makers of products plan is the demand that the
  episode states.
- Quantities follow the `effective` shares of the file, fear the `nominal` or `feared` ones (weighted for a
  licence). A measure shorter than a turn counts pro rata, its fear in full.
- Demand and committed supply grow by the five-year trend. Stated yearly changes replace it in their years, a single
  number in the first year only; in a boom demand never grows below trend, in a glut committed supply is demand and
  the stated surplus.
- A peak is looked for up to the first later month that was observed beyond it. `months_to_peak` is inside when any
  month of the turn is, ends counted; the turn is the first within 5 % of the extreme. A figure for a month is that
  of the turn that holds it.
- The floor is compared with a known marginal cost where there is one (lithium carbonate, 10,500 US$ of 2024),
  otherwise with the long-run price.
- Where a measure stops ore and leaves metal free, its nominal share counts as the ore that went abroad, and what else
  the nation mines as refined at home: the file gives no share of refining (Indonesia's was 17 % in 2019, lower than the
  30 % that follows), so the check on it says less than it seems.
- Episodes run side by side and share their nations, so tension between these is left out: it would make one episode
  insure the cargo of another.
- Not used: bilateral embargoes inside a wider measure, export taxes given in words, intraday prices."""


def error_page(result: Path, episodes: Sequence[Episode]) -> str:
    """Model against history, check by check; says so when no result is stored."""
    checks: Sequence[Check] = json.loads(result.read_text(encoding="utf-8")) if result.is_file() else ()
    known = {episode.id: episode for episode in episodes}
    if not checks:
        parts = ["No run against history is stored with this version of the game, so nothing is known of its error."]
    else:
        names = list(dict.fromkeys(str(check["episode"]) for check in checks))
        of = {name: [check for check in checks if check["episode"] == name] for name in names}
        parts = [_total(checks), _by_episode(of, known), _failed(checks), *_proof(result.with_name("proof.json"))]
        parts += [*(_detail(name, found, known.get(name)) for name, found in of.items()), READING]
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


def _proof(stored: Path) -> list[str]:
    """How the score holds up outside the fit; nothing when no proof is stored."""
    if not stored.is_file():
        return []
    proof: Mapping[str, Any] = json.loads(stored.read_text(encoding="utf-8"))
    count, draws = proof["checks"], f"{proof['draws']:,}"
    held = proof["left_out_inside"]
    rows = [
        ("One set of parameters, all episodes in view", f"{proof['inside']} of {count}"),
        (f"Each episode under the set of {draws} that fits the other episodes best", f"{held} of {count}"),
        ("The default row of the table of minerals for every mineral", f"{proof['default_row_inside']} of {count}"),
        (
            f"{draws} sets drawn from the ranges of [parameters](parameters.md): mean, and 5th to 95th percentile",
            f"{_percent(proof['drawn_mean_share'])}, {_percent(proof['drawn_low_share'])} to "
            f"{_percent(proof['drawn_high_share'])}",
        ),
        ("Episodes in which the price moved the right way", f"{proof['direction_right']} of {len(proof['echo'])}"),
        ("Second peak over the first within ten years, in logs, at most", f"{max(proof['echo'].values()):.2f}"),
    ]
    left = [(f"[{row['episode']}](#{row['episode']})", str(row["inside"]), str(row["of"])) for row in proof["left_out"]]
    return [
        f"## How much of this is fit\n\nAs of {proof['date']}. The mechanisms and reading rules were chosen with these "
        "episodes in view, so that even the second line says more than a new case would give.\n\n"
        + table(("Measured with", "Inside"), rows),
        "### Each episode left out\n\n" + table(("Episode", "Inside", "Checks"), left),
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _row(check: Check) -> tuple[str, str, str, str]:
    return str(check["metric"]), _number(check["model"]), _band(check), "yes" if check["inside"] else "no"


def _band(check: Check) -> str:
    return f"{_number(check['low'])} to {_number(check['high'])}"


def _number(value: float | None) -> str:
    return "open" if value is None else figure(float(f"{value:.3g}"))
