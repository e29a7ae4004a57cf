"""Sliders, steppers, toggles, segments, lists, fields and tables work by mouse and by key."""

import pytest

from game.ui import theme
from game.ui.screen import Screen
from game.ui.tip import number
from game.ui.widgets.choice import Segmented, Tabs, Toggle
from game.ui.widgets.layout import Column
from game.ui.widgets.select import Item, Select
from game.ui.widgets.slider import Slider, Stepper
from game.ui.widgets.table import Heading, Line, Table
from game.ui.widgets.text_field import Bounds, TextField
from tests.ui.pilot import Pilot


class Desk(Screen):
    """One widget that writes down what it was told."""

    def __init__(self, make):
        super().__init__()
        self.make, self.heard = make, []

    def build(self, size):
        return Column(self.make(self.heard.append), pad=40, align="start")


@pytest.fixture
def desk():
    yield lambda make: Pilot(Desk(make), (1280, 720))
    theme.use_scale(1.0)


def _days(value):
    return number(value, "days", title="Days", meaning="Days of cover", source="test")


def test_a_slider_follows_drag_arrows_and_ends_in_whole_steps(desk):
    pilot = desk(lambda hear: Slider(10, 0, 90, 5, id="s", on_change=hear, width=400))
    slider = pilot.widget("s")
    area = slider.screen_rect
    pilot.drag(area.midleft, area.center)
    assert slider.value == 45
    pilot.key("tab", "right", "pageup", "home", "left", "end")
    assert pilot.window.screen.heard[-4:] == [50, 90, 0, 90]
    assert all(value % 5 == 0 for value in pilot.window.screen.heard)


def test_a_stepper_stops_at_its_bounds(desk):
    pilot = desk(lambda hear: Stepper(1, 0, 2, 1, _days, id="st", on_change=hear))
    for _ in range(4):
        pilot.click("st.more")
    assert pilot.window.screen.heard == [2]
    assert not pilot.widget("st.more").enabled


def test_a_toggle_turns_by_click_and_by_space(desk):
    pilot = desk(lambda hear: Toggle(False, hear, id="t"))
    pilot.click("t")
    pilot.key("tab", "space")
    assert pilot.window.screen.heard == [True, False]


def test_segments_are_one_tab_stop_with_arrows_inside(desk):
    choices = [("a", "None"), ("b", "Self"), ("c", "Full")]
    pilot = desk(lambda hear: Segmented(choices, "b", hear, id="g"))
    pilot.key("tab")
    assert pilot.window.focused.id == "g.b"
    pilot.key("right", "enter")
    assert pilot.window.screen.heard == ["c"]
    pilot.click("g.c")
    assert pilot.window.screen.heard == ["c"]


def test_tabs_tell_which_was_chosen(desk):
    pilot = desk(lambda hear: Tabs([("a", "Overview"), ("b", "Ledger")], "a", hear))
    pilot.click("tabs.b")
    assert pilot.window.screen.heard == ["b"]


def test_a_list_opens_by_press_and_is_chosen_by_mouse_or_key(desk):
    items = [Item("JPN", "Japan", nation="JPN"), Item("KOR", "South Korea"), Item("CHL", "Chile")]
    pilot = desk(lambda hear: Select(items, "JPN", hear, id="sel"))
    pilot.click("sel")
    pilot.click("menu.CHL")
    assert pilot.window.popup is None
    pilot.key("tab", "enter", "s", "enter")
    assert pilot.window.screen.heard == ["CHL", "KOR"]
    pilot.key("enter", "esc")
    assert pilot.window.popup is None
    assert pilot.window.focused.id == "sel"


def test_a_press_outside_closes_a_list_without_choosing(desk):
    pilot = desk(lambda hear: Select([Item("a", "A"), Item("b", "B")], "a", hear, id="sel"))
    pilot.click("sel")
    pilot.click((1200, 700))
    assert pilot.window.popup is None
    assert pilot.window.screen.heard == []


def test_a_field_takes_text_at_the_caret_and_forgets_what_is_deleted(desk):
    pilot = desk(lambda hear: TextField("", "f", on_change=hear, width=300))
    pilot.click("f")
    pilot.type("copper")
    pilot.key("home", "delete", "end", "backspace", "left")
    pilot.type("x")
    assert pilot.widget("f").content == "oppxe"
    pilot.key("ctrl+a")
    pilot.type("z")
    assert pilot.window.screen.heard[-1] == "z"


@pytest.mark.parametrize(
    ("typed", "value", "problem"),
    [
        ("42", 42, ""),
        ("-3", None, "Must be from 0 to 90."),
        ("abc", None, "Type a number from 0 to 90."),
        ("", None, "Type a number from 0 to 90."),
        ("1.5", None, "Type a whole number."),
        ("nan", None, "Must be from 0 to 90."),
    ],
)
def test_a_number_field_says_what_is_wrong_with_the_number(typed, value, problem):
    field = TextField(typed, bounds=Bounds(0, 90))
    assert field.value == value
    assert field.problem == problem


def test_a_table_sorts_by_its_figures_and_keeps_the_order_over_a_rebuild(desk):
    lines = [
        Line(key, (name, _days(days))) for key, name, days in (("b", "Beta", 9), ("a", "Alpha", 100), ("c", "C", 20))
    ]
    headings = [Heading("Name"), Heading("Cover", 100, "right")]
    pilot = desk(lambda hear: Table(headings, lines, id="t", on_press=hear, width=500, height=300))

    def order():
        return [row.line.key for row in pilot.widget("t").body.children]

    pilot.click("t.head1")
    assert order() == ["a", "c", "b"]
    pilot.click("t.head1")
    assert order() == ["b", "c", "a"]
    pilot.window.screen.rebuild()
    pilot.post()
    assert order() == ["b", "c", "a"]
    pilot.click("t.c")
    assert pilot.window.screen.heard == ["c"]
