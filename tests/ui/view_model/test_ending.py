"""The end of a game: courses, best and worst turns."""

from pathlib import Path

import pytest

from game.ui.view_model.ending import ending, ending_lines, write_ending
from tests.ui.played import LONG, SHORT, scene_of


@pytest.mark.parametrize("place", [(SHORT, "JPN", 6), (LONG, "COD", 4)])
def test_each_course_runs_from_the_start_to_the_end_and_its_change_is_the_difference(place):
    scene = scene_of(*place)
    for course in ending(scene).courses:
        assert len(course.xs) == len(course.ys) == scene.turn + 1
        assert course.change.value == pytest.approx(course.after.value - course.before.value)
        assert course.ys[-1] == course.after.value


@pytest.mark.parametrize("place", [(SHORT, "JPN", 6), (LONG, "COD", 4)])
def test_best_and_worst_turns_are_the_largest_rise_and_fall(place):
    for course in ending(scene_of(*place)).courses:
        moves = [after - before for before, after in zip(course.ys, course.ys[1:], strict=False)]
        if course.best is not None:
            assert course.best.change.value == pytest.approx(max(moves))
            assert course.ys[course.best.turn] == course.best.y
        if course.worst is not None:
            assert course.worst.change.value == pytest.approx(min(moves))
        assert (course.best is None) == (max(moves) <= 1e-9)


def test_what_is_named_for_a_turn_was_posted_in_it_and_its_parts_add_up():
    for course in ending(scene_of(SHORT, "JPN", 6)).courses:
        for turn in (course.best, course.worst):
            if turn is None:
                continue
            causes = turn.change.tip.causes
            assert sum(cause.value for cause in causes) == pytest.approx(turn.change.value, abs=1e-6)
            assert any(cause.text == turn.cause and cause.value * turn.change.value > 0 for cause in causes)


def test_a_level_played_through_says_so_and_one_that_goes_on_does_not():
    assert ending(scene_of(SHORT, "JPN", 6)).title == "The level is over"
    assert ending(scene_of(SHORT, "JPN", 2)).title == "So far"


def test_a_government_that_fell_for_good_is_named(monkeypatch):
    scene = scene_of(SHORT, "JPN", 6)
    monkeypatch.setattr(type(scene.match), "has_fallen", lambda _match, _nation: True)
    model = ending(scene)
    assert model.has_fallen
    assert "fallen" in model.title


def test_the_text_holds_every_number_and_turn():
    scene = scene_of(SHORT, "JPN", 6)
    path = write_ending(scene)
    assert isinstance(path, Path)
    text = path.read_text(encoding="utf-8")
    for course in ending(scene).courses:
        assert course.label in text
    assert text.count("2027 H2") >= len(ending(scene).courses)
    assert len(ending_lines(scene)) == len(text.splitlines())
    assert all(f"{title}: " in text for title in ("Security", "Prosperity", "Standing", "Stewardship"))
