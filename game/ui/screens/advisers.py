"""The advisers: four cards with one order each, asked for in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from game.match.advice import Advice, advice
from game.text import _
from game.ui import theme
from game.ui.screens.session import Session
from game.ui.view_model.adviser import AdviserModel, advisers, silent
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Row, Scroll, Spacer
from game.ui.widgets.panel import Card

if TYPE_CHECKING:
    from game.ui.window import Window

WIDTH, HEIGHT = 760, 560

Order = Callable[[str, dict[str, Any]], None]


def open_advisers(window: Window, session: Session, order: Order) -> None:
    """Show the cards; the first time in a turn the desks think first, beside the window."""
    body = Column(_thinking(), gap=10, id="advisers_body")
    close = Button(_("Close"), "close_advisers", kind="primary", key="Esc", on_press=window.close_dialog)
    scroll = Scroll(body, "advisers_scroll", grow=1)
    scroll.fixed_height = HEIGHT
    window.open_dialog(
        Dialog(_("Your advisers"), scroll, actions=[close], icon="advisor", on_cancel=window.close_dialog, width=WIDTH,
               id="advisers")
    )  # fmt: skip

    def give(model: AdviserModel) -> Callable[[], None]:
        def press() -> None:
            window.close_dialog()
            order(model.kind, model.values)

        return press

    def show(found: tuple[Advice, ...]) -> None:
        session.keep_advice(found)
        body.replace_children(*_cards(session, found, give))

    known = session.advice
    if known is not None:
        body.replace_children(*_cards(session, known, give))
        return
    match, seat = session.match, session.seat
    window.run_in_background(lambda _report: advice(match, seat), show)


def _thinking() -> Widget:
    return Label(_("The desks weigh their orders …"), tone="mid", id="advisers_thinking")


def _cards(
    session: Session, found: tuple[Advice, ...], give: Callable[[AdviserModel], Callable[[], None]]
) -> list[Widget]:
    rows: list[Widget] = [_card(model, give(model)) for model in advisers(session.scene, found)]
    quiet = silent(found)
    if quiet:
        rows.append(caption(_("Nothing worth an order this turn: {desks}.", desks=", ".join(quiet)), wrap=True))
    rows.append(caption(_("Each wants what its character wants; futures in which others act by habit."), wrap=True))
    return rows


def _card(model: AdviserModel, press: Callable[[], None]) -> Widget:
    head = Row(
        Icon(model.icon, size=20, tone="accent"), Label(model.title, weight=theme.SEMIBOLD, tone="high"),
        caption(model.character), Spacer(),
        Button(_("Order this"), f"advice.{model.desk}", kind="secondary", height=34, on_press=press), gap=10,
    )  # fmt: skip
    words = Label(model.text.text, tip=model.text.tip, wrap=True, grow=1)
    text = Row(Icon(model.order_icon, size=18, tone="mid"), words, gap=10, align="start")
    aims = [
        Row(Label(points, width=64, align="right", weight=theme.SEMIBOLD), caption(words), gap=8)
        for words, points in model.aims
    ]
    return Card(head, text, *aims, gap=6)
