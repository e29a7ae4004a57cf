import numpy as np
import pytest

from game.engine.axes import REFINED
from game.engine.phases import forum
from game.engine.world import World
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

Dispute = ORDERS["dispute"]
BUYER, SELLER, OTHER = 3, 1, 2  # NAD buys from NAB, whose quota names NAD and NAC


def case(way: str = "case", **changes: object) -> object:
    values = {"way": way, "target": "NAB", "mineral": "m0", "layer": "refined"}
    return Dispute(**values | changes)


@pytest.fixture
def restricted() -> World:
    quota = ORDERS["restrict_exports"](
        mineral="m0", layer="refined", measure="quota", strength=0.5, targets=("NAC", "NAD"), turns=12
    )
    return given(SELLER, quota)


def test_a_sanction_makes_the_target_lose_sales_and_ones_own_makers_pay():
    free = moved(play_world())
    hit = moved(given(BUYER, case("sanction", rate=1.0)))
    assert hit.refined_flow_t[0, :, SELLER, BUYER].sum() < 0.9 * free.refined_flow_t[0, :, SELLER, BUYER].sum()
    assert hit.delivered_ln[0, BUYER, 0] > free.delivered_ln[0, BUYER, 0]
    assert hit.trust[0, SELLER, BUYER] < free.trust[0, SELLER, BUYER]
    assert hit.tension[0, SELLER, BUYER] > free.tension[0, SELLER, BUYER]
    assert hit.posting[0, BUYER, 0].sum() > free.posting[0, BUYER, 0].sum()  # the tariff goes to the treasury


def test_a_sanction_that_no_ruling_allows_costs_the_worlds_belief_in_ones_word():
    plain, allowed = play_world(), play_world()
    allowed.retaliation_until[0, BUYER, SELLER] = 9
    names = [given(BUYER, case("sanction"), world).reliability[0, BUYER] for world in (plain, allowed)]
    assert names[0] < names[1] == play_world().reliability[0, BUYER]


def test_a_sanction_runs_out():
    world = moved(given(BUYER, case("sanction", turns=2)), 2)
    assert world.sanction_rate[0, BUYER, SELLER] > 0
    assert moved(world).sanction_rate[0, BUYER, SELLER] == 0


def test_a_case_needs_something_to_complain_of(restricted: World):
    view = play_view(BUYER)
    (problem,) = case().problems(view)
    assert "nothing" in problem.what
    assert "names you" in problem.hint
    assert case().problems(play_view(BUYER, restricted)) == []


def test_a_second_complainant_joins_for_less(restricted: World):
    world = given(BUYER, case(), restricted)
    assert case().price(play_view(OTHER, world)) == (0, 1)
    world = given(OTHER, case(), world)
    assert (world.case_by[0] >= 0).sum() == 1
    assert world.case_joined[0, 0, OTHER]
    (problem,) = case().problems(play_view(OTHER, world))
    assert "pending" in problem.what


def ruled(world: World, monkeypatch: pytest.MonkeyPatch, *draws: float) -> World:
    """The world after the turn of the ruling, chance being as given."""

    class Fixed:
        def random(self, size: int) -> np.ndarray:
            return np.array(draws[:size])

    monkeypatch.setattr(forum, "stream", lambda *_key: Fixed())
    due = int(world.case_due[0].max())
    return moved(world, due - world.turn)


def test_a_loser_that_obeys_lifts_its_measure_and_the_forum_grows(restricted: World, monkeypatch: pytest.MonkeyPatch):
    world = given(BUYER, case(), restricted)
    strength = world.forum_strength[0]
    after = ruled(world, monkeypatch, 0.0, 0.0)
    assert not np.isfinite(after.export_quota_t[0, SELLER, 0, REFINED])
    assert after.forum_strength[0] > strength
    assert (after.case_by[0] < 0).all()


def test_a_loser_that_defies_keeps_it_and_loses_its_name(restricted: World, monkeypatch: pytest.MonkeyPatch):
    world = given(BUYER, case(), restricted)
    after = ruled(world.copy(), monkeypatch, 0.0, 1.0)
    won = ruled(world.copy(), monkeypatch, 1.0, 1.0)  # the complaint is turned down
    assert np.isfinite(after.export_quota_t[0, SELLER, 0, REFINED])
    assert after.reliability[0, SELLER] < won.reliability[0, SELLER]
    assert after.trust[0, BUYER, SELLER] < won.trust[0, BUYER, SELLER]
    assert after.forum_strength[0] < won.forum_strength[0]
    assert after.retaliation_until[0, BUYER, SELLER] > after.turn
    assert won.retaliation_until[0, BUYER, SELLER] == 0


def test_odds_rise_with_the_forum_with_complainants_and_with_the_losers_need(restricted: World):
    where = np.array([0]), np.array([SELLER])
    alone, many = np.zeros((1, 4)), np.zeros((1, 4))
    alone[0, BUYER] = many[0, [BUYER, OTHER]] = 1.0
    weak = forum.compliance(restricted, calibration(), *where, alone)
    assert forum.compliance(restricted, calibration(), *where, many) > weak
    restricted.forum_strength[...] = 90.0
    assert forum.compliance(restricted, calibration(), *where, alone) > weak
    assert Dispute.turns_until_effect(case(), play_view(BUYER, restricted)) == 3
