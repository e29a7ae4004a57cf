"""The turn report: every figure explained, nothing cut or overlapping, all of it by keyboard."""

from dataclasses import fields

import pytest

from game.problems import Problem
from game.ui import audit, theme
from game.ui.screen import Screen
from game.ui.screens.frame import FrameActions, framed
from game.ui.screens.report import LOG, MARKETS, SUMMARY, ReportActions, ReportPage
from tests.ui.pilot import Pilot
from tests.ui.played import LONG, SHORT, session_of

SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]


class Desk(Screen):
    """The page in its frame; `heard` is what it asked for."""

    def __init__(self, session):
        super().__init__()
        self.session, self.heard = session, []
        session.page = "report"
        hear = self.heard.append
        self.page = ReportPage(
            session,
            ReportActions(
                lambda: hear("resume"), lambda: hear("retry"), hear, hear, lambda: hear("inbox"), self.rebuild,
                lambda words, tone: hear(words), hear,
            ),
        )  # fmt: skip

    def build(self, size):
        nothing = FrameActions(**{field.name: lambda *_: None for field in fields(FrameActions)})
        return framed(self.session, self.page.build(size), nothing, size)

    def on_key(self, event):
        return self.page.on_key(event)


def desk(level=LONG, seat="JPN", turns=4, size=(1920, 1080)):
    screen = Desk(session_of(level, seat, turns))
    return screen, Pilot(screen, size)


@pytest.fixture(autouse=True)
def _usual_scale():
    yield
    theme.use_scale(1.0)


def faults(pilot):
    root = pilot.window.root
    return (
        audit.numbers_without_tip(root)
        + audit.cut_texts(root)
        + audit.overlapping_texts(root)
        + audit.outlying_texts(root)
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", [(LONG, "JPN", 4), (LONG, "COD", 4), (SHORT, "JPN", 2), (SHORT, "JPN", 0)])
def test_every_figure_has_its_explanation_and_nothing_is_cut_or_overlaps(place, size):
    screen, pilot = desk(*place, size=size)
    for tab in (SUMMARY, MARKETS, LOG):
        screen.page.show_tab(tab)
        pilot.run(32)
        assert faults(pilot) == [], tab


def test_before_the_first_turn_the_page_says_so_and_enter_goes_on():
    screen, pilot = desk(SHORT, "JPN", 0)
    words = [line.text for line in audit.shown_texts(pilot.window.root)]
    assert "No turn has been resolved yet" in words
    pilot.key("enter")
    assert screen.heard == ["resume"]


def test_a_turn_that_failed_is_shown_with_its_reason_and_may_be_tried_again():
    screen, pilot = desk()
    screen.page.fail(Problem("error", "game.chokepoint", "the disk is full", "free some space"))
    screen.rebuild()
    pilot.run(32)
    assert any("the disk is full" in line.text for line in audit.shown_texts(pilot.window.root))
    assert faults(pilot) == []
    pilot.click("retry")
    assert screen.heard == ["retry"]
    assert screen.page.problem is None


def test_keys_turn_to_tabs_and_enter_goes_on():
    screen, pilot = desk()
    pilot.key("m")
    assert screen.page.tab == MARKETS
    pilot.key("g")
    assert screen.page.tab == LOG
    pilot.key("s")
    assert screen.page.tab == SUMMARY
    pilot.key("enter")
    assert screen.heard == ["resume"]


def test_every_control_is_reached_by_tab_and_pressed_by_enter():
    screen, pilot = desk()
    reached = set()
    for _step in range(40):
        pilot.key("tab")
        if pilot.window.focused is not None:
            reached.add(pilot.window.focused.id)
    assert {"tab.summary", "export", "continue", "all_markets", "full_log"} <= reached
    pilot.window.focus(pilot.widget("full_log"), by_key=True)
    pilot.key("enter")
    assert screen.page.tab == LOG


def test_export_writes_a_file_and_says_where():
    screen, pilot = desk()
    pilot.key("e")
    assert len(screen.heard) == 1
    assert "long_arc_JPN_turn_04.txt" in screen.heard[0]


def test_a_price_leads_to_its_market_and_a_measure_to_its_nation():
    screen, pilot = desk(SHORT, "JPN", 1)
    pilot.click("price.rare_earths")
    assert (screen.page.tab, screen.session.mineral) == (MARKETS, "rare_earths")
    screen.page.show_tab(SUMMARY)
    pilot.run(32)
    lead = next(widget.id for widget in pilot.window.root.walk() if widget.id.startswith("headline.measure"))
    pilot.click(lead)
    assert screen.heard == ["CHN"]


def test_filters_narrow_the_log_and_can_be_cleared():
    screen, pilot = desk()
    screen.page.show_tab(LOG)
    pilot.run(32)
    every = sum(widget.id.startswith("log.") for widget in pilot.window.root.walk())
    pilot.click("filter_mineral")
    pilot.key("down", "down", "enter")
    pilot.run(32)
    some = sum(widget.id.startswith("log.") for widget in pilot.window.root.walk())
    assert 0 < some < every
    pilot.click("clear_filters")
    pilot.run(32)
    assert sum(widget.id.startswith("log.") for widget in pilot.window.root.walk()) == every


def test_a_new_turn_begins_with_the_summary():
    screen, _pilot = desk()
    screen.page.show_tab(LOG)
    screen.page.begin()
    assert screen.page.tab == SUMMARY
