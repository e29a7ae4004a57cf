from dataclasses import replace

import numpy as np
import pytest

from game.engine.fields import CAUSE, SUPPORT, TREASURY
from game.engine.final_goods import FinalGoods, finish_goods, gdp_lost_share
from game.engine.phases.finance import finance
from game.engine.phases.society import society
from game.engine.turn import Keys
from tests.small_world import opened, played, settled_baseline

# Ten dollars of goods hang on a dollar of product 0, of which makers hold half a turn's need.
GOODS = FinalGoods(np.array([10.0, 0.0]), np.array([0.5, 0.0]))
KEYS = Keys(1, (0,))


def started():
    world, calibration = opened(settled_baseline(final_goods=GOODS))
    free = replace(calibration.parameters, goods_workaround=0.0, parts_adaptation_speed=0.5)
    return world, replace(calibration, baseline=replace(calibration.baseline, parameters=free))


def missing(world, share):
    world.product_bought_usd_bn[:, 2, 0] = (1.0 - share) * world.product_need_usd_bn[:, 2, 0]


def test_nothing_is_lost_at_rest():
    world, calibration = started()
    after = played(world, calibration, 30)
    np.testing.assert_allclose(after.goods_lost_usd_bn, 0.0, atol=1e-9)
    np.testing.assert_allclose(after.parts_usual_share, 1.0, atol=1e-6)


def test_what_is_missing_stops_goods_of_many_times_its_value_once_stocks_are_used_up():
    world, calibration = started()
    need = world.product_need_usd_bn[0, 2, 0]
    missing(world, 0.4)
    finish_goods(world, calibration)
    assert world.goods_lost_usd_bn[0, 2] == pytest.approx(10.0 * need * 0.4 * (1.0 - 0.5))
    assert world.goods_lost_usd_bn[0, [0, 1, 3]].tolist() == [0.0, 0.0, 0.0]
    world.parts_usual_share[...] = 1.0
    finish_goods(world, calibration)
    assert world.goods_lost_usd_bn[0, 2] == pytest.approx(10.0 * need * 0.4)


def test_makers_change_their_designs_and_need_the_missing_part_no_longer():
    world, calibration = started()
    missing(world, 0.4)
    lost = []
    for _turn in range(12):
        finish_goods(world, calibration)
        lost.append(float(world.goods_lost_usd_bn[0, 2]))
    assert lost[1] > lost[2] > lost[3] > 0
    assert lost[-1] < 0.01 * max(lost)
    missing(world, 0.0)
    finish_goods(world, calibration)
    assert world.goods_lost_usd_bn[0, 2] == 0


def test_work_arounds_save_their_part():
    world, calibration = started()
    some = replace(calibration.parameters, goods_workaround=0.3)
    dodging = replace(calibration, baseline=replace(calibration.baseline, parameters=some))
    missing(world, 0.4)
    other = world.copy()
    finish_goods(world, calibration)
    finish_goods(other, dodging)
    assert other.goods_lost_usd_bn[0, 2] == pytest.approx(0.7 * world.goods_lost_usd_bn[0, 2])


def test_lost_goods_reach_the_budget_and_the_voters_in_the_same_turn():
    world, calibration = started()
    before, calm = world.copy(), world.copy()
    missing(world, 0.4)
    finish_goods(world, calibration)
    for after in (world, calm):
        finance(after, calibration, KEYS, before)
        society(after, calibration, KEYS, before)
    lost = gdp_lost_share(world, calibration)[0, 2]
    assert lost == pytest.approx(2.0 * world.goods_lost_usd_bn[0, 2] / calibration.baseline.gdp_usd_bn[2])
    posted = world.posting[0, 2] - calm.posting[0, 2]
    envelope = calm.posting[0, 2, TREASURY, CAUSE["envelope"]]
    assert posted[TREASURY, CAUSE["envelope"]] == pytest.approx(-lost * envelope)
    assert posted[SUPPORT, CAUSE["shortage"]] == pytest.approx(-150.0 * lost)
