import numpy as np
import pytest

from game.engine.axes import MINE
from game.engine.fields import CAUSE, TREASURY
from game.engine.world import World
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

LicenseDeposits = ORDERS["license_deposits"]
OPEN = LicenseDeposits(mineral="m0", method="open")
BILATERAL = LicenseDeposits(mineral="m0", method="bilateral")
STATE = LicenseDeposits(mineral="m0", method="state")


def _coming(world: World) -> float:
    return float(world.pipeline_t[0, 0, 0, MINE].sum() - play_world().pipeline_t[0, 0, 0, MINE].sum())


def test_a_tender_draws_the_most_mines_and_they_lower_the_price_for_users():
    assert _coming(given(0, OPEN)) > _coming(given(0, BILATERAL)) > _coming(given(0, STATE)) > 0
    assert moved(given(0, OPEN), 11).headline_ln[0, 0] < moved(play_world(), 11).headline_ln[0, 0]


def test_bids_follow_the_price_and_dry_up_in_a_slump():
    world = play_world()
    world.expected_mine_ln[...] += 0.3
    assert _coming(given(0, OPEN, world.copy())) > 1.3 * _coming(given(0, OPEN))
    world.expected_mine_ln[...] = -1.0
    problem = OPEN.problems(play_view(0, world))[0]
    assert "nobody would bid" in problem.what
    assert "good price" in problem.hint


def test_a_bilateral_deal_pays_at_once_and_costs_integrity():
    world = given(0, BILATERAL)
    assert world.integrity[0, 0] == pytest.approx(play_world().integrity[0, 0] - 4)
    paid = moved(world).posting[0, 0, TREASURY, CAUSE["license_deposits"]]
    assert paid > 0
    assert paid > moved(given(0, OPEN)).posting[0, 0, TREASURY, CAUSE["license_deposits"]]
    assert moved(given(0, STATE)).posting[0, 0, TREASURY, CAUSE["license_deposits"]] < 0


def test_standards_show_in_the_environment_of_the_sites_and_in_what_is_bid():
    best, basic = (given(0, LicenseDeposits(mineral="m0", standards=name)) for name in ("best", "basic"))
    assert best.environment[0, 0, 0] > play_world().environment[0, 0, 0] > basic.environment[0, 0, 0]
    assert _coming(basic) > _coming(best)
    np.testing.assert_allclose(best.environment[0, 0, 1], play_world().environment[0, 0, 1])


def test_a_second_round_has_to_wait_and_is_told_for_how_long():
    problem = STATE.problems(play_view(0, given(0, OPEN)))[0]
    assert "of late" in problem.what
    assert "8 turns" in problem.hint


def test_who_is_not_asked_objects():
    assert "firms that were not asked, and those who watch corruption" in BILATERAL.objects(play_view(0))
    dirty = LicenseDeposits(mineral="m0", standards="basic").objects(play_view(0))
    assert dirty[0] == "those who live around the deposits"
