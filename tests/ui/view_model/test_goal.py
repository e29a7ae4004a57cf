"""Goals as the screens word them."""

from types import SimpleNamespace

import pytest

from game.content.models.level import GoalRow
from game.match.goal import GoalState
from game.ui.view_model.goal import _goal, goals, met_number
from tests.ui.played import LONG, SHORT, scene_of


@pytest.mark.parametrize(
    ("when", "value", "missed_in", "over", "standing", "tone"),
    [
        ("end", 80.0, 0, False, "met", "good"),
        ("end", 60.0, 0, False, "open", "warn"),
        ("end", 60.0, 0, True, "missed", "bad"),
        ("always", 80.0, 0, True, "met", "good"),
        ("always", 80.0, 2, False, "missed", "bad"),
    ],
)
def test_a_goal_is_met_open_or_missed_and_says_why(when, value, missed_in, over, standing, tone):
    model = _goal(GoalState(GoalRow(field="n_minus_1", at_least=70, when=when), value, missed_in, over), "N-1 security")
    assert (model.standing, model.tone) == (standing, tone)
    assert str(model.mark) == "at least 70"
    assert not model.words.tip.missing()
    assert ("Missed in" in model.words.tip.meaning) == bool(missed_in)


@pytest.mark.parametrize("place", [(SHORT, "JPN", 2), (LONG, "COD", 4)])
def test_every_goal_of_the_level_is_worded_once(place):
    scene = scene_of(*place)
    found = goals(scene)
    assert [goal.field for goal in found] == [row.field for row in scene.level.goals]
    met = sum(goal.standing == "met" for goal in found)
    assert str(met_number(found)) == f"{met} of {len(found)} goals met"


def test_a_level_without_goals_asks_for_nothing():
    scene = scene_of(SHORT, "JPN", 2)
    bare = SimpleNamespace(
        level=SimpleNamespace(goals=()), past=scene.past, nation=scene.nation, match=SimpleNamespace(over=False)
    )
    assert goals(bare) == []
