"""The market page of the selected mineral."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from math import nan
from typing import Any

from game.text import _
from game.ui import format as fmt
from game.ui import theme
from game.ui.chart.bar import Bar as ShareBar
from game.ui.chart.bar import BarList, Gauge, Step, Waterfall, tone_for_cover
from game.ui.chart.chain import ChainChart, Part, Ribbon, Stage
from game.ui.chart.line_chart import Band, LineChart, Series
from game.ui.screens.frame import is_compact, is_narrow
from game.ui.screens.session import Session
from game.ui.tip import Number, Tip
from game.ui.view_model import market, price_cause
from game.ui.view_model.fan import BandModel, FanState, PriceFanModel, price_fan
from game.ui.view_model.inside_price import inside_prices
from game.ui.view_model.product import chain_value
from game.ui.view_model.purity import purity
from game.ui.view_model.scene import Scene
from game.ui.view_model.ticker import price_change, short_name, world_price
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Change, Flag, MineralChip, Pill
from game.ui.widgets.choice import Segmented
from game.ui.widgets.label import Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer
from game.ui.widgets.panel import Panel
from game.ui.widgets.progress import Progress, SplitBar

FOOT = (2, 3, 3, 4)  # widths of the figures under the suppliers, to each other
COLUMN_WIDTH = 148
HEAD, NARROW_PANEL = 58, 380
HOME = theme.SERIES[5]
PAST_YEARS = 9.0  # shown beside a forecast, so that it has room
CHANGE_WIDTH = 300
OUTER_ALPHA, INNER_ALPHA = 45, 60
FULL_NAMES = 1800  # pixels of a window in which the chain has room for whole names


@dataclass(frozen=True)
class MarketActions:
    """What the page's widgets do."""

    choose_mineral: Callable[[str], None]
    order: Callable[[str, dict[str, Any]], None]
    choose_view: Callable[[str], None]


def market_page(session: Session, fan: FanState, actions: MarketActions, size: tuple[int, int]) -> Widget:
    """Price with its forecast, causes, chain, suppliers and stock of the selected mineral."""
    scene, m = session.scene, session.scene.mineral(session.mineral)
    compact = is_compact(size)
    if is_narrow(size):
        panels = [
            _price_panel(scene, m, fan, compact), _why_panel(session, m, actions, True), _chain_panel(scene, m, True),
            _suppliers_panel(session, m, actions), _stock_panel(session, m, actions, True),
        ]  # fmt: skip
        for panel in panels:
            panel.grow, panel.fixed_height = 0, NARROW_PANEL
        return Column(_narrow_head(session, m, actions), Scroll(Column(*panels, gap=12), "market_scroll"), pad=(16, 12),
                      gap=12, id="market_page")  # fmt: skip
    upper = Row(
        _price_panel(scene, m, fan, compact), _why_panel(session, m, actions, compact), gap=16, align="stretch", grow=11
    )
    lower = Row(
        _chain_panel(scene, m, compact or size[0] < FULL_NAMES),
        _suppliers_panel(session, m, actions),
        _stock_panel(session, m, actions, compact),
        gap=16,
        align="stretch",
        grow=12,
    )
    return Column(_head(session, m, actions, compact), upper, lower, pad=(24, 16), gap=16, id="market_page")


def _narrow_head(session: Session, m: int, actions: MarketActions) -> Widget:
    scene = session.scene
    chips = [
        MineralChip(name, f"chip.{name}", size=32, selected=name == session.mineral, tip=Tip(scene.name(name)),
                    on_press=lambda name=name: actions.choose_mineral(name))
        for name in scene.axes.minerals
    ]  # fmt: skip
    return Row(
        heading(short_name(scene.name(session.mineral))), Label(world_price(scene, m), tone="high"), Spacer(),
        Row(*chips, gap=4, group=True, id="minerals"), gap=14, height=48,
    )  # fmt: skip


def _head(session: Session, m: int, actions: MarketActions, compact: bool) -> Widget:
    scene = session.scene
    price = world_price(scene, m)
    figure, unit = fmt.price_parts(price.value or 0.0)
    since = _("since last turn") if scene.turn else _("since 2023")
    chips = [
        MineralChip(name, f"chip.{name}", size=40, selected=name == session.mineral, tip=Tip(scene.name(name)),
                    on_press=lambda name=name: actions.choose_mineral(name))
        for name in scene.axes.minerals
    ]  # fmt: skip
    values: dict[str, Any] = {"mineral": session.mineral}
    contract = {"deliver.mineral": session.mineral, "role": "buy", "deliver.layer": "refined"}
    buttons = [
        Button(
            _("Offer contract"), "offer_contract", icon="contract", on_press=lambda: actions.order("propose", contract)
        ),
        Button(
            _("Stockpile"),
            "buy_stock",
            kind="primary",
            icon="stockpile",
            on_press=lambda: actions.order("buy_stock", values),
        ),
    ]
    price_tip = price_change(scene, m)
    return Row(
        MineralChip(session.mineral, size=48),
        Column(heading(short_name(scene.name(session.mineral))), caption(_("Market")), gap=0, align="start"),
        Spacer(width=24),
        Label(price.shown_as(figure), size=28, weight=theme.SEMIBOLD, tone="high"), Label(unit, tone="mid"),
        Change(price_tip, size=18), caption(since, tip=price_tip.tip, visible=not compact),
        Spacer(), Row(*chips, gap=8, group=True, id="minerals"), Spacer(), *buttons, gap=12, height=HEAD,
    )  # fmt: skip


def _price_panel(scene: Scene, m: int, fan: FanState, compact: bool) -> Widget:
    model, future = market.prices(scene, m), price_fan(scene, m, fan)
    unit = fmt.price_parts(model.world[-1])[1]
    scale = 1000.0 if unit == "$/kg" else 1.0

    def y_label(y: float) -> str:
        return fmt.compact(y / scale)

    name = short_name(scene.name(scene.axes.minerals[m]))
    chart = LineChart(
        _price_series(model, future),
        future.tip if future.without else model.tip,
        x_label=market.x_words,
        y_label=y_label,
        id="price_chart",
        x_ticks=_years(model, future),
        now=2024.75 if scene.turn == 0 else model.xs[-1],
        grow=1,
    )
    pills = [Pill(_("World"), dot=theme.HIGH), Pill(_("At home"), dot=HOME)]
    if fan.wanted:
        pills.append(Pill(_("Forecast"), dot=theme.MID))
    if len(fan.plans) > 1:
        pills[-1:] = [Pill(_("Without your orders"), dot=theme.MID), Pill(_("With them"), dot=theme.ACCENT)]
    key = Row(*(pills[2:] if compact else pills), gap=8)
    note = caption(future.note, "low", id="fan_note", grow=1)
    change = caption(future.change or "", id="fan_change", align="right", width=CHANGE_WIDTH)
    foot = Row(note, change, gap=12, height=20)
    body: list[Widget] = [chart, *_inside_row(scene, m, compact)]
    body += [foot] if fan.wanted else []
    return Panel(*body, title=_("Price of {mineral}, {unit}", mineral=name.lower(), unit=unit), icon="chart", meta=key,
                 grow=68, id="price_panel", gap=8)  # fmt: skip


def _inside_row(scene: Scene, m: int, compact: bool) -> list[Widget]:
    """Nations where the price parts from the world's, in one line; none where all are alike."""
    found = inside_prices(scene, m)[: 2 if compact else 3]
    if not found:
        return []
    parts: list[Widget] = []
    for row in found:
        parts += [
            Flag(row.nation, size=18, tip=Tip(scene.name(row.nation))),
            Label(row.price, size=theme.CAPTION),
        ]
    return [Row(caption(_("Inside prices")), *parts, gap=8, height=20, id="inside_prices")]


def show_fan(root: Widget, session: Session, fan: FanState) -> None:
    """Draw what is known of the fan by now into the page under `root`."""
    scene, m = session.scene, session.scene.mineral(session.mineral)
    chart, note, change = (root.find(name) for name in ("price_chart", "fan_note", "fan_change"))
    if isinstance(chart, LineChart) and isinstance(note, Label) and isinstance(change, Label):
        model, future = market.prices(scene, m), price_fan(scene, m, fan)
        chart.tip = future.tip if future.without else model.tip
        chart.show(_price_series(model, future), _years(model, future))
        note.set(future.note)
        change.set(future.change or "")


def _price_series(model: market.PriceModel, future: PriceFanModel) -> list[Series]:
    """The past at home and in the world, then the futures: grey without this turn's orders, in colour with them."""
    series = [room(future.ends)] if future.is_asked else []
    if future.without is not None:
        name = _("Forecast") if future.with_orders is None else _("Without your orders")
        series += [
            fan_series(name, future.without, theme.MID, dashed=future.with_orders is not None),
            room(future.ends),
        ]
    if future.with_orders is not None:
        series.append(fan_series(_("With your orders"), future.with_orders, theme.ACCENT))
    home = Series(_("At home"), model.home_xs, model.home, HOME, dashed=True)
    first = bisect_left(model.xs, model.xs[-1] - PAST_YEARS) if series else 0
    return [*series, home, Series(_("World price"), model.xs[first:], model.world[first:], theme.HIGH)]


def fan_series(name: str, model: BandModel, color: theme.Color, dashed: bool = False) -> Series:
    """A fan as a line with its bands, the outer one first."""
    bands = (Band(model.low, model.high, OUTER_ALPHA), Band(model.lower, model.upper, INNER_ALPHA))
    return Series(name, model.xs, model.median, color, dashed, bands)


def room(ends: tuple[float, float]) -> Series:
    """A series that shows nothing: it keeps the axis as long as the fan will be."""
    return Series("", ends, (nan, nan))


def _years(model: market.PriceModel, future: PriceFanModel) -> list[float]:
    """Whole years for the axis, about ten of them."""
    if not future.is_asked:
        first, last = int(model.xs[0]), int(model.xs[-1]) + 1
    else:
        first, last = int(model.xs[-1] - PAST_YEARS), int(future.ends[1]) + 1
    return [float(year) for year in range(first, last + 1, max(1, round((last - first) / 9)))]


def _why_panel(session: Session, m: int, actions: MarketActions, compact: bool) -> Widget:
    model = price_cause.moves(session.scene, m, brief=compact)
    title = _("Why the price moved")
    if model.before is None or model.after is None:
        note = caption(_("No turn has been played yet. Afterwards this shows what moved the price, cause by cause."),
                       wrap=True)  # fmt: skip
        return Panel(note, title=title, icon="causes", grow=34, id="why_panel")
    views = Segmented([("causes", _("Causes")), ("inputs", _("Inputs"))], session.price_view, actions.choose_view,
                      id="price_view", width=190)  # fmt: skip
    body = _causes(session, m, model) if session.price_view == "causes" else _inputs(model)
    return Panel(*body, grow=34, id="why_panel", gap=8, title=title, icon="causes", meta=views)


def _causes(session: Session, m: int, model: price_cause.MovesModel) -> list[Widget]:
    assert model.before is not None
    assert model.after is not None
    turn, last = session.scene.turn, model.after.value or 0.0
    before = model.before.shown_as(price_cause.in_unit_of(last, model.before.value or 0.0))
    after = model.after.shown_as(price_cause.in_unit_of(last, last))
    steps = [Step(words, number) for words, number in model.causes if abs(number.value or 0.0) > 0]
    chart = Waterfall(
        Step(fmt.turn_date(turn - 1), before), steps, Step(fmt.turn_date(turn), after),
        color=theme.MINERAL_COLORS[session.mineral], label_width=170, grow=1,
    )  # fmt: skip
    chart.tip = model.after.tip
    return [chart, caption(_("Parts add up; each is the market cleared with and without it"), tone="low")]


def _inputs(model: price_cause.MovesModel) -> list[Widget]:
    rows = [_move_row(row) for row in model.rows] or [caption(_("No input of the market moved noticeably."))]
    note = caption(_("Change of each input as a share of the world's need"), tone="low")
    return [Scroll(Column(*rows, gap=2), "moves"), note]


def _move_row(row: price_cause.MoveModel) -> Widget:
    figures = Label([row.before, " → ", row.after], size=theme.CAPTION, tone="mid")
    words = Column(Label(row.words, size=theme.CAPTION), figures, gap=0, grow=1)
    return Row(words, Label(row.share, weight=theme.SEMIBOLD, align="right", width=72), gap=8, height=46)


def _colors(stages: list[market.StageModel], seat: str) -> dict[str, theme.Color]:
    colors: dict[str, theme.Color] = {"": theme.OTHER, seat: theme.ACCENT}
    palette = [color for color in theme.SERIES if color != theme.SERIES[0]]
    for stage in stages:
        for part in stage.parts:
            if part.key not in colors:
                colors[part.key] = palette[(len(colors) - 2) % len(palette)]
    return colors


def _chain_panel(scene: Scene, m: int, brief: bool) -> Widget:
    stages, links = market.chain(scene, m, brief=brief)
    colors = _colors(stages, scene.seat)
    columns = [
        Stage(s.title, s.largest, tuple(Part(p.key, p.label, p.share, p.number, colors[p.key]) for p in s.parts))
        for s in stages
    ]
    ribbons = [Ribbon(k.stage, k.origin, k.target, k.origin_share, k.target_share, k.is_mine) for k in links]
    chart = ChainChart(columns, ribbons, grow=1, id="chain")
    chart.COLUMN = COLUMN_WIDTH
    note = Label(chain_value(scene, m), size=theme.CAPTION, tone="mid")
    return Panel(chart, note, title=_("Who does what along the chain"), icon="chain", meta=_("world share"), grow=40,
                 id="chain_panel")  # fmt: skip


def _foot_figure(words: str, figure: Number, grow: int) -> Widget:
    value = Label(figure, size=theme.VALUE, weight=theme.SEMIBOLD)
    return Column(caption(words, tip=figure.tip), value, gap=2, grow=grow)


def _suppliers_panel(session: Session, m: int, actions: MarketActions) -> Widget:
    scene = session.scene
    model = market.suppliers(scene, m)
    if not model.is_trading:
        note = caption(_("No refined {mineral} reaches you: your makers do not use it.",
                         mineral=short_name(scene.name(session.mineral)).lower()), wrap=True)  # fmt: skip
        return Panel(note, title=_("Your suppliers"), icon="suppliers", grow=33, id="suppliers_panel")
    bars = [ShareBar(row.label, row.share.value or 0.0, row.share, nation=row.nation) for row in model.rows]
    largest = max((row.share.value or 0.0 for row in model.rows), default=1.0)
    full = max(0.5, largest * 1.1, (model.cap.value or 0.0) * 1.1 if model.cap else 0.0)
    limits = {"limit": model.cap.value, "limit_label": model.cap} if model.cap else {}
    chart = BarList(bars, color=theme.MINERAL_COLORS[session.mineral], full=min(1.0, full), label_width=140,
                    id="suppliers", **limits)  # type: ignore[arg-type]  # fmt: skip
    without = _("Without {nation}", nation=model.largest) if model.largest else _("Nobody abroad")
    figures = (
        (_("HHI"), model.hhi),
        (_("From abroad"), model.abroad),
        (_("Supply risk"), model.risk),
        (without, model.met),
    )
    foot = Row(
        *(_foot_figure(words, figure, grow) for (words, figure), grow in zip(figures, FOOT, strict=True)),
        gap=12, align="start",
    )  # fmt: skip
    cap = Button(
        _("Cap the share of one supplier"),
        "cap_sourcing",
        kind="link",
        trailing="chevron_right",
        height=28,
        align="left",
        on_press=lambda: actions.order("cap_sourcing", {"mineral": session.mineral}),
    )
    body: list[Widget] = [Scroll(chart, "supplier_list"), *_purity_row(session, m), Divider(), foot, cap]
    return Panel(*body, title=_("Your suppliers"), icon="suppliers", meta=model.basis, grow=33, id="suppliers_panel",
                 gap=10)  # fmt: skip


def _purity_row(session: Session, m: int) -> list[Widget]:
    """How much of the metal is of high purity, with a notch at what makers need so; none where grades do not count."""
    model = purity(session.scene, m)
    if model is None:
        return []
    bar = SplitBar(
        model.pure, model.needed, theme.MINERAL_COLORS[session.mineral], tone=model.tone, grow=1, id="purity"
    )
    bar.tip = model.number.tip
    words = caption(_("Grades"), tip=model.number.tip)
    return [Row(words, bar, Label(model.number, size=theme.CAPTION), gap=12, height=20)]


def _stock_panel(session: Session, m: int, actions: MarketActions, compact: bool) -> Widget:
    model = market.stocks(session.scene, m)
    gauge = Gauge(model.cover, _("months of use"), model.share, tone=tone_for_cover(model.share * 2))
    rows = [
        Column(
            Row(
                caption(words, "text"), Spacer(), Label(tonnes, size=theme.CAPTION, weight=theme.SEMIBOLD, tone="high")
            ),
            Progress(
                (lasts.value or 0.0) / market.COVER_TARGET_MONTHS,
                tone_for_cover((lasts.value or 0.0) / 3.0),
                tip=lasts.tip,
            ),
            Label(lasts, size=theme.CAPTION, tone="mid"),
            gap=2,
        )
        for words, tonnes, lasts in model.rows
    ]
    values: dict[str, Any] = {"mineral": session.mineral}
    fill = Button(
        _("Buy stock"), "fill_stock", icon="plus", on_press=lambda: actions.order("buy_stock", values), grow=1
    )
    release = Button(_("Release stock"), "release_stock", icon="release", grow=1,
                     on_press=lambda: actions.order("release_stock", values))  # fmt: skip
    facts = [
        Row(caption(words), Spacer(), Label(figure, size=theme.CAPTION, weight=theme.SEMIBOLD, tone="high"))
        for words, figure in model.moves
    ]
    body = Row(gauge, Column(*rows, gap=14, grow=1), gap=20) if not compact else Column(*rows, gap=12)
    inside = Scroll(Column(body, Divider(), *facts, gap=10), "stock_list")
    return Panel(inside, Row(fill, release, gap=12), title=_("Your stocks"), icon="stockpile", grow=30,
                 id="stock_panel")  # fmt: skip
