import numpy as np
import pytest

from game.engine.fields import CAUSE, TREASURY
from game.rules.clauses.tariff_cut import ORDINARY_DUTY_LN, TariffCut
from tests.rules.agreeing import upheld
from tests.rules.giving import moved
from tests.rules.play_world import play_world

CUT = TariffCut(cut=1.0)


def test_members_sell_more_to_each_other_and_outsiders_less():
    free = moved(play_world()).refined_flow_t[0, 0]
    bound = moved(upheld(CUT, first=(1,), second=(3,))).refined_flow_t[0, 0]
    assert bound[1, 3] > free[1, 3] * 1.01
    assert bound[0, 3] < free[0, 3]


def test_a_tariff_is_not_levied_on_members_and_its_revenue_is_lost():
    taxed = play_world()
    taxed.import_tariff[0, 3] = 0.2
    spared = upheld(CUT, first=(1,), second=(3,), world=taxed.copy())
    assert spared.tariff_relief[0, 1, 3] == spared.tariff_relief[0, 3, 1] == 1.0
    assert spared.alliance_ln[0, 1, 3] == pytest.approx(ORDINARY_DUTY_LN)
    revenue = [moved(world).posting[0, 3, TREASURY, CAUSE["import_tariff"]] for world in (taxed, spared)]
    assert 0 < revenue[1] < revenue[0]


def test_nobody_else_is_touched():
    world = upheld(CUT, first=(1,), second=(3,))
    assert np.count_nonzero(world.tariff_relief) == 2
