import numpy as np

from game.engine.axes import REFINE
from game.engine.fields import CAUSE
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

SupportIndustry = ORDERS["support_industry"]
PROGRAMME = SupportIndustry(mineral="m0", stage="refine", size_usd_bn=0.012)


def test_the_money_flows_in_six_equal_parts():
    world = given(1, PROGRAMME)
    np.testing.assert_allclose(world.support_usd_bn[0, 1, 0, REFINE], [0.002] * 6 + [0] * 2)
    after = moved(world)
    assert np.isclose(after.posting[0, 1, 0, CAUSE["support_industry"]], -0.002)


def test_firms_build_more_with_it():
    with_support, without = moved(given(1, PROGRAMME)), moved(play_world())
    planned = with_support.pipeline_t[0, 1, 0, REFINE].sum() - without.pipeline_t[0, 1, 0, REFINE].sum()
    assert planned > 0


def test_firms_need_something_to_work_on():
    world = play_world()
    world.reserves_t[0, 1, 0] = 0
    order = SupportIndustry(mineral="m0", stage="mine", size_usd_bn=0.01)
    assert "no proven reserves" in order.problems(play_view(1, world))[0].what
