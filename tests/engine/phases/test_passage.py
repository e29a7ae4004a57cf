"""Corridors are disturbed by their odds, open again, grow as planned, and insurers remember."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.baseline import Parameters
from game.engine.calibrate import calibrate
from game.engine.network import Passages
from game.engine.opening import opening_world
from game.engine.phases.passage import passage
from game.engine.turn import Keys
from tests.small_world import settled_baseline, small_network

WORLDS = 400


def made(parameters=None, **changes):
    base = settled_baseline(nations=3, parameters=parameters)
    network = small_network(base.axes.nations)
    network = replace(
        network,
        corridor_ids=("strait", "rail"),
        corridor_kind=("strait", "rail"),
        corridor_lon=np.array([10.0, 20.0]),
        corridor_lat=np.zeros(2),
        corridor_nodes=((1,), ()),
        passages=replace(Passages.calm(2), **changes),
    )
    return calibrate(replace(base, network=network))


def moved(calibration, turns=1, worlds=WORLDS, change=lambda world: None, seed=1):
    world = opening_world(calibration, worlds)
    change(world)
    for _ in range(turns):
        world.turn += 1
        passage(world, calibration, Keys(seed, tuple(range(worlds))))
    return world


def test_a_corridor_is_disturbed_as_often_as_its_odds_say():
    calibration = made(closing_odds=np.array([0.2, 0.0]), closed_turns=np.array([1.0, 1.0]))
    world = moved(calibration)
    per_turn = 1 - 0.8**0.5
    struck = (world.corridor_open[:, 0] < 1).mean()
    assert abs(struck - per_turn) < 4 * np.sqrt(per_turn / WORLDS)
    assert (world.corridor_open[:, 1] == 1).all()


def test_tension_with_its_owner_makes_a_corridor_shut_more_often():
    calibration = made(closing_odds=np.array([0.2, 0.2]), owners=((0,), (1,)), war_risk=np.array([0.01, 0.01]))

    def tense(world):
        world.tension[:, 2, 0] = 60.0

    struck = (moved(calibration, change=tense).corridor_open < 1).mean(0)
    doubled = 1 - 0.8
    assert abs(struck[0] - doubled) < 4 * np.sqrt(doubled / WORLDS)
    assert struck[1] < struck[0]


def test_events_last_as_long_as_their_mean_and_no_longer_than_four_years():
    calibration = made(closing_odds=np.array([1.0, 0.0]), closed_turns=np.array([3.0, 1.0]))
    length = moved(calibration).corridor_closed_turns[:, 0]
    assert 2.4 < length.mean() < 3.4
    assert length.min() == 1
    assert length.max() <= 8


def test_an_event_leaves_the_open_share_and_ends_when_its_turns_are_over():
    calibration = made(closing_odds=np.zeros(2))

    def event(world):
        world.corridor_open[:, 1], world.corridor_closed_turns[:, 1] = 0.4, 2

    assert moved(calibration, 1, 2, event).corridor_open[0, 1] == 0.4
    assert moved(calibration, 2, 2, event).corridor_open[0, 1] == 1.0


def test_a_corridor_shut_by_hand_stays_shut():
    world = moved(made(), 6, 2, lambda w: w.corridor_open[:, 0].fill(0.0))
    assert (world.corridor_open[:, 0] == 0).all()


def works(**changes):
    """Works at the railway that add 1000 t a year."""
    rail = {"has_works": np.array([False, True]), "works_t": np.array([0.0, 1000.0])}
    return made(headroom=np.array([np.inf, 0.0]), **(rail | changes))


def test_works_under_way_come_into_use_in_their_turn():
    calibration = works(works_turn=np.array([0, 3]))
    before, after = moved(calibration, 2, 1), moved(calibration, 5, 1)
    assert (before.corridor_capacity_t[0, 1], before.corridor_works_done[0, 1]) == (0, False)
    assert (after.corridor_capacity_t[0, 1], after.corridor_works_done[0, 1]) == (500.0, True)
    assert not after.corridor_works_done[0, 0]


def test_works_that_nobody_builds_wait_until_somebody_does():
    calibration = works()
    assert not moved(calibration, 20, 1).corridor_works_done.any()

    def begun(world):
        world.corridor_works_turn[0, 1] = 4

    opened = moved(calibration, 6, 2, begun)
    assert opened.corridor_works_done[:, 1].tolist() == [True, False]
    assert opened.corridor_capacity_t[:, 1].tolist() == [500.0, 0.0]


def test_insurance_jumps_beside_a_shut_corridor_and_halves_after_it():
    near = np.array([[False, True], [True, False]])
    calibration = made(neighbours=near, war_risk=np.array([0.004, 0.008]))

    def event(world):
        world.corridor_open[:, 0], world.corridor_closed_turns[:, 0] = 0.0, 2

    risk = [moved(calibration, t, 1, event).corridor_risk[0] for t in (1, 2, 3)]
    assert risk[0] == pytest.approx([0.004, 0.008])
    assert risk[1] == pytest.approx([0.002, 0.004])
    assert risk[2] == pytest.approx([0.001, 0.002])


def test_without_chance_nothing_is_disturbed():
    calm = made(Parameters(corridor_chance=0.0), closing_odds=np.ones(2))
    assert (moved(calm, 4).corridor_open == 1).all()


def test_a_world_without_corridors_has_nothing_to_move():
    base = settled_baseline(nations=3)
    network = replace(
        small_network(base.axes.nations),
        corridor_ids=(),
        corridor_kind=(),
        corridor_lon=np.zeros(0),
        corridor_lat=np.zeros(0),
        corridor_nodes=(),
        sea_corridors=(((),) * 3,) * 3,
        passages=Passages.calm(0),
    )
    assert moved(calibrate(replace(base, network=network)), 3, 2).corridor_open.shape == (2, 0)
