"""A level's changes lie over the shared tables, key by key, and each figure knows whose file it stands in."""

from game.content.draft import draft_level, merged, read_files

LEVEL = """id: x
title: x
summary: x
turns: 4
default_nation: JPN
world:
  mined: {lithium: {CHL: {value: 5}, AUS: null}}
"""


def test_a_change_reaches_only_the_keys_it_names():
    base = {"a": {"b": 1, "c": [1, 2]}, "d": 3}
    assert merged(base, {"a": {"c": [9]}}) == {"a": {"b": 1, "c": [9]}, "d": 3}
    assert base == {"a": {"b": 1, "c": [1, 2]}, "d": 3}


def test_a_key_changed_to_nothing_is_taken_out():
    assert merged({"a": {"b": 1, "c": 2}}, {"a": {"b": None}}) == {"a": {"c": 2}}


def test_a_changed_figure_stands_in_the_level_and_its_neighbours_in_the_shared_file(tmp_path):
    path = tmp_path / "level.yaml"
    path.write_text(LEVEL, encoding="utf-8")
    draft = draft_level(read_files(path))
    cells = draft.tables["mined"]["lithium"]
    assert cells["CHL"]["value"] == 5
    assert cells["CHL"]["source"] == "iea_2025"
    assert "AUS" not in cells
    assert draft.where("mined", "lithium", "CHL", "value") == f"{path}:7"
    assert draft.where("mined", "lithium", "ARG", "value").startswith("levels/_shared/sites.yaml:")
