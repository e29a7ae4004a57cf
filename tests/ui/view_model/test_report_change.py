"""What changed and why, and demand met by product."""

import pytest

from game.ui.view_model.report_change import changes, makers
from tests.ui.played import LONG, SHORT, scene_of

SEATS = [(LONG, "JPN", 4), (LONG, "COD", 4), (SHORT, "JPN", 2)]


@pytest.mark.parametrize("place", SEATS)
def test_the_parts_of_each_change_add_up_to_it(place):
    scene = scene_of(*place)
    rows = changes(scene)
    assert len(rows) == 6
    for row in rows:
        moved = row.after.value - row.before.value
        assert sum(cause.value for cause in row.causes) == pytest.approx(moved, abs=1e-6), row.key


def test_the_strip_holds_the_larger_of_all_rises_and_all_falls():
    for row in changes(scene_of(LONG, "JPN", 4)):
        up = sum(cause.value for cause in row.causes if cause.value > 0)
        down = -sum(cause.value for cause in row.causes if cause.value < 0)
        assert row.scale >= max(up, down)


def test_before_the_first_turn_nothing_has_changed():
    scene = scene_of(SHORT, "JPN", 0)
    assert changes(scene) == []
    assert makers(scene).rows == ()


def test_makers_short_of_a_mineral_name_it_with_its_use_and_need():
    rows = makers(scene_of(LONG, "JPN", 4)).rows
    assert rows
    for row in rows:
        is_short = row.met.value < 1 - 1e-6
        assert bool(row.limiting) == is_short
        if is_short:
            assert not row.limit_tip.missing()
        assert 0 <= row.share <= 1
