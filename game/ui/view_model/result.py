"""The result of a game: each number at the start, at the end and in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.top_bar import metrics

START = 2024.5


@dataclass(frozen=True)
class ResultModel:
    """One number over the game."""

    key: str
    label: str
    icon: str
    before: Number
    after: Number
    change: Number
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    words: Callable[[float], str]


def results(scene: Scene) -> list[ResultModel]:
    """The numbers of the top bar over all turns."""
    return [_result(scene, metric.key, metric) for metric in metrics(scene)]


def _result(scene: Scene, key: str, metric) -> ResultModel:  # type: ignore[no-untyped-def]  # a MetricModel
    series, unit = metric.series, metric.value.unit
    title, meaning = metric.label, metric.value.tip.meaning
    moved = series[-1] - series[0]
    text = fmt.money(moved, signed=True) if unit == "usd_bn" else fmt.plain(moved, 1, signed=True)
    return ResultModel(
        key, title, metric.icon,
        field_number(series[0], unit, key, title=_("{label} at the start", label=title), meaning=meaning),
        field_number(series[-1], unit, key, title=_("{label} at the end", label=title), meaning=meaning),
        field_number(moved, unit, key, title=_("{label}: change over the game", label=title), meaning=meaning,
                     signed=True, text=text),
        (START, *(START + 0.75 + 0.5 * k for k in range(len(series) - 1))), tuple(series),
        partial(fmt.quantity, unit=unit),
    )  # fmt: skip
