import numpy as np
import pytest

from game.batch.acceptance import Acceptance, accepted
from game.batch.simulate import Arena
from game.content.load import load_level
from tests.small_world import settled_baseline

GAMES, TURNS, MINERALS = 4, 40, 5


def steady(**changes: float) -> Acceptance:
    """Prices that move by the published 0.3 a year, and do not drift."""
    half_years = np.tile([0.0, 0.3, 0.6, 0.3], TURNS // 4 + 1)[: TURNS + 1] - 0.3
    paths = np.repeat(half_years[None, :, None], GAMES, axis=0).repeat(MINERALS, axis=2)
    return Acceptance(settled_baseline(3, MINERALS), paths * changes.get("scale", 1.0), ())


def test_a_steady_market_is_as_it_should_be() -> None:
    assert steady().failures() == []
    assert "all as it should be" in steady().table()


def test_prices_that_move_too_much_or_too_little_fail() -> None:
    assert any("volatility" in failure for failure in steady(scale=0.1).failures())
    assert any("volatility" in failure for failure in steady(scale=3.0).failures())


def test_a_price_outside_its_band_for_two_turns_fails_and_for_one_does_not() -> None:
    once, twice = steady(), steady()
    once.headline_ln[2, 10, 3] = np.log(11.0)
    twice.headline_ln[2, 10:12, 3] = np.log(11.0)
    assert not once.outside.any()
    assert [failure for failure in twice.failures() if "m3" in failure]


def test_a_median_that_drifts_fails() -> None:
    drifting = steady()
    drifting.headline_ln[1, -1] = np.log(5.0)
    assert any(failure.startswith("game 1: median") for failure in drifting.failures())


def test_what_the_ledger_says_fails() -> None:
    assert Acceptance(settled_baseline(3, 5), steady().headline_ln, ("seed 1: stock is negative",)).failures()


@pytest.mark.long
def test_twenty_seeds_of_the_long_arc_are_as_they_should_be() -> None:
    assert accepted(Arena(load_level("long_arc")), range(1, 21), 30).failures() == []
