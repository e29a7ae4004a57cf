"""The search palette: nations, minerals, orders and pages by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.rules.catalog import ORDERS
from game.text import _
from game.ui.screens.frame import PAGES
from game.ui.view_model.words import order_icon
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip
from game.ui.widgets.choice import Choice
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Row, Scroll
from game.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from game.ui.screens.game import GameScreen

MOST_HITS = 8


@dataclass(frozen=True)
class Hit:
    """Something that can be found."""

    name: str
    kind: str
    mark: Callable[[], Widget]
    open: Callable[[], None]


def open_search(screen: GameScreen) -> None:
    """A field and the best hits below it; Enter opens the first."""
    window = screen.window
    if window is None:
        return
    every = _everything(screen)
    rows = Column(gap=4, group=True)
    found = Scroll(rows, "hits", height=MOST_HITS * 48)

    def chosen(hit: Hit) -> None:
        window.close_dialog()
        hit.open()

    def show(text: str) -> None:
        if text == "/":  # the key that opened the search, typed into it
            field.content, field.caret = "", 0
            text = ""
        hits = matching(every, text)
        shown: list[Widget] = [
            Choice(Row(hit.mark(), Label(hit.name, grow=1), caption(hit.kind), gap=12), f"hit.{place}", quiet=True,
                   selected=place == 0, on_press=lambda hit=hit: chosen(hit), height=44)
            for place, hit in enumerate(hits)
        ]  # fmt: skip
        rows.replace_children(*(shown or [caption(_("Nothing of that name."))]))

    def enter(text: str = "") -> None:
        hits = matching(every, field.content)
        if hits:
            chosen(hits[0])

    field = TextField(
        "", "search_field", on_change=show, on_submit=enter, placeholder=_("A nation, mineral, order or page")
    )
    show("")
    close = Button(_("Open"), "open_hit", kind="primary", key="Enter", on_press=enter)
    window.open_dialog(Dialog(_("Search"), field, found, actions=[close], icon="search", on_cancel=window.close_dialog,
                              width=600, id="search_dialog"))  # fmt: skip


def matching(every: list[Hit], text: str) -> list[Hit]:
    """The hits whose name begins with the text, then those that hold it; the first few of all when it is empty."""
    wanted = text.strip().lower()
    starts = [hit for hit in every if hit.name.lower().startswith(wanted)]
    holds = [hit for hit in every if wanted in hit.name.lower() and hit not in starts]
    return (starts + holds)[:MOST_HITS]


def _everything(screen: GameScreen) -> list[Hit]:
    scene, session = screen.session.scene, screen.session
    allowed = scene.level.orders
    found = [
        Hit(_(label), _("page"), lambda icon=icon: Icon(icon, size=22), lambda page=page: screen.show_page(page))
        for page, label, icon in PAGES
    ]
    found.append(Hit(_("Almanac"), _("page"), lambda: Icon("book", size=22), screen.app.show_almanac))
    found += [
        Hit(scene.name(m), _("mineral"), lambda m=m: MineralChip(m, size=24), lambda m=m: screen.open_market_of(m))
        for m in scene.axes.minerals
    ]
    found += [
        Hit(_(order.title), _("order"), lambda icon=order.icon: Icon(order_icon(icon), size=22),
            lambda kind=kind: screen.give_order(kind, {"mineral": session.mineral}))
        for kind, order in ORDERS.items() if allowed is None or kind in allowed
    ]  # fmt: skip
    found += [
        Hit(scene.name(n), _("nation"), lambda n=n: Flag(n, size=18), lambda n=n: screen.select_on_map(n))
        for n in scene.axes.nations if n != "ROW"
    ]  # fmt: skip
    return found
