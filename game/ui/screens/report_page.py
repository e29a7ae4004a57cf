"""The report page: what changed most and why, how makers fared, and what everybody ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.text import _
from game.ui import theme
from game.ui.chart.bar import CauseStrip
from game.ui.screens.session import Session
from game.ui.tip import Tip
from game.ui.view_model.report import ChangeModel, HeadlineModel, LogModel, MakerModel, ReportModel, report
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer
from game.ui.widgets.panel import Panel
from game.ui.widgets.progress import Progress


@dataclass(frozen=True)
class ReportActions:
    """What the page's widgets do."""

    resume: Callable[[], None]
    open_market: Callable[[str], None]
    show_nation: Callable[[str], None]


def report_page(session: Session, actions: ReportActions, size: tuple[int, int]) -> Widget:
    """The report on the last turn."""
    model = report(session.scene)
    if model is None:
        return _empty(actions)
    middle = Column(_changes(model), _makers(model), gap=16, grow=13)
    body = Row(
        _headlines(session, model, actions), middle, _log(session, model, actions), gap=16, align="stretch", grow=1
    )
    head = Row(
        Column(heading(model.title), Label(model.subtitle, size=theme.CAPTION, tone="mid"), gap=0, align="start"),
        Spacer(), Button(_("Continue"), "continue", kind="primary", icon="arrow_right", key="Enter",
                         on_press=actions.resume), height=48,
    )  # fmt: skip
    return Column(head, body, pad=(24, 16), gap=16, id="report_page")


def _empty(actions: ReportActions) -> Widget:
    note = Column(
        Icon("report", size=26), Label(_("No turn has been resolved yet."), tone="high", weight=theme.SEMIBOLD),
        caption(_("Give orders, end the turn, and read here what it changed and why.")),
        Button(_("To the map"), "continue", kind="primary", key="Enter", on_press=actions.resume), gap=12, align="center",
    )  # fmt: skip
    return Column(heading(_("Report")), Spacer(), note, Spacer(), pad=(24, 16), id="report_page")


def _headlines(session: Session, model: ReportModel, actions: ReportActions) -> Widget:
    rows: list[Widget] = [_headline(session, row, place, actions) for place, row in enumerate(model.headlines)]
    if not rows:
        rows = [caption(_("A quiet half-year: nothing moved noticeably for you."), wrap=True)]
    return Panel(Scroll(Column(*rows, gap=8, group=True), "headlines"), title=_("Headlines"), icon="report",
                 meta=_("by effect on you"), grow=10, id="headlines_panel")  # fmt: skip


METRIC_ICONS = {"treasury_usd_bn": "treasury", "political_capital": "capital", "support": "people",
                "reliability": "sign", "industry": "industry", "standing": "handshake", "n_minus_1": "shield",
                "value_captured": "layers"}  # fmt: skip


def _headline(session: Session, row: HeadlineModel, place: int, actions: ReportActions) -> Widget:
    press: Callable[[], None] | None = None
    if row.subject == "price":
        mark: Widget = MineralChip(row.name, size=28)
        press = lambda: actions.open_market(row.name)  # noqa: E731
    elif row.subject == "order":
        mark = Flag(row.name, size=21)
        press = lambda: actions.show_nation(row.name)  # noqa: E731
    else:
        mark = Icon(METRIC_ICONS.get(row.name, "pulse"), size=24)
    arrow = Icon("plus" if row.direction > 0 else "minus", size=18, tone=row.tone,
                 tip=Tip(_("Good for you") if row.direction > 0 else _("Bad for you")))  # fmt: skip
    lines: list[Widget] = [Label(row.text, tone="high", weight=theme.MEDIUM, wrap=True)]
    if row.detail:
        lines.append(Label(row.detail, size=theme.CAPTION, tone="mid", wrap=True))
    return Choice(Row(mark, Column(*lines, gap=2, grow=1), arrow, gap=14), f"headline.{place}", on_press=press,
                  pad=(14, 10), tip=row.tip)  # fmt: skip


def _changes(model: ReportModel) -> Widget:
    rows: list[Widget] = []
    for place, row in enumerate(model.changes):
        rows += ([Divider()] if place else []) + [_change(row)]
    return Panel(Scroll(Column(*rows, gap=2), "changes"), title=_("What changed and why"), icon="pulse",
                 meta=_("change by cause"), grow=12, id="changes_panel")  # fmt: skip


def _change(row: ChangeModel) -> Widget:
    figures = Row(Spacer(), Label(row.before, tone="mid", size=theme.CAPTION), Icon("arrow_right", size=14),
                  Label(row.after, weight=theme.SEMIBOLD, align="right"), gap=8)  # fmt: skip
    words = Column(
        Label(row.label, weight=theme.MEDIUM, tone="high", tip=row.after.tip), caption(row.main_cause), gap=0, grow=5
    )
    strip = CauseStrip(row.causes, row.scale, tip=row.after.tip)
    return Row(Icon(row.icon, size=22), words, Column(figures, strip, gap=4, grow=4), gap=14, height=47)


def _makers(model: ReportModel) -> Widget:
    rows: list[Widget] = []
    for place, row in enumerate(model.makers):
        rows += ([Divider()] if place else []) + [_maker(row)]
    if not rows:
        rows = [caption(_("Your makers use none of these minerals."))]
    return Panel(Scroll(Column(*rows, gap=2), "makers"), title=_("Need met by product"), icon="industry",
                 meta=_("limited by"), grow=12, id="makers_panel")  # fmt: skip


def _maker(row: MakerModel) -> Widget:
    words = Column(
        Label(row.name, weight=theme.MEDIUM, tone="high"),
        Label([row.weight, _(" of your industry")], size=theme.CAPTION, tone="mid"), gap=0, grow=5,
    )  # fmt: skip
    limit = MineralChip(row.limiting, size=26, tip=Tip(_("The mineral they lacked most"))) if row.limiting else Icon(
        "check", size=22, tone="good")  # fmt: skip
    return Row(
        words, Progress(row.met.value or 0.0, row.tone, short=True, thick=10, grow=5, tip=row.met.tip),
        Label(row.met, weight=theme.SEMIBOLD, align="right", width=64), limit, gap=14, height=48,
    )  # fmt: skip


def _log(session: Session, model: ReportModel, actions: ReportActions) -> Widget:
    rows: list[Widget] = [_log_line(session, line) for line in model.log]
    if not rows:
        rows = [caption(_("Nobody ordered anything."))]
    return Panel(Scroll(Column(*rows, gap=4), "log"), title=_("Orders of all nations"), icon="list",
                 meta=_("public log, yours first"), grow=11, id="log_panel")  # fmt: skip


def _log_line(session: Session, line: LogModel) -> Widget:
    name = session.scene.name(line.nation)
    tone = "low" if not line.is_done else "high" if line.is_mine else "text"
    done: Widget = Icon("check", size=16, tone="good", tip=Tip(_("Carried out"))) if line.is_done else Icon(
        "close", size=16, tone="bad", tip=Tip(_("Not carried out: something was in the way")))  # fmt: skip
    return Row(
        Flag(line.nation, size=18, tip=Tip(name)), Icon(line.icon, size=18),
        Label(line.text, size=theme.CAPTION, tone=tone, wrap=True, grow=1, tip=line.tip), done,
        gap=10, align="start", pad=(0, 4),
    )  # fmt: skip
