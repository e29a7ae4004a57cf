"""The panel at the right: who a nation is, how you stand, what it makes and sells, what you can order about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.text import _
from game.ui import theme
from game.ui.screens.session import Session
from game.ui.tip import Tip
from game.ui.view_model import nation as model
from game.ui.view_model.goal import STANDING_WORDS, goals
from game.ui.view_model.inbox import treaties
from game.ui.view_model.knowledge import knowledge
from game.ui.view_model.product import ProductRow, products
from game.ui.view_model.suggestion import Suggestion, suggestions
from game.ui.view_model.words import ROLE_WORDS
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Dot, Flag, MineralChip
from game.ui.widgets.choice import Choice, Tabs
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer
from game.ui.widgets.panel import Bar
from game.ui.widgets.progress import Meter, Progress

WIDTH = 424
STAGE_ICONS = {"mine": "pick", "refine": "refinery"}


@dataclass(frozen=True)
class NationActions:
    """What the panel's widgets do."""

    close: Callable[[], None]
    choose_tab: Callable[[str], None]
    order: Callable[[str, dict[str, object]], None]
    all_orders: Callable[[], None]


def nation_panel(session: Session, actions: NationActions) -> Widget:
    """The panel for the selected nation, or for one's own."""
    nation = session.selected or session.seat
    tabs = [("overview", _("Overview")), ("economy", _("Economy")), ("history", _("History"))]
    body = {"overview": _overview, "economy": _economy, "history": _history}[session.nation_tab]
    content = Column(*body(session, nation, actions), gap=14, pad=(16, 4))
    return Bar(
        _header(session, nation, actions),
        Column(Tabs(tabs, session.nation_tab, actions.choose_tab, id="nation_tabs"), pad=(16, 0)),
        Scroll(content, f"nation_scroll.{nation}.{session.nation_tab}"),
        edges=("left",), width=WIDTH, id="nation_panel", gap=8, pad=(0, 12), grow=1,
    )  # fmt: skip


def _header(session: Session, nation: str, actions: NationActions) -> Widget:
    scene = session.scene
    row = scene.level.nation(nation)
    words = [_(ROLE_WORDS[row.role])]
    character = scene.level.personalities.get(nation)
    if nation == session.seat:
        words.insert(0, _("You"))
    elif character is not None:
        words.append(_(scene.level.personality(character["name"]).name))
    tip = Tip(scene.name(nation), "", _(character["note"]) if character else "", "", (), character["source"]) if (
        character) else None  # fmt: skip
    return Row(
        Flag(nation, size=36),
        Column(heading(scene.name(nation)), caption(" · ".join(words), tip=tip), gap=0, grow=1),
        Button(id="close_nation", icon="close", kind="plain", on_press=actions.close, tip=Tip(_("Close")),
               visible=session.selected is not None),
        gap=12, pad=(16, 0),
    )  # fmt: skip


def _section(title: str, *body: Widget, meta: str = "") -> Widget:
    head = Row(Label(title, weight=theme.SEMIBOLD, tone="high"), Spacer(), caption(meta))
    return Column(head, *body, Divider(), gap=8)


# Overview -----------------------------------------------------------------------------------------------------------


def _overview(session: Session, nation: str, actions: NationActions) -> list[Widget]:
    scene = session.scene
    parts: list[Widget] = []
    if nation == session.seat:
        parts += _goals(session)
    else:
        parts += [
            _trust(model.trust(scene, nation, scene.seat), "them"),
            _trust(model.trust(scene, scene.seat, nation), "you"),
        ]
    parts.append(_production(session, nation))
    if nation != session.seat:
        parts.append(_sales(session, nation))
    parts.append(_contracts(session, nation))
    parts.append(_measures(session, nation))
    parts.append(_orders(suggestions(scene, nation, session.mineral), actions))
    return parts


def _goals(session: Session) -> list[Widget]:
    found = goals(session.scene)
    rows: list[Widget] = [
        Row(Icon(goal.icon, size=18, tone=goal.tone), Label(goal.words.text, tip=goal.words.tip, wrap=True, grow=1),
            caption(_(STANDING_WORDS[goal.standing]), tone=goal.tone), gap=10)
        for goal in found
    ]  # fmt: skip
    return [_section(_("Goals of the level"), *rows)] if rows else []


def _trust(trust: model.TrustModel, key: str) -> Widget:
    head = Row(
        Label(trust.title, weight=theme.SEMIBOLD, tone="high"), Spacer(),
        Label(trust.value, weight=theme.SEMIBOLD, tone="high"), Label(trust.word, tone="text"), gap=8,
    )  # fmt: skip
    meter = Meter(trust.value.value or 0.0, low=0, high=100, origin=50, id=f"trust.{key}", tip=trust.value.tip)
    rows = [
        Row(_figure(points, 52), caption(words, "text", grow=1, tip=points.tip, wrap=True), gap=10)
        for words, points in trust.causes
    ]
    none = [] if rows else [caption(_("No tie between you, and nothing posted yet."))]
    return Column(head, meter, *rows, *none, Divider(), gap=6)


def _figure(points, width: float) -> Widget:  # type: ignore[no-untyped-def]  # a Number
    return Label(points, size=theme.CAPTION, weight=theme.SEMIBOLD, align="right", width=width)


def _production(session: Session, nation: str) -> Widget:
    rows: list[Widget] = [
        Row(
            MineralChip(row.mineral, size=24), Label(row.name, width=114),
            Icon(STAGE_ICONS[row.stage], size=16, tone="low", tip=Tip(row.share.tip.title)),
            Progress(row.share.value or 0.0, theme.MINERAL_COLORS[row.mineral], grow=1, tip=row.share.tip),
            Label(row.share, weight=theme.SEMIBOLD, tone="high", align="right", width=54),
            Label(row.tonnes, size=theme.CAPTION, tone="mid", align="right", width=66),
            gap=8, height=30,
        )
        for row in model.production(session.scene, nation)
    ]  # fmt: skip
    if not rows:
        rows = [caption(_("Mines and refines next to nothing of these minerals."))]
    return _section(_("Production"), *rows, meta=_("share of world, per half-year"))


def _sales(session: Session, nation: str) -> Widget:
    rows: list[Widget] = [
        Row(
            MineralChip(row.mineral, size=24), Label(row.name, grow=1),
            Label(row.tonnes, weight=theme.SEMIBOLD, tone="high"), Dot("good" if row.is_contract else "warn"),
            caption(row.terms, width=76), gap=10, height=30,
        )
        for row in model.sales(session.scene, nation)
    ]  # fmt: skip
    if not rows:
        rows = [caption(_("Nothing reached you from there last turn."))]
    return _section(_("They sell you"), *rows, meta=_("per half-year"))


def _contracts(session: Session, nation: str) -> Widget:
    partner = None if nation == session.seat else nation
    found = [treaty for treaty in treaties(session.scene, partner) if treaty.is_in_force and treaty.mineral]
    rows: list[Widget] = [
        Row(
            *([] if partner else [Flag(t.partner, size=18, tip=Tip(session.scene.name(t.partner)))]),
            MineralChip(t.mineral, size=24) if t.mineral else Icon("contract"),
            Label(t.text, grow=1, size=theme.CAPTION),
            Label(t.until, size=theme.CAPTION, tone="mid"), gap=10, height=30,
        )
        for t in found
    ]  # fmt: skip
    if not rows:
        rows = [caption(_("No contract in force."))]
    return _section(_("Contracts"), *rows)


def _measures(session: Session, nation: str) -> Widget:
    rows: list[Widget] = [
        Row(
            MineralChip(row.mineral, size=24),
            Label(row.text.text, size=theme.CAPTION, wrap=True, grow=1, tip=row.text.tip, tone=row.text.tone),
            gap=10,
        )
        for row in model.measures(session.scene, nation)
    ]
    if not rows:
        rows = [caption(_("No export measure in force."))]
    return _section(_("Export measures"), *rows)


def _orders(found: list[Suggestion], actions: NationActions) -> Widget:
    rows: list[Widget] = [
        Choice(
            Row(
                Icon(item.icon, tone="accent"),
                Column(Label(item.title, weight=theme.MEDIUM, tone="high"), caption(item.detail), gap=0, grow=1),
                Icon("chevron_right", size=16), gap=12,
            ),
            f"suggest.{place}", on_press=lambda item=item: actions.order(item.kind, item.values), pad=(12, 6),
        )
        for place, item in enumerate(found)
    ]  # fmt: skip
    more = Button(_("All orders"), "all_orders", kind="link", trailing="chevron_right", height=32, align="left",
                  on_press=actions.all_orders)  # fmt: skip
    head = Row(Label(_("Orders you can give"), weight=theme.SEMIBOLD, tone="high"), Spacer())
    return Column(head, *rows, more, gap=8)


# Economy and history -----------------------------------------------------------------------------------------------


def _economy(session: Session, nation: str, actions: NationActions) -> list[Widget]:
    scene = session.scene
    figures = [
        Row(Label(words, tip=figure.tip), Spacer(), Label(figure, weight=theme.SEMIBOLD, tone="high"), height=28)
        for words, figure in model.economy(scene, nation)
    ]
    rows: list[Widget] = [
        Row(
            MineralChip(row.mineral, size=24),
            Column(Label(row.text), *(Label(c, size=theme.CAPTION) for c in row.coming), gap=0, grow=1),
            Label(row.capacity, weight=theme.SEMIBOLD, tone="high"), gap=10,
        )
        for row in model.capacity(scene, nation)
    ]  # fmt: skip
    if not rows:
        rows = [caption(_("No site of these minerals, and none under construction."))]
    return [
        Column(*figures, Divider(), gap=2),
        _products(session, nation),
        _knowledge(session, nation),
        _section(_("Sites and construction"), *rows, meta=_("a year")),
    ]


def _knowledge(session: Session, nation: str) -> Widget:
    rows: list[Widget] = [
        Row(
            Label(row.name, width=150), Progress(row.share, theme.ACCENT, grow=1, tip=row.steps.tip),
            Label(row.steps, weight=theme.SEMIBOLD, tone="high", align="right", width=54), gap=8, height=28,
        )
        for row in knowledge(session.scene, nation)
    ]  # fmt: skip
    return _section(_("Technology"), *rows, meta=_("steps known"))


def _products(session: Session, nation: str) -> Widget:
    rows: list[Widget] = [
        Row(
            Icon(row.icon, size=16, tone="low"),
            Column(Label(row.name, wrap=True), *_limit(row), gap=0, grow=1),
            Label(row.made, size=theme.CAPTION, tone="mid", align="right", width=64),
            Label(row.met, weight=theme.SEMIBOLD, align="right", width=52), gap=8,
        )
        for row in products(session.scene, nation)
    ]  # fmt: skip
    return _section(_("Products"), *rows, meta=_("made per half-year, need met"))


def _limit(row: ProductRow) -> list[Widget]:
    return [Label(row.limit, size=theme.CAPTION)] if row.limit else []


def _history(session: Session, nation: str, actions: NationActions) -> list[Widget]:
    rows: list[Widget] = []
    for past in model.past_orders(session.scene, nation):
        rows.append(
            Row(
                Label(past.date, size=theme.CAPTION, tone="mid", width=84),
                Label(past.text.text, tip=past.text.tip, wrap=True, grow=1, tone="text" if past.is_done else "low"),
                Icon("check" if past.is_done else "close", size=16, tone="good" if past.is_done else "low",
                     tip=Tip(_("Carried out") if past.is_done else _("Not carried out: something was in the way"))),
                gap=10, align="start",
            )
        )  # fmt: skip
    if not rows:
        rows = [caption(_("No order in the public log yet."))]
    return [_section(_("Orders in the public log"), *rows, meta=_("newest first"))]
