"""The turn report: summary, markets and log of the last resolved turn, and its export as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pygame

from game.problems import Problem
from game.text import _
from game.ui import theme
from game.ui.screens.frame import is_compact, is_tight
from game.ui.screens.report_log import LogFilter, log_page
from game.ui.screens.report_market import market_tab
from game.ui.screens.report_summary import SummaryActions, summary
from game.ui.screens.session import Session
from game.ui.view_model.report_text import subtitle_number, title_number, write_report
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.label import Label, heading
from game.ui.widgets.layout import Column, Row, Spacer
from game.ui.widgets.panel import Panel, notice

SUMMARY, MARKETS, LOG = "summary", "markets", "log"
THREE_COLUMNS = 1650  # reference pixels of width that three columns need
TAB_WORDS = {SUMMARY: "Summary", MARKETS: "Markets", LOG: "Full log"}
TAB_KEYS = {pygame.K_s: SUMMARY, pygame.K_m: MARKETS, pygame.K_g: LOG}


@dataclass(frozen=True)
class ReportActions:
    """What the page asks of the screen around it."""

    resume: Callable[[], None]
    retry: Callable[[], None]
    open_market: Callable[[str], None]
    show_nation: Callable[[str], None]
    show_inbox: Callable[[], None]
    rebuild: Callable[[], None]
    tell: Callable[[str, str], None]
    tell_problem: Callable[[Problem], None]


class ReportPage:
    """A page of the game screen; keeps the tab and the log's filters, and why a turn could not be resolved."""

    def __init__(self, session: Session, actions: ReportActions) -> None:
        self.session, self.actions = session, actions
        self.tab = SUMMARY
        self.filter = LogFilter()
        self.problem: Problem | None = None

    def build(self, size: tuple[int, int]) -> Widget:
        """The page for a window of `size` pixels."""
        scene = self.session.scene
        if self.problem is not None:
            return _alone(_failed(self.problem, self))
        if scene.report is None:
            return _alone(_nothing_yet(self.actions))
        compact, columns = is_compact(size), page_columns(size)
        if self.tab == SUMMARY:
            body = summary(scene, self._summary_actions(), columns, compact=compact)
        elif self.tab == MARKETS:
            acts = (self.show_price, self.actions.open_market)
            body = market_tab(scene, self.session.mineral, *acts, columns=columns, compact=compact)
        else:
            body = log_page(scene, self.filter, self._filter_by, self.actions.show_nation)
        return Column(*self._head(two_lines=columns == 1), body, pad=(24, 16), gap=16, id="report_page")

    def _head(self, *, two_lines: bool) -> list[Widget]:
        """Title, tabs and the ways on; the tabs in a line of their own where there is little room."""
        scene = self.session.scene
        words = Column(
            heading(title_number(scene)),
            Label(subtitle_number(scene), size=theme.CAPTION, tone="mid"),
            gap=0,
            align="start",
        )
        tabs = [
            Button(_(title), f"tab.{tab}", selected=self.tab == tab, on_press=partial(self.show_tab, tab))
            for tab, title in TAB_WORDS.items()
        ]
        tab_row = Row(*tabs, gap=8, group=True, id="tabs")
        export = Button(_("Export"), "export", kind="ghost", icon="download", key="E", on_press=self.export)
        on = Button(
            _("Continue"), "continue", kind="primary", icon="arrow_right", key="Enter", on_press=self.resume,
            width=None if two_lines else 240,
        )  # fmt: skip
        if two_lines:
            return [Row(words, Spacer(), on, gap=12), Row(tab_row, Spacer(), export, gap=12)]
        return [Row(words, Spacer(), tab_row, Spacer(), export, on, gap=12, height=58)]

    def resume(self) -> None:
        """Back to the map; a turn that failed is as it was before."""
        self.problem = None
        self.actions.resume()

    def retry(self) -> None:
        """End the turn again."""
        self.problem = None
        self.actions.retry()

    def _summary_actions(self) -> SummaryActions:
        return SummaryActions(
            self.show_price, self.actions.show_nation, lambda: self.show_tab(LOG), self.actions.show_inbox
        )

    def show_tab(self, tab: str) -> None:
        """Turn to a tab."""
        self.tab = tab
        self.actions.rebuild()

    def show_price(self, mineral: str) -> None:
        """The markets, opened at a mineral; "" for the one last looked at."""
        self.session.mineral = mineral or self.session.mineral
        self.show_tab(MARKETS)

    def begin(self) -> None:
        """A turn has been resolved: show its summary."""
        self.tab, self.filter, self.problem = SUMMARY, LogFilter(), None

    def fail(self, problem: Problem) -> None:
        """A turn could not be resolved or saved: say why."""
        self.problem = problem

    def _filter_by(self, chosen: LogFilter) -> None:
        self.filter = chosen
        self.actions.rebuild()

    def export(self) -> None:
        """Write the report as text into the user folder and say where."""
        scene = self.session.scene
        if scene.report is None:
            return
        written = write_report(scene)
        if isinstance(written, Problem):
            self.actions.tell_problem(written)
        else:
            self.actions.tell(_("Report written to {path}", path=written), "good")

    def on_key(self, event: Event) -> bool:
        """Enter goes on; E exports; S, M and G turn to a tab."""
        if event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT):
            return False
        has_report = self.problem is None and self.session.scene.report is not None
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self.resume()
        elif event.key == pygame.K_e and has_report:
            self.export()
        elif event.key in TAB_KEYS and has_report:
            self.show_tab(TAB_KEYS[event.key])
        else:
            return False
        return True


def page_columns(size: tuple[int, int]) -> int:
    """How many columns the page has in a window of so many pixels."""
    return 1 if is_tight(size) else 2 if size[0] / theme.scale() < THREE_COLUMNS else 3


def _alone(body: Widget) -> Widget:
    return Column(heading(_("Report")), Panel(body, grow=1, id="report_notice"), pad=(24, 16), gap=16, id="report_page")


def _nothing_yet(actions: ReportActions) -> Widget:
    back = Button(_("To the map"), "continue", kind="primary", key="Enter", on_press=actions.resume)
    words = _("Give orders, end the turn, and read here what it changed and why.")
    return notice("report", _("No turn has been resolved yet"), words, back)


def _failed(problem: Problem, page: ReportPage) -> Widget:
    """What stands in place of the report when the turn could not be resolved or saved."""
    again = Button(_("Try again"), "retry", kind="primary", on_press=page.retry)
    back = Button(_("To the map"), "continue", key="Enter", on_press=page.resume)
    words = " — ".join(filter(None, (problem.where, problem.what, problem.hint)))
    return notice("warning", _("The turn could not be ended; nothing is lost"), words, again, back, tone="bad")
