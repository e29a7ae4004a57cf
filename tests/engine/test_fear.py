"""Fear of losing supply: months of cover on top, fading, calmed by stocks and idle plants, felt at home in part."""

import numpy as np
import pytest

from game.engine.baseline import Parameters
from game.engine.fear import stock_for_fear
from game.engine.turn import Keys, advance, begin_turn
from tests.small_world import opened, settled_baseline

KEY = Keys(1, (0,))
EXPORTER, LAYER = 1, 1
AT = (0, EXPORTER, 0, LAYER)


def threatened(share: float, turns: int = 1, lasts: int = 99, cover: float = 0.5, **constants: float):
    """The world after each turn under a threat to a share of what all others receive, without any loss."""
    world, calibration = opened(
        settled_baseline(parameters=Parameters(**constants), stock_cover=np.full(1, cover)),
    )
    flow = world.refined_flow_t[0, 0]
    outside = flow.sum() - flow[:, EXPORTER].sum()
    world.export_target[AT] = np.arange(4) != EXPORTER
    world.export_feared_t[AT] = share * outside
    world.export_until[AT] = lasts
    worlds = []
    for _ in range(turns):
        world = advance(world, calibration, KEY)
        begin_turn(world)
        worlds.append(world)
    return worlds, calibration


def test_a_threat_alone_raises_price_and_stocks():
    (after,), _calibration = threatened(0.3)
    (calm,), _calibration = threatened(0.0)
    assert after.headline_ln[0, 0] > calm.headline_ln[0, 0] + 0.2
    assert after.commercial_stock_t.sum() > calm.commercial_stock_t.sum()
    assert np.isclose(after.fear_share[0, 0, 0], 0.3)


def test_fear_and_ordinary_cover_add_up_as_the_sides_of_a_right_triangle():
    (after,), calibration = threatened(0.2, fear_cover_months=15.0, cover=0.5)
    wanted = 3.0 * stock_for_fear(after, calibration)[0, 0, 0]
    assert np.isclose(wanted, np.hypot(3.0, 15.0 * 0.2))


def test_the_well_stocked_stay_calm():
    short, ample = (threatened(0.3, cover=cover)[0][0].headline_ln[0, 0] for cover in (0.25, 2.0))
    assert short > 3 * ample > 0


def test_fear_fades_to_a_part_each_turn():
    worlds, _calibration = threatened(0.4, turns=3, fear_persistence=0.25)
    assert np.allclose([world.feared_share[0, 0, 0] for world in worlds], [0.4, 0.1, 0.025])


def test_fear_fades_once_more_when_the_measure_ends():
    worlds, _calibration = threatened(0.4, turns=2, lasts=1, fear_persistence=0.5)
    assert np.allclose([world.feared_share[0, 0, 0] for world in worlds], [0.4, 0.1])


def test_idle_capacity_calms():
    world, calibration = opened(settled_baseline(mine_utilisation=np.full((4, 1), 0.8)))
    world.export_target[AT] = np.arange(4) != EXPORTER
    flow = world.refined_flow_t[0, 0]
    world.export_feared_t[AT] = 0.3 * (flow.sum() - flow[:, EXPORTER].sum())
    world.export_until[AT] = 9
    after = advance(world, calibration, KEY)
    assert np.isclose(after.fear_share[0, 0, 0], 0.3 - (calibration.parameters.normal_utilisation - 0.8))


@pytest.mark.parametrize("contagion", [0.0, 0.5, 1.0])
def test_holders_in_the_restricting_nation_feel_a_part(contagion):
    (after,), _calibration = threatened(0.4, contagion=contagion)
    assert np.isclose(after.fear_share[0, EXPORTER, 0], 0.4 * contagion)


@pytest.mark.parametrize("contagion", [0.0, 1.0])
def test_where_exports_are_held_back_holders_expect_the_outside_price_in_part(contagion):
    world, calibration = opened(settled_baseline(parameters=Parameters(contagion=contagion)))
    flow = world.refined_flow_t[0, 0, EXPORTER]
    exports = flow.sum() - flow[EXPORTER]
    world.export_target[AT] = np.arange(4) != EXPORTER
    world.export_cut_t[AT], world.export_quota_t[AT], world.export_until[AT] = 0.6 * exports, 0.4 * exports, 9
    after = advance(world, calibration, KEY)
    home, outside = after.delivered_ln[0, EXPORTER, 0], after.headline_ln[0, 0]
    assert home < 0 < outside
    seen = contagion * outside + (1 - contagion) * home
    assert np.isclose(after.expected_ln[0, EXPORTER, 0], calibration.parameters.expectation_speed * seen)


def test_spare_stock_is_let_go_of_more_cheaply_than_ordinary_cover():
    def price(spare: float) -> float:
        world, calibration = opened(settled_baseline(stock_cover=np.full(1, 1.0), spare_cover=np.full(1, spare)))
        world.capacity_t[:, 0] *= 0.6
        return float(advance(world, calibration, KEY).headline_ln[0, 0])

    assert 0 < price(0.5) < 0.8 * price(0.0)
