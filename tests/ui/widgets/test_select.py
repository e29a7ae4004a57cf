"""A list opens, is chosen from and closes by mouse and by key."""

from game.ui.widgets.select import Item, Select


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
