"""The summary of a turn report: headlines, what changed and why, demand met, prices that moved most, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from game.text import _
from game.ui import theme
from game.ui.chart.bar import CauseStrip
from game.ui.screens.report_picture import NationPicture
from game.ui.screens.report_price_card import price_card
from game.ui.view_model.headline import HeadlineModel
from game.ui.view_model.inbox import waiting_number
from game.ui.view_model.report_change import ChangeModel, MakerModel, changes, makers
from game.ui.view_model.report_headline import headlines
from game.ui.view_model.report_log import LogModel, concerning
from game.ui.view_model.report_output import OutputModel, outputs
from game.ui.view_model.report_price import price_models
from game.ui.view_model.scene import Scene
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip, Pill
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer, Stack
from game.ui.widgets.panel import Panel
from game.ui.widgets.progress import Progress

KIND_WORDS = {
    "price": "Price",
    "measure": "Export measure",
    "contract": "Contract",
    "site": "New capacity",
    "outage": "Outage",
    "public": "At home",
    "order": "Your order",
}
MOST_PRICES, MOST_ORDERS = 3, 8
LEAD_HEIGHT = 176


@dataclass(frozen=True)
class SummaryActions:
    """What the summary's widgets do."""

    show_price: Callable[[str], None]
    show_nation: Callable[[str], None]
    show_log: Callable[[], None]
    show_inbox: Callable[[], None]


def summary(scene: Scene, actions: SummaryActions, columns: int, *, compact: bool) -> Widget:
    """The summary in three columns that fill the page, or in one or two that are scrolled as a whole."""
    bars = 120 if compact else 190
    changed = _changes_panel(scene, grow=15 if compact else 12)
    middle = [changed, _makers_panel(scene, bars)]
    waiting = len(scene.plan.inbox)
    first: list[Widget] = [_waiting_panel(scene, waiting, actions)] if waiting else []
    prices = MOST_PRICES - bool(compact) - bool(waiting)
    right = [_prices_panel(scene, actions, prices, compact=compact), _orders_panel(scene, actions)]
    left = _headlines_panel(scene, actions, compact=compact)
    if columns == 3:
        parts = (left, Column(*middle, gap=16, grow=12), Column(*first, *right, gap=16, grow=11))
        return Row(*parts, gap=16, align="stretch", grow=1, id="summary")
    if columns == 2:
        halves = (Column(*first, left, right[1], gap=16, grow=1), Column(*middle, right[0], gap=16, grow=1))
        return _scrolled(Row(*halves, gap=16, align="start"))
    return _scrolled(Column(*first, left, *middle, *right, gap=16))


def _scrolled(page: Widget) -> Widget:
    """The page in one scrolled window, every panel and list on it as tall as its content."""
    for widget in page.walk():
        if isinstance(widget, (Panel, Scroll)):
            widget.grow = 0
    return Scroll(page, "summary")


# Headlines --------------------------------------------------------------------------------------------------


def _headlines_panel(scene: Scene, actions: SummaryActions, *, compact: bool) -> Widget:
    rows = headlines(scene)
    cards: list[Widget] = []
    if rows and not compact:
        cards.append(_lead(scene, rows[0], actions))
    cards += [_headline(scene, row, actions) for row in rows[0 if compact else 1 :]]
    if not rows:
        cards = [
            caption(_("A quiet half-year: no price, measure, contract or site that concerns you moved."), wrap=True)
        ]
    return Panel(
        Scroll(Column(*cards, gap=8, group=True), "headlines"),
        title=_("Headlines"),
        icon="report",
        meta=_("by what is at stake for you"),
        grow=11,
        id="headlines_panel",
        pad=16,
    )


def _press(row: HeadlineModel, scene: Scene, actions: SummaryActions) -> Callable[[], None]:
    """Where a headline leads: its market, or the nation it is about."""
    if row.mineral and row.kind != "measure":
        return lambda: actions.show_price(row.mineral)
    if row.nation != scene.seat:
        return lambda: actions.show_nation(row.nation)
    return actions.show_log


def _mark(row: HeadlineModel, size: float) -> Widget:
    return MineralChip(row.mineral, size=size) if row.mineral else Icon(row.icon, size=size, tone="accent")


def _lead(scene: Scene, row: HeadlineModel, actions: SummaryActions) -> Widget:
    """The first headline over a piece of the map."""
    lit = theme.RAMPS["dependency"][-1] if row.nation != scene.seat else theme.ACCENT
    tags = Row(
        _mark(row, 28),
        Pill(_(KIND_WORDS[row.kind]), icon=row.icon),
        Spacer(),
        Pill(row.effect, row.effect.tone if row.effect.tone in theme.TINTS else ""),
        gap=8,
    )
    words = Column(
        tags,
        Spacer(),
        Label(row.text, size=theme.VALUE, weight=theme.SEMIBOLD, tone="high", wrap=True),
        Label(row.detail, size=theme.CAPTION, tone="text", wrap=True, tip=row.tip),
        gap=4,
        pad=(12, 12),
    )
    body = Stack(NationPicture(row.nation, scene.seat, lit), words)
    body.fixed_height = LEAD_HEIGHT
    return Choice(body, f"headline.{row.key}", on_press=_press(row, scene, actions), pad=0, quiet=True)


def _headline(scene: Scene, row: HeadlineModel, actions: SummaryActions) -> Widget:
    words = Column(
        Label(row.text, weight=theme.MEDIUM, tone="high", wrap=True),
        Label(row.detail, size=theme.CAPTION, tone="mid", wrap=True, tip=row.tip),
        gap=1,
        grow=1,
    )
    side: list[Widget] = [Label(row.effect, size=theme.SUBTITLE, weight=theme.SEMIBOLD, align="right")]
    content = Row(_mark(row, 30), words, *side, gap=14)
    return Choice(content, f"headline.{row.key}", on_press=_press(row, scene, actions), pad=(14, 9))


# What changed, and demand met -------------------------------------------------------------------------------


def _changes_panel(scene: Scene, *, grow: float) -> Widget:
    rows: list[Widget] = []
    for place, row in enumerate(changes(scene)):
        rows += [*(_rule() if place else ()), _change(row)]
    return Panel(
        Scroll(Column(*rows, gap=1), "changes"),
        title=_("What changed and why"),
        icon="pulse",
        meta=_("change by cause"),
        grow=grow,
        id="changes_panel",
        pad=(20, 14),
        gap=8,
    )


def _rule() -> tuple[Widget, ...]:
    """A line between two rows, with whatever room is left over shared around all lines."""
    return Spacer(), Divider(), Spacer()


def _change(row: ChangeModel) -> Widget:
    cause, shown = row.main_cause
    why = (
        caption([f"{cause} ", row.change.shown_as(shown)], wrap=True) if cause else caption(_("nothing posted"), "low")
    )
    label = Label(row.label, weight=theme.MEDIUM, tone="high", tip=row.after.tip)
    asked: list[Widget] = [Pill(row.goal.mark, row.goal.tone, icon=row.goal.icon)] if row.goal is not None else []
    words = Column(Row(label, *asked, gap=10), why, gap=0, grow=6)
    figures = Row(
        Spacer(),
        Label(row.before, tone="mid", size=theme.CAPTION),
        Icon("arrow_right", size=14),
        Label(row.after, weight=theme.SEMIBOLD, align="right", width=84),
        gap=8,
    )
    strip = CauseStrip(row.causes, row.scale, tip=row.change.tip)
    return Row(Icon(row.icon, size=22), words, Column(figures, strip, gap=4, grow=5), gap=14, pad=(0, 3))


def _makers_panel(scene: Scene, bars: float) -> Widget:
    model = makers(scene)
    if not model.rows:
        return _outputs_panel(scene, bars)
    rows: list[Widget] = []
    for place, row in enumerate(model.rows):
        rows += [*(_rule() if place else ()), _maker(row, bars)]
    meta = Row(
        Row(
            Label(model.low, size=theme.CAPTION, tone="mid"),
            Spacer(),
            Label(model.high, size=theme.CAPTION, tone="mid"),
            width=bars,
        ),
        caption(_("limited by"), width=104, align="right"),
        gap=14,
    )
    return Panel(
        Scroll(Column(*rows, gap=1), "makers"),
        title=_("Demand met by product"),
        icon="industry",
        meta=meta,
        grow=13,
        id="makers_panel",
        pad=(20, 14),
        gap=8,
    )


def _outputs_panel(scene: Scene, bars: float) -> Widget:
    """What a nation without makers of its own lives on: its mines and refineries."""
    rows: list[Widget] = []
    for place, row in enumerate(outputs(scene)):
        rows += [*([Divider()] if place else []), _output(row, bars)]
    if not rows:
        rows = [caption(_("You make and use none of these minerals."), wrap=True)]
    return Panel(
        Scroll(Column(*rows, gap=8), "outputs"),
        title=_("What your sites made"),
        icon="mine",
        meta=_("capacity at work"),
        grow=13,
        id="outputs_panel",
        pad=(20, 14),
        gap=8,
    )


def _output(row: OutputModel, bars: float) -> Widget:
    words = Column(
        Label(row.name, weight=theme.MEDIUM, tone="high", wrap=True),
        Label([row.tonnes, " · ", row.change], size=theme.CAPTION, tone="mid"),
        gap=0,
        grow=1,
    )
    bar = Progress(row.used.value or 0.0, row.tone, thick=11, width=bars, tip=row.used.tip)
    used = Label(row.used, weight=theme.SEMIBOLD, align="right", width=64)
    return Row(MineralChip(row.mineral, size=26), words, bar, used, gap=14, pad=(0, 2))


def _maker(row: MakerModel, bars: float) -> Widget:
    change = Label(row.change, size=theme.CAPTION, tone="mid")
    words = Column(Label(row.name, weight=theme.MEDIUM, tone="high", wrap=True), change, gap=0, grow=1)
    limit: Widget = (
        MineralChip(row.limiting, size=26, tip=row.limit_tip)
        if row.limiting
        else Icon("check", size=26, tone="good", tip=row.limit_tip)
    )
    bar = Progress(row.share, row.tone, short=True, thick=11, width=bars, tip=row.met.tip)
    return Row(
        Icon(row.icon, size=22),
        words,
        bar,
        Label(row.met, weight=theme.SEMIBOLD, align="right", width=64),
        limit,
        gap=14,
        pad=(0, 2),
    )


# Prices, what waits, what others did ------------------------------------------------------------------------


def _prices_panel(scene: Scene, actions: SummaryActions, most: int, *, compact: bool) -> Widget:
    cards = [
        price_card(row, partial(actions.show_price, row.mineral), compact=compact) for row in price_models(scene)[:most]
    ]
    more = Button(
        _("All markets"),
        "all_markets",
        kind="link",
        trailing="chevron_right",
        height=28,
        on_press=partial(actions.show_price, ""),
    )
    return Panel(
        Column(*cards, gap=8, group=True, id="prices"),
        title=_("Prices that moved most"),
        icon="price",
        meta=more,
        id="prices_panel",
        pad=16,
        gap=10,
    )


def _waiting_panel(scene: Scene, waiting: int, actions: SummaryActions) -> Widget:
    number = waiting_number(waiting)
    sender = scene.name(scene.plan.inbox[0].sender)
    title = _("A proposal waits for you") if waiting == 1 else _("Proposals wait for you")
    words = (
        _("{nation} offers a contract.", nation=sender)
        if waiting == 1
        else _("The first is from {nation}.", nation=sender)
    )
    head = Row(
        Icon("gavel", size=20, tone="warn"),
        Label(title, weight=theme.SEMIBOLD, tone="high"),
        Spacer(),
        Pill(_("before you end this turn"), "warn"),
        gap=10,
    )
    body = Row(
        Flag(scene.plan.inbox[0].sender, size=24),
        Label(words, wrap=True, grow=1),
        Label(number, size=theme.VALUE, weight=theme.SEMIBOLD, tone="high"),
        Button(_("Answer"), "answer_offers", key="P", on_press=actions.show_inbox),
        gap=14,
    )
    return Panel(head, body, id="waiting_panel", pad=16, gap=10, border=theme.mix(theme.PANEL, theme.WARN, 0.5))


def _orders_panel(scene: Scene, actions: SummaryActions) -> Widget:
    rows: list[Widget] = [_order(row, actions) for row in concerning(scene, MOST_ORDERS)]
    if not rows:
        rows = [caption(_("No other nation gave an order that is public."), wrap=True)]
    more = Button(
        _("Full log"), "full_log", kind="link", trailing="chevron_right", height=28, on_press=actions.show_log
    )
    return Panel(
        Scroll(Column(*rows, gap=2, group=True), "others"),
        title=_("What others ordered"),
        icon="flag",
        meta=more,
        grow=1,
        id="others_panel",
        pad=16,
        gap=8,
    )


def _order(row: LogModel, actions: SummaryActions) -> Widget:
    mark: Widget = MineralChip(row.mineral, size=22) if row.mineral else Icon(row.icon, size=20)
    words = Column(
        Label(row.name, weight=theme.MEDIUM, tone="high"),
        Label(row.text, size=theme.CAPTION, tone="mid", tip=row.tip, wrap=True),
        gap=0,
        grow=1,
    )
    content = Row(Flag(row.nation, size=20), words, mark, gap=14)
    return Choice(
        content, f"others.{row.key}", on_press=lambda: actions.show_nation(row.nation), quiet=True, pad=(8, 5)
    )
