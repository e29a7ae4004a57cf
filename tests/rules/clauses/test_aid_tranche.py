import pytest

from game.engine.fields import CAUSE, TREASURY
from game.rules.clauses.aid_tranche import AidTranche
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world


def test_the_backer_pays_the_host_and_no_money_is_lost():
    world = upheld(AidTranche(usd_bn=0.1))
    treaty = world.posting[0, :, TREASURY, CAUSE["treaty"]]
    assert treaty.tolist() == pytest.approx([0.1, 0.0, 0.0, -0.1])


def test_a_host_that_lets_its_house_fall_into_disorder_gets_nothing_and_nobody_broke_a_promise():
    world = play_world()
    world.integrity[0, 0] -= 10.0
    world = upheld(AidTranche(usd_bn=0.1), world=world)
    assert not world.posting[..., CAUSE["treaty"]].any()
    assert moved(world).clause_missed.max() == 0


def test_a_backer_that_cannot_pay_misses_its_promise():
    world = play_world()
    world.treasury_usd_bn[0, 3] = -0.3
    world = upheld(AidTranche(usd_bn=0.5), world=world)
    assert world.clause_missed.max() == 1.0
    before = world.trust[0, 0, 3]
    assert moved(world).trust[0, 0, 3] < before - 5
