"""Timed by `python -m pytest tests/bench --benchmark-enable`; in an ordinary run each is a test like any other."""

from typing import Any

import numpy as np
import pytest

from game.batch.bench import SAME_PRICES_LN, warm_market
from game.batch.convex import solved, without_chokes
from game.batch.simulate import Arena
from game.content.load import load_level
from game.engine.clearing import clear
from game.engine.market import Markets, Start
from game.engine.turn import advance
from game.forecast import begun, future_keys

Warm = tuple[Arena, Markets, Start, Any]


@pytest.fixture(scope="module")
def warm() -> Warm:
    arena = Arena(load_level("long_arc"))
    return (arena, *warm_market(arena))


def test_one_warm_clearing_of_the_long_arc(warm: Warm, benchmark: Any) -> None:
    _arena, markets, start, _world = warm
    solution = benchmark(clear, markets, start)
    assert solution.residual.max() < 1e-8


@pytest.mark.parametrize("worlds", [1, 8, 64])
def test_a_turn_of_many_worlds(warm: Warm, benchmark: Any, worlds: int) -> None:
    arena, _markets, _start, world = warm
    batch, keys = begun(world.repeated(worlds)), future_keys(1, "bench", world.turn, worlds)
    after = benchmark(advance, batch, arena.calibration, keys)
    assert after.turn == world.turn + 1


def test_a_general_convex_solver_finds_the_same_prices(warm: Warm) -> None:
    pytest.importorskip("cvxpy", reason="the general solver is in the extra named bench")
    _arena, markets, start, _world = warm
    plain = without_chokes(markets)
    solution = clear(plain, start)
    for mineral in (0, 4):
        answer = solved(plain, mineral)
        own = solution.delivered[0, mineral, answer.users]
        np.testing.assert_allclose(answer.delivered_ln, own, atol=SAME_PRICES_LN)
