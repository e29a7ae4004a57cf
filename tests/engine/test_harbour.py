"""Ports: every way over one passes it, a shut one sends trade to another, a full one is a gate, and they grow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.engine.baseline import Parameters
from game.engine.calibrate import Calibration, calibrate
from game.engine.ledger import check
from game.engine.network import Network, Passages
from game.engine.opening import opening_world
from game.engine.phases.passage import PORT_GROWTH
from game.engine.routes import routes
from game.engine.turn import Keys, advance, begin_turn
from game.engine.world import World
from tests.small_world import settled_baseline, small_network

STILL = Parameters(constant_stock_change=True, by_product_trend=0.0)
PORT = 1  # position of nation 0's port among the corridors


def with_ports(nations: tuple[str, ...], headroom: float = np.inf, second: bool = False) -> Network:
    """A line of ports of which that of nation 0 is a corridor; with a second, dearer port for it."""
    net = small_network(nations)
    n = len(nations)
    passages = replace(Passages.calm(2), headroom=np.array([np.inf, headroom]), owners=((), (0,)))
    net = replace(
        net,
        corridor_ids=("strait", "port_a"),
        corridor_kind=("strait", "port"),
        corridor_lon=np.array([10.0, 0.0]),
        corridor_lat=np.zeros(2),
        corridor_nodes=((), ()),
        sea_corridors=(((),) * n,) * n,
        passages=passages,
        harbour={n: 1},
        harbours=1,
    )
    if not second:
        return net
    return replace(
        net,
        node_id=(*net.node_id, "port_b"),
        node_lon=np.append(net.node_lon, 0.0),
        node_lat=np.append(net.node_lat, -1.0),
        lane=np.concatenate([net.lane, [[0, 2 * n]]]),
        lane_km=np.append(net.lane_km, 111.0),
        lane_is_spare=np.append(net.lane_is_spare, False),
        access_nation=np.append(net.access_nation, 0),
        access_node=np.append(net.access_node, 2 * n),
        access_land_km=np.append(net.access_land_km, 900.0),
        access_corridor=np.append(net.access_corridor, -1),
        access_way=(*net.access_way, ()),
    )


def made(headroom: float = np.inf, second: bool = False) -> Calibration:
    base = settled_baseline(nations=4, parameters=STILL)
    return calibrate(replace(base, network=with_ports(base.axes.nations, headroom, second)))


def turned(calibration: Calibration, share: float, count: int = 1) -> World:
    """The world some turns on with the port open to a share throughout; the ledger holds."""
    world = opening_world(calibration)
    for _ in range(count):
        world.corridor_open[:, PORT] = share
        begin_turn(world)
        after = advance(world, calibration, Keys(1, (0,)))
        assert check(world, after, calibration) == []
        world = after
    return world


def shipped(world: World) -> float:
    """What nation 0 sells abroad, tonnes of both layers."""
    return float((world.ore_flow_t + world.refined_flow_t)[0, 0, 0, 1:].sum())


def test_every_way_over_a_port_passes_it_and_no_other() -> None:
    use = routes(made().baseline.network).use[:, :, PORT]
    assert use[0, 1:].all()
    assert use[1:, 0].all()
    assert not use[1:, 1:].any()


def test_a_shut_port_sends_its_nation_to_its_other_port_at_a_price() -> None:
    calibration = made(second=True)
    network = calibration.baseline.network
    base, shut = routes(network), routes(network, frozenset({"port_a"}))
    assert (shut.origin_access[0, 1:] == 4).all()
    assert shut.reachable.all()
    assert (shut.km_land[0, 1:] > base.km_land[0, 1:]).all()
    assert shipped(turned(calibration, 0.0)) < shipped(turned(calibration, 1.0))


def test_a_nation_with_one_port_is_cut_off_when_it_shuts() -> None:
    assert shipped(turned(made(), 0.0)) == 0.0


def test_a_port_that_loses_room_lets_no_more_pass_and_its_owner_earns() -> None:
    calibration = made(headroom=1.25)
    free, halved = turned(calibration, 1.0), turned(calibration, 0.5)
    assert shipped(halved) < 0.75 * shipped(free)
    assert halved.corridor_rent_usd_bn[0, PORT] > 0
    assert free.corridor_rent_usd_bn.sum() == 0


def test_a_port_that_fills_is_enlarged_but_not_while_something_is_wrong_with_it() -> None:
    roomy, filling = turned(made(headroom=1.5), 1.0, 2), turned(made(headroom=1.2), 1.0, 2)
    room = [opening_world(made(headroom=h)).corridor_capacity_t[0, PORT] for h in (1.5, 1.2)]
    assert roomy.corridor_capacity_t[0, PORT] == room[0]
    assert filling.corridor_capacity_t[0, PORT] == pytest.approx(room[1] * (1 + PORT_GROWTH))
    assert turned(made(headroom=1.2), 0.9, 2).corridor_capacity_t[0, PORT] == room[1]


def test_a_port_without_limit_changes_nothing() -> None:
    base = settled_baseline(nations=4, parameters=STILL)
    plain = calibrate(base)
    world = opening_world(plain)
    begin_turn(world)
    assert np.array_equal(advance(world, plain, Keys(1, (0,))).delivered_ln, turned(made(), 1.0).delivered_ln)
