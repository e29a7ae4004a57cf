"""Technology: small steps by chance, faster where one is open, leaking to those behind; what they bring is small."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.axes import CLEAN_PROCESSING, EXTRACTION, RECYCLING, SEABED, SEPARATION, TRACKS
from game.engine.baseline import Parameters
from game.engine.calibrate import calibrate
from game.engine.ledger import check
from game.engine.opening import opening_world
from game.engine.phases.policy import supported_t
from game.engine.phases.technology import technology
from game.engine.scrap import collected_t
from game.engine.technology import (
    STEPS,
    Technology,
    leak_odds,
    new_site_cost,
    own_odds,
    step_odds,
    substitution_odds,
)
from game.engine.turn import Keys, advance, begin_turn
from tests.small_world import settled_baseline

NATIONS = 4
ODDS = np.tile([0.10, 0.08, 0.06, 0.05, 0.04], (len(TRACKS), 1))
EFFECT = np.array([0.02, 0.03, 0.03, 0.04, 4.0])


def made(parameters=None, **changes):
    """Nations that all know one step and work at full effort, unless a change says otherwise."""
    figures = {
        "start": np.ones((NATIONS, len(TRACKS))),
        "effort": np.ones(NATIONS),
        "openness": np.full(NATIONS, 50.0),
        "odds": ODDS,
        "effect": EFFECT,
        "substitution_odds": np.full(STEPS, 0.02),
        "saving": 0.03,
        "seabed_t": np.full((NATIONS, 1), 1000.0),
    } | changes
    still = parameters or Parameters(constant_stock_change=True, by_product_trend=0.0)
    return calibrate(settled_baseline(nations=NATIONS, parameters=still, technology=Technology(**figures)))


def learnt(calibration, turns, worlds=200, seed=1):
    world = opening_world(calibration, worlds)
    for _ in range(turns):
        world.turn += 1
        technology(world, calibration, Keys(seed, tuple(range(worlds))))
    return world


def test_steps_come_as_often_as_their_odds_say():
    calibration = made()
    odds = step_odds(opening_world(calibration), calibration)[0, 0]
    assert odds[EXTRACTION] == pytest.approx(0.08), "step two at openness 50, nobody ahead"
    taken = (learnt(calibration, 1).know - 1.0).mean((0, 1))
    assert taken == pytest.approx(odds, abs=4 * np.sqrt(0.08 / 800))


def test_five_steps_are_the_most_and_nobody_forgets():
    world = learnt(made(odds=np.ones((len(TRACKS), STEPS))), 8, worlds=2)
    assert (world.know == STEPS).all()


def test_an_open_nation_learns_faster_by_itself_and_from_others():
    open_ness = np.array([100.0, 0.0, 100.0, 50.0])
    behind = np.ones((NATIONS, len(TRACKS)))
    behind[2] = 4.0
    calibration = made(openness=open_ness, start=behind)
    world = opening_world(calibration)
    own, leak = own_odds(world, calibration)[0], leak_odds(world, calibration)[0]
    assert own[0, 0] == pytest.approx(own[1, 0] * 1.4 / 0.6)
    assert leak[0, 0] > leak[1, 0] > 0
    assert leak[2, 0] == 0, "the leader has nobody to learn from"


def test_a_leader_who_closes_its_doors_leads_longer_and_learns_slower():
    start = np.ones((NATIONS, len(TRACKS)))
    start[0] = 3.0
    figures = {"start": start, "effort": np.array([1.0, 0.1, 0.1, 0.1])}
    lead, steps = [], []
    for openness in (100.0, 0.0):
        world = learnt(made(openness=np.array([openness, 60.0, 60.0, 60.0]), **figures), 12)
        lead.append((world.know[:, 0] - world.know[:, 1:].max(1)).mean())
        steps.append(world.know[:, 0].mean())
    assert lead[1] > lead[0]
    assert steps[1] < steps[0]


def test_leaks_are_faster_the_further_behind():
    start = np.ones((NATIONS, len(TRACKS)))
    start[0], start[2], start[3] = 5.0, 3.0, 4.0
    calibration = made(start=start)
    leak = leak_odds(opening_world(calibration), calibration)[0, :, 0]
    assert leak[1] > leak[2] > leak[3] > leak[0]
    assert leak[1] == pytest.approx(2 * leak[2])


def test_what_a_step_brings_is_small_and_counts_from_the_start():
    calibration = made()
    world = opening_world(calibration)
    assert (new_site_cost(world, calibration) == 1.0).all()
    world.know[:, 1] += 1.0
    cost = new_site_cost(world, calibration)[0, :, 0, 0]
    assert cost[1] == pytest.approx(1.0 - EFFECT[CLEAN_PROCESSING])
    assert cost[0] == 1.0
    paid = np.full_like(world.capacity_t, 0.1)
    built = supported_t(world, calibration, paid) / supported_t(opening_world(calibration), calibration, paid)
    assert built[0, 1, 0, 0] == pytest.approx(1.0 / 0.97)
    scrap = np.full((1, NATIONS, 1), 100.0)
    more = collected_t(world, calibration, scrap)[0, :, 0]
    assert more[1] == pytest.approx(more[0] * (1.0 + EFFECT[RECYCLING]))


def test_recyclers_never_recover_more_than_retires():
    calibration = made()
    world = opening_world(calibration)
    world.know[...] = 5.0
    full = replace(calibration, schedule=replace(calibration.schedule, collection=np.ones((NATIONS, 1))))
    scrap = np.full((1, NATIONS, 1), 100.0)
    assert collected_t(world, full, scrap).max() <= 100.0


def test_cheaper_mines_and_refineries_gain_output_from_others():
    calibration = made(Parameters(constant_stock_change=True, by_product_trend=0.0, research_chance=0.0))

    def after(track, nation):
        world = opening_world(calibration)
        world.know[0, nation, track] += 3.0
        begin_turn(world)
        return advance(world, calibration, Keys(1, (0,)))

    usual = after(CLEAN_PROCESSING, 0)
    assert after(EXTRACTION, 2).mined_t[0, 2, 0] > usual.mined_t[0, 2, 0]
    assert after(SEPARATION, 2).refined_t[0, 2, 0] > usual.refined_t[0, 2, 0]


def test_seabed_ore_comes_within_reach_at_its_step_and_once():
    calibration = made(
        start=np.full((NATIONS, len(TRACKS)), 3.0), odds=np.ones((len(TRACKS), STEPS)), openness=np.full(NATIONS, 100.0)
    )
    limited = replace(calibration.baseline, reserves_t=np.full((NATIONS, 1), 1e6))
    calibration = calibrate(limited)
    world = opening_world(calibration)
    begin_turn(world)
    after = advance(world, calibration, Keys(1, (0,)))
    assert (after.know[0, :, SEABED] == 4).all()
    assert (after.found_t == 1000.0).all()
    assert check(world, after, calibration) == []
    begin_turn(after)
    later = advance(after, calibration, Keys(1, (0,)))
    assert (later.found_t == 0).all()
    assert check(after, later, calibration) == []


def test_dear_metal_raises_the_odds_of_doing_without_it_and_a_step_saves_use_for_good():
    calibration = made(substitution_odds=np.ones(STEPS))
    world = opening_world(calibration)
    usual = substitution_odds(world, replace_odds(calibration, 0.02))
    world.slow_response_ln[...] = 1.0
    assert substitution_odds(world, replace_odds(calibration, 0.02)) == pytest.approx(2 * usual)
    saved = [learnt(calibration, turns, worlds=1).saved_share.max() for turns in (1, 4, 30)]
    assert saved[0] == pytest.approx(0.25 * 0.03)
    assert saved[0] < saved[1] < saved[2] <= STEPS * 0.03


def replace_odds(calibration, odds):
    technology = replace(calibration.baseline.technology, substitution_odds=np.full(STEPS, odds))
    return replace(calibration, baseline=replace(calibration.baseline, technology=technology))


def test_without_chance_nobody_learns():
    calm = made(Parameters(research_chance=0.0), odds=np.ones((len(TRACKS), STEPS)))
    world = learnt(calm, 5, worlds=2)
    assert (world.know == 1).all()
    assert world.saved_share.sum() == 0


def test_the_real_world_starts_with_leaders_and_room_to_learn():
    baseline = build_baseline(load_level("long_arc"))
    setup = baseline.technology
    assert setup.start.shape == (len(baseline.axes.nations), len(TRACKS))
    assert setup.start.max() < STEPS, "the last step is nobody's yet"
    assert baseline.axes.nations[int(setup.start[:, SEPARATION].argmax())] == "CHN"
    assert setup.effort.max() == 1.0
    assert (np.diff(setup.odds, axis=1) <= 0).all(), "each step is harder than the last"
    assert setup.odds.max() <= 0.1
