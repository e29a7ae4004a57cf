"""Cards of the advisers: the order in words, its aims, and answers that fill its form."""

import pytest

from game.match.advice import advice
from game.rules.form import form_fields, order_from_values
from game.ui.view_model.adviser import advisers, form_values, silent
from tests.ui.played import LONG, scene_of


@pytest.fixture(scope="module")
def scene():
    return scene_of(LONG, "JPN", 4)


def test_the_forms_answers_make_the_very_order(scene):
    for item in advice(scene.match, "JPN"):
        values = form_values(item.order)
        names = {field.name for field in form_fields(item.order.kind, scene.view, values)}
        answers = {name: value for name, value in values.items() if name in names}
        assert order_from_values(item.order.kind, answers) == item.order


def test_every_desk_speaks_or_is_said_to_be_silent(scene):
    found = advice(scene.match, "JPN")
    cards = advisers(scene, found)
    assert len(cards) + len(silent(found)) == 4
    for card in cards:
        assert str(card.text)
        assert card.aims
        assert all(points.tip.missing() == [] for _words, points in card.aims)
