import numpy as np
import pytest

from game.engine.axes import REFINE, SEPARATION
from game.engine.processing import able, rule_share
from game.engine.world import World
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

RequireProcessing = ORDERS["require_processing"]
RULE = RequireProcessing(mineral="m0", share=0.8, turns=4)


def _exported(world: World) -> float:
    return float(world.ore_flow_t[0, 0, 0].sum() - world.ore_flow_t[0, 0, 0, 0])


def test_ore_exports_fall_step_by_step_to_what_the_rule_leaves():
    world = given(0, RULE)
    for share in (0.2, 0.4, 0.6, 0.8, 0.8):
        dug = world.mined_t[0, 0, 0]
        world = moved(world)
        assert rule_share(world)[0, 0, 0] == pytest.approx(share)
        assert _exported(world) <= (1 - share) * dug * 1.01


def test_trapped_ore_is_cheap_at_home_and_dear_abroad():
    free, ruled = moved(play_world(), 4), moved(given(0, RULE), 4)
    assert ruled.mine_gate_ln[0, 0, 0] < free.mine_gate_ln[0, 0, 0]
    assert ruled.ore_delivered_ln[0, 1, 0] > free.ore_delivered_ln[0, 1, 0]


def test_refineries_follow_only_where_there_is_know_how():
    world = play_world()
    world.capacity_t[:, 0, 0, REFINE] = 0.0
    skilled = world.copy()
    skilled.know[:, 0, SEPARATION] = 4.0
    unskilled, skilled = moved(given(0, RULE, world), 6), moved(given(0, RULE, skilled), 6)
    assert able(skilled, calibration())[0, 0, 0] > able(unskilled, calibration())[0, 0, 0]
    assert skilled.capacity_t[0, 0, 0, REFINE] > 1.5 * unskilled.capacity_t[0, 0, 0, REFINE]
    assert unskilled.mined_t[0, 0, 0] < skilled.mined_t[0, 0, 0]


def test_buyers_of_the_ore_trust_less_by_what_they_lose():
    fall = play_world().trust - given(0, RULE).trust
    assert fall[0, 1, 0] > 1.0
    assert np.count_nonzero(fall[0, :, 1:]) == 0


def test_a_rule_that_is_tightened_goes_on_from_where_it_stands():
    world = moved(given(0, RULE), 2)
    tightened = given(0, RequireProcessing(mineral="m0", share=1.0, turns=6), world.copy())
    assert rule_share(tightened)[0, 0, 0] == pytest.approx(0.4)


def test_no_ore_and_nothing_to_lift_are_refused():
    assert "no rule" in RequireProcessing(mineral="m0", share=0.0).problems(play_view(0))[0].what
    world = play_world()
    world.mined_t[0, 0, 0] = 0.0
    assert "digs no" in RULE.problems(play_view(0, world))[0].what


def test_refiners_abroad_object():
    assert RULE.objects(play_view(0))[0] == "refiners in NAB"
