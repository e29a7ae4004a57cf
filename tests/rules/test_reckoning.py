"""Treaties when a turn is over: promises are booked, strain moves, insolvency rests, ratified ones begin."""

import numpy as np
import pytest

from game.engine.ledger import check
from game.engine.purse import envelope_usd_bn
from game.engine.turn import Keys, advance
from game.rules.clauses.aid_tranche import AidTranche
from game.rules.clauses.consult import Consult
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.price_rule import PriceRule
from game.rules.clauses.revenue_share import RevenueShare
from game.rules.clauses.term import Term
from game.rules.reckoning import reckon
from game.rules.strain import strain_causes
from game.rules.terms import ratification_turns, sign, terms
from game.rules.uphold import uphold
from tests.rules.agreeing import SLOT, agreed, upheld
from tests.rules.giving import moved
from tests.rules.play_world import calibration, play_world


def test_a_kept_promise_builds_trust_slowly_and_reliability_with_it():
    world = upheld(Consult())
    after = moved(world)
    quiet = moved(play_world())
    assert after.trust[0, 0, 3] == pytest.approx(quiet.trust[0, 0, 3] + 0.2)
    assert after.trust[0, 1, 3] == quiet.trust[0, 1, 3]
    assert after.reliability[0, 0] == pytest.approx(quiet.reliability[0, 0] + 0.1)


def test_strain_rises_for_whom_a_promise_is_missed_and_says_why():
    world = upheld(RevenueShare(share=0.4))
    world.community_share[...] = 0.0
    after = moved(world)
    assert after.strain[0, SLOT, 3] > after.strain[0, SLOT, 0]
    assert after.strain[0, SLOT, 3] > 20
    words, points = strain_causes(after, calibration(), SLOT, 3)[0]
    assert words == "Promises to it were missed"
    assert points == pytest.approx(70)


def test_a_fixed_price_far_from_the_market_strains_whom_it_costs_money():
    deliver = Deliver(mineral="m0", layer="refined", volume_t=20.0)
    fixed = PriceRule(rule="fixed", percent=50)
    world = agreed(deliver, fixed, Term(turns=6), first=(1,), second=(3,), treaty="offtake")
    after = moved(world)
    assert after.strain[0, SLOT, 1] > 5
    assert after.strain[0, SLOT, 3] < after.strain[0, SLOT, 1]
    assert "price" in strain_causes(after, calibration(), SLOT, 1)[0][0]


def test_ratification_takes_longer_for_more_clauses_members_and_distance():
    short = ratification_turns(1, (2, 3), 2, calibration())
    assert ratification_turns(0, (0, 3), 4, calibration()) == 1
    assert short < ratification_turns(1, (2, 3), 8, calibration())
    assert short < ratification_turns(1, (0, 1, 2, 3), 8, calibration())
    assert ratification_turns(1, (2, 3), 4, calibration()) <= ratification_turns(1, (0, 3), 4, calibration())


def test_a_treaty_that_is_not_ratified_does_nothing_yet_and_its_delivery_begins_with_it():
    clauses = (Deliver(mineral="m0", layer="refined", volume_t=20.0), AidTranche(usd_bn=0.1), Term(turns=3))
    world = play_world()
    found = terms("infrastructure_for_minerals", clauses, world.axes, (1,), (3,))
    (slot,) = sign(world, calibration(), [(0, found)])
    since = int(world.treaty_since[0, slot])
    assert since > world.turn + 1
    while world.turn < since:
        money = world.treasury_usd_bn.copy()
        uphold(world, calibration())
        in_force = world.turn + 1 >= since
        assert (world.treasury_usd_bn[0, 3] < money[0, 3]) == in_force
        assert ((world.contract_clause[0] >= 0) & (world.clause_treaty[0, world.contract_clause[0]] == slot)).any() == (
            world.turn + 1 >= since
        )
        world = moved(world)
    assert world.contract_delivered_t.sum() > 20.0


def test_an_insolvent_member_gets_time_to_pay_again_and_then_leaves_without_a_breach():
    world = agreed(AidTranche(usd_bn=0.1), Consult(), treaty="joint_research")
    broke = -1.9 * envelope_usd_bn(calibration())[3]
    world.treasury_usd_bn[0, 3] = broke
    reckon(world, calibration())
    assert world.treaty_suspended[0, SLOT] == world.turn + 2
    uphold(world, calibration())
    assert world.calm_share.max() == 0
    before = world.reliability.copy()
    for _turn in range(2):
        world.turn += 1
        assert world.treaty_kind[0, SLOT] >= 0
        reckon(world, calibration())
    assert world.treaty_kind[0, SLOT] == -1
    np.testing.assert_array_equal(world.reliability, before)


def test_a_member_that_pays_again_in_time_stays():
    world = agreed(AidTranche(usd_bn=0.1), treaty="joint_research")
    world.treasury_usd_bn[0, 3] = -1.9 * envelope_usd_bn(calibration())[3]
    reckon(world, calibration())
    world.treasury_usd_bn[0, 3] = 1.0
    for _turn in range(2):
        world.turn += 1
        reckon(world, calibration())
    assert world.treaty_member[0, SLOT].sum() == 2
    uphold(world, calibration())
    assert world.posting.any()


def test_a_club_goes_on_without_the_member_that_leaves():
    world = agreed(Consult(), second=(2, 3), treaty="buyers_club")
    world.treaty_leaving[0, SLOT, 3] = world.turn
    reckon(world, calibration())
    assert np.flatnonzero(world.treaty_member[0, SLOT]).tolist() == [0, 2]


def test_worlds_of_a_batch_are_settled_as_each_alone():
    together = upheld(RevenueShare(share=0.4), Consult(), world=play_world(3))
    together.community_share[1] = 0.0
    alone = [together.picked(slice(k, k + 1)) for k in range(3)]
    after = advance(together, calibration(), Keys(11, (0, 1, 2)))
    assert check(together, after, calibration()) == []
    reckon(after, calibration())
    for k, world in enumerate(alone):
        single = advance(world, calibration(), Keys(11, (k,)))
        reckon(single, calibration())
        assert single.state_hash() == after.state_hash(k)
