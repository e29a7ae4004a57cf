"""The level of a save that another version wrote is completed from the game's own, or refused by name."""

import json

import pytest

from game.content.load import load_level
from game.content.old_level import level_of_save
from game.problems import ProblemError


@pytest.fixture
def content():
    """The level of a save as plain data."""
    return json.loads(load_level("first_shipment").as_text())


def test_a_level_of_this_version_is_read_as_it_is(content):
    level, lacking = level_of_save(json.dumps(content))
    assert lacking == ()
    assert json.loads(level.as_text()) == content


def test_a_figure_and_a_table_that_are_missing_are_those_of_the_game(content):
    known = load_level("first_shipment")
    name = next(iter(content["tables"]["minerals"]))
    del content["tables"]["minerals"][name]["price"]
    del content["tables"]["prices"]
    level, lacking = level_of_save(json.dumps(content))
    assert set(lacking) == {f"minerals.{name}.price", "prices"}
    assert level.world.minerals[name].price == known.world.minerals[name].price
    assert level.world.prices == known.world.prices


def test_what_is_not_known_any_more_is_left_out(content):
    content["tables"]["minerals"]["copper"]["colour"] = "red"
    content["level"]["weather"] = "fine"
    level, lacking = level_of_save(json.dumps(content))
    assert lacking == ()
    assert "colour" not in level.tables["minerals"]["copper"]


def test_a_changed_figure_of_the_save_stays_as_it_was_played(content):
    content["tables"]["minerals"]["copper"]["price"]["value"] = 4321.0
    del content["tables"]["prices"]
    assert level_of_save(json.dumps(content))[0].world.minerals["copper"].price.value == 4321.0


def test_a_level_that_does_not_come_with_the_game_is_completed_from_another(content):
    content["level"]["id"] = "a_class_made_this"
    del content["tables"]["prices"]
    level, lacking = level_of_save(json.dumps(content))
    assert (level.id, lacking) == ("a_class_made_this", ("prices",))


def test_a_value_that_does_not_fit_is_refused_by_name(content):
    content["tables"]["minerals"]["copper"]["price"] = "dear"
    with pytest.raises(ProblemError, match=r"minerals\.copper\.price"):
        level_of_save(json.dumps(content))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 99, "level": {"id": "long_arc"}}'])
def test_what_is_no_level_is_refused(text):
    with pytest.raises(ProblemError):
        level_of_save(text)
