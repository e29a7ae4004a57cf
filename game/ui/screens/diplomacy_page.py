"""The diplomacy page: who stands how with whom, blocs, treaties in force, and what one can do about a nation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from game.text import _
from game.ui import theme
from game.ui.chart.matrix import TrustMatrix
from game.ui.chart.web import Node, RelationWeb
from game.ui.screens.frame import is_compact, is_narrow
from game.ui.screens.session import Session
from game.ui.tip import Number, Tip
from game.ui.view_model import diplomacy
from game.ui.view_model.inbox import offers
from game.ui.view_model.report_log import LogModel, log_models
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Dot, Flag
from game.ui.widgets.choice import Choice, Segmented
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer
from game.ui.widgets.panel import Card, Panel
from game.ui.widgets.progress import Progress

BLOC_COLORS = (theme.rgb("#6C8FE0"), theme.rgb("#D08C4A"), theme.rgb("#8CA0B5"), theme.rgb("#B07CC6"),
               theme.rgb("#4FB0A5"), theme.rgb("#C6B45A"))  # fmt: skip
MOST_FLAGS, MOST_FLAGS_COMPACT = 8, 5
VIEWS = (("web", "Web"), ("matrix", "Matrix"), ("leverage", "Leverage"))
NARROW_WEB, NARROW_LIST = 420, 320
SOME_PARTNERS, FEW_PARTNERS = 11, 9  # in smaller windows


@dataclass(frozen=True)
class DiplomacyActions:
    """What the page's widgets do."""

    choose_view: Callable[[str], None]
    select: Callable[[str], None]
    order: Callable[[str, dict[str, Any]], None]
    inbox: Callable[[], None]


def diplomacy_page(session: Session, actions: DiplomacyActions, size: tuple[int, int]) -> Widget:
    """Relations at the left, the selected nation and treaties at the right."""
    compact = is_compact(size)
    partner = _partner(session)
    most = FEW_PARTNERS if is_narrow(size) else SOME_PARTNERS if compact else diplomacy.MOST_PARTNERS
    relations, blocs = _relations(session, partner, actions, most), _blocs(session, compact)
    detail, treaties = _detail(session, partner, actions), _treaties(session, actions, compact)
    deeds = _deeds(session, partner)
    if is_narrow(size):
        for panel, high in (
            (relations, NARROW_WEB),
            (blocs, NARROW_LIST),
            (treaties, NARROW_LIST),
            (deeds, NARROW_LIST),
        ):
            panel.grow, panel.fixed_height = 0, high
        detail.grow = 0
        body: Widget = Scroll(Column(relations, detail, treaties, deeds, blocs, gap=12), "diplomacy_scroll")
        body.grow = 1
        return Column(_head(session, actions), body, pad=(16, 12), gap=12, id="diplomacy_page")
    relations.grow, blocs.grow = 17, 10
    detail.grow, treaties.grow, deeds.grow = 0, 3, 2
    left, right = Column(relations, blocs, gap=16, grow=11), Column(detail, treaties, deeds, gap=16, grow=10)
    body = Row(left, right, gap=16, align="stretch", grow=1)
    return Column(_head(session, actions), body, pad=(24, 16), gap=16, id="diplomacy_page")


def _partner(session: Session) -> str:
    """The nation in question: the one selected, else the one traded with most."""
    if session.selected is not None:
        return session.selected
    found = diplomacy.partners(session.scene)
    if not found:
        return next(nation for nation in session.scene.axes.nations if nation != session.seat)
    return max(found, key=lambda partner: partner.trade_share).nation


def _head(session: Session, actions: DiplomacyActions) -> Widget:
    treaties, tension, forum = diplomacy.head_words(session.scene)
    words = Label(
        [treaties, " · ", _("world tension "), tension, " · ", _("forum "), forum], size=theme.CAPTION, tone="mid"
    )
    waiting = len(offers(session.scene))
    parts: list[Widget] = [Column(heading(_("Diplomacy")), words, gap=0, align="start"), Spacer()]
    if waiting:
        parts.append(Button(_("Proposals"), "show_inbox", icon="envoy", on_press=actions.inbox))
    propose = _giver(actions, "propose", {"partner": _partner(session)})
    parts.append(Button(_("New proposal"), "new_proposal", kind="primary", icon="plus", on_press=propose))
    return Row(*parts, gap=12, height=58)


def _relations(session: Session, partner: str, actions: DiplomacyActions, most: int) -> Widget:
    views = Segmented([(key, _(words)) for key, words in VIEWS], session.diplomacy_view, actions.choose_view,
                      id="diplomacy_view", width=270)  # fmt: skip
    show, title = {
        "web": (partial(_web, most=most), _("Standing with you")),
        "matrix": (_matrix, _("Who trusts whom")),
        "leverage": (_leverage, _("Who can squeeze whom")),
    }[session.diplomacy_view]
    body = show(session, partner, actions)
    return Panel(*body, title=title, icon="globe", meta=views, gap=8, id="relations_panel")


def _web(session: Session, partner: str, actions: DiplomacyActions, most: int) -> list[Widget]:
    scene = session.scene
    found = diplomacy.partners(scene, most)
    nodes = [Node(p.nation, p.name, p.trust, p.trade_share, p.bloc, p.tense) for p in found]
    web = RelationWeb(session.seat, nodes, diplomacy.ties(scene, found), BLOC_COLORS, partner, actions.select,
                      id="web", grow=1)  # fmt: skip
    note = caption(_("Nearer is warmer; a line is as wide as your trade, dashes join others who trust each other, a red"
                     " dot is tension."), tone="low", wrap=True)  # fmt: skip
    return [web, note]


def _matrix(session: Session, partner: str, actions: DiplomacyActions) -> list[Widget]:
    names, cells = diplomacy.matrix(session.scene)
    figures = [[cell.value if cell is not None else None for cell in line] for line in cells]
    note = caption(_("Each row trusts each column so far."), tone="low")
    return [TrustMatrix(names, figures, partner, actions.select, id="matrix", grow=1), note]


def _leverage(session: Session, partner: str, actions: DiplomacyActions) -> list[Widget]:
    own, theirs = diplomacy.squeezes(session.scene)
    left = Column(caption(_("You could squeeze")), *_squeeze_rows(session, own, True, actions), gap=4, grow=1)
    right = Column(caption(_("They could squeeze you")), *_squeeze_rows(session, theirs, False, actions), gap=4, grow=1)
    body = Scroll(Row(left, right, gap=24, align="start"), "leverage_scroll")
    note = caption(_("Points: what the other would lose at once were trade to stop, less what the first would lose."),
                   tone="low", wrap=True)  # fmt: skip
    return [body, note]


def _squeeze_rows(
    session: Session, rows: list[diplomacy.Squeeze], is_own: bool, actions: DiplomacyActions
) -> list[Widget]:
    if not rows:
        return [caption(_("Nobody, by more than a few points."), wrap=True)]
    full = max(abs(row.points.value or 0.0) for row in rows)
    found: list[Widget] = []
    for row in rows:
        other = row.second if is_own else row.first
        bar = Progress(abs(row.points.value or 0.0) / full, "good" if is_own else "bad", grow=1)
        line = Row(Flag(other, size=18), Label(session.scene.name(other), width=130, size=theme.CAPTION), bar,
                   Label(row.points, width=64, align="right", size=theme.CAPTION), gap=8, height=30)  # fmt: skip
        found.append(
            Choice(line, f"squeeze.{row.first}.{row.second}", on_press=_chooser(actions.select, other), pad=(6, 2))
        )
    return found


def _chooser(select: Callable[[str], None], nation: str) -> Callable[[], None]:
    return lambda: select(nation)


def _blocs(session: Session, compact: bool) -> Widget:
    found = diplomacy.blocs(session.scene)
    rows = [_bloc(session, bloc, k, compact) for k, bloc in enumerate(found)]
    body: list[Widget] = rows or [caption(_("No club of three and more nations is in force."), wrap=True)]
    return Panel(Scroll(Column(*body, gap=8), "bloc_list"), title=_("Blocs"), icon="people", meta=_("cohesion"),
                 id="blocs_panel")  # fmt: skip


def _bloc(session: Session, bloc: diplomacy.Bloc, place: int, compact: bool) -> Widget:
    most = MOST_FLAGS_COMPACT if compact else MOST_FLAGS
    flags: list[Widget] = [Flag(nation, size=16) for nation in bloc.members[:most]]
    if len(bloc.members) > most:
        flags.append(Label(diplomacy.others(session.scene, bloc.members[most:]), size=theme.CAPTION))
    words = Column(Label(bloc.name, weight=theme.SEMIBOLD, tone="high"),
                   caption(bloc.words, tone="good" if bloc.is_mine else "low"), gap=0, grow=1)  # fmt: skip
    bar = Progress((bloc.cohesion.value or 0.0) / 100.0, "accent", width=72, thick=6)
    figure = Column(Label(bloc.cohesion, weight=theme.SEMIBOLD, align="right"), bar, gap=0, width=72)
    color = BLOC_COLORS[place % len(BLOC_COLORS)]
    return Card(Row(Dot(color, size=12), words, Row(*flags, gap=4), figure, gap=12), gap=4)


def _detail(session: Session, partner: str, actions: DiplomacyActions) -> Widget:
    model = diplomacy.relation(session.scene, partner)
    rows = [
        _figure(_("They trust you"), model.theirs), _figure(_("You trust them"), model.ours),
        _figure(_("Tension"), model.tension), _figure(_("Your leverage"), model.leverage[0]),
        _figure(_("Their leverage"), model.leverage[1]),
    ]  # fmt: skip
    notes: list[Widget] = [caption(line, tone="warn", wrap=True) for line in model.open]
    head = Row(
        Flag(partner, size=32),
        Column(heading(model.name), caption(f"{model.word} · {model.character}"), gap=0, grow=1),
        gap=12,
    )
    return Panel(head, Row(*rows, gap=12), *notes, Divider(), _buttons(partner, actions), gap=10, pad=16,
                 id="relation_panel")  # fmt: skip


def _deeds(session: Session, partner: str) -> Widget:
    """The public log of the last turn, as far as it comes from or names the nation."""
    rows = log_models(session.scene, nation=partner)
    rows.sort(key=lambda row: (row.nation != partner, row.partner != session.seat))
    lines: list[Widget] = [_deed(row) for row in rows]
    body = lines or [caption(_("No public order of the last turn comes from it or names it."), wrap=True)]
    title = _("Public log of the last turn")
    return Panel(Scroll(Column(*body, gap=4), f"deeds.{partner}"), title=title, icon="report", id="deeds_panel")


def _deed(row: LogModel) -> Widget:
    tone = "text" if row.is_done else "low"
    return Row(Flag(row.nation, size=16, tip=Tip(row.name)), Icon(row.icon, size=18, tone="mid"),
               Label(row.text, size=theme.CAPTION, tone=tone, tip=row.tip, wrap=True, grow=1), gap=10,
               align="start")  # fmt: skip


def _figure(words: str, figure: Number) -> Widget:
    return Column(caption(words, tip=figure.tip), Label(figure, size=theme.VALUE, weight=theme.SEMIBOLD), gap=0, grow=1)


def _buttons(partner: str, actions: DiplomacyActions) -> Widget:
    """What can be ordered about a nation; the forms say why not, where it cannot."""
    rows = (
        ("propose", _("Propose"), "contract", {"partner": partner}),
        ("demand", _("Demand"), "alert", {"target": partner}),
        ("dispute", _("Dispute"), "scale", {"target": partner}),
        ("deescalate", _("De-escalate"), "handshake", {"target": partner}),
    )
    buttons = [
        Button(
            words, f"{kind}.{partner}", icon=icon, kind="secondary", height=36, on_press=_giver(actions, kind, values)
        )
        for kind, words, icon, values in rows
    ]
    return Row(*buttons, gap=8)


def _giver(actions: DiplomacyActions, kind: str, values: dict[str, Any]) -> Callable[[], None]:
    return lambda: actions.order(kind, values)


def _treaties(session: Session, actions: DiplomacyActions, compact: bool) -> Widget:
    found = diplomacy.treaty_rows(session.scene)
    rows = [_treaty(session, treaty, actions, compact) for treaty in found]
    body: list[Widget] = rows or [caption(_("No treaty is in force yet, as far as you know."), wrap=True)]
    return Panel(Scroll(Column(*body, gap=6), "treaties_scroll"), title=_("Treaties in force"), icon="treaty",
                 meta=_("strain"), id="treaties_panel")  # fmt: skip


def _treaty(session: Session, treaty: diplomacy.TreatyRow, actions: DiplomacyActions, compact: bool) -> Widget:
    most = MOST_FLAGS_COMPACT if compact else MOST_FLAGS
    names = ", ".join(map(session.scene.name, treaty.members))
    flags: list[Widget] = [Flag(nation, size=16, tip=Tip(names)) for nation in treaty.members[:most]]
    if len(treaty.members) > most:
        flags.append(Label(diplomacy.others(session.scene, treaty.members[most:]), size=theme.CAPTION))
    parts: list[Widget] = [
        Label(treaty.title, weight=theme.MEDIUM, tone="high" if treaty.is_mine else "text", tip=treaty.tip, wrap=True,
              grow=1),
        Row(*flags, gap=4), Label(treaty.until, size=theme.CAPTION, tone="mid", width=104),
        Label(treaty.strain, width=34, align="right"),
    ]  # fmt: skip
    if treaty.is_mine:
        parts.append(Button(_("Leave"), f"leave.{treaty.slot}", kind="link", height=30,
                            on_press=_giver(actions, "leave", {"treaty": treaty.slot})))  # fmt: skip
    return Row(*parts, gap=10)
