"""The strip under the map: mineral tickers, this turn's orders, and the box that ends the turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.text import _
from game.ui import theme
from game.ui.chart.ticker import Ticker
from game.ui.screens.session import Session
from game.ui.tip import Number, Tip
from game.ui.view_model.inbox import waiting_number
from game.ui.view_model.order_list import OrderModel, OrdersModel, order_list
from game.ui.view_model.outlook import outlook
from game.ui.view_model.ticker import tickers
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Grid, Row, Scroll, Spacer, Wrap
from game.ui.widgets.panel import Bar
from game.ui.widgets.progress import Progress

STRIP_HEIGHT, TICKERS_WIDTH, ORDERS_WIDTH, END_WIDTH = 216, 928, 480, 424


@dataclass(frozen=True)
class TrayActions:
    """What the strip's widgets do."""

    choose_mineral: Callable[[str], None]
    new_order: Callable[[], None]
    remove: Callable[[int], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    show_inbox: Callable[[], None]
    toggle_orders: Callable[[], None]
    end_turn: Callable[[], None]


@dataclass(frozen=True)
class Progressing:
    """How far the turn being resolved has come."""

    step: str
    share: float


def ticker_grid(session: Session, actions: TrayActions) -> Widget:
    """Two rows of five tickers; fewer minerals stand in one row."""
    cards = [
        Ticker(
            t.mineral, t.name, t.unit, t.price, t.change, t.series, selected=t.mineral == session.mineral,
            on_press=lambda name=t.mineral: actions.choose_mineral(name),
        )
        for t in tickers(session.scene)
    ]  # fmt: skip
    grid = Grid(*cards, columns=min(5, len(cards)), gap=8, group=True, id="tickers", fill_height=True)
    grid.pad, grid.grow = (16, 12), 1
    return grid


def narrow_strip(session: Session, actions: TrayActions, progress: Progressing | None) -> Widget:
    """One row where there is little room: the minerals as chips, the selected one's price, orders and End turn."""
    scene = session.scene
    chips = [
        MineralChip(name, f"ticker.{name}", size=34, selected=name == session.mineral, tip=Tip(scene.name(name)),
                    on_press=lambda name=name: actions.choose_mineral(name))
        for name in scene.axes.minerals
    ]  # fmt: skip
    shown = next(t for t in tickers(scene) if t.mineral == session.mineral)
    model = order_list(scene)
    middle: Widget = (
        Column(caption(progress.step, tone="accent"), Progress(progress.share, "accent"), gap=2, width=150)
        if progress
        else Button(model.count, "show_orders", kind="link", trailing="chevron_up", on_press=actions.toggle_orders)
    )
    end = Button(
        _("See the result") if session.match.over else _("End turn"), "end_turn", kind="primary",
        key="" if progress else "Enter", on_press=actions.end_turn, enabled=progress is None,
        reason=_("The turn is being resolved."),
    )  # fmt: skip
    return Bar(
        Row(
            Wrap(*chips, gap=6, group=True, id="tickers", grow=1), Label([shown.price, " ", shown.unit]), middle, end,
            gap=14, grow=1, pad=(12, 0),
        ),
        edges=("top",), height=92, id="end_box",
    )  # fmt: skip


def orders_box(session: Session, actions: TrayActions, *, is_tray: bool = False) -> Widget:
    """This turn's orders: title, sum, undo and redo, a row for each order."""
    model = order_list(session.scene)
    title = [
        Label(_("Orders this turn"), weight=theme.SEMIBOLD, tone="high"),
        Label([model.money, " · ", model.capital], size=theme.CAPTION, tone="mid"), Spacer(),
        Button(id="undo", icon="undo", kind="plain", on_press=actions.undo, height=32,
               tip=Tip(_("Take back the last order"), keys=((_("Key"), "Ctrl Z"),))),
        Button(id="redo", icon="redo", kind="plain", on_press=actions.redo, height=32,
               tip=Tip(_("Give it again"), keys=((_("Key"), "Ctrl Y"),))),
    ]  # fmt: skip
    if is_tray:
        title.append(Button(id="close_orders", icon="close", kind="plain", height=32, on_press=actions.toggle_orders))
    body = _order_rows(model, actions) if model.rows else _no_orders(session, actions)
    return Column(Row(*title, gap=8, height=32), body, pad=(16, 10), gap=6, grow=1, id="orders_box")


def _order_rows(model: OrdersModel, actions: TrayActions) -> Widget:
    rows = [_order_row(row, place, actions) for place, row in enumerate(model.rows)]
    add = Button(_("Give another order"), "new_order", kind="link", icon="plus", key="O", on_press=actions.new_order,
                 height=32, align="left")  # fmt: skip
    return Scroll(Column(*rows, add, gap=6), "orders_list")


def order_mark(row: OrderModel) -> list[Widget]:
    """What stands before an order's words: its icon, and the mineral's chip or the partner's flag."""
    marks: list[Widget] = [Icon(row.icon, size=18, tone="mid")]
    if row.mineral:
        marks.append(MineralChip(row.mineral, size=22))
    if row.nation:
        marks.append(Flag(row.nation, size=16))
    return marks


def _order_row(row: OrderModel, place: int, actions: TrayActions) -> Widget:
    cost = row.cost if row.cost.value else row.capital
    tip = Tip(row.text, str(row.cost), _("An order of this turn; it takes {capital}.", capital=row.capital),
              row.cost.tip.unit, (), row.cost.tip.source)  # fmt: skip
    return Row(
        *order_mark(row), Label(row.short, tip=tip, grow=1),
        Label(cost, weight=theme.SEMIBOLD, tone="high"),
        Button(id=f"remove.{place}", icon="close", kind="plain", height=28, tip=Tip(_("Take this order back")),
               on_press=lambda: actions.remove(place)),
        gap=8, height=36, pad=(10, 0), fill=theme.PANEL, border=theme.LINE,
    )  # fmt: skip


def _no_orders(session: Session, actions: TrayActions) -> Widget:
    if session.match.over:
        return caption(_("The game is over: no more orders."))
    return Column(
        caption(_("No order yet. Money and political capital wait.")),
        Row(Button(_("Give an order"), "new_order", icon="plus", key="O", on_press=actions.new_order)),
        gap=12,
    )


def end_box(session: Session, actions: TrayActions, progress: Progressing | None, *, compact: bool) -> Widget:
    """What ending the turn now would cost, what still waits, and the button."""
    model = order_list(session.scene)
    head = Row(Label(_("If you end the turn now"), weight=theme.SEMIBOLD, tone="high"), Spacer())
    if compact:
        head.add(Button(model.count, "show_orders", kind="link", trailing="chevron_up", height=28,
                        on_press=actions.toggle_orders))  # fmt: skip
    rows = [head] if progress is not None else [head, *_cost_lines(session)]
    waiting = len(session.scene.plan.inbox)
    lapsing = outlook(session.scene).lapsing
    if progress is not None:
        rows += [
            Spacer(),
            caption(progress.step, tone="accent"),
            Progress(progress.share, "accent", id="turn_progress"),
        ]
    elif waiting:
        rows += [_waiting_card(session, waiting, actions)]
    elif lapsing is not None and not session.match.over:
        rows += [Row(Icon("warning", size=16, tone="warn"), Label(lapsing, size=theme.CAPTION, tone="warn"), gap=8)]
    button = Button(
        _("Resolving …") if progress else _("Game over: see the result") if session.match.over else _("End turn"),
        "end_turn", kind="primary", icon="double_arrow", key="" if progress else "Enter", height=56,
        size=theme.SUBTITLE, on_press=actions.end_turn, enabled=progress is None,
        reason=_("The turn is being resolved."),
    )  # fmt: skip
    return Bar(*rows, Spacer(), button, edges=("left", "top"), pad=(16, 12), gap=5, width=END_WIDTH, id="end_box")


def _cost_lines(session: Session) -> list[Widget]:
    model = outlook(session.scene)
    return [
        _line(_("Treasury"), model.treasury, model.treasury_after),
        _line(_("Political capital"), model.capital, model.capital_left),
    ]


def _line(label: str, before: Number, after: Number) -> Widget:
    return Row(
        caption(label), Spacer(), Label(before, tone="mid"), Icon("arrow_right", size=14),
        Label(after, weight=theme.SEMIBOLD, tone="high"), gap=8, height=24,
    )  # fmt: skip


def _waiting_card(session: Session, waiting: int, actions: TrayActions) -> Widget:
    number = waiting_number(waiting)
    words = _("1 proposal waits") if waiting == 1 else _("{n} proposals wait", n=waiting)
    row = Row(Icon("warning", tone="warn"), Label(number.shown_as(words), tone="high", size=theme.CAPTION), Spacer(),
              Label(_("Go"), tone="accent", size=theme.CAPTION, weight=theme.SEMIBOLD), gap=8)  # fmt: skip
    return Choice(row, "waiting", on_press=actions.show_inbox, tone="warn", pad=(12, 4))
