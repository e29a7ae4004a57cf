"""Tables are written so that YAML reads back what was written."""

import pytest
import yaml

from game.content.table_text import file_text, flow, number, table_text


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "no",
        "Yes",
        "12",
        "1e5",
        "",
        " x",
        "a: b",
        "don't",
        '"',
        "# x",
        "ünï",
        "[a]",
        3,
        0.1,
        1e-7,
        12345.678,
        True,
    ],
)
def test_a_value_is_read_back_as_it_was(value):
    assert yaml.safe_load(f"x: {flow(value)}")["x"] == value


def test_a_table_with_rows_of_lists_is_read_back_as_it_was():
    table = {"a": {"b": {"value": 1.5, "years": [2030, 2040]}}, "c": {}}
    text = file_text("A heading.", [table_text("t", table, "a comment", 2)])
    assert yaml.safe_load(text) == {"t": table}
    assert text.startswith("# A heading.\n")


def test_numbers_keep_their_significant_digits():
    assert number(1234567.89, 4) == 1235000
    assert number(0.00012345, 3) == 0.000123
    assert isinstance(number(3.0), int)
