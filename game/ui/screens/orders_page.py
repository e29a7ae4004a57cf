"""The orders page: folders of orders, this turn's list, proposals that wait, and treaties in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from game.text import _
from game.ui import theme
from game.ui.screens.frame import is_narrow
from game.ui.screens.session import Session
from game.ui.screens.tray import TrayActions, orders_box
from game.ui.tip import Tip
from game.ui.view_model.folder import FolderModel, OrderKindModel, folders
from game.ui.view_model.inbox import OfferModel, TreatyModel, offers, treaties
from game.ui.view_model.order_list import order_list
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Row, Scroll, Spacer
from game.ui.widgets.panel import Card, Panel


@dataclass(frozen=True)
class OrdersActions:
    """What the page's widgets do."""

    order: Callable[[str, dict[str, Any]], None]
    answer: Callable[[int, str], None]
    tray: TrayActions


def orders_page(session: Session, actions: OrdersActions, size: tuple[int, int]) -> Widget:
    """Everything a player can ask for."""
    found = folders(session.scene)
    left = Column(*(_folder(f, session, actions) for f in found if f.group != "industry"), gap=16)
    middle = Column(*(_folder(f, session, actions) for f in found if f.group == "industry"), gap=16)
    if is_narrow(size):
        orders = Panel(orders_box(session, actions.tray), pad=(4, 8), height=240, id="orders_panel")
        boxes = [orders, _inbox(session, actions), _treaties(session, actions), left, middle]
        for box in boxes[1:3]:
            box.grow, box.fixed_height = 0, 240
        content = Column(*boxes, gap=12)
        return Column(_head(session, actions), Scroll(content, "orders_scroll"), pad=(16, 12), gap=12, id="orders_page")
    lists = Scroll(Row(_growing(left), _growing(middle), gap=16, align="start"), "folders")
    right = Column(
        Panel(orders_box(session, actions.tray), pad=(4, 8), grow=10, id="orders_panel"),
        _inbox(session, actions), _treaties(session, actions), gap=16, grow=9,
    )  # fmt: skip
    lists.grow = 16
    body = Row(lists, right, gap=16, align="stretch", grow=1)
    return Column(_head(session, actions), body, pad=(24, 16), gap=16, id="orders_page")


def _growing(widget: Widget) -> Widget:
    widget.grow = 1
    return widget


def _head(session: Session, actions: OrdersActions) -> Widget:
    model = order_list(session.scene)
    words = Label([model.count, " · ", model.money, " · ", model.capital, _(" used, "), model.capital_left, _(" left")],
                  size=theme.CAPTION, tone="mid")  # fmt: skip
    end = Button(
        _("See the result") if session.match.over else _("End turn"),
        "end_turn",
        kind="primary",
        icon="double_arrow",
        on_press=actions.tray.end_turn,
        enabled=not session.is_resolving,
        reason=_("The turn is being resolved."),
    )
    return Row(Column(heading(_("Orders")), words, gap=0, align="start"), Spacer(), end, gap=12, height=58)


def _folder(folder: FolderModel, session: Session, actions: OrdersActions) -> Widget:
    rows = [_kind(row, session, actions) for row in folder.orders]
    return Panel(*rows, title=folder.title, icon=folder.icon, gap=8, pad=16, id=f"folder.{folder.group}")


def _kind(row: OrderKindModel, session: Session, actions: OrdersActions) -> Widget:
    values = {"deliver.mineral": session.mineral} if row.kind == "propose" else {"mineral": session.mineral}
    head = Row(
        Label(row.title, weight=theme.SEMIBOLD, tone="high" if row.is_open else "low"), Spacer(),
        Label(row.capital, size=theme.CAPTION, tone="mid"), gap=8,
    )  # fmt: skip
    lines: list[Widget] = [head, Label(row.summary, size=theme.CAPTION, tone="mid", wrap=True)]
    lines.append(caption(_("Takes effect: {lead}", lead=row.lead), tone="low", wrap=True))
    if row.reason:
        lines.append(caption(row.reason, tone="warn"))
    content = Row(Icon(row.icon, size=20, tone="accent" if row.is_open else "low"), Column(*lines, gap=2, grow=1),
                  gap=12, align="start")  # fmt: skip
    return Choice(content, f"order.{row.kind}", on_press=lambda: actions.order(row.kind, values), enabled=row.is_open,
                  reason=row.reason, pad=(14, 10))  # fmt: skip


def _inbox(session: Session, actions: OrdersActions) -> Widget:
    rows: list[Widget] = [_offer(offer, session, actions) for offer in offers(session.scene)]
    if not rows:
        rows = [caption(_("No proposal waits for you. Offers of other nations arrive here."), wrap=True)]
    return Panel(
        Scroll(Column(*rows, gap=8), "inbox_list"), title=_("Proposals"), icon="envoy", grow=11, id="inbox_panel"
    )


def _offer(offer: OfferModel, session: Session, actions: OrdersActions) -> Widget:
    def button(reply: str, words: str, kind: str) -> Button:
        return Button(words, f"{reply}.{offer.number}", kind=kind, height=34,
                      on_press=lambda: actions.answer(offer.number, reply))  # fmt: skip

    head = Row(Flag(offer.sender, size=20), Label(session.scene.name(offer.sender), weight=theme.SEMIBOLD, tone="high"),
               Spacer(), Label(offer.waits, size=theme.CAPTION, tone="warn"), gap=10)  # fmt: skip
    words = Label(offer.text.text, size=theme.CAPTION, wrap=True, tip=offer.text.tip)
    buttons = Row(button("accept", _("Accept"), "primary"), button("counter", _("Counter"), "secondary"),
                  button("refuse", _("Refuse"), "ghost"), gap=8)  # fmt: skip
    return Card(head, words, buttons, gap=8)


def _treaties(session: Session, actions: OrdersActions) -> Widget:
    rows: list[Widget] = [_treaty(treaty, session, actions) for treaty in treaties(session.scene)]
    if not rows:
        rows = [caption(_("No treaty signed yet. Propose an offtake contract to a nation that sells what you need."),
                        wrap=True)]  # fmt: skip
    return Panel(Scroll(Column(*rows, gap=6), "treaty_list"), title=_("Treaties"), icon="treaty", grow=8, id="treaties")


def _treaty(treaty: TreatyModel, session: Session, actions: OrdersActions) -> Widget:
    mark = MineralChip(treaty.mineral, size=24) if treaty.mineral else Icon("contract")
    parts: list[Widget] = [
        Flag(treaty.partner, size=18, tip=Tip(session.scene.name(treaty.partner))), mark,
        Label(treaty.text, grow=1, size=theme.CAPTION, tone="text" if treaty.is_in_force else "low"),
        Label(treaty.until, size=theme.CAPTION, tone="mid"),
    ]  # fmt: skip
    if treaty.is_in_force:
        parts.append(Button(_("Leave"), f"leave.{treaty.slot}", kind="link", height=32,
                            on_press=lambda: actions.order("leave", {"treaty": treaty.slot})))  # fmt: skip
    return Row(*parts, gap=10, height=34)
