"""Export measures leak, more with every turn; a licence bites less than a quota, and a quota less than a ban."""

import numpy as np

from game.engine.baseline import Parameters
from game.engine.turn import Keys, advance, begin_turn
from tests.small_world import opened, settled_baseline

KEY = Keys(1, (0,))
EXPORTER, LAYER = 1, 1


def restricted(cut: float, turns: int, **constants: float):
    """Exports and the outside price after each turn under a cut of the main refiner's exports."""
    world, calibration = opened(settled_baseline(parameters=Parameters(**constants)))
    before = world.refined_flow_t[0, 0, EXPORTER].sum() - world.refined_flow_t[0, 0, EXPORTER, EXPORTER]
    at = (0, EXPORTER, 0, LAYER)
    world.export_target[at] = np.arange(4) != EXPORTER
    world.export_cut_t[at] = cut * before
    world.export_quota_t[at] = (1 - cut) * before
    world.export_since[at], world.export_until[at] = 1, 99
    shares, prices = [], []
    for _ in range(turns):
        world = advance(world, calibration, KEY)
        begin_turn(world)
        flow = world.refined_flow_t[0, 0, EXPORTER]
        shares.append((flow.sum() - flow[EXPORTER]) / before)
        prices.append(float(world.headline_ln[0, 0]))
    return shares, prices


def test_a_cut_holds_in_full_in_its_first_turn_and_leaks_more_in_every_turn_after():
    shares, _prices = restricted(0.5, 4, leak_share=0.6, leak_turns=2.0)
    assert np.isclose(shares[0], 0.5, atol=2e-3)
    assert np.allclose(shares, 0.5 + 0.5 * 0.6 * (1 - np.exp(-np.arange(4) / 2)), atol=5e-3)


def test_without_a_leak_the_cut_holds_for_ever_and_the_price_climbs_higher():
    shares, prices = restricted(0.5, 4, leak_share=0.0)
    assert np.allclose(shares, 0.5, atol=2e-3)
    assert prices[-1] > restricted(0.5, 4, leak_share=0.6)[1][-1] + 0.1


def test_a_ban_leaks_less_than_the_whole_of_it():
    shares, _prices = restricted(1.0, 6, leak_share=0.6, leak_turns=2.0)
    assert shares[0] < 1e-6
    assert 0.3 < shares[-1] < 0.6


def test_a_deeper_cut_makes_a_higher_price_in_every_turn():
    mild, hard = (np.array(restricted(cut, 4)[1]) for cut in (0.3, 0.9))
    assert (hard > mild).all()
