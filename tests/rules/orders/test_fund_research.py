"""Public money for research: substitution by mineral and product, and the tracks of processing."""

import numpy as np
import pytest

from game.engine.axes import SEPARATION, TRACKS
from game.engine.calibrate import calibrate
from game.engine.fields import CAUSE, TREASURY
from game.engine.opening import opening_world
from game.engine.phases.technology import technology
from game.engine.technology import STEPS, Technology, step_odds, substitution_odds
from game.engine.turn import Keys
from game.rules.asking import Batch
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world
from tests.small_world import small_baseline

FundSubstitution, FundProcessing = ORDERS["fund_substitution"], ORDERS["fund_processing"]
SUBSTITUTION = FundSubstitution(mineral="m0", product="aerospace_defence", size_usd_bn=1.0, turns=4)
PROCESSING = FundProcessing(track="separation", size_usd_bn=0.5, turns=4)
WORLDS = 200


def learning():
    figures = {
        "start": np.ones((4, len(TRACKS))),
        "effort": np.full(4, 0.4),
        "openness": np.full(4, 50.0),
        "odds": np.full((len(TRACKS), STEPS), 0.05),
        "effect": np.full(len(TRACKS), 0.02),
        "substitution_odds": np.full(STEPS, 0.02),
        "saving": 0.03,
    }
    return calibrate(small_baseline(4, 2, technology=Technology(**figures)))


def learnt(order, turns=8):
    """200 worlds in which nation 1 gives the order once, and 200 without."""
    calibration = learning()
    worlds = [opening_world(calibration, WORLDS) for _ in range(2)]
    order.apply(worlds[0], calibration, Batch.of(1, order.row(calibration.axes), WORLDS))
    for world in worlds:
        for _ in range(turns):
            world.turn += 1
            technology(world, calibration, Keys(1, tuple(range(WORLDS))))
    return worlds


def test_funded_research_finds_substitutes_sooner_and_saves_use_everywhere():
    funded, free = learnt(SUBSTITUTION)
    assert funded.substitution_step[:, 0, 1].mean() > 2.0 * free.substitution_step[:, 0, 1].mean()
    assert np.array_equal(funded.substitution_step[:, 1], free.substitution_step[:, 1])
    assert funded.saved_share[:, 0, 1].mean() > free.saved_share[:, 0, 1].mean()


def test_funded_tracks_are_learnt_sooner_by_who_pays():
    funded, free = learnt(PROCESSING)
    gained = [world.know[:, 1, SEPARATION].mean() - 1.0 for world in (funded, free)]
    assert gained[0] > 1.3 * gained[1]
    assert np.array_equal(funded.know[:, 1, :SEPARATION], free.know[:, 1, :SEPARATION])


def test_the_odds_fall_back_when_the_money_ends():
    calibration = learning()
    world = opening_world(calibration, 1)
    usual = step_odds(world, calibration)[0, 1, SEPARATION], substitution_odds(world, calibration)[0, 0, 1]
    for order in (PROCESSING, SUBSTITUTION):
        order.apply(world, calibration, Batch.of(1, order.row(calibration.axes)))
    assert step_odds(world, calibration)[0, 1, SEPARATION] > 1.5 * usual[0]
    assert substitution_odds(world, calibration)[0, 0, 1] > 3.0 * usual[1]
    world.know[...] = 1.0
    for _ in range(4):
        world.turn += 1
        technology(world, calibration, Keys(1, (0,)))
    assert not world.research_usd_bn.any()
    assert not world.substitution_usd_bn.any()


@pytest.mark.parametrize("order", [
    FundSubstitution(mineral="m0", product="aerospace_defence", size_usd_bn=0.002, turns=4),
    FundProcessing(track="separation", size_usd_bn=0.002, turns=4),
], ids=lambda order: order.kind)  # fmt: skip
def test_taxpayers_pay_each_turn_until_it_ends(order):
    world = given(3, order)
    paid = []
    for _turn in range(5):
        world = moved(world)  # postings add up: nobody begins a turn here
        paid.append(round(-world.posting[0, 3, TREASURY, CAUSE[order.kind]], 9))
    assert paid == [0.002, 0.004, 0.006, 0.008, 0.008]


def test_what_cannot_be_learnt_is_refused_with_another_choice():
    world = play_world()
    world.substitution_step[0, 0, 1] = STEPS
    world.know[0, 3, SEPARATION] = STEPS
    for order in (SUBSTITUTION, PROCESSING, FundProcessing(track="seabed", size_usd_bn=0.001)):
        problem = order.problems(play_view(3, world))[0]
        assert "choose another" in problem.hint
