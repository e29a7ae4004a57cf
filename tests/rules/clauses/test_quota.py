from game.rules.clauses.quota import Quota
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world


def test_members_dig_less_and_the_price_rises_for_all():
    free, bound = moved(play_world()), moved(upheld(Quota(mineral="m0", cut=0.3), first=(0,), second=(1,)))
    assert bound.mined_t[0, 0, 0] < 0.9 * free.mined_t[0, 0, 0]
    assert bound.headline_ln[0, 0] > free.headline_ln[0, 0] + 0.02
    assert bound.mined_t[0, 2, 0] > free.mined_t[0, 2, 0]
    assert bound.clause_missed.max() == 0


def test_above_the_band_members_dig_what_they_can():
    world = play_world()
    world.headline_ln[...] = 1.0
    assert (upheld(Quota(mineral="m0", cut=0.3, percent=150), world=world).output_quota_share == 1).all()
