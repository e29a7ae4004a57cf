"""Runs the experiments and sets the model's figures beside the published ones: as lines, as JSON, as a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from game.batch.fact import control, embargo, supply
from game.batch.fact.laboratory import SEEDS, Laboratory
from game.batch.fact.table import Check, Fact
from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.calibrate import calibrate
from game.text import _

LEVEL = "long_arc"

Experiment = Callable[[Laboratory], dict[str, float]]

EXPERIMENTS: Mapping[int, Experiment] = {
    1: supply.diversification,
    2: supply.single_supplier,
    3: supply.without_largest,
    4: supply.concentration,
    5: supply.glut,
    6: supply.floor_cost,
    7: control.stocks,
    8: supply.recycling,
    9: control.adjustment,
    11: control.market_answer,
    12: control.leakage,
    13: embargo.embargo,
    14: supply.ore_ban,
    15: control.by_product_stop,
    16: control.quota_decay,
    17: supply.flooding,
    18: control.restrictions,
    19: supply.takeover,
    21: control.cartel_in_a_slump,
    25: control.cartels,
    26: control.booms,
    27: control.two_prices,
    28: control.market_size,
    29: control.licence,
    30: control.macro_cost,
}

Verdict = Literal["holds", "does not hold", "not counted"]


@dataclass(frozen=True)
class Outcome:
    """A fact and the model's figure of each of its checks; none where no experiment was played."""

    fact: Fact
    values: Mapping[str, float]

    def value(self, check: Check) -> float:
        """The model's figure, nan where the model has none."""
        return self.values.get(check.id, float("nan"))

    @property
    def verdict(self) -> Verdict:
        """A fact holds when the figures of all its checks lie inside their bands."""
        if not self.fact.counts:
            return "not counted"
        return "holds" if all(check.holds(self.value(check)) for check in self.fact.checks) else "does not hold"

    @property
    def why(self) -> str:
        """Why the fact is not counted, or what keeps it from holding; "" when it holds."""
        if self.verdict == "not counted":
            return self.fact.reason
        if self.fact.missing:
            return self.fact.missing
        outside = [check for check in self.fact.checks if not check.holds(self.value(check))]
        figures = "; ".join(f"{check.title}: {_shown(self.value(check))}, {_band(check)}" for check in outside)
        return f"{figures}. {self.fact.shortfall}".rstrip(". ") if outside else ""


def laboratory() -> Laboratory:
    """The long arc, calibrated."""
    return Laboratory(calibrate(build_baseline(load_level(LEVEL))))


def outcomes(facts: Sequence[Fact], lab: Laboratory) -> list[Outcome]:
    """Play the experiment of each fact that counts and has one."""
    return [Outcome(fact, _played(fact, lab)) for fact in facts]


def _played(fact: Fact, lab: Laboratory) -> dict[str, float]:
    if not fact.counts or fact.missing:
        return {}
    return EXPERIMENTS[fact.fact](lab)


def total(found: Sequence[Outcome]) -> str:
    """How many of the facts that count hold."""
    counted = [outcome for outcome in found if outcome.fact.counts]
    held = sum(outcome.verdict == "holds" for outcome in counted)
    return _("{held} of {counted} facts hold", held=held, counted=len(counted))


def lines(found: Sequence[Outcome]) -> str:
    """The facts with model beside published, and the total."""
    text = []
    for outcome in found:
        fact = outcome.fact
        text.append(f"{fact.fact:>2}  {_verdict(outcome.verdict):13}  {fact.title}")
        if not fact.counts or fact.missing:
            text.append(f"    {outcome.why}")
        for check in fact.checks:
            value = outcome.value(check)
            mark = _("inside") if check.holds(value) else _("outside")
            figure = _("model {value}, published {published}", value=_shown(value), published=check.published)
            text.append(f"    {mark:8} {check.title}: {figure} {check.unit}, {_band(check)}")
        if outcome.verdict == "does not hold" and fact.shortfall:
            text.append(f"    {fact.shortfall}")
    return "\n".join([*text, total(found)])


def rows(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """One plain row for each check, and one for each fact without checks."""
    result: list[dict[str, Any]] = []
    for outcome in found:
        fact = outcome.fact
        head = {"fact": fact.fact, "title": fact.title, "verdict": outcome.verdict}
        if not fact.checks:
            result.append(head | {"reason": fact.reason})
        for check in fact.checks:
            value = outcome.value(check)
            figures = {"model": value if np.isfinite(value) else None, "published": check.published}
            band = {"unit": check.unit, "low": check.low, "high": check.high, "inside": check.holds(value)}
            result.append(head | {"check": check.id} | figures | band)
    return result


def as_json(found: Sequence[Outcome]) -> str:
    """The rows as JSON."""
    return json.dumps(rows(found), indent=1, ensure_ascii=False) + "\n"


def as_page(found: Sequence[Outcome]) -> str:
    """The table as a Markdown page, the facts that do not hold named first."""
    failed = [outcome for outcome in found if outcome.verdict == "does not hold"]
    parts = [
        "# Published facts and what the model makes of them",
        "Made by `python main.py facts --out assets/almanac/facts.md` from `levels/_episodes/facts.yaml`. Each fact is "
        "played as an experiment on the level `long_arc`, with levers set directly and nobody giving orders; figures "
        f"are medians over {SEEDS} seeds. Every band was fixed before the model's figure was computed, and a figure "
        "outside it is left as it is; where an experiment was mended after a first run, its entry says so. A fact "
        "holds when all its figures are inside. Facts without a number, or about no mineral, count neither way.",
        f"**{total(found)}.**",
        "## Facts that do not hold",
        "\n".join(f"- {outcome.fact.fact} · {outcome.fact.title}: {outcome.why}." for outcome in failed) or "None.",
        "## All facts",
        *(_entry(outcome) for outcome in found),
    ]
    return "\n\n".join(parts) + "\n"


def write(found: Sequence[Outcome], target: Path) -> None:
    """Write the outcomes as JSON or, to a file that ends in .md, as a page."""
    target.write_text(as_page(found) if target.suffix == ".md" else as_json(found), encoding="utf-8")


def _entry(outcome: Outcome) -> str:
    fact = outcome.fact
    title = f"### {fact.fact} · {fact.title}: {outcome.verdict}"
    head = f"{title}\n\n{fact.published}\n\nSource: {fact.source} ({fact.evidence})."
    if not fact.counts or fact.missing:
        return f"{head}\n\n{outcome.why[:1].upper()}{outcome.why[1:]}."
    table = ["| figure | model | published | band | why this band | |", "| --- | --- | --- | --- | --- | --- |"]
    for check in fact.checks:
        value = outcome.value(check)
        mark = "inside" if check.holds(value) else "**outside**"
        figure = f"| {check.title}, {check.unit} | {_shown(value)} | {check.published} |"
        table.append(f"{figure} {_shown(check.low)} to {_shown(check.high)} | {check.why} | {mark} |")
    why = f"\n\n{fact.shortfall}" if outcome.verdict == "does not hold" and fact.shortfall else ""
    mended = f"\n\nThe experiment was mended: {fact.mended[:1].lower()}{fact.mended[1:]}" if fact.mended else ""
    return f"{head}\n\nExperiment: {fact.setup}{mended}\n\n" + "\n".join(table) + why


def _verdict(verdict: Verdict) -> str:
    return {"holds": _("holds"), "does not hold": _("does not hold"), "not counted": _("not counted")}[verdict]


def _shown(value: float) -> str:
    if not np.isfinite(value):
        return _("no figure")
    return f"{value:.3g}".replace("-", "−")


def _band(check: Check) -> str:
    return _("band {low} to {high}", low=_shown(check.low), high=_shown(check.high))
