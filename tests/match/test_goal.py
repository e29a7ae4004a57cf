import numpy as np
import pytest

from game.content.load import load_level
from game.content.models.level import GoalRow
from game.engine.calibrate import calibrate
from game.engine.opening import opening_world
from game.match.goal import goal_states
from game.match.match import Match
from tests.small_world import settled_baseline


def path(*industry):
    worlds = []
    for value in industry:
        world = opening_world(calibrate(settled_baseline()))
        world.arrays["industry"] = np.full_like(world.industry, value)
        worlds.append(world)
    return worlds


@pytest.mark.parametrize(
    ("when", "values", "over", "standing"),
    [
        ("end", (100, 80), False, "open"),
        ("end", (100, 95), False, "met"),
        ("end", (100, 80, 95), True, "met"),
        ("end", (100, 95, 80), True, "missed"),
        ("always", (100, 95), False, "open"),
        ("always", (100, 80, 95), False, "missed"),
        ("always", (100, 95, 96), True, "met"),
    ],
)
def test_a_goal_is_met_open_or_missed(when, values, over, standing):
    goal = GoalRow(field="industry", at_least=90, when=when)
    (state,) = goal_states([goal], path(*values), 0, over)
    assert state.standing == standing
    assert state.value == values[-1]


@pytest.mark.parametrize("level", ["first_shipment", "long_arc"])
def test_every_level_asks_for_something_that_is_not_won_at_the_start(level):
    match = Match.new(load_level(level), {"JPN": "person"}, 1)
    states = goal_states(match.level.goals, match.history, match.axes.nation_index["JPN"], match.over)
    assert states
    assert not all(state.standing == "met" for state in states)
