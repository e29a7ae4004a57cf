import pytest

from game.engine.axes import MINE
from game.engine.climate import royalty_share
from game.engine.fields import CAUSE, TREASURY
from game.engine.world import World
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

SetRoyalty = ORDERS["set_royalty"]
HIGHER = SetRoyalty(mineral="m0", rate=0.15)


def _royalties(world: World) -> float:
    return float(world.posting[0, 0, TREASURY, CAUSE["royalty"]])


def test_a_higher_rate_brings_more_on_every_tonne_at_once():
    free, taxed = moved(play_world()), moved(given(0, HIGHER))
    of_m1 = free.mined_t[0, 0, 1] * 8_000.0 * 0.05 * 0.2 / 1e9
    before = _royalties(free) - of_m1
    assert 2.2 * before < _royalties(taxed) - of_m1 < 3 * before


def test_a_higher_rate_keeps_mines_from_opening_and_miners_elsewhere_gain():
    free, taxed = moved(play_world(), 8), moved(given(0, HIGHER), 8)
    assert taxed.capacity_t[0, 0, 0, MINE] < 0.99 * free.capacity_t[0, 0, 0, MINE]
    assert taxed.mined_t[0, 2, 0] > free.mined_t[0, 2, 0]
    assert taxed.headline_ln[0, 0] > free.headline_ln[0, 0]


def test_a_windfall_rule_takes_nothing_at_ordinary_prices_and_a_share_of_what_is_above():
    world = play_world()
    world.mine_gate_ln[...] = 0.0
    ruled = given(0, SetRoyalty(mineral="m0", rate=0.05, windfall=0.5), world.copy())
    due = royalty_share(ruled, calibration(), ruled.mine_gate_ln)
    assert due[0, 0, 0] == pytest.approx(0.05)
    assert royalty_share(ruled, calibration(), ruled.mine_gate_ln + 1.0)[0, 0, 0] == pytest.approx(0.366, abs=1e-3)


def test_every_change_of_the_rule_makes_investors_ask_for_more_for_some_turns():
    world = given(0, HIGHER)
    assert world.country_risk_ln[0, 0] == pytest.approx(0.03)
    assert 0 < moved(world, 8).country_risk_ln[0, 0] < 0.004


def test_the_rule_that_holds_already_is_refused_and_so_is_one_for_ore_that_is_not_there():
    world = play_world()
    problem = SetRoyalty(mineral="m0", rate=0.05).problems(play_view(0, world))[0]
    assert "already" in problem.what
    world.capacity_t[0, 0, 0, MINE] = world.reserves_t[0, 0, 0] = 0.0
    assert "no ore" in HIGHER.problems(play_view(0, world))[0].what


def test_those_who_pay_object_and_nobody_but_the_budget_to_a_lower_rate():
    assert HIGHER.objects(play_view(0)) == ["owners in NAC", "owners in NAD", "your miners"]
    assert SetRoyalty(mineral="m0", rate=0.01).objects(play_view(0)) == ["your own budget"]
