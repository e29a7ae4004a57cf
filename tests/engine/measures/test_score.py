"""Pillars reward what they say and the total lets none be neglected."""

import numpy as np
import pytest

from game.engine.fields import CAUSE, TREASURY
from game.engine.measures.score import FLOOR, pillars, prosperity, security, standing_pillar, steadiness, total
from tests.small_world import opened, settled_baseline

CONSUMERS = np.zeros(4, dtype=bool)


@pytest.fixture
def game():
    """Turn 0 and two turns that are the same, with room to change them."""
    world, calibration = opened(settled_baseline(nations=4))
    return [world.copy(), world.copy(), world.copy()], calibration


def test_every_pillar_lies_between_0_and_100_for_every_nation(game):
    history, calibration = game
    found = pillars(history, calibration, np.array([True, False, False, True]))
    assert set(found) == {"security", "prosperity", "standing", "stewardship"}
    assert all(((value >= 0) & (value <= 100)).all() and value.shape == (1, 4) for value in found.values())


def test_a_game_without_a_turn_has_no_score(game):
    history, calibration = game
    with pytest.raises(ValueError, match="resolved turn"):
        pillars(history[:1], calibration, CONSUMERS)


def test_stock_bought_for_the_last_turn_alone_counts_for_that_turn_alone(game):
    history, calibration = game
    before = security(history, calibration, CONSUMERS)[0]
    history[2].public_stock_t[...] += 10 * history[2].need_t.sum(-1)
    one_turn = security(history, calibration, CONSUMERS)[0]
    history[1].public_stock_t[...] += 10 * history[1].need_t.sum(-1)
    both = security(history, calibration, CONSUMERS)[0]
    assert (one_turn >= before).all()
    np.testing.assert_allclose(one_turn - before, (both - before) / 2)
    history[1].public_stock_t[...] *= 10
    np.testing.assert_allclose(security(history, calibration, CONSUMERS)[0], both)  # beyond the credit, nothing


def test_shortages_cost_consumers_security(game):
    history, calibration = game
    before = security(history, calibration, CONSUMERS)[0, 3]
    for world in history[1:]:
        world.recipe_met_share[...] = 0.9
    assert security(history, calibration, CONSUMERS)[0, 3] == pytest.approx(before - 0.4 * 50.0)


def test_steady_income_scores_full_and_income_in_one_turn_of_two_nothing(game):
    history, _calibration = game
    for world in history[1:]:
        world.posting[:, :, TREASURY, CAUSE["royalty"]] = 2.0
    assert (steadiness(history[1:]) == 100.0).all()
    history[1].posting[:, 0, TREASURY, CAUSE["royalty"]] = 0.0
    found = steadiness(history[1:])[0]
    assert found[0] == pytest.approx(0.0)
    assert found[1] == 100.0


def test_cash_counts_up_to_half_a_years_budget_and_outlays_count_against(game):
    history, calibration = game
    for world in history[1:]:
        world.recipe_met_share[...] = 0.9
    history[2].treasury_usd_bn[...] = 0.0
    poor = prosperity(history, calibration, CONSUMERS)
    budget = calibration.parameters.envelope_gdp_share * calibration.baseline.gdp_usd_bn
    history[2].treasury_usd_bn[...] = budget
    rich = prosperity(history, calibration, CONSUMERS)
    np.testing.assert_allclose(rich - poor, 5.0)
    history[2].treasury_usd_bn[...] = 50 * budget
    np.testing.assert_allclose(prosperity(history, calibration, CONSUMERS), rich)
    for world in history[1:]:
        world.posting[:, :, TREASURY, CAUSE["buy_stock"]] = -budget
    np.testing.assert_allclose(rich - prosperity(history, calibration, CONSUMERS), 10.0)


def test_standing_falls_when_partners_go_without(game):
    history, calibration = game
    world = history[-1]
    before = standing_pillar(world, calibration)[0]
    world.commercial_stock_t[:, 3] = 0.0
    world.public_stock_t[:, 3] = 0.0
    after = standing_pillar(world, calibration)[0]
    assert (after[:3] < before[:3]).all()


def test_the_total_is_a_geometric_mean_with_a_floor():
    pillar = {"security": np.array([[80.0, 0.0]]), "standing": np.array([[20.0, 80.0]])}
    np.testing.assert_allclose(total(pillar), [[40.0, np.sqrt(FLOOR * 80.0)]])
    np.testing.assert_allclose(total(pillar, {"security": 1.0}), [[80.0, FLOOR]])
    with pytest.raises(ValueError, match="weight"):
        total(pillar, {"legacy": 1.0})
