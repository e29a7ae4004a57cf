"""The briefing of a seat: level, what it lives on, where it is exposed, which numbers to watch."""

from __future__ import annotations

from dataclasses import dataclass

from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Content, Number
from game.ui.view_model import source
from game.ui.view_model.first_look import exposures
from game.ui.view_model.scene import Scene
from game.ui.view_model.setup import Setup, level_tip
from game.ui.view_model.source import field_number
from game.ui.view_model.ticker import short_name
from game.ui.view_model.top_bar import metrics

EXPOSED_SHARE, MOST_RISKS = 0.5, 3


@dataclass(frozen=True)
class RiskModel:
    """A mineral that one foreign nation sells most of."""

    mineral: str
    words: Number


@dataclass(frozen=True)
class WatchModel:
    """A number of the top bar and why it matters."""

    icon: str
    label: str
    value: Number
    words: Number


@dataclass(frozen=True)
class BriefingModel:
    """All the briefing says."""

    title: Number
    summary: Number
    length: Number
    seat: tuple[tuple[str, str, list[Content]], ...]
    risks: tuple[RiskModel, ...]
    watch: tuple[WatchModel, ...]


def briefing(scene: Scene) -> BriefingModel:
    """The briefing as things stand now."""
    level = scene.level
    tip = level_tip(level.id, level.title, level.summary)
    left = max(0, level.turns - scene.turn)
    length = source.game_number(
        float(left), "turns", _("length of the level {level}", level=level.id), title=_("Half-years left"),
        meaning=_("Turns you still play, and the half-year in which the level ends."),
        text=_n("{n} turn left, to {date}", "{n} turns left, to {date}", left, date=fmt.turn_date(level.turns)),
    )  # fmt: skip
    return BriefingModel(
        Number(_(level.title), tip), Number(_(level.summary), tip), length, tuple(_seat(scene)), tuple(_risks(scene)),
        tuple(_watch(scene)),
    )  # fmt: skip


def _seat(scene: Scene) -> list[tuple[str, str, list[Content]]]:
    found = []
    for icon, words, figures in Setup(scene.level).summary(scene.seat):
        runs: list[Content] = []
        for figure in figures:
            runs += [", ", figure] if runs else [figure]
        found.append((icon, words, runs))
    return found


def _risks(scene: Scene) -> list[RiskModel]:
    """Minerals with one large foreign supplier."""
    found = exposures(scene, EXPOSED_SHARE)[:MOST_RISKS]
    return [RiskModel(mineral, _risk(scene, mineral, k, share)) for mineral, k, share in found]


def _risk(scene: Scene, mineral: str, supplier: int, share: float) -> Number:
    name, nation = short_name(scene.name(mineral)).lower(), scene.name(scene.axes.nations[supplier])
    return field_number(
        share, "share", "refined_flow_t", title=_("Largest supplier of {mineral}", mineral=name),
        meaning=_("Its share of the refined metal delivered to you in the last half-year."),
        text=_("{nation} delivers {share} of your {mineral}", nation=nation, share=fmt.percent(share), mineral=name),
    )  # fmt: skip


def _watch(scene: Scene) -> list[WatchModel]:
    words = {
        "support": _("Under 20 for three half-years, the government falls."),
        "industry": _("100 when your makers get all the metal they need."),
        "n_minus_1": _("How much of next year's need survives the loss of one supplier."),
        "value_captured": _("How much of your minerals' value stays at home."),
    }
    return [
        WatchModel(metric.icon, metric.label, metric.value, metric.value.shown_as(words[metric.key]))
        for metric in metrics(scene) if metric.key in words
    ]  # fmt: skip
