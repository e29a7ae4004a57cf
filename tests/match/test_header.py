import pytest

from game.match.header import Header, processor

HEADER = Header.of("long_arc", 7, ("JPN", "USA"), {"minds": {"CHN": "hedger"}})


def test_a_header_comes_back_from_its_rows():
    assert Header.from_rows(dict(HEADER.rows())) == HEADER


def test_a_header_says_who_wrote_it_and_on_what_machine():
    assert HEADER.program == "chokepoint"
    assert HEADER.processor == processor() != ""
    assert HEADER.numpy
    assert HEADER.created.endswith("+00:00")


@pytest.mark.parametrize("key", [key for key, _value in HEADER.rows()])
def test_a_header_without_a_key_is_refused_by_its_name(key):
    rows = dict(HEADER.rows())
    del rows[key]
    with pytest.raises(ValueError, match=f"^{key}$"):
        Header.from_rows(rows)


@pytest.mark.parametrize(("key", "value"), [("seed", '"7"'), ("seed", "seven"), ("nations", "[1]"), ("options", "[]")])
def test_a_value_of_the_wrong_kind_is_refused_by_its_key(key, value):
    with pytest.raises(ValueError, match=f"^{key}$"):
        Header.from_rows(dict(HEADER.rows()) | {key: value})
