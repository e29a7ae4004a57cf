"""A YAML file is read into plain data that remembers the line of everything."""

import os
from pathlib import Path

import pytest

from game.content.yaml_tree import read_tree
from game.problems import ProblemError

TEXT = b"""a:
  b: {c: 1.5, d: [x, 2]}
on: 2025-04-04
2020: 5_000
e: 1e5
f: ~
g: yes
"""


def test_words_stay_words_and_numbers_are_numbers(tmp_path):
    data = read_tree(tmp_path / "x.yaml", TEXT).data
    assert data["a"] == {"b": {"c": 1.5, "d": ["x", 2]}}
    assert data["on"] == "2025-04-04"
    assert (data[2020], data["e"], data["f"], data["g"]) == (5000, "1e5", None, True)


def test_every_key_and_item_knows_its_line(tmp_path):
    path = tmp_path / "x.yaml"
    tree = read_tree(path, TEXT)
    assert tree.where(("a", "b", "d", 1)) == f"{path}:2"
    assert tree.where((2020,)) == f"{path}:4"
    assert tree.where(("a", "b", "z", "deeper")) == f"{path}:2"  # the nearest thing above what is not there


def test_a_value_used_twice_by_reference_is_no_circle(tmp_path):
    tree = read_tree(tmp_path / "x.yaml", b"a: &row {value: 1}\nb: *row\nc: [*row, *row]\n")
    assert tree.data["c"] == [{"value": 1}, {"value": 1}]
    assert tree.problems == []


def test_all_doubled_keys_of_a_file_are_named_at_once(tmp_path):
    tree = read_tree(tmp_path / "x.yaml", b"a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert [problem.what for problem in tree.problems] == [
        "the key 'c' stands twice, first on line 2",
        "the key 'a' stands twice, first on line 1",
    ]


def test_a_list_of_rows_is_refused_where_a_table_is_wanted(tmp_path):
    assert read_tree(tmp_path / "x.yaml", b"- 1\n", may_be_list=True).data == [1]
    with pytest.raises(ProblemError, match="not a table of keys"):
        read_tree(tmp_path / "x.yaml", b"- 1\n")


def test_a_device_is_refused_rather_than_read_for_ever():
    with pytest.raises(ProblemError, match="not an ordinary file"):
        read_tree(Path(os.devnull))
