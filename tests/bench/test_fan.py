"""Timed by `python -m pytest tests/bench --benchmark-enable`; in an ordinary run each is a test like any other."""

from typing import Any

import pytest

from game.ai.habit import habit_policy
from game.batch.bench_engine import clearing_s, exponent
from game.batch.bench_fan import fan_waits
from game.batch.simulate import Arena, played
from game.content.load import load_level
from game.engine.turn import Keys
from game.forecast import FAN_FUTURES, FAN_TURNS, FIRST_FUTURES, Outset, fan_steps, seen_from

Begun = tuple[Arena, Outset]


@pytest.fixture(scope="module")
def begun() -> Begun:
    arena = Arena(load_level("first_shipment"))
    past = [step.world for step in played(arena, Keys(1, (0,)), 2)]
    nation = arena.calibration.axes.nation_index["JPN"]
    return arena, Outset(seen_from(past, arena.calibration, nation), nation, seed=5)


@pytest.mark.parametrize("futures", [FIRST_FUTURES, FAN_FUTURES])
def test_a_fan_of_one_plan(begun: Begun, benchmark: Any, futures: int) -> None:
    arena, outset = begun
    policy = habit_policy(arena.personalities)

    def fan() -> int:
        return len(list(fan_steps(outset, arena.calibration, policy, [()], range(futures), FAN_TURNS)))

    assert benchmark.pedantic(fan, rounds=1) == FAN_TURNS


def test_a_player_waits_longer_for_more_futures() -> None:
    waits = fan_waits(load_level("first_shipment"), FIRST_FUTURES * 2)
    assert 0 < waits.first_s < waits.whole_s < waits.refined_s


def test_a_clearing_is_timed_at_any_size_and_its_growth_is_a_power() -> None:
    assert clearing_s(20, 2) > 0
    assert exponent((10, 20, 40), [1.0, 4.0, 16.0]) == pytest.approx(2.0)
