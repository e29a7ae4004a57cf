import pytest

from game.rules.clauses.standards import BARRIER_LN, RECOGNITION_LN, Standards
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world


def stained():
    """The play world in which nobody accepts the sites of nation 0."""
    world = play_world()
    world.social_licence[:, 0] = 20.0
    world.social_licence[:, 1:] = 70.0
    return world


def test_members_bar_outsiders_that_fall_short_and_recognise_each_other():
    world = upheld(Standards(level=2), first=(1,), second=(3,), world=stained())
    assert world.alliance_ln[0, 0, 3] == pytest.approx(-2 * BARRIER_LN)
    assert world.alliance_ln[0, 2, 3] == 0
    assert world.alliance_ln[0, 1, 3] == pytest.approx(2 * RECOGNITION_LN)
    assert world.alliance_ln[0, 0, 2] == 0


def test_barred_goods_go_elsewhere_and_members_pay_more():
    free, barred = moved(stained()), moved(upheld(Standards(level=3), first=(2,), second=(3,), world=stained()))
    assert barred.ore_flow_t[0, 0, 0, 3] <= free.ore_flow_t[0, 0, 0, 3]
    assert barred.refined_flow_t[0, 0, 0, 3] < free.refined_flow_t[0, 0, 0, 3]


def test_a_member_whose_own_sites_fall_short_misses_its_promise():
    after = moved(upheld(Standards(level=3), first=(0,), second=(3,), world=stained()))
    assert after.clause_missed.max() > 0.3
    assert after.reliability[0, 0] < after.reliability[0, 3]
