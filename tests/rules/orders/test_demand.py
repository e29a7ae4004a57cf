import numpy as np
import pytest

from game.engine.pressure import RESTRICT, SANCTION, yield_odds
from game.engine.world import World
from game.rules.catalog import ORDERS
from game.rules.situation import Situation
from tests.ai.characters import small_characters
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view

Demand = ORDERS["demand"]
VICTIM, SELLER = 3, 1  # NAB's quota on m0 names NAD


def demand(**changes: object) -> object:
    values = {"target": "NAB", "concession": "lift_measure", "mineral": "m0", "layer": "refined", "threat": "sanction"}
    return Demand(**values | {"turns": 1} | changes)


@pytest.fixture
def restricted() -> World:
    quota = ORDERS["restrict_exports"](
        mineral="m0", layer="refined", measure="quota", strength=0.3, targets=("NAD",), turns=12
    )
    return given(SELLER, quota)


def lifted(world: World) -> World:
    return given(SELLER, ORDERS["restrict_exports"](mineral="m0", layer="refined", measure="none", turns=1), world)


def test_a_demand_raises_tension_and_costs_the_targets_trust(restricted: World):
    world = given(VICTIM, demand(), restricted.copy())
    assert world.tension[0, SELLER, VICTIM] > restricted.tension[0, SELLER, VICTIM]
    assert world.trust[0, SELLER, VICTIM] < restricted.trust[0, SELLER, VICTIM]
    assert world.demand_target[0, VICTIM] == SELLER


def test_what_is_granted_makes_the_next_threat_weigh_more(restricted: World):
    world = moved(lifted(given(VICTIM, demand(), restricted)))
    assert world.demand_target[0, VICTIM] == -1
    assert world.credibility[0, VICTIM] > 60.0
    assert world.trust_posting[0, SELLER, VICTIM].sum() < 0


def test_a_called_bluff_ruins_the_next_demand(restricted: World):
    world = moved(given(VICTIM, demand(), restricted), 2)
    assert world.demand_target[0, VICTIM] == SELLER  # overdue; this is the turn to carry it out
    bluffed = moved(world.copy())
    assert bluffed.demand_target[0, VICTIM] == -1
    assert bluffed.credibility[0, VICTIM] < 35.0
    assert bluffed.reliability[0, VICTIM] < world.reliability[0, VICTIM]
    done = moved(given(VICTIM, ORDERS["dispute"](way="sanction", target="NAB", mineral="m0", layer="ore"), world))
    assert done.credibility[0, VICTIM] > 60.0


def test_nobody_listens_to_who_has_bluffed(restricted: World):
    restricted.credibility[0, VICTIM] = 10.0
    (problem,) = demand().problems(play_view(VICTIM, restricted))
    assert "nobody listens" in problem.what


def test_a_demand_needs_something_withheld_and_one_is_open_at_a_time(restricted: World):
    (problem,) = demand().problems(play_view(VICTIM))
    assert "nothing back" in problem.what
    (problem,) = demand().problems(play_view(VICTIM, given(VICTIM, demand(), restricted)))
    assert "still open" in problem.what


def test_odds_rise_with_what_the_target_would_lose_and_with_belief(restricted: World):
    where = np.array([0]), np.array([VICTIM]), np.array([SELLER])
    odds = yield_odds(restricted, calibration(), *where, np.array([SANCTION]))
    restricted.credibility[0, VICTIM] = 100.0
    assert yield_odds(restricted, calibration(), *where, np.array([SANCTION])) > odds
    restricted.n_minus_1[0, SELLER] = 0.0
    assert yield_odds(restricted, calibration(), *where, np.array([SANCTION])) > odds
    assert 0 < odds[0] < 1


def test_who_would_lose_more_wishes_to_yield(restricted: World, monkeypatch: pytest.MonkeyPatch):
    world = given(VICTIM, demand(), restricted)
    characters = small_characters(world.axes.nations)
    order = ORDERS["restrict_exports"]
    for odds, yields in ((0.2, False), (0.8, True)):
        monkeypatch.setattr("game.rules.situation.yield_odds", lambda *_args, odds=odds: np.array([odds]))
        wishes = order.wishes(Situation(world, calibration()), characters)
        lifts = (wishes.score[0, SELLER] > 1.0) & (wishes.option[0, SELLER] % 8 == 0)
        assert lifts.any() == yields


def test_an_overdue_threat_is_wished_for(restricted: World):
    characters = small_characters(restricted.axes.nations)
    for threat, kind, kinds in ((RESTRICT, "restrict_exports", "restrict_exports"), (SANCTION, "dispute", "sanction")):
        world = given(VICTIM, demand(threat=kinds), restricted.copy()) if threat == SANCTION else restricted.copy()
        if threat == RESTRICT:
            world.demand_target[0, VICTIM], world.demand_mineral[0, VICTIM] = SELLER, 0
        world.demand_due[0, VICTIM] = world.turn
        wishes = ORDERS[kind].wishes(Situation(world, calibration()), characters)
        at = wishes.partner[0, VICTIM] == SELLER
        assert wishes.score[0, VICTIM][at].max() >= 3.0
