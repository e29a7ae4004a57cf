"""Prices of a turn and the inputs that moved."""

import pytest

from game.match.change import Figure
from game.ui.view_model.report_price import matching_input, presses_up, price_models
from tests.ui.played import LONG, SHORT, scene_of


def test_every_mineral_is_listed_the_largest_change_first():
    scene = scene_of(LONG, "JPN", 4)
    models = price_models(scene)
    assert {model.mineral for model in models} == set(scene.axes.minerals)
    sizes = [abs(model.change.value) for model in models]
    assert sizes == sorted(sizes, reverse=True)


def test_a_change_is_the_price_after_against_the_price_before():
    for model in price_models(scene_of(LONG, "JPN", 4)):
        assert model.change.value == pytest.approx(model.after.value / model.before.value - 1, abs=6e-4)


@pytest.mark.parametrize(
    ("title", "unit", "after", "up"),
    [
        ("Need at ordinary prices", "t", 2.0, True),
        ("Mines out of use", "t", 2.0, True),
        ("Refining capacity", "t", 2.0, False),
        ("Held by users and traders", "t", 0.5, True),
        ("Chile: export tax (ore)", "share", 2.0, True),
        ("Chile: exports it restricts (ore)", "t", 0.5, True),
    ],
)
def test_more_need_and_less_supply_press_a_price_up(title, unit, after, up):
    assert presses_up(Figure(title, unit, 1.0, after, 0.1)) is up


def test_a_headline_names_only_an_input_that_moved_with_the_price():
    scene = scene_of(LONG, "JPN", 4)
    for change in scene.report.prices:
        row = matching_input(scene, change)
        if row is not None:
            figure = next(figure for figure in change.inputs if figure.title == row.words)
            assert presses_up(figure) == (change.after > change.before)


def test_there_are_no_prices_of_a_turn_before_the_first():
    assert price_models(scene_of(SHORT, "JPN", 0)) == []
