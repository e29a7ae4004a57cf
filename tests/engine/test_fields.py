"""The table of fields is fit for the source lines of the window."""

import pytest

from game.engine.fields import FIELDS


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_meaning_is_one_phrase_without_the_sign_that_parts_source_lines(field):
    assert field.meaning
    assert ";" not in field.meaning + field.unit
