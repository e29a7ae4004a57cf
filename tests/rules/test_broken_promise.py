"""Everyone sees a broken promise; liking is bilateral, reliability is global, and both heal."""

import numpy as np

from game.engine.turn import begin_turn
from game.rules.catalog import ORDERS
from game.rules.offtake import offtake
from game.rules.orders._base import LEAST_STANDING
from tests.rules.giving import given, moved
from tests.rules.play_world import TREATY, play_view, play_world

BREAKER, VICTIM, THIRD = 1, 3, 2


def test_a_breach_costs_the_victims_trust_and_everybodys_belief():
    kept, broken = play_world(), given(BREAKER, ORDERS["leave"](treaty=TREATY, how="now"))
    assert broken.trust[0, VICTIM, BREAKER] <= kept.trust[0, VICTIM, BREAKER] - 20.0
    assert broken.trust[0, THIRD, BREAKER] == kept.trust[0, THIRD, BREAKER]
    assert broken.reliability[0, BREAKER] <= kept.reliability[0, BREAKER] - 10.0
    assert broken.reliability[0, VICTIM] == kept.reliability[0, VICTIM]


def test_notice_keeps_ones_word():
    kept, left = play_world(), given(BREAKER, ORDERS["leave"](treaty=TREATY))
    np.testing.assert_array_equal(left.reliability, kept.reliability)
    np.testing.assert_array_equal(left.trust, kept.trust)


def test_it_heals_in_about_eight_turns():
    before = play_world().reliability[0, BREAKER]
    world = given(BREAKER, ORDERS["leave"](treaty=TREATY, how="now"))
    one, eight = (before - moved(world.copy(), turns).reliability[0, BREAKER] for turns in (1, 8))
    assert one > 8.0
    assert 0.0 < eight < 0.2 * one


def test_it_taxes_every_later_deal_also_with_those_who_were_not_wronged():
    """Who has broken its word often enough finds nobody who signs, though a third trusts it as before."""
    world = play_world()
    world.treaty_until[...] = 40
    offer = offtake("NAC", "sell", "m0", "refined", 5.0, 6)
    standing = moved(world.copy()).standing[0, BREAKER]
    broken = moved(given(BREAKER, ORDERS["leave"](treaty=TREATY, how="now"), world.copy()))
    assert broken.standing[0, BREAKER] < standing - 4.0
    begin_turn(broken)
    broken.reliability[0, BREAKER] = broken.standing[0, BREAKER] = LEAST_STANDING - 1.0
    problems = offer.problems(play_view(BREAKER, broken))
    assert any("standing" in problem.what for problem in problems)
