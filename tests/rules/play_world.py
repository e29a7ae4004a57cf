"""A small world in which every order can be given: stock in public hands, a contract in force, an offer waiting,
tension between the first nation and the last, a duty of the first on imports of a metal."""

from dataclasses import replace
from functools import cache

import numpy as np

from game.engine.axes import MINE, REFINE, REFINED
from game.engine.calibrate import Calibration, calibrate
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from game.engine.view import NationView, Offer
from game.engine.world import World
from game.rules.terms import place_contracts, terms, write_treaty
from game.rules.treaty import read_clause
from tests.small_world import small_baseline

NATIONS = 4
SCARCE_T = 20_000.0
TREATY = 3  # the slot of the offtake in force
CONTRACT = 0  # the slot of its contract
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
CLAUSES_IN_FORCE = (
    {"kind": "deliver", "mineral": "m0", "layer": "refined", "volume_t": 20.0},
    {"kind": "term", "turns": 9},
    {"kind": "price_rule", "rule": "gate", "percent": 100},
    {"kind": "penalty", "share": 0.25},
)


@cache
def calibration() -> Calibration:
    """The calibration of four nations and two minerals; ore of the second is scarce in the third nation, and works at
    the strait, which the first nation holds, wait for a builder."""
    foreign = np.zeros((NATIONS, NATIONS, 2, 2))
    foreign[0, [2, 3], 0, MINE] = 0.3, 0.2
    foreign[1, 3, 1, REFINE] = 0.5
    reserves = np.full((NATIONS, 2), np.inf)
    reserves[2, 1] = SCARCE_T
    given = {"opening_public_stock_months": np.full((NATIONS, 2), 2.0), "reserves_t": reserves}
    baseline = small_baseline(NATIONS, 2, foreign_share=foreign, **given)
    works = {"works_usd_bn": np.array([0.004]), "works_turns": np.array([4]), "works_t": np.array([2000.0])}
    passages = replace(baseline.network.passages, has_works=np.array([True]), owners=((0,),), **works)
    return calibrate(replace(baseline, network=replace(baseline.network, passages=passages)))


@cache
def _played(worlds: int) -> World:
    world = opening_world(calibration(), worlds)
    world = advance(world, calibration(), Keys(11, tuple(range(worlds))))
    agreed = terms("offtake", [read_clause(data) for data in CLAUSES_IN_FORCE], world.axes, (SELLER,), (BUYER,))
    for w in range(worlds):
        write_treaty(world, w, TREATY, agreed, since=1, until=9, places=np.arange(4))
        place_contracts(world, w, TREATY)
    world.tension[:, 0, 3] = 10.0
    world.import_tariff[:, 0, 1, REFINED] = 0.05
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
