import numpy as np
import pytest

from game.engine.baseline import Parameters
from game.engine.phases.stocks import stocks
from game.engine.turn import Keys
from tests.small_world import opened, settled_baseline

KEYS = Keys(1, (0,))


def test_the_stockpile_takes_what_was_bought_and_gives_what_was_released():
    world, calibration = opened(settled_baseline())
    before = world.copy()
    world.public_stock_t[0, 1, 0] = 30.0
    world.purchased_t[0, 1, 0], world.released_t[0, 1, 0] = 5.0, 12.0
    world.purchase_t[0, 1, 0, :3] = [5.0, 6.0, 7.0]
    stocks(world, calibration, KEYS, before)
    assert world.public_stock_t[0, 1, 0] == 23.0
    assert world.purchase_t[0, 1, 0, :3].tolist() == [6.0, 7.0, 0.0]


def test_what_is_mined_leaves_the_ground_but_for_what_drilling_finds():
    world, calibration = opened(settled_baseline(reserves_t=np.full((4, 1), 1e5)))
    before = world.copy()
    stocks(world, calibration, KEYS, before)
    lost = 1.0 - calibration.parameters.reserve_replacement
    np.testing.assert_allclose(world.reserves_t, 1e5 - lost * world.mined_t)


def test_expectations_close_half_the_gap_and_slow_users_a_quarter():
    constants = Parameters(expectation_speed=0.5, substitution_speed=0.25)
    world, calibration = opened(settled_baseline(parameters=constants))
    before = world.copy()
    world.delivered_ln[...], world.mine_gate_ln[...] = 0.8, 0.4
    world.refinery_gate_ln[...], world.ore_delivered_ln[...] = 0.7, 0.5
    stocks(world, calibration, KEYS, before)
    assert world.expected_ln[0, 0, 0] == pytest.approx(0.4)
    assert world.expected_mine_ln[0, 0, 0] == pytest.approx(0.2)
    assert world.expected_margin_ln[0, 0, 0] == pytest.approx(0.1)
    assert world.slow_response_ln[0, 0, 0] == pytest.approx(0.2)
    assert world.price_change_ln[0, 0, 0] == pytest.approx(0.8)


def _scrap_of_one_turn(lifetime: float) -> np.ndarray:
    """World scrap in the turns after goods were made once, from an empty stock in use."""
    world, calibration = opened(settled_baseline(product_lifetime=np.full(2, lifetime)))
    world.retiring_t[...] = 0.0
    path = []
    for turn in range(60):
        world.use_t[...] = 100.0 if turn == 0 else 0.0
        world.recycled_t[...] = 0.0
        stocks(world, calibration, KEYS, world.copy())
        path.append(world.scrap_t.sum())
    return np.array(path)


def test_doubling_a_products_lifetime_delays_its_scrap():
    short, long = _scrap_of_one_turn(5.0), _scrap_of_one_turn(10.0)
    turns = np.arange(60)
    assert short.sum() == pytest.approx(800.0, rel=1e-6)
    mean_short, mean_long = ((path * turns).sum() / path.sum() for path in (short, long))
    assert mean_short == pytest.approx(10.0, rel=0.05)
    assert mean_long == pytest.approx(20.0, rel=0.05)
    assert long[:8].sum() < 0.35 * short[:8].sum()


def test_goods_retire_where_they_were_bought():
    final = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
    world, calibration = opened(settled_baseline(final_share=final))
    world.retiring_t[...] = 0.0
    stocks(world, calibration, KEYS, world.copy())
    assert world.retiring_t[0, :3].sum() == 0
    assert world.retiring_t[0, 3].sum() == pytest.approx(world.use_t.sum())
