"""Beside the form of an order: small fans of the numbers it is about, without the order and with it."""

from __future__ import annotations

from collections.abc import Callable

from game.text import _
from game.ui import format as fmt
from game.ui import theme
from game.ui.chart.line_chart import LineChart
from game.ui.screens.market_page import fan_series, room
from game.ui.view_model.effect import EffectModel, SmallFan
from game.ui.view_model.fan import FanState, note
from game.ui.view_model.market import x_words
from game.ui.widgets.base import Widget
from game.ui.widgets.chip import Pill
from game.ui.widgets.label import Label, caption
from game.ui.widgets.layout import Column, Row, Spacer

FAN_WIDTH, FAN_HEIGHT = 330, 132
MOST_TICKS = 3


def fan_column(model: EffectModel | None, state: FanState) -> list[Widget]:
    """Three small fans one below the other, or why there are none yet."""
    head = Row(Label(_("Futures"), weight=theme.MEDIUM, tone="high"), Spacer(), Pill(_("Without"), dot=theme.MID),
               Pill(_("With"), dot=theme.ACCENT), gap=8, height=28)  # fmt: skip
    words = note(state)
    told = caption(words.text, "low", wrap=True, tip=words.tip, id="fan_note")
    if model is None:
        return [head, told]
    return [head, *(_small_fan(fan) for fan in model.fans), told]


def _small_fan(fan: SmallFan) -> Widget:
    title = Row(Label(fan.words, size=theme.CAPTION, tip=fan.tip), Spacer(),
                Label(fan.change, size=theme.CAPTION, weight=theme.SEMIBOLD), gap=8, height=20)  # fmt: skip
    series = [fan_series(_("Without"), fan.without, theme.MID, dashed=True),
              fan_series(_("With"), fan.with_it, theme.ACCENT), room(fan.ends)]  # fmt: skip
    chart = LineChart(
        series, fan.tip, x_label=x_words, y_label=_words(fan), from_zero=False, most_ticks=MOST_TICKS,
        x_ticks=list(fan.ends), height=FAN_HEIGHT, id=f"fan.{fan.words}",
    )  # fmt: skip
    return Column(title, chart, gap=2)


def _words(fan: SmallFan) -> Callable[[float], str]:
    """How the chart writes its number."""
    if fan.unit == "usd_per_t":
        return lambda value: fmt.compact(value * fan.per_t)
    return fmt.money if fan.unit == "usd_bn" else fmt.trimmed
