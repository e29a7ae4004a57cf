"""The real world of the long arc: calibrated, and moved by what moves the real one."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.calibrate import calibrate, freight_ln
from game.engine.ledger import check
from game.engine.opening import opening_world
from game.engine.routes import routes
from game.engine.turn import Keys, advance, begin_turn


@pytest.fixture(scope="module")
def calibration():
    return calibrate(build_baseline(load_level("long_arc")))


def turn_on(world, calibration):
    begin_turn(world)
    return advance(world, calibration, Keys(1, tuple(range(world.size))))


def test_the_calibrated_year_is_an_equilibrium_of_the_clearing(calibration):
    """With the year's stock change held as a flow and nothing else moving, the first turn repeats 2024."""
    base = calibration.baseline
    still = replace(
        base,
        parameters=replace(
            base.parameters, constant_stock_change=True, by_product_trend=0.0, corridor_chance=0.0, research_chance=0.0
        ),
        demand_multiple=np.ones_like(base.demand_multiple),
        demand_noise=np.zeros_like(base.demand_noise),
        outage_noise=np.zeros_like(base.outage_noise),
        history_ln=np.zeros_like(base.history_ln),
        past_growth=np.zeros_like(base.past_growth),
        collection_2030=np.zeros_like(base.collection_2030),
        collection_2040=np.zeros_like(base.collection_2040),
        project_turn=np.zeros_like(base.project_turn),
        reserves_t=np.full_like(base.reserves_t, np.inf),
    )
    fitted = calibrate(still)
    world = opening_world(fitted)
    for _turn in range(5):
        world = turn_on(world, fitted)
    traded = world.use_t.sum(3)[0] > 0
    assert np.abs(world.delivered_ln[0][traded]).max() < 1e-5
    assert np.allclose(world.mined_t[0] * 2, base.mined_t, rtol=1e-4, atol=1e-3)
    assert np.allclose(world.use_t[0].sum(2) * 2, base.consumption_t, rtol=1e-4, atol=1e-3)


def test_closing_malacca_moves_cost_flow_and_the_drawn_line(calibration):
    network = calibration.baseline.network
    nations = network.nations
    europe, japan = nations.index("EUU"), nations.index("JPN")
    closed = frozenset({"malacca"})
    assert (freight_ln(calibration.baseline, closed) > calibration.base_freight_ln)[:, :, europe, japan].all()
    assert routes(network, closed).path(europe, japan) != routes(network).path(europe, japan)

    world = opening_world(calibration, 2)
    world.corridor_open[1, network.corridor_ids.index("malacca")] = 0.0
    begin_turn(world)
    moved = advance(world, calibration, Keys(1, (0, 0)))
    flow = moved.refined_flow_t[:, :, europe, japan]
    shrunk = flow[1] < flow[0] * (1 - 1e-4)
    assert shrunk[flow[0] > 1.0].any()


def test_announced_projects_change_the_path_of_prices(calibration):
    base = calibration.baseline
    without = calibrate(replace(base, project_turn=np.zeros_like(base.project_turn)))
    paths = []
    for fitted in (calibration, without):
        world = opening_world(fitted)
        for _turn in range(12):
            world = turn_on(world, fitted)
        paths.append(world.headline_ln)
    assert np.abs(paths[0] - paths[1]).max() > 0.02


def test_ten_turns_of_several_worlds_keep_the_ledger(calibration):
    world = opening_world(calibration, 3)
    for _turn in range(10):
        moved = turn_on(world, calibration)
        assert check(world, moved, calibration) == []
        world = moved


def test_a_world_of_a_batch_equals_itself_alone(calibration):
    batch, alone = opening_world(calibration, 4), opening_world(calibration)
    for _turn in range(3):
        begin_turn(batch)
        begin_turn(alone)
        batch = advance(batch, calibration, Keys(5, (0, 1, 2, 3)))
        alone = advance(alone, calibration, Keys(5, (2,)))
    assert batch.state_hash(2) == alone.state_hash(0)
    assert batch.state_hash(1) != alone.state_hash(0)
