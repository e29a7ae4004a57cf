from game.rules.clauses.dispute_panel import DisputePanel
from game.rules.clauses.revenue_share import RevenueShare
from tests.rules.agreeing import SLOT, upheld
from tests.rules.giving import moved


def failed(*more):
    """A turn after the host took back what it had promised communities."""
    world = upheld(RevenueShare(share=0.3), *more)
    world.community_share[...] = 0.0
    return world, moved(world)


def test_a_panel_takes_the_edge_off_a_promise_missed():
    before, angry = failed()
    _before, settled = failed(DisputePanel(settled=0.5))
    lost = [before.trust[0, 3, 0] - after.trust[0, 3, 0] for after in (angry, settled)]
    assert 0 < lost[1] < 0.6 * lost[0]
    assert 0 < settled.strain[0, SLOT, 3] < 0.6 * angry.strain[0, SLOT, 3]
