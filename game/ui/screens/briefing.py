"""The briefing: what the level is about, what your seat lives on, and what to watch; on the first turn and on call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.text import _
from game.ui import theme
from game.ui.screens.session import Session
from game.ui.view_model.briefing import briefing
from game.ui.view_model.goal import goals
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer

if TYPE_CHECKING:
    from game.ui.window import Window


def open_briefing(window: Window, session: Session) -> None:
    """Show the briefing over the map."""
    model = briefing(session.scene)
    seat = Row(
        Flag(session.seat, size=28),
        Label(session.scene.name(session.seat), weight=theme.SEMIBOLD, tone="high"),
        Spacer(),
        Label(model.length, tone="mid", size=theme.CAPTION),
        gap=12,
    )
    lives = [
        Row(
            Icon(icon, size=18),
            Label(words, tone="mid", width=90),
            Label(runs or _("next to nothing"), wrap=True, grow=1),
            gap=12,
            align="start",
        )
        for icon, words, runs in model.seat
    ]
    risks: list[Widget] = [
        Row(MineralChip(risk.mineral, size=24), Label(risk.words.text, tip=risk.words.tip, wrap=True, grow=1), gap=12)
        for risk in model.risks
    ]
    watch = [
        Row(
            Icon(row.icon, size=18),
            Label(row.label, width=150, tip=row.value.tip),
            Label(row.value, weight=theme.SEMIBOLD, tone="high", width=84),
            Label(row.words.text, tip=row.words.tip, size=theme.CAPTION, tone="mid", wrap=True, grow=1),
            gap=12,
        )
        for row in model.watch
    ]
    asked = goals(session.scene)
    aims: list[Widget] = [
        Row(
            Icon(goal.icon, size=18, tone=goal.tone),
            Label(goal.words.text, tip=goal.words.tip, wrap=True, grow=1),
            gap=12,
        )
        for goal in asked
    ]
    head = (
        [Label(_("What you are asked to reach"), weight=theme.SEMIBOLD, tone="high"), *aims, Divider()] if aims else []
    )
    body = Column(
        Label(model.summary.text, tip=model.summary.tip, wrap=True, tone="high"), *head, seat, *lives, Divider(),
        Label(_("Where you are exposed"), weight=theme.SEMIBOLD, tone="high"),
        *(risks or [caption(_("No single foreign supplier holds much of what you use."))]), Divider(),
        Label(_("What to watch"), weight=theme.SEMIBOLD, tone="high"), *watch, gap=10,
    )  # fmt: skip
    start = Button(_("To the map"), "close_briefing", kind="primary", key="Enter", on_press=window.close_dialog)
    window.open_dialog(
        Dialog(
            model.title, Scroll(body, "briefing_scroll", grow=1), actions=[start], icon="document",
            on_cancel=window.close_dialog, width=760, id="briefing",
        )
    )  # fmt: skip
