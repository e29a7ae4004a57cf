"""A field takes text at its caret and says what is wrong with a number."""

import pytest

from game.ui.widgets.text_field import Bounds, TextField


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
