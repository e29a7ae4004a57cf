"""The game screen: one match at one seat, its pages, and everything a player does in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pygame

from game.forecast import FAN_FUTURES
from game.problems import ProblemError
from game.text import _
from game.ui.screen import Screen
from game.ui.screens.briefing import open_briefing
from game.ui.screens.frame import FrameActions, framed, is_compact, is_narrow, is_tight
from game.ui.screens.game_key import answer_key
from game.ui.screens.map_page import Drawer, MapActions, MapModel, map_page
from game.ui.screens.nation_panel import NationActions, nation_panel
from game.ui.screens.order_dialog import OrderDialog
from game.ui.screens.report import ReportActions, ReportPage
from game.ui.screens.session import LENSES, Session
from game.ui.screens.tray import (
    END_WIDTH,
    ORDERS_WIDTH,
    STRIP_HEIGHT,
    Progressing,
    TrayActions,
    end_box,
    narrow_strip,
    orders_box,
    ticker_grid,
)
from game.ui.screens.turn_end import ask_to_end
from game.ui.view_model.fan import FanState, market_turns
from game.ui.view_model.open_decision import open_decisions
from game.ui.view_model.step import step_words
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.layout import Column, Row
from game.ui.widgets.panel import Bar, Panel

if TYPE_CHECKING:
    from game.match.report import TurnReport
    from game.ui.app import App


class GameScreen(Screen):
    """Shows one page at a time inside the frame; every change of the match rebuilds the tree from the session."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__()
        self.app, self.session = app, session
        self.map = MapModel(self.select_nation, self.read_of_corridor)
        self.progress: Progressing | None = None
        self.shows_orders = self.shows_drawer = False
        self.report = ReportPage(session, self._report_actions())

    # The tree -----------------------------------------------------------------------------------------------

    def build(self, size: tuple[int, int]) -> Widget:
        self.session.keep_look()
        pages = {"map": self._map, "market": self._market, "orders": self._orders, "report": self._report,
                 "diplomacy": self._diplomacy}  # fmt: skip
        if self.session.page != "market" and self.app.has_fans:
            # Who looks at forecasts will look again: the next one is computed while the player reads something else.
            self._ask_for_prices(is_looked_at=False)
        page = pages[self.session.page](size)
        return framed(self.session, page, self._frame_actions(), size)

    def _frame_actions(self) -> FrameActions:
        return FrameActions(self.show_page, self.show_inbox, self.search, self.show_keys,
                            self.show_advisers, self.app.show_almanac, self.open_menu)  # fmt: skip

    def _tray_actions(self) -> TrayActions:
        return TrayActions(
            self.choose_mineral, lambda: self.show_page("orders"), self.remove, self.undo, self.redo, self.show_inbox,
            self.toggle_orders, self.end_turn,
        )  # fmt: skip

    def _nation_actions(self) -> NationActions:
        return NationActions(self.close_nation, self.choose_tab, self.give_order, lambda: self.show_page("orders"))

    def _map(self, size: tuple[int, int]) -> Widget:
        compact = is_compact(size)
        actions = MapActions(
            self.choose_lens, self.choose_stage, lambda: self.show_page("market"), self.toggle_drawer
        )  # fmt: skip
        covers = compact and (self.shows_orders or self.shows_drawer or bool(self.session.selected))
        stack = map_page(self.session, self.map, actions, compact=compact, narrow=is_narrow(size),
                         crowded=covers and is_tight(size))  # fmt: skip
        tray = self._tray_actions()
        tickers = ticker_grid(self.session, tray)
        tickers.grow = 1
        end = end_box(self.session, tray, self.progress, compact=compact)
        panel = nation_panel(self.session, self._nation_actions())
        if not compact:
            orders = orders_box(self.session, tray)
            orders.grow, orders.fixed_width = 0, ORDERS_WIDTH
            strip = Bar(Row(tickers, orders, gap=0, align="stretch", grow=1), edges=("top",), height=STRIP_HEIGHT)
            end.fixed_height = STRIP_HEIGHT
            left = Column(stack, strip, gap=0, grow=1)
            return Row(left, Column(panel, end, gap=0, width=END_WIDTH), gap=0, align="stretch", id="map_page_row")
        if self.shows_orders:
            box = Panel(orders_box(self.session, tray, is_tray=True), pad=0, width=ORDERS_WIDTH, height=300, id="tray")
            stack.add_at(box, 1, 1, margin=12)
        elif covers:
            panel.fixed_width = 400
            stack.add(Drawer(panel))
        if is_narrow(size):
            return Column(stack, narrow_strip(self.session, tray, self.progress), gap=0)
        strip = Bar(Row(tickers, end, gap=0, align="stretch", grow=1), edges=("top",), height=STRIP_HEIGHT)
        return Column(stack, strip, gap=0)

    def _market(self, size: tuple[int, int]) -> Widget:
        from game.ui.screens.market_page import MarketActions, market_page

        actions = MarketActions(self.choose_mineral, self.give_order, self.choose_price_view)
        return market_page(self.session, self._ask_for_prices(), actions, size)

    def _ask_for_prices(self, is_looked_at: bool = True) -> FanState:
        """The fan of prices without and with this turn's orders, asked for unless a form or a turn comes first."""
        scene = self.session.scene
        turns, is_other = market_turns(scene), self.window is not None and bool(self.window.dialogs)
        if self.session.is_resolving or is_other or not turns:
            return FanState((), turns, turns and FAN_FUTURES)
        orders = scene.match.orders(scene.seat)
        look = self._on_fan if is_looked_at else None
        return self.app.fans.ask(scene, [[], orders] if orders else [[]], turns, look)

    def _on_fan(self) -> None:
        """More futures are known: draw them, leaving all else on the page as it is."""
        from game.ui.screens.market_page import show_fan

        if self.window is not None and self.window.screen is self and self.window.root is not None:
            show_fan(self.window.root, self.session, self.app.fans.state())

    def _orders(self, size: tuple[int, int]) -> Widget:
        from game.ui.screens.orders_page import OrdersActions, orders_page

        actions = OrdersActions(self.give_order, self.answer, self._tray_actions())
        return orders_page(self.session, actions, size)

    def _diplomacy(self, size: tuple[int, int]) -> Widget:
        from game.ui.screens.diplomacy_page import DiplomacyActions, diplomacy_page

        actions = DiplomacyActions(self.choose_diplomacy_view, self.select_partner, self.give_order, self.show_inbox)
        return diplomacy_page(self.session, actions, size)

    def _report(self, size: tuple[int, int]) -> Widget:
        return self.report.build(size)

    def _report_actions(self) -> ReportActions:
        return ReportActions(
            self._after_report, self._retry, self.open_market_of, self.select_on_map, self.show_inbox,
            self.rebuild, self._note, self.app.tell,
        )  # fmt: skip

    # Looking around -----------------------------------------------------------------------------------------

    def show_page(self, page: str) -> None:
        """Turn to a page."""
        self.session.page = page
        self.rebuild()

    def show_inbox(self) -> None:
        """The orders page, where proposals wait."""
        self.show_page("orders")

    def select_nation(self, nation: str) -> None:
        """Show a nation in the panel; one's own closes the selection."""
        self.session.selected = None if nation == self.session.seat else nation
        self.shows_orders = False
        self.rebuild()

    def read_of_corridor(self, corridor: str) -> None:
        """Open the almanac at the figures of a strait, railway or port."""
        self.app.show_almanac("routes.md", self.session.match.name(corridor))

    def select_on_map(self, nation: str) -> None:
        """Show a nation on the map."""
        self.session.page = "map"
        self.select_nation(nation)

    def select_partner(self, nation: str) -> None:
        """Look at a nation on the diplomacy page."""
        if nation != self.session.seat:
            self.session.selected = nation
            self.rebuild()

    def choose_diplomacy_view(self, view: str) -> None:
        """The web, the matrix or who can squeeze whom."""
        self.session.diplomacy_view = view
        self.rebuild()

    def close_nation(self) -> None:
        """Back to one's own nation."""
        self.session.selected, self.shows_drawer = None, False
        self.rebuild()

    def choose_tab(self, tab: str) -> None:
        """A tab of the nation panel."""
        self.session.nation_tab = tab
        self.rebuild()

    def choose_mineral(self, mineral: str) -> None:
        """Select a mineral everywhere."""
        self.session.mineral = mineral
        self.rebuild()

    def open_market_of(self, mineral: str) -> None:
        """The market page of a mineral."""
        self.session.mineral = mineral
        self.show_page("market")

    def choose_price_view(self, view: str) -> None:
        """Causes or inputs of a price's change."""
        self.session.price_view = view
        self.rebuild()

    def choose_lens(self, lens: str) -> None:
        """Look at the map through another lens."""
        self.session.lens = lens
        self.rebuild()

    def next_lens(self) -> None:
        """The lens after the present one."""
        self.choose_lens(LENSES[(LENSES.index(self.session.lens) + 1) % len(LENSES)])

    def choose_stage(self, stage: str) -> None:
        """Mined or refined."""
        self.session.stage = stage
        self.rebuild()

    def toggle_orders(self) -> None:
        """Open or close the tray of orders over the map."""
        self.shows_orders = not self.shows_orders
        self.rebuild()

    def toggle_drawer(self) -> None:
        """Open or close the nation panel where it is a drawer."""
        self.shows_drawer = not (self.shows_drawer or self.session.selected)
        if not self.shows_drawer:
            self.session.selected = None
        self.rebuild()

    # Orders -------------------------------------------------------------------------------------------------

    def give_order(self, kind: str, answers: dict[str, Any]) -> None:
        """Open the form of an order."""
        if self._is_free() and self.window is not None:
            OrderDialog(self.window, self.session, self.app.fans, kind, answers, self._on_given, self.rebuild).open()

    def answer(self, offer: int, reply: str) -> None:
        """Answer a proposal: at once, or by a form for a counter-offer."""
        if reply == "counter":
            self.give_order("answer", {"offer": offer, "reply": "counter"})
            return
        from game.rules.form import order_from_values

        values = {"offer": offer, "reply": reply, "change": "volume", "value": 1.0}
        if self._is_free():
            self._tell(self.session.submit(order_from_values("answer", values)))
            self.rebuild()

    def _on_given(self) -> None:
        self.rebuild()
        if self.window is not None:
            self.window.toast(_("Order given."), "good")

    def _tell(self, problems: list[Any]) -> None:
        for problem in problems:
            self.app.tell(problem)

    def undo(self) -> None:
        """Take back the last order."""
        if self._is_free() and not self.session.undo():
            self._note(_("No order to take back."))
        self.rebuild()

    def redo(self) -> None:
        """Give again what was taken back."""
        if self._is_free() and not self.session.redo():
            self._note(_("Nothing to give again."))
        self.rebuild()

    def remove(self, position: int) -> None:
        """Take back one order."""
        if self._is_free():
            self.session.remove(position)
            self.rebuild()

    def _is_free(self) -> bool:
        if self.session.is_resolving:
            self._note(_("The turn is being resolved."))
        return not self.session.is_resolving

    def _note(self, words: str, tone: str = "accent") -> None:
        if self.window is not None:
            self.window.toast(words, tone)

    # The turn -----------------------------------------------------------------------------------------------

    def end_turn(self) -> None:
        """Resolve the turn; open proposals are pointed out first."""
        if self.session.is_resolving or self.window is None:
            return
        if self.session.match.over:
            self.app.show_end(self.session)
            return
        decisions = open_decisions(self.session.scene)
        if decisions:
            ask_to_end(self.window, decisions, self._resolve, self.show_inbox)
        else:
            self._resolve()

    def _resolve(self) -> None:
        assert self.window is not None
        self.app.drop_fans()
        self.session.is_resolving = True
        self.progress = Progressing(_("All nations decide"), 0.02)
        self.rebuild()
        match, seat = self.session.match, self.session.seat

        def resolve(tell: Callable[[tuple[str, int, int]], None]) -> TurnReport:
            report = match.end_turn(lambda step, done, of: tell((step, done, of)))
            report.seat(seat)  # splitting prices over causes takes a while: done here, the window stays alive
            return report

        self.window.run_in_background(resolve, self._on_resolved, self._on_progress, self._on_failed)

    def _on_progress(self, progress: tuple[str, int, int]) -> None:
        self.show_progress(*progress)

    def show_progress(self, step: str = "", done: int = 0, of: int = 1) -> None:
        """Show how far the turn being resolved has come; nothing is being resolved without a step."""
        self.progress = Progressing(*step_words(step, done, of)) if step else None
        self.rebuild()

    def _on_resolved(self, report: TurnReport) -> None:
        self.session.is_resolving, self.progress = False, None
        self.session.refresh()
        self.session.page = "report"
        self.report.begin()
        self.rebuild()

    def _after_report(self) -> None:
        self.show_page("map")
        if self.session.match.over:
            self.app.show_end(self.session)

    def _retry(self) -> None:
        self.show_page("map")
        self.end_turn()

    def _on_failed(self, error: Exception) -> None:
        self.session.is_resolving, self.progress = False, None
        self.session.refresh()
        if not isinstance(error, ProblemError):
            raise error
        self.session.page = "report"
        self.report.fail(error.problems[0])
        self.rebuild()

    # Elsewhere ----------------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Save, load, settings, title, quit."""
        self.app.open_menu(self.session)

    def show_briefing(self) -> None:
        """What the level is about."""
        if self.window is not None:
            open_briefing(self.window, self.session)

    def show_keys(self) -> None:
        """The key map."""
        self.app.show_keys()

    def show_advisers(self) -> None:
        """What the four advisers would order."""
        from game.ui.screens.advisers import open_advisers

        if self.window is not None and self._is_free():
            open_advisers(self.window, self.session, self.give_order)

    def search(self) -> None:
        """Find a nation, mineral, order or page by name."""
        from game.ui.screens.search import open_search

        if self.window is not None:
            open_search(self)

    def on_key(self, event: Event) -> bool:
        return answer_key(self, event)

    def on_quit(self) -> bool:
        return self.app.may_quit()

    def tip_avoids(self) -> list[pygame.Rect]:
        """The selected nation and the player's own, where the map shows them."""
        if self.session.page != "map":
            return []
        shown = [self.map.nation_area(nation) for nation in (self.session.selected, self.session.seat) if nation]
        return [area for area in shown if area is not None]
