"""The markets of a turn: every mineral's price, and for one of them its path and the inputs that moved."""

from __future__ import annotations

from collections.abc import Callable

from game.text import _
from game.ui import format as fmt
from game.ui import theme
from game.ui.chart.bar import Step, Waterfall
from game.ui.chart.line_chart import LineChart, Series
from game.ui.screens.report_price_card import cause_row, input_row
from game.ui.view_model import market
from game.ui.view_model.report_price import PriceModel, price_models
from game.ui.view_model.scene import Scene
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Change, MineralChip, Pill
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Label, caption
from game.ui.widgets.layout import Column, Row, Scroll, Spacer
from game.ui.widgets.panel import Panel

PRICE_WIDTH, CHANGE_WIDTH, COVER_WIDTH, CHART_HEIGHT = 108, 80, 96, 280


def market_tab(
    scene: Scene,
    mineral: str,
    choose: Callable[[str], None],
    open_market: Callable[[str], None],
    *,
    columns: int,
    compact: bool,
) -> Widget:
    """Minerals at the left, the chosen one's price and inputs at the right; below one another in one column."""
    models = price_models(scene)
    chosen = next((model for model in models if model.mineral == mineral), models[0])
    prices, path = (
        _list_panel(models, chosen, choose, compact=compact, at_home=columns != 2),
        _path_panel(scene, chosen, open_market, brief=columns == 2),
    )
    why, inputs = _why_panel(chosen, compact=compact), _inputs_panel(chosen)
    if columns == 1:
        return _scrolled([path, why, inputs, prices])
    if columns == 2:
        right = _scrolled([path, why, inputs])
        right.grow = 11
        return Row(prices, right, gap=16, align="stretch", grow=1, id="markets")
    below = Row(why, inputs, gap=16, align="stretch", grow=11)
    return Row(prices, Column(path, below, gap=16, grow=15), gap=16, align="stretch", grow=1, id="markets")


def _scrolled(panels: list[Widget]) -> Widget:
    """Panels below one another in a scrolled window, each as tall as its content."""
    for panel in panels:
        for widget in panel.walk():
            if isinstance(widget, (Panel, Scroll)):
                widget.grow = 0
            elif isinstance(widget, LineChart):
                widget.fixed_height = CHART_HEIGHT
    return Scroll(Column(*panels, gap=16), "market_scroll")


def _list_panel(
    models: list[PriceModel], chosen: PriceModel, choose: Callable[[str], None], *, compact: bool, at_home: bool
) -> Widget:
    heads = Row(
        caption(_("Mineral"), grow=1),
        caption(_("now"), width=PRICE_WIDTH, align="right"),
        caption(_("change"), width=CHANGE_WIDTH, align="right"),
        *([caption(_("at home"), width=PRICE_WIDTH, align="right")] if at_home else []),
        *([] if compact else [caption(_("cover"), width=COVER_WIDTH, align="right")]),
        gap=10,
        pad=(14, 0),
    )
    rows = [_row(model, model is chosen, choose, compact=compact, at_home=at_home) for model in models]
    return Panel(
        heads,
        Scroll(Column(*rows, gap=6, group=True), "market_rows"),
        title=_("Prices of the turn"),
        icon="price",
        meta=_("largest change first"),
        grow=10,
        id="price_list",
        pad=16,
        gap=8,
    )


def _row(model: PriceModel, is_chosen: bool, choose: Callable[[str], None], *, compact: bool, at_home: bool) -> Widget:
    name = Row(
        MineralChip(model.mineral, size=28), Label(model.name, weight=theme.MEDIUM, tone="high", grow=1), gap=12, grow=1
    )
    cells: list[Widget] = [
        name,
        Label(model.after, weight=theme.SEMIBOLD, tone="high", width=PRICE_WIDTH, align="right"),
        Row(Spacer(), Change(model.change), width=CHANGE_WIDTH),
    ]
    if at_home:
        cells.append(Label(model.home, size=theme.CAPTION, tone="mid", width=PRICE_WIDTH, align="right"))
    if not compact:
        cells.append(Label(model.cover, size=theme.CAPTION, width=COVER_WIDTH, align="right"))
    return Choice(
        Row(*cells, gap=10),
        f"market.{model.mineral}",
        on_press=lambda: choose(model.mineral),
        selected=is_chosen,
        pad=(14, 8 if compact else 15),
    )


def _path_panel(scene: Scene, model: PriceModel, open_market: Callable[[str], None], *, brief: bool) -> Widget:
    """The price over the years, at the world's ports and at home; its title leaves out the mineral when `brief`."""
    prices = market.prices(scene, scene.mineral(model.mineral))
    unit = "$/kg" if max(prices.world) >= 100_000 else "$/t"
    scale = 1000.0 if unit == "$/kg" else 1.0
    lines = [
        Series(_("World price"), prices.xs, prices.world, theme.HIGH),
        Series(_("At home"), prices.home_xs, prices.home, theme.ACCENT, dashed=True),
    ]
    first, last = int(prices.xs[0]), int(prices.xs[-1]) + 1
    step = max(1, round((last - first) / 9))
    chart = LineChart(
        lines,
        prices.tip,
        x_label=market.x_words,
        y_label=lambda y: fmt.compact(y / scale),
        id="report_chart",
        grow=1,
        x_ticks=[float(year) for year in range(first, last + 1, step)],
    )
    key = Row(
        Pill(_("World"), dot=theme.HIGH),
        Pill(_("At home"), dot=theme.ACCENT),
        Change(model.home_change),
        Button(
            _("Market"),
            "to_market",
            kind="link",
            trailing="chevron_right",
            height=28,
            on_press=lambda: open_market(model.mineral),
        ),
        gap=10,
    )
    title = (
        _("Price, {unit}", unit=unit)
        if brief
        else _("Price of {mineral}, {unit}", mineral=model.name.lower(), unit=unit)
    )
    return Panel(chart, title=title, icon="chart", meta=key, grow=10, id="path_panel")


def _why_panel(model: PriceModel, *, compact: bool) -> Widget:
    """The parts of the price's change, which sum to it."""
    body: Widget = caption(_("No group of causes moved it noticeably."), wrap=True)
    if model.causes and compact:
        rows = [cause_row(words, part, model.largest_cause, compact=compact) for words, part in model.causes]
        body = Scroll(Column(*rows, gap=8), "why")
    elif model.causes:
        steps = [Step(words, part) for words, part in model.causes]
        color = theme.MINERAL_COLORS[model.mineral]
        start, end = Step(_("before"), model.before), Step(_("now"), model.after)
        body = Scroll(Waterfall(start, steps, end, color=color, label_width=180, figure_width=104), "why")
    return Panel(body, grow=11, id="why_panel", title=_("Why the price moved"), icon="causes", gap=8)


def _inputs_panel(model: PriceModel) -> Widget:
    rows = [input_row(row, model.largest_input, 0) for row in model.inputs]
    body: list[Widget] = [*rows] or [caption(_("No input of the market moved noticeably."), wrap=True)]
    note = caption(_("Change as a share of the world's need"), "low")
    return Panel(
        Scroll(Column(*body, gap=10), "inputs"),
        note,
        gap=8,
        grow=8,
        id="inputs_panel",
        title=_("Inputs that moved"),
        icon="pulse",
    )
