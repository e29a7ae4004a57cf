import numpy as np

from game.rules.clauses.pool_volume import PoolVolume
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world

POOL = PoolVolume(mineral="m0", share=1.0)


def test_members_buy_cheaper_abroad_and_more_of_it():
    free, bound = moved(play_world()), moved(upheld(POOL, first=(2,), second=(3,)))
    for member in (2, 3):
        assert bound.delivered_ln[0, member, 0] < free.delivered_ln[0, member, 0]
    assert bound.refined_flow_t[0, 0, 1, 3] > free.refined_flow_t[0, 0, 1, 3]


def test_a_larger_pool_saves_more():
    pair, three = upheld(POOL, first=(2,), second=(3,)), upheld(POOL, first=(0,), second=(2, 3))
    assert 0 < pair.procurement_ln[0, 3, 0] < three.procurement_ln[0, 3, 0]
    assert np.count_nonzero(pair.procurement_ln) == 2
