import numpy as np
import pytest

from game.engine.measures import n_minus_1
from game.match.security import exposure
from tests.rules.giving import moved
from tests.rules.play_world import NATIONS, calibration, play_world


@pytest.mark.parametrize("nation", range(NATIONS))
@pytest.mark.parametrize("stock", [0.0, 1.0])
def test_the_parts_sum_to_the_measure(nation, stock):
    world = moved(play_world())
    world.public_stock_t[...] *= stock
    world.commercial_stock_t[...] *= stock
    measured = n_minus_1(world, calibration())[0, nation]
    assert exposure(world, calibration(), nation).part.sum() == pytest.approx(measured)


def test_the_supplier_named_is_the_one_whose_stop_hurts_most():
    world = moved(play_world())
    world.public_stock_t[...] = world.commercial_stock_t[...] = 0
    found = exposure(world, calibration(), 3)
    arrived = world.refined_flow_t[0, 0, :3, 3]
    assert found.supplier == int(arrived.argmax())
    assert set(found.mineral) <= {0, 1}
    assert (found.part <= 100).all()
    assert np.isfinite(found.part).all()
