import numpy as np
import pytest

from game.engine.fields import CAUSE, SUPPORT
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

AllocateSupply = ORDERS["allocate_supply"]
ORDER = AllocateSupply(first="aerospace_defence", last="magnets_motors_wind")


def short_world():
    """Half of all refineries stand still, and no stock is left to bridge it."""
    world = play_world()
    world.capacity_t[..., 1] *= 0.5
    world.commercial_stock_t[...] = 0.0
    return world


def test_makers_served_first_go_on_and_those_served_last_stand_still():
    free, ruled = moved(short_world()), moved(given(3, ORDER, short_world()))
    first, last = (ruled.recipe_met_share[0, 3, k] - free.recipe_met_share[0, 3, k] for k in (1, 0))
    assert first > 0.02
    assert last < 0
    assert ruled.recipe_met_share[0, 2] == pytest.approx(free.recipe_met_share[0, 2])


def test_all_metal_is_still_used_once():
    free, ruled = moved(short_world()), moved(given(3, ORDER, short_world()))
    np.testing.assert_allclose(ruled.use_t.sum(-1), free.use_t.sum(-1), rtol=1e-12)
    assert (ruled.use_t >= 0).all()


def test_it_holds_for_one_turn_and_costs_support():
    world = given(3, ORDER)
    assert world.posting[0, 3, SUPPORT, CAUSE["allocate_supply"]] == -1.0
    world.clear_this_turn()
    assert not world.supply_rank.any()


def test_nobody_is_served_first_and_last():
    twice = AllocateSupply(first="aerospace_defence", last="aerospace_defence")
    assert "choose two products" in twice.problems(play_view(3))[0].hint
