from game.rules.clauses.customs_lane import CustomsLane
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world


def test_a_lane_moves_trade_to_members_and_lowers_what_they_pay():
    free, bound = moved(play_world()), moved(upheld(CustomsLane(share=1.0), first=(1,), second=(3,)))
    assert bound.refined_flow_t[0, 0, 1, 3] > free.refined_flow_t[0, 0, 1, 3]
    assert bound.delivered_ln[0, 3, 0] < free.delivered_ln[0, 3, 0]
