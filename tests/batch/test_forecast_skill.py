import numpy as np
import pytest

from game.batch.forecast_skill import Skill, forecast_skill, pinball_loss, random_walk, summary
from game.batch.simulate import Arena
from game.content.load import load_level
from game.forecast import PERCENTILES

LEAST_INSIDE, MOST_INSIDE = 0.70, 0.90


@pytest.fixture(scope="module")
def arena() -> Arena:
    return Arena(load_level("first_shipment"))


def test_pinball_loss_is_least_for_the_true_percentiles() -> None:
    came = np.linspace(-1.0, 1.0, 2001)[:, None]
    losses = []
    for scale in (0.7, 1.0, 1.4):
        true = scale * (2.0 * np.array(PERCENTILES) / 100.0 - 1.0)
        percentile = np.broadcast_to(true[:, None, None], (len(true), *came.shape))
        losses.append(pinball_loss(percentile, came).mean())
    assert losses[1] == min(losses)


def test_pinball_loss_counts_a_miss_by_its_level() -> None:
    loss = pinball_loss(np.zeros((len(PERCENTILES), 1, 1)), np.array([[1.0]]))
    np.testing.assert_allclose(loss[:, 0, 0], np.array(PERCENTILES) / 100.0)


def test_a_random_walk_spreads_with_the_root_of_time(arena: Arena) -> None:
    price = np.zeros((1, len(arena.calibration.axes.minerals)))
    near, far = (random_walk(arena, price, turns) for turns in (2, 8))
    np.testing.assert_allclose(far, 2.0 * near)
    volatility = arena.calibration.baseline.price_volatility
    np.testing.assert_allclose((near[-1] - near[0])[0] / (2 * 1.2815515655446004), volatility)


def test_a_price_at_the_edge_of_its_band_is_inside() -> None:
    percentile = np.broadcast_to(np.arange(5.0)[:, None, None], (5, 3, 1))
    came = np.array([[0.0], [4.0], [4.1]])
    assert Skill(("m0",), came, percentile, percentile).inside[0] == pytest.approx(2 / 3)


def test_games_are_forecast_and_told_mineral_by_mineral(arena: Arena) -> None:
    skill = forecast_skill(arena, "JPN", 3, start=1, turns=2, futures=8)
    assert skill.percentile.shape == (len(PERCENTILES), 3, len(skill.minerals))
    assert (np.diff(skill.percentile, axis=0) >= 0).all()
    told = summary(skill)
    assert all(mineral in told for mineral in skill.minerals)


@pytest.mark.long
def test_six_turn_forecasts_of_the_long_arc_hold_and_beat_a_random_walk() -> None:
    """Over 200 games the 80 % band holds 70 to 90 % of prices, at a smaller loss than a random walk."""
    skill = forecast_skill(Arena(load_level("long_arc")), "JPN", 200)
    assert LEAST_INSIDE <= skill.inside.mean() <= MOST_INSIDE, summary(skill)
    assert skill.loss.mean() < skill.walk_loss.mean(), summary(skill)
