import numpy as np
import pytest

from game.engine.fields import CAUSE, TREASURY
from game.rules.clauses.share_stock import ShareStock
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world

PROMISE = ShareStock(mineral="m0", trigger=30, months=1.0)


def hit(*nations):
    """The play world in which metal got dear for some nations."""
    world = play_world()
    world.delivered_ln[0, list(nations), 0] += 0.5
    return world


def test_who_is_hit_alone_is_helped_by_the_others_and_pays_them():
    start = hit(3)
    world = upheld(PROMISE, first=(1,), second=(2, 3), world=start.copy())
    moved_t = world.public_stock_t - start.public_stock_t
    assert moved_t[0, 3, 0] > 0
    assert (moved_t[0, [1, 2], 0] < 0).all()
    assert moved_t.sum() == pytest.approx(0, abs=1e-9)
    assert world.release_users_t[0, 3, 0] == pytest.approx(moved_t[0, 3, 0])
    money = world.posting[0, :, TREASURY, CAUSE["treaty"]]
    assert money[3] < 0 < money[1]
    assert money.sum() == pytest.approx(0, abs=1e-12)


def test_the_metal_reaches_users_and_the_ledger_holds():
    start = hit(3)
    helped = moved(upheld(PROMISE, first=(1,), second=(3,), world=start.copy()))
    alone = moved(start)
    assert helped.delivered_ln[0, 3, 0] < alone.delivered_ln[0, 3, 0]


def test_when_all_are_hit_at_once_nobody_gets_anything():
    start = hit(1, 2, 3)
    world = upheld(PROMISE, first=(1,), second=(2, 3), world=start.copy())
    np.testing.assert_array_equal(world.public_stock_t, start.public_stock_t)


def test_in_calm_times_nothing_moves():
    assert not upheld(PROMISE).release_users_t.any()
