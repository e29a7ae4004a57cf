from game.rules.clauses.revenue_share import RevenueShare
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world


def test_communities_get_their_share_and_accept_the_sites():
    free, world = moved(play_world(), 3), upheld(RevenueShare(share=0.5))
    assert world.community_share[0].tolist() == [0.5, 0.0, 0.0, 0.0]
    after = moved(world, 3)
    assert after.benefit_paid_usd_bn[0, 0] > free.benefit_paid_usd_bn[0, 0]
    assert (after.social_licence[0, 0] > free.social_licence[0, 0]).all()


def test_a_host_that_takes_it_back_has_missed_its_promise():
    world = upheld(RevenueShare(share=0.4))
    world.community_share[0, 0] = 0.1
    after = moved(world)
    assert abs(after.clause_missed.max() - 0.75) < 1e-9
