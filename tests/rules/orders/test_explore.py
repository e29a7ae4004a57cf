import numpy as np
import pytest

from game.engine.exploration import CAMPAIGN_TURNS, LAND, find_odds, typical_find_t
from game.engine.fields import CAUSE, TREASURY
from game.engine.turn import Keys, advance
from game.rules.asking import Batch
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

Explore = ORDERS["explore"]
CAMPAIGN = Explore(mineral="m1", ground="land", size_usd_bn=0.3)
WORLDS = 60


def explored(order, worlds=WORLDS):
    """Worlds in which nation 2 gave the order, just after its geologists came home."""
    world = play_world(worlds)
    if order is not None:
        order.apply(world, calibration(), Batch.of(2, order.row(calibration().axes), worlds))
    for _turn in range(CAMPAIGN_TURNS):
        world = advance(world, calibration(), Keys(5, tuple(range(worlds))))
    return world


def test_campaigns_find_ore_as_often_as_they_say_and_only_at_their_end():
    drilled, idle = explored(CAMPAIGN), explored(None)
    found = drilled.found_t[:, 2, 1]
    odds = find_odds(calibration(), np.full((4, 2), 0.3), np.full((4, 2), LAND))[2, 1]
    assert (found > 0).mean() == pytest.approx(odds, abs=0.15)
    lucky = found > 0
    gained = drilled.reserves_t[lucky, 2, 1] - idle.reserves_t[lucky, 2, 1]
    np.testing.assert_allclose(gained, found[lucky], rtol=0.05)
    assert 0.3 < np.median(found[lucky]) / typical_find_t(calibration())[2, 1, LAND] < 3.0
    assert not drilled.exploration_usd_bn.any()


def test_a_world_alone_finds_what_it_finds_in_a_batch():
    together = explored(CAMPAIGN, 3)
    alone = play_world(3).picked(slice(1, 2))
    CAMPAIGN.apply(alone, calibration(), Batch.of(2, CAMPAIGN.row(calibration().axes)))
    for _turn in range(CAMPAIGN_TURNS):
        alone = advance(alone, calibration(), Keys(5, (1,)))
    assert alone.state_hash() == together.state_hash(1)


def test_taxpayers_pay_for_the_holes_whatever_is_in_them():
    world = moved(given(2, Explore(mineral="m1", ground="frontier", size_usd_bn=0.0008)))
    assert world.posting[0, 2, TREASURY, CAUSE["explore"]] == pytest.approx(-0.0002)


def test_where_ore_is_plenty_or_geologists_are_out_another_mineral_is_asked_for():
    assert "choose another mineral" in Explore(mineral="m0", size_usd_bn=0.0008).problems(play_view(2))[0].hint
    order = Explore(mineral="m1", size_usd_bn=0.0008)
    problem = order.problems(play_view(2, given(2, order)))[0]
    assert "already" in problem.what
    assert problem.hint
