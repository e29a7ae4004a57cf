"""Corridors: a shut one makes trade dear and late, a full one is a gate that its owners live on."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.axes import REFINED
from game.engine.baseline import Parameters
from game.engine.calibrate import calibrate
from game.engine.corridor import capacity_now_t, traffic_t
from game.engine.ledger import check
from game.engine.network import Passages
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from game.engine.way import ways
from tests.small_world import settled_baseline, small_network

STILL = Parameters(constant_stock_change=True, by_product_trend=0.0)
STRAIT = np.array([0])


def strait(detour=True, detour_km=6000.0, **changes):
    """A settled world whose strait between the first nations and the rest has the given passages."""
    base = settled_baseline(nations=5, parameters=STILL)
    network = small_network(base.axes.nations)
    # By default a detour as long again as the strait's lane, so that the others can still be reached when it is shut.
    network = replace(network, passages=replace(Passages.calm(1), **changes))
    if not detour:
        return calibrate(replace(base, network=network))
    network = replace(
        network,
        lane=np.concatenate([network.lane, [[0, 2]]]),
        lane_km=np.concatenate([network.lane_km, [detour_km]]),
        lane_is_spare=np.concatenate([network.lane_is_spare, [True]]),
    )
    return calibrate(replace(base, network=network))


def turns(calibration, change=lambda world: None, count=1, worlds=1):
    """The world after every turn, with a change made before the first; the ledger holds all the while."""
    world = opening_world(calibration, worlds)
    change(world)
    path = []
    for _ in range(count):
        begin_turn(world)
        after = advance(world, calibration, Keys(1, tuple(range(worlds))))
        assert check(world, after, calibration) == []
        path.append(after)
        world = after
    return path


def shut(world):
    world.corridor_open[:, 0] = 0.0


def far_imports(world):
    """Refined metal that the nations beyond the strait get from those before it."""
    return world.refined_flow_t[0, 0, :1, 2:].sum() + world.ore_flow_t[0, 0, :1, 2:].sum()


def test_a_world_with_room_in_its_corridors_is_the_world_without_limits():
    free = turns(strait(), count=3)[-1]
    roomy = turns(strait(headroom=np.array([3.0])), count=3)[-1]
    assert np.array_equal(free.delivered_ln, roomy.delivered_ln)
    assert roomy.corridor_rent_usd_bn.sum() == 0


def test_what_can_pass_at_the_start_is_the_published_capacity_or_more_where_more_passed():
    calibration = strait(headroom=np.array([1.5]))
    world = opening_world(calibration)
    passed = traffic_t(world, calibration, ways(world, calibration), STRAIT).sum()
    assert world.corridor_capacity_t[0, 0] == pytest.approx(1.5 * passed)
    roomy = opening_world(strait(headroom=np.array([1.5]), capacity_t=np.array([1e9])))
    assert roomy.corridor_capacity_t[0, 0] == 5e8


def test_a_corridor_that_loses_part_of_its_room_carries_no_more_than_is_left():
    calibration = strait(detour=False, headroom=np.array([1.0]), owners=((3,),))
    halved = turns(calibration, lambda w: w.corridor_open.fill(0.5))[-1]
    passed = traffic_t(halved, calibration, ways(halved, calibration), STRAIT).sum()
    assert passed <= capacity_now_t(halved)[0, 0] * (1 + 1e-3)
    assert passed > 0.9 * capacity_now_t(halved)[0, 0]


def test_what_finds_no_room_goes_round_at_the_price_of_the_way_round():
    """The strait's rent is bounded by the detour, however little room is left."""
    far = 60000.0
    narrow = turns(strait(detour_km=far, headroom=np.array([1.0])), lambda w: w.corridor_open.fill(0.05))[-1]
    shut_price = turns(strait(detour_km=far), shut)[-1].delivered_ln[0, 2:, 0].mean()
    hopeless = turns(strait(detour=False, headroom=np.array([1.0])), lambda w: w.corridor_open.fill(0.05))[-1]
    assert 0 < narrow.delivered_ln[0, 2:, 0].mean() <= shut_price
    assert 0 < narrow.corridor_rent_usd_bn[0, 0] < hopeless.corridor_rent_usd_bn[0, 0]


def test_a_full_corridor_with_a_way_round_that_costs_little_is_no_gate_but_its_cargo_pays_for_waiting():
    calibration = strait(headroom=np.array([1.0]))
    calm = turns(strait())[-1]
    halved, nearly = (turns(calibration, lambda w, part=part: w.corridor_open.fill(part))[-1] for part in (0.5, 0.95))
    shut_down = turns(strait(), shut)[-1]
    price = [world.delivered_ln[0, 2:, 0].mean() for world in (calm, nearly, halved, shut_down)]
    assert price[0] + 1e-4 < price[1] < price[2] - 1e-4
    assert price[2] == pytest.approx(price[3], rel=1e-6)
    assert halved.corridor_rent_usd_bn.sum() == 0, "a place that costs little to do without earns nothing"
    assert 0 < nearly.at_sea_t.sum() < halved.at_sea_t.sum() <= 1.001 * shut_down.at_sea_t.sum()


def test_waiting_ends_with_the_event_that_brought_it():
    calibration = strait(headroom=np.array([2.0]))

    def drought(world):
        world.corridor_open[:, 0], world.corridor_closed_turns[:, 0] = 0.5, 2

    first, second = turns(calibration, drought, 2)
    calm = turns(calibration, count=2)
    assert first.delivered_ln[0, 2:, 0].mean() > calm[0].delivered_ln[0, 2:, 0].mean() + 1e-4
    assert first.at_sea_t.sum() > 0
    assert second.at_sea_t.sum() == pytest.approx(0, abs=1e-9)


def test_the_owner_of_a_full_corridor_collects_what_a_place_in_it_is_worth():
    calibration = strait(detour=False, headroom=np.array([1.0]), owners=((3,),))
    calm, halved = turns(calibration)[-1], turns(calibration, lambda w: w.corridor_open.fill(0.5))[-1]
    assert halved.corridor_rent_usd_bn[0, 0] > 0
    kept = calibration.parameters.earmarked_royalty
    gained = halved.treasury_usd_bn[0] - calm.treasury_usd_bn[0]
    assert gained[3] > 0.9 * kept * halved.corridor_rent_usd_bn[0, 0]


def test_goods_on_a_longer_way_are_at_sea_when_the_turn_ends_and_arrive_when_it_shortens():
    calibration = strait()
    first, second = turns(calibration, shut, 2)
    assert first.at_sea_t.sum() > 0
    assert abs(second.at_sea_t.sum() - first.at_sea_t.sum()) < 0.2 * first.at_sea_t.sum()
    second.corridor_open[...] = 1.0
    begin_turn(second)
    after = advance(second, calibration, Keys(1, (0,)))
    assert check(second, after, calibration) == []
    assert after.at_sea_t.sum() == pytest.approx(0, abs=1e-9)


def test_a_shut_strait_hurts_those_beyond_it_most_in_its_first_turn():
    calibration = strait()
    first, second = turns(calibration, shut, 2)
    assert first.delivered_ln[0, 2:, 0].mean() > 0
    assert first.delivered_ln[0, 2:, 0].mean() > second.delivered_ln[0, 2:, 0].mean()


def test_a_war_risk_premium_makes_the_goods_of_a_passage_dearer_but_no_other():
    calibration = strait(detour=False)
    calm = turns(calibration)[-1]

    def risky(world):
        world.corridor_risk[:, 0] = 0.2

    insured = turns(calibration, risky)[-1]
    assert far_imports(insured) < far_imports(calm)
    assert insured.refined_flow_t[0, 0, 2, 3:].sum() > calm.refined_flow_t[0, 0, 2, 3:].sum()


def test_no_cargo_pays_more_for_a_passage_than_for_the_way_round():
    calibration = strait()

    def asked(premium):
        return turns(calibration, lambda world: world.corridor_risk.fill(premium))[-1]

    dear, dearer, round_it = asked(0.2), asked(0.9), turns(calibration, shut)[-1]
    assert np.array_equal(dear.delivered_ln, dearer.delivered_ln)
    assert np.allclose(dear.delivered_ln, round_it.delivered_ln, atol=1e-9)
    assert np.allclose(dear.at_sea_t, round_it.at_sea_t)


def tense(tension, first=3, second=0):
    """A change that raises the tension of one nation with another."""

    def change(world):
        world.tension[:, first, second] = tension

    return change


def test_tension_with_an_owner_of_a_corridor_makes_its_passages_dear_for_the_nations_concerned():
    calibration = strait(detour=False, owners=((3,),), war_risk=np.array([0.02]))
    calm, strained = turns(calibration)[-1], turns(calibration, tense(60.0))[-1]
    change = strained.refined_flow_t[0, 0] - calm.refined_flow_t[0, 0]
    assert change[0, 2:].sum() < 0, "nation 0 is at odds with the strait's owner and sells less beyond it"
    elsewhere = turns(calibration, tense(60.0, first=1, second=2))[-1].refined_flow_t[0, 0] - calm.refined_flow_t[0, 0]
    assert abs(elsewhere[0, 3:].sum()) < 0.1 * abs(change[0, 3:].sum())


def test_owners_at_odds_make_a_corridor_dear_for_everybody():
    calibration = strait(detour=False, owners=((1, 3),), war_risk=np.array([0.02]))
    calm, strained = turns(calibration)[-1], turns(calibration, tense(80.0, first=1, second=3))[-1]
    assert strained.refined_flow_t[0, 0, 0, 4] < calm.refined_flow_t[0, 0, 0, 4]


def test_premiums_rise_with_tension_and_trade_between_the_two_falls_on_any_way():
    calibration = strait(owners=((),))
    flows = [turns(calibration, tense(t, 0, 1))[-1].refined_flow_t[0, 0, 1, 0] for t in (0.0, 30.0, 60.0, 100.0)]
    assert flows == sorted(flows, reverse=True)
    assert flows[0] - flows[1] < (flows[0] - flows[3]) / 4, "insurers take high tension more than in proportion"


def test_tension_wears_off_until_nobody_speaks_of_it():
    path = turns(strait(), tense(50.0), 30)
    assert path[0].tension[0, 3, 0] == pytest.approx(42.5)
    assert path[-1].tension.sum() == 0


def test_a_firm_contract_is_not_delivered_where_no_way_is_left():
    base = settled_baseline(nations=5, parameters=STILL)
    calibration = calibrate(base)

    def cut_off(world):
        shut(world)
        world.contract_seller[0, 0], world.contract_buyer[0, 0] = 0, 4
        world.contract_mineral[0, 0], world.contract_layer[0, 0] = 0, REFINED
        world.contract_t[0, 0], world.contract_until[0, 0] = 5.0, 9

    after = turns(calibration, cut_off)[-1]
    assert after.contract_delivered_t[0, 0] == 0
    assert after.reliability[0, 0] >= 60.0, "a blockade is no broken promise"


def test_a_world_of_a_batch_with_other_corridors_shut_equals_itself_alone():
    calibration = strait(headroom=np.array([1.0]))

    def differ(world):
        world.corridor_open[:, 0] = [1.0, 0.0, 0.5][: world.size]
        world.corridor_risk[:, 0] = [0.0, 0.01, 0.0][: world.size]
        world.tension[:, 2, 0] = [40.0, 0.0, 70.0][: world.size]

    batch = turns(calibration, differ, 3, worlds=3)[-1]
    assert batch.state_hash(0) == turns(calibration, differ, 3)[-1].state_hash(0)


def test_every_world_of_a_batch_with_queues_and_tension_equals_itself_alone():
    calibration = strait(headroom=np.array([1.0]), owners=((3, 4),), war_risk=np.array([0.02]))
    parts, tensions = [0.5, 1.0, 0.7], [40.0, 0.0, 70.0]

    def differ(world):
        world.corridor_open[:, 0], world.tension[:, 2, 3] = parts, tensions

    batch = turns(calibration, differ, 2, worlds=3)[-1]
    for k, (part, tension) in enumerate(zip(parts, tensions, strict=True)):

        def alone(world, part=part, tension=tension):
            world.corridor_open[:, 0], world.tension[:, 2, 3] = part, tension

        assert batch.state_hash(k) == turns(calibration, alone, 2)[-1].state_hash(0)
