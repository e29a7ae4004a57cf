"""What surrounds every page of a game: the bar of numbers above and the navigation at the left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.text import _
from game.ui import theme
from game.ui.screens.session import Session
from game.ui.tip import Tip
from game.ui.view_model.inbox import waiting_number
from game.ui.view_model.top_bar import date_number, metrics, turn_number
from game.ui.view_model.words import ROLE_WORDS
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag
from game.ui.widgets.choice import NavItem
from game.ui.widgets.label import Label, caption
from game.ui.widgets.layout import Column, Divider, Row, Spacer
from game.ui.widgets.metric import Metric
from game.ui.widgets.panel import Bar
from game.ui.widgets.progress import TurnBar
from game.ui.widgets.rolling import RollingLabel

TOP_HEIGHT, NAV_WIDTH, NAV_WIDTH_COMPACT = 64, 88, 72
WIDE_REFERENCE = 1860  # reference pixels of width from which the layout is the full one
NARROW_REFERENCE = 1400  # under this, as with a large interface scale, only the essentials stand side by side
TIGHT_REFERENCE = 1100  # under this, panels stand below one another

PAGES = (("map", "Map", "globe"), ("market", "Market", "market"), ("orders", "Orders", "orders"),
         ("report", "Report", "report"), ("diplomacy", "Diplomacy", "handshake"))  # fmt: skip


@dataclass(frozen=True)
class FrameActions:
    """What the frame's buttons do."""

    show_page: Callable[[str], None]
    show_inbox: Callable[[], None]
    search: Callable[[], None]
    keys: Callable[[], None]
    advisers: Callable[[], None]
    almanac: Callable[[], None]
    menu: Callable[[], None]


def is_compact(size: tuple[int, int]) -> bool:
    """Whether a window of so many pixels, at the scale in use, gets the compact layout."""
    return size[0] / theme.scale() < WIDE_REFERENCE


def is_narrow(size: tuple[int, int]) -> bool:
    """Whether there is room for the essentials alone."""
    return size[0] / theme.scale() < NARROW_REFERENCE


def is_tight(size: tuple[int, int]) -> bool:
    """Whether there is room for one panel beside the navigation."""
    return size[0] / theme.scale() < TIGHT_REFERENCE


def framed(session: Session, page: Widget, actions: FrameActions, size: tuple[int, int]) -> Widget:
    """A page of a game with its bar and navigation."""
    page.grow = 1
    body = Row(_navigation(session, actions, size), page, gap=0, align="stretch", grow=1)
    return Column(_top_bar(session, actions, size), body, gap=0, fill=theme.WINDOW, radius=0)


def _top_bar(session: Session, actions: FrameActions, size: tuple[int, int]) -> Widget:
    if is_narrow(size):
        return _narrow_bar(session, actions)
    scene, compact = session.scene, is_compact(size)
    who = Column(
        Label(scene.name(session.seat), size=theme.SUBTITLE, weight=theme.SEMIBOLD, tone="high"),
        caption(_(ROLE_WORDS[scene.level.nation(session.seat).role])),
        gap=0,
    )
    when = Column(
        Row(
            Label(date_number(scene), size=theme.SUBTITLE, weight=theme.SEMIBOLD, tone="high"),
            Label(turn_number(scene), size=theme.CAPTION, tone="mid"),
            gap=10,
        ),
        TurnBar(min(scene.turn + 1, scene.level.turns), scene.level.turns, width=150, tip=turn_number(scene).tip),
        gap=6,
    )
    figures = [
        Metric(
            m.label,
            m.value,
            m.change,
            id=f"metric.{m.key}",
            icon=m.icon,
            series=() if compact else m.series,
            worded=m.worded,
        )
        for m in metrics(scene)
    ]
    for figure in figures:
        figure.focusable = False  # a press does nothing there; T and Shift T reach their tips
    if compact:
        figures[0].icon = ""  # the widest figure and its change need the room
    figures[0].grow = 1.25 if compact else 1.1
    return Bar(
        Row(
            Flag(session.seat, size=26),
            _sized(who, 150 if compact else 176),
            Divider(upright=True, height=36),
            _sized(when, 186 if compact else 174),
            Divider(upright=True, height=36),
            Row(*figures, gap=10, grow=1, align="center"),
            Divider(upright=True, height=36),
            _buttons(session, actions),
            gap=14,
            grow=1,
            pad=(16, 0),
        ),
        edges=("bottom",),
        height=TOP_HEIGHT,
        id="top_bar",
        gap=0,
    )


def _narrow_bar(session: Session, actions: FrameActions) -> Widget:
    """Flag, half-year, the numbers under short names, and the buttons."""
    scene = session.scene
    figures = [
        Column(caption(m.short, tip=m.value.tip),
               RollingLabel(m.value, f"figure.{m.key}", m.worded, weight=theme.SEMIBOLD, tone="high"), gap=0, grow=1,
               id=f"metric.{m.key}")
        for m in metrics(scene)
    ]  # fmt: skip
    return Bar(
        Row(
            Flag(session.seat, size=24, tip=Tip(scene.name(session.seat))),
            _sized(Column(Label(date_number(scene), weight=theme.SEMIBOLD, tone="high"),
                          TurnBar(scene.turn + 1, scene.level.turns, width=70, tip=turn_number(scene).tip), gap=4), 80),
            Row(*figures, gap=8, grow=1), _buttons(session, actions), gap=12, grow=1, pad=(12, 0),
        ),
        edges=("bottom",), height=TOP_HEIGHT, id="top_bar", gap=0,
    )  # fmt: skip


def _sized(widget: Widget, width: float) -> Widget:
    widget.fixed_width = width
    return widget


def _buttons(session: Session, actions: FrameActions) -> Widget:
    waiting = len(session.scene.match.inbox(session.seat))
    badge = waiting_number(waiting) if waiting else ""
    return Row(
        Button(id="search", icon="search", kind="plain", on_press=actions.search, tip=_tip(_("Search"), "/")),
        Button(id="inbox", icon="bell", kind="plain", on_press=actions.show_inbox, badge=badge,
               tip=_tip(_("Proposals that wait for your answer"), "P")),
        Button(id="keys", icon="help", kind="plain", on_press=actions.keys, tip=_tip(_("Keys"), "?")),
        Button(id="menu", icon="menu", kind="plain", on_press=actions.menu, tip=_tip(_("Menu"), "Esc")),
        gap=2,
    )  # fmt: skip


def _tip(title: str, key: str) -> Tip:
    return Tip(title, keys=((_("Key"), key),))


def _navigation(session: Session, actions: FrameActions, size: tuple[int, int]) -> Widget:
    compact = is_compact(size)
    waiting = len(session.scene.match.inbox(session.seat))
    items = [
        NavItem(
            _(label), icon, f"nav.{page}", on_press=lambda page=page: actions.show_page(page),
            selected=session.page == page, compact=compact,
            badge=waiting_number(waiting) if page == "orders" and waiting else "",
        )
        for page, label, icon in PAGES
    ]  # fmt: skip
    desk = NavItem(_("Advisers"), "advisor", "advisers", on_press=actions.advisers, compact=compact,
                   tip=_tip(_("Four advisers, one order each"), "A"))  # fmt: skip
    book = NavItem(_("Almanac"), "book", "almanac", on_press=actions.almanac, compact=compact,
                   tip=_tip(_("Almanac: how the model works"), "F1"))  # fmt: skip
    return Bar(
        Column(*items, gap=4, group=True, id="nav"), Spacer(), desk, book, edges=("right",), id="navigation",
        width=NAV_WIDTH_COMPACT if compact else NAV_WIDTH, pad=(0, 8),
    )  # fmt: skip
