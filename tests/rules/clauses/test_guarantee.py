from game.rules.catalog import ORDERS
from game.rules.clauses.guarantee import Guarantee
from game.rules.uphold import uphold
from tests.rules.agreeing import agreed, upheld
from tests.rules.giving import moved
from tests.rules.play_world import calibration, play_view

PROMISE = Guarantee(response=0.2)
THREAT = ORDERS["restrict_exports"](mineral="m0", layer="refined", measure="licence", targets=("NAA",), turns=6)


def test_protectors_buy_less_from_whoever_coerces_the_protected():
    world = upheld(PROMISE, first=(0,), second=(3,), treaty="security_pact")
    assert not world.alliance_ln.any()
    THREAT.apply(world, calibration(), THREAT.batch(play_view(1, world.copy())))
    after = moved(world)
    answered = after.copy()
    answered.posting[...] = 0.0
    uphold(answered, calibration())
    assert answered.alliance_ln[0, 1, 3] < -0.15
    assert answered.alliance_ln[0, 1, 2] == 0
    assert answered.tension[0, 3, 1] > after.tension[0, 3, 1]
    flows = [moved(start).refined_flow_t[0, 0, 1, 3] for start in (after, answered)]
    assert flows[1] < flows[0]


def test_a_measure_older_than_the_pact_is_not_answered():
    world = agreed(PROMISE, first=(0,), second=(3,), treaty="security_pact")
    world.export_quota_t[0, 1, 0, 1], world.export_target[0, 1, 0, 1, 0] = 1.0, True
    world.export_since[0, 1, 0, 1], world.export_until[0, 1, 0, 1] = 1, 9
    uphold(world, calibration())
    assert not world.alliance_ln.any()


def test_investors_dare_more_in_the_protected_nation():
    assert upheld(PROMISE).assurance_ln[0].tolist() == [0.05, 0.0, 0.0, 0.0]
