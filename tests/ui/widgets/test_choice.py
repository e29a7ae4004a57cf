"""Toggles, segments and tabs work by mouse and by key."""

from game.ui.widgets.choice import Segmented, Tabs, Toggle


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
