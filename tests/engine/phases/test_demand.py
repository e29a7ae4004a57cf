import numpy as np
import pytest

from game.engine.axes import Axes
from game.engine.phases.demand import demand
from game.engine.turn import Keys
from game.engine.world import World
from tests.small_world import opened, settled_baseline, small_baseline


def _noisy(worlds: int, turns: int, **changes: object) -> list[World]:
    world, calibration = opened(small_baseline(minerals=2, **changes), worlds)
    states = []
    for turn in range(1, turns + 1):
        world.turn = turn
        demand(world, calibration, Keys(5, tuple(range(worlds))))
        states.append(world.copy())
    return states


def test_without_noise_nothing_moves():
    world, calibration = opened(settled_baseline())
    world.turn = 1
    demand(world, calibration, Keys(5, (0,)))
    assert not world.demand_shock_ln.any()
    assert not world.outage_share.any()


def test_chance_depends_on_seed_world_and_turn_alone():
    world, calibration = opened(small_baseline(), 2)
    draws = {}
    for keys in (Keys(1, (0, 7)), Keys(1, (7, 3)), Keys(2, (7, 3))):
        fresh = world.copy()
        fresh.turn = 4
        demand(fresh, calibration, keys)
        for row, name in enumerate(keys.worlds):
            key = (keys.seed, name)
            draw = np.concatenate([fresh.demand_shock_ln[row].ravel(), fresh.outage_share[row].ravel()])
            assert draws.setdefault(key, draw.tolist()) == draw.tolist()
    assert draws[1, 7] != draws[2, 7]
    assert draws[1, 7] != draws[1, 0]


def test_chance_goes_to_ids_so_the_order_of_nations_does_not_matter():
    world, calibration = opened(small_baseline(minerals=2))
    world.turn = 3
    turned = world.copy()
    turned.axes = Axes(world.axes.nations[::-1], world.axes.minerals[::-1], world.axes.products)
    turned.capacity_t[...] = world.capacity_t[:, ::-1, ::-1]
    demand(world, calibration, Keys(1, (0,)))
    demand(turned, calibration, Keys(1, (0,)))
    assert (turned.demand_shock_ln == world.demand_shock_ln[:, ::-1, ::-1]).all()
    np.testing.assert_allclose(turned.outage_share, world.outage_share[:, ::-1, ::-1])


def test_shocks_have_the_stated_size_and_persist():
    states = _noisy(200, 12, demand_noise=np.array([0.03, 0.1]))
    last, before = states[-1].demand_shock_ln, states[-2].demand_shock_ln
    assert last[..., 0].std() == pytest.approx(0.03, rel=0.15)
    assert last[..., 1].std() == pytest.approx(0.1, rel=0.15)
    assert np.corrcoef(last[..., 0].ravel(), before[..., 0].ravel())[0, 1] == pytest.approx(0.6, abs=0.1)
    common = np.corrcoef(last[:, 0, 0], last[:, 1, 0])[0, 1]
    assert common == pytest.approx(0.5, abs=0.15)


def test_outages_strike_now_and_then_and_only_where_there_is_capacity():
    states = _noisy(100, 10)
    share = np.stack([s.outage_share for s in states])
    capacity = states[0].capacity_t > 0
    assert (share >= 0).all()
    assert (share <= 0.9).all()
    assert not share[:, ~capacity].any()
    assert (share[:, capacity] > 0).mean() == pytest.approx(0.1, abs=0.02)


def test_a_nation_with_most_of_the_capacity_is_hit_more_softly():
    share = np.stack([s.outage_share for s in _noisy(100, 10)])[..., 0, 0]
    struck = [s[s > 0].mean() for s in np.moveaxis(share, 2, 0)]
    assert struck[0] < 0.6 * struck[3]
