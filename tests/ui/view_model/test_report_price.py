"""Prices of a turn and the inputs that moved."""

import pytest

from game.ui.view_model.report_price import main_cause, price_models
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


def test_the_causes_of_a_price_add_up_to_its_change():
    for model in price_models(scene_of(LONG, "JPN", 4)):
        moved = model.after.value - model.before.value
        parts = sum(part.value for _words, part in model.causes)
        assert parts == pytest.approx(moved, abs=1e-3 * model.before.value), model.mineral


def test_parts_are_written_in_the_unit_of_their_price():
    for model in price_models(scene_of(LONG, "JPN", 4)):
        unit = str(model.after).rpartition("\xa0")[2]
        assert all(str(part).endswith(unit) for _words, part in model.causes)


def test_a_headline_names_only_a_cause_that_moved_the_price_the_way_it_went():
    for change in scene_of(LONG, "JPN", 4).report.prices:
        place = main_cause(change)
        if place is not None:
            assert (change.causes[place].amount > 0) == (change.after > change.before)


def test_there_are_no_prices_of_a_turn_before_the_first():
    assert price_models(scene_of(SHORT, "JPN", 0)) == []
