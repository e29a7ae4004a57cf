import numpy as np
import pytest

from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.calibrate import calibrate
from game.engine.fields import CAUSE, PROGRAMME
from game.engine.opening import opening_world
from game.engine.view import NationView
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world
from tests.small_world import settled_baseline

SITES = [("build_mine", MINE, 8, 30_000), ("build_refinery", REFINE, 4, 15_000), ("build_recycler", RECYCLE, 3, 10_000)]
every_site = pytest.mark.parametrize(("kind", "stage", "lead", "capex"), SITES)


@every_site
def test_capacity_opens_after_its_lead_and_not_before(kind, stage, lead, capex):
    order, n = ORDERS[kind](mineral="m0", size=20.0), 0
    with_site, without = given(n, order), play_world()
    for turn in range(lead + 1):
        with_site, without = moved(with_site), moved(without)
        gained = with_site.capacity_t[0, n, 0, stage] - without.capacity_t[0, n, 0, stage]
        assert (gained > 5) == (turn == lead), turn


@every_site
def test_the_state_pays_in_equal_parts_over_the_lead(kind, stage, lead, capex):
    order = ORDERS[kind](mineral="m0", size=20.0)
    world = given(0, order)
    due = world.commitment_usd_bn[0, 0, PROGRAMME[kind]]
    np.testing.assert_allclose(due[:lead], 20.0 * capex / 1e9 / lead)
    assert due[lead:].sum() == 0
    assert order.price(play_view(0)) == (pytest.approx(20.0 * capex / 1e9), 1)
    assert moved(world).posting[0, 0, 0, CAUSE[kind]] == pytest.approx(-due[0])


@every_site
@pytest.mark.parametrize("nation", [0, 3])
def test_partners_bring_more_money_the_better_the_governance_and_take_a_turn_to_agree(kind, stage, lead, capex, nation):
    state, shared = (ORDERS[kind](mineral="m0", size=20.0, owner=owner) for owner in ("state", "partnership"))
    view = play_view(nation)
    share = np.clip(1 - calibration().baseline.governance[nation], 0.3, 0.9)
    assert shared.price(view)[0] == pytest.approx(share * state.price(view)[0])
    assert shared.turns_until_effect(view) == lead + 1


def test_a_mine_needs_reserves():
    world = play_world()
    world.reserves_t[0, 2, 0] = 0
    problem = ORDERS["build_mine"](mineral="m0", size=1.0).problems(play_view(2, world))[0]
    assert "no proven reserves" in problem.what


def test_reserves_must_last_ten_years():
    world = play_world()
    busy = 2 * (world.capacity_t[0, 2, 0, MINE] + world.pipeline_t[0, 2, 0, MINE].sum())
    world.reserves_t[0, 2, 0] = 10 * (busy + 7.0)
    assert ORDERS["build_mine"](mineral="m0", size=7.0).problems(play_view(2, world)) == []
    assert "at most" in ORDERS["build_mine"](mineral="m0", size=7.1).problems(play_view(2, world))[0].hint


def test_a_by_product_comes_with_its_host_and_can_only_be_widened():
    baseline = settled_baseline(4, 2, is_by_product=np.array([True, False]), host=np.array([[1, -1], [-1, -1]]))
    by_product = calibrate(baseline)
    view = NationView(opening_world(by_product), by_product, 0)
    own = 2 * view.world.capacity_t[0, 0, 0, MINE]
    low, high, _proposed = ORDERS["build_mine"].limits(view, "size", {"mineral": "m0"})
    assert low < high <= 0.25 * own
    problem = ORDERS["build_mine"](mineral="m0", size=0.3 * own).problems(view)[0]
    assert "build a mine of m1" in problem.hint
    assert ORDERS["build_mine"](mineral="m1", size=0.3 * own).problems(view) == []


def test_builders_are_scarce():
    world = play_world()
    refinery = ORDERS["build_refinery"]
    high = refinery.limits(play_view(2), "size", {"mineral": "m0"})[1]
    world = given(2, refinery(mineral="m0", size=high), world)
    assert "no room" in refinery(mineral="m0", size=high).problems(play_view(2, world))[0].what


def test_a_recycler_needs_goods_that_retire():
    world = play_world()
    world.retiring_t[0, 2, 0] = 0
    problem = ORDERS["build_recycler"](mineral="m0", size=1.0).problems(play_view(2, world))[0]
    assert "retire" in problem.what


def test_a_refinery_needs_ore_somewhere():
    world = play_world()
    world.mined_t[...] = 0
    assert "no trade in ore" in ORDERS["build_refinery"](mineral="m0", size=1.0).problems(play_view(2, world))[0].what


@every_site
def test_the_proposed_size_is_affordable_and_has_room(kind, stage, lead, capex):
    for nation in range(4):
        view = play_view(nation)
        low, high, proposed = ORDERS[kind].limits(view, "size", {"mineral": "m1"})
        assert low <= proposed <= high
        assert ORDERS[kind](mineral="m1", size=proposed).problems(view) == []
