"""A small world in which every order can be given: stock in public hands, a contract in force, an offer waiting."""

from functools import cache

import numpy as np

from game.engine.axes import REFINED
from game.engine.calibrate import Calibration, calibrate
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from game.engine.view import NationView, Offer
from game.engine.world import World
from tests.small_world import small_baseline

NATIONS = 4
CONTRACT = 3  # the slot of the contract in force
SELLER, BUYER = 1, 3
OFFER = Offer(
    number=5,
    sender="NAB",
    receiver="NAD",
    made=1,
    treaty="offtake",
    seller="NAB",
    buyer="NAD",
    clauses=(
        {"kind": "deliver", "mineral": "m0", "layer": "refined", "volume_t": 10.0},
        {"kind": "term", "turns": 6},
        {"kind": "price_rule", "rule": "gate", "percent": 100},
        {"kind": "penalty", "share": 0.25},
    ),
)


@cache
def calibration() -> Calibration:
    """The calibration of four nations and two minerals."""
    return calibrate(small_baseline(NATIONS, 2, opening_public_stock_months=np.full((NATIONS, 2), 2.0)))


@cache
def _played(worlds: int) -> World:
    world = opening_world(calibration(), worlds)
    world = advance(world, calibration(), Keys(11, tuple(range(worlds))))
    world.contract_seller[:, CONTRACT], world.contract_buyer[:, CONTRACT] = SELLER, BUYER
    world.contract_mineral[:, CONTRACT], world.contract_layer[:, CONTRACT] = 0, REFINED
    world.contract_t[:, CONTRACT], world.contract_until[:, CONTRACT] = 20.0, 9
    world.contract_penalty_share[:, CONTRACT] = 0.25
    return world


def play_world(worlds: int = 1) -> World:
    """Worlds after turn 1, in which turn 2 has begun."""
    world = _played(worlds).copy()
    begin_turn(world)
    return world


def play_view(nation: int = 3, world: World | None = None) -> NationView:
    """What a nation sees of it; nation 3 uses most and has an offer to answer."""
    inbox = (OFFER,) if nation == BUYER else ()
    return NationView(world or play_world(), calibration(), nation, inbox)
