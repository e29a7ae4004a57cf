import numpy as np
import pytest

from game.engine.calibrate import calibrate
from tests.small_world import TURNS, settled_baseline


def test_demand_for_a_product_times_its_recipe_is_the_published_path_of_its_metal():
    path = np.ones((TURNS, 2, 2))
    path[1:, 0] = 2.0
    path[1:, 1, 0] = 0.5
    makers = calibrate(settled_baseline(minerals=2, demand_multiple=path)).makers
    np.testing.assert_allclose(makers.growth[:, None] * makers.intensity, path)
    assert 0.5 < makers.growth[1, 0] < 2.0
    np.testing.assert_allclose(makers.recipe_weight.sum(0), 1.0)


def test_what_was_made_and_bought_in_the_base_year_is_what_trade_carried():
    makers = calibrate(settled_baseline()).makers
    np.testing.assert_allclose(makers.flow_usd_bn.sum(2).T, makers.made_usd_bn, rtol=1e-9)
    np.testing.assert_allclose(makers.flow_usd_bn.sum(1).T, makers.final_usd_bn, rtol=1e-9)
    np.testing.assert_allclose(makers.made_usd_bn.sum(0), makers.world_usd_bn, rtol=1e-12)


def test_a_nation_that_no_table_lists_makes_as_much_as_it_uses_metal():
    share = np.array([[0.0, 0.0], [0.3, 0.3], [0.3, 0.3], [0.4, 0.4]])
    base = settled_baseline(manufacturing_share=share, consumption_t=np.full((4, 1), 250.0))
    makers = calibrate(base).makers
    made = makers.made_usd_bn / makers.world_usd_bn
    assert (made[0] > 0).all()
    np.testing.assert_allclose(made[1:] / made[1:].sum(0), share[1:])


def test_capacity_exceeds_what_was_made_and_follows_the_scenario():
    growth = 1.02 ** np.arange(TURNS)
    base = settled_baseline(demand_multiple=np.tile(growth[:, None, None], (1, 1, 2)))
    makers = calibrate(base).makers
    assert (makers.capacity_usd_bn > makers.made_usd_bn).all()
    assert makers.trend[1:TURNS] == pytest.approx(np.log(1.02))
    assert (makers.trend[TURNS:] == 0).all()
