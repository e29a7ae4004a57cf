"""Why a number moved, as lines of text or as plain data."""

from __future__ import annotations

import math
from typing import Any

from game.engine.axes import turn_date
from game.match.cause import Cause, labelled
from game.match.match import Match
from game.match.number import Answer
from game.rules.number import plain
from game.text import _

DIGITS = 4  # of the largest figure
MOST_DECIMALS = 6
MOST_ACTS = 4  # told of each cause


def why_lines(match: Match, answer: Answer) -> list[str]:
    """The change and its causes, which add up as they are written, each with the acts behind it."""
    found = answer.change
    decimals = _decimals([found.change, *(cause.amount for cause in found.causes)])
    before, after = round(found.before, decimals), round(found.after, decimals)
    moved = round(after - before, decimals)
    where = f", {match.name(answer.nation)}" if answer.nation else ""
    lines = [
        f"{answer.title}{where}, {turn_date(answer.turn)} ({found.unit})",
        _(
            "{before} → {after}, {change}",
            before=plain(before, decimals),
            after=plain(after, decimals),
            change=plain(moved, decimals, signed=True),
        ),
    ]
    if not found.causes:
        return [*lines, _("nothing moved it")]
    shown = adding_up([cause.amount for cause in found.causes], moved, decimals)
    figures = [plain(amount, decimals, signed=True) for amount in shown]
    width = max(map(len, figures))
    for cause, figure in zip(found.causes, figures, strict=True):
        lines.append(f"  {figure:>{width}}  {_words(cause)}")
        lines += [
            f"  {'':{width}}  · {plain(act.amount, decimals, signed=True)}  {act.title}"
            for act in cause.acts[:MOST_ACTS]
        ]
    return lines


def why_data(answer: Answer) -> dict[str, Any]:
    """The same as plain data, in full precision."""
    found = answer.change
    return {
        "number": found.field,
        "title": answer.title,
        "nation": answer.nation,
        "turn": answer.turn,
        "date": turn_date(answer.turn),
        "unit": found.unit,
        "before": found.before,
        "after": found.after,
        "change": found.change,
        "causes": [_cause_data(cause) for cause in found.causes],
    }


def adding_up(amounts: list[float], total: float, decimals: int) -> list[float]:
    """The amounts rounded to `decimals` such that they sum to the rounded total: what rounding leaves goes to those
    that it moved most."""
    scale = 10**decimals
    whole = [math.floor(amount * scale) for amount in amounts]
    missing = round(total * scale) - sum(whole)
    order = sorted(range(len(amounts)), key=lambda k: whole[k] - amounts[k] * scale)
    for place in range(abs(missing)):
        whole[order[place % len(order)]] += 1 if missing > 0 else -1
    return [amount / scale for amount in whole]


def _words(cause: Cause) -> str:
    """A group of causes by name, with the largest act it is labelled with."""
    return labelled(cause.title, cause.acts[0]) if cause.is_group else cause.title


def _decimals(values: list[float]) -> int:
    """Decimals that show the largest figure with four digits."""
    largest = max(map(abs, values))
    if largest == 0:
        return 2
    return min(max(DIGITS - 1 - math.floor(math.log10(largest)), 0), MOST_DECIMALS)


def _cause_data(cause: Cause) -> dict[str, Any]:
    acts = {"acts": [_cause_data(act) for act in cause.acts]} if cause.acts else {}
    return {"name": cause.name, "title": cause.title, "amount": cause.amount, **acts}
