from game.rules.clauses.contribute_stock import ContributeStock
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world

PROMISE = ContributeStock(mineral="m0", months=6.0)


def empty():
    """The play world without public stocks."""
    world = play_world()
    world.public_stock_t[...] = 0.0
    return world


def test_members_buy_and_hold_more_and_pay_for_it():
    free, world = empty(), upheld(PROMISE, world=empty())
    assert (world.purchase_t[0, [0, 3], 0, 0] > 0).all()
    assert (world.purchase_t[0, [1, 2], 0, 0] == 0).all()
    before, after = moved(free), moved(world)
    assert after.public_stock_t[0, 3, 0] > before.public_stock_t[0, 3, 0]
    assert after.treasury_usd_bn[0, 3] < before.treasury_usd_bn[0, 3]


def test_a_member_in_debt_buys_nothing_and_misses_its_promise():
    world = empty()
    world.treasury_usd_bn[0, 3] = -0.1
    world = upheld(PROMISE, world=world)
    assert world.purchase_t[0, 3, 0, 0] == 0
    assert moved(world).clause_missed.max() == 1.0
