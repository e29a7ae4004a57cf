"""A table sorts by its figures."""

from game.ui.tip import number
from game.ui.widgets.table import Heading, Line, Table


def _days(value):
    return number(value, "days", title="Days", meaning="Days of cover", source="test")


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
