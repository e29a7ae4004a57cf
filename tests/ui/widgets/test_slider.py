"""A slider and a stepper move in whole steps between their bounds."""

from game.ui.tip import number
from game.ui.widgets.slider import Slider, Stepper


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
