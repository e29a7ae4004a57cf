"""Causes of a number add up to its change and blame what changed."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from game.engine.acts import Act, in_proportion, left_out
from game.engine.calibrate import calibrate
from game.engine.explain import CAUSE_GROUPS, Step, cleared, group_of, opening_step, settled, shapley, split
from game.engine.fields import FIELD
from game.engine.measures.table import cleared_measures
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn, opened
from game.engine.world import World
from tests.small_world import settled_baseline, small_baseline

KEY = Keys(3, (0,))


def next_step(world, calibration, change=lambda world: None):
    started = world.copy()
    begin_turn(started)
    change(started)
    return Step(opened(started, calibration, KEY), advance(started, calibration, KEY))


def lose_half_the_mines(world):
    world.capacity_t[:, 0, :, 0] *= 0.5


def buy_much(world):
    world.purchase_t[:, 3, 0, 0] = 80.0


def shut_exports(world):
    world.export_target[:, 1, 0, 1, [0, 2, 3]] = True
    world.export_quota_t[:, 1, 0, 1] = 0.4 * world.refined_flow_t[:, 0, 1, [0, 2, 3]].sum(-1)
    world.export_until[:, 1, 0, 1] = 99


def eventful(calibration):
    """Five turns in each of which something else happens, the opening first."""
    steps = [opening_step(opening_world(calibration), calibration)]
    for change in (lambda world: None, buy_much, shut_exports, lose_half_the_mines, lambda world: None):
        steps.append(next_step(steps[-1].after, calibration, change))
    return steps


@pytest.fixture(scope="module")
def calibration():
    return calibrate(small_baseline(nations=4, minerals=2))


@pytest.fixture(scope="module")
def steps(calibration):
    return eventful(calibration)


def test_the_parts_of_every_number_in_every_turn_add_up_to_its_recorded_change(steps, calibration):
    moved = 0
    for old, new in pairwise(steps):
        found = split(old, new, calibration, cleared_measures)
        before, after = (cleared_measures(step.after, calibration) for step in (old, new))
        for name, part in found.part.items():
            change = after[name][0] - before[name][0]
            assert np.abs(part.sum(0) - change).max() <= 1e-9, name
            assert not found.drift[name].any()
            moved += int((np.abs(change) > 1e-6).sum())
    assert moved > 100


def test_clearing_a_turn_again_gives_its_recorded_numbers_to_the_last_bit(steps, calibration):
    for old, new in pairwise(steps):
        again = cleared(new.found.copy(), calibration, old.after, cleared_measures)
        for name, value in cleared_measures(new.after, calibration).items():
            assert np.array_equal(again[name], value), name


def test_what_the_engine_does_not_reproduce_of_a_recorded_number_is_told_apart(steps, calibration):
    """As in a save that another version of the game wrote."""
    recorded = steps[3].after.copy()
    recorded.headline_ln[0, 0] += 0.1
    found = split(steps[2], Step(steps[3].found, recorded), calibration, cleared_measures)
    change = found.after["price"] - found.before["price"]
    own = cleared_measures(steps[3].after, calibration)["price"][0]
    assert found.drift["price"][0] == pytest.approx(found.after["price"][0] - own[0])
    assert found.drift["price"][1] == 0
    np.testing.assert_allclose(found.part["price"].sum(0) + found.drift["price"], change, atol=1e-9)


def mixture(old, new, groups):
    """The world as found with the arrays of these groups from the new turn and all others from the old."""
    arrays = {
        name: (new if group_of(name) in groups or group_of(name) == "account" else old).arrays[name].copy()
        for name in FIELD
    }
    return World(new.axes, (new if "demand" in groups else old).turn, arrays)


@pytest.mark.parametrize("turn", [2, 3, 4])
def test_a_slow_reference_over_all_orders_of_the_groups_finds_the_same_parts(steps, calibration, turn):
    old, new = steps[turn - 1], steps[turn]
    known = {}

    def price(groups):
        key = frozenset(groups)
        if key not in known:
            world = mixture(old.found, new.found, key)
            known[key] = cleared(world, calibration, old.after, cleared_measures)["price"][0]
        return known[key]

    part = np.zeros((len(CAUSE_GROUPS), 2))
    orders = list(permutations(range(len(CAUSE_GROUPS))))
    for order in orders:
        for place, group in enumerate(order):
            first = [CAUSE_GROUPS[g] for g in order[:place]]
            part[group] += (price([*first, CAUSE_GROUPS[group]]) - price(first)) / len(orders)
    # The reference starts the solver elsewhere, so the two agree as far as it converges: a millionth of the price.
    same = 1e-6 * calibration.baseline.price_usd_per_t.max()
    np.testing.assert_allclose(split(old, new, calibration, cleared_measures).part["price"], part, atol=same)


@pytest.mark.parametrize(
    ("change", "group", "kind"),
    [
        (lose_half_the_mines, "capacity", "site"),
        (buy_much, "stocks", "purchase"),
        (shut_exports, "policy", "export_measure"),
    ],
)
def test_what_changed_carries_the_blame_and_its_nation_is_named(change, group, kind):
    calibration = calibrate(settled_baseline(nations=4))
    opening = opening_step(opening_world(calibration), calibration)
    first = next_step(opening.after, calibration)
    second = next_step(first.after, calibration, change)
    parts = split(first, second, calibration, cleared_measures).part["price"][:, 0]
    assert CAUSE_GROUPS[int(np.abs(parts).argmax())] == group
    assert parts[CAUSE_GROUPS.index(group)] > 0
    acts = left_out(first, second, calibration, cleared_measures, by_mineral=True).shared("price", (0,), parts)
    nation = {"site": 0, "purchase": 3, "export_measure": 1}[kind]
    assert acts[CAUSE_GROUPS.index(group)][0][0] == Act(kind, (nation,))


def test_the_acts_of_a_group_share_its_bar(steps, calibration):
    for by_mineral, name, place in ((True, "price", (1,)), (False, "n_minus_1", (2,)), (False, "value_captured", (0,))):
        parts = split(steps[3], steps[4], calibration, cleared_measures).part[name][(slice(None), *place)]
        effects = left_out(steps[3], steps[4], calibration, cleared_measures, by_mineral=by_mineral)
        shared = effects.shared(name, place, parts, place[0] if by_mineral else 0)
        assert sum(map(len, shared)) > 3
        for part, acts in zip(parts, shared, strict=True):
            if acts:
                assert sum(amount for _act, amount in acts) == pytest.approx(part, abs=1e-9 * max(1.0, abs(part)))


def test_leaving_an_act_out_of_one_mineral_at_a_time_gives_the_effect_of_leaving_it_out_of_all(steps, calibration):
    by_mineral = left_out(steps[3], steps[4], calibration, cleared_measures, by_mineral=True)
    whole = left_out(steps[3], steps[4], calibration, cleared_measures, by_mineral=False)
    compared = 0
    for m in range(2):
        for row, act in enumerate(by_mineral.acts[m]):
            if act.kind == "outage" and act in whole.acts[0]:
                both = by_mineral.effect["price"][row, m], whole.effect["price"][whole.acts[0].index(act), m]
                compared += both[0] != 0
                assert both[0] == pytest.approx(both[1], abs=1e-6)
    assert compared


def test_where_nothing_is_left_out_nothing_has_an_effect(steps, calibration):
    effects = left_out(steps[3], steps[4], calibration, cleared_measures, by_mineral=True)
    assert any(Act("capacity") in acts for acts in effects.acts)
    for m, acts in enumerate(effects.acts):
        idle = [row for row, act in enumerate(acts) if act == Act("capacity")]
        assert not effects.effect["price"][idle, m].any()


def test_shares_are_in_proportion_where_effects_agree_and_stay_bounded_where_they_cancel():
    np.testing.assert_allclose(in_proportion(np.array([3.0, 1.0]), 8.0), [6.0, 2.0])
    cancelling = in_proportion(np.array([1.0, -1.0 + 1e-9]), 0.5)
    assert cancelling.sum() == pytest.approx(0.5)
    assert np.abs(cancelling).max() < 2.0


def test_settled_parts_add_up_in_any_order_without_rounding():
    before, after = np.array(30_123_456.789), np.array(28_765_432.123)
    part = np.array([1.1e7, -3.3e6, 0.1, -9.05e6, 7.7e-5, 0.0])
    part[5] = float(after - before) - part.sum()
    whole = settled(part, before, after)
    for order in ([0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 0, 5, 1, 4, 2]):
        total = 0.0
        for place in order:
            total += whole[place]
        assert total == after - before
    np.testing.assert_allclose(whole, part, atol=1e-6)


def test_shapley_values_of_a_known_game():
    """Two gloves make a pair (Shapley 1953): a left-hand owner and two right-hand owners share it 4 : 1 : 1."""
    value = np.array([float(row & 1 and row & 6 > 0) for row in range(8)])[:, None]
    assert [float(shapley(value, g, 3)[0]) for g in range(3)] == pytest.approx([4 / 6, 1 / 6, 1 / 6])
