"""One turn: the phases, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.engine.measures import measure
from game.engine.phases.construction import construction
from game.engine.phases.demand import demand
from game.engine.phases.finance import finance
from game.engine.phases.forum import forum
from game.engine.phases.idling import idling
from game.engine.phases.manufacture import manufacture
from game.engine.phases.passage import passage
from game.engine.phases.plan import plan
from game.engine.phases.policy import policy
from game.engine.phases.rivalry import rivalry
from game.engine.phases.society import society
from game.engine.phases.stocks import stocks
from game.engine.phases.technology import technology
from game.engine.phases.trade import trade
from game.engine.postings import clear_postings
from game.engine.world import REPLACED, World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

OnPhase = Callable[[str, World], None]

OPENING = (forum, policy, technology, idling, construction, plan, passage, demand)
CLEARING = (trade, manufacture)
CLOSING = (finance, society, rivalry)
PHASES = tuple(phase.__name__ for phase in (*OPENING, *CLEARING, stocks, *CLOSING))


@dataclass(frozen=True)
class Keys:
    """What chance depends on: the seed of the game and the id of each world of a batch (0 is the game itself)."""

    seed: int
    worlds: tuple[int, ...]


def begin_turn(world: World) -> None:
    """Make room for a turn's orders: forget last turn's postings and what held for that turn only; in place."""
    clear_postings(world)
    world.clear_this_turn()


def opened(world: World, calibration: Calibration, keys: Keys, on_phase: OnPhase | None = None) -> World:
    """A copy of the world one turn on as its clearing finds it: the phases before trade are over.

    The turn's orders have been written into `world` before. Raises ValueError when the keys do not name one id for each
    world.
    """
    if len(keys.worlds) != world.size:
        raise ValueError(f"{len(keys.worlds)} world ids for a batch of {world.size}")
    moved = world.copy(shared=REPLACED)
    moved.turn += 1
    for opening in OPENING:
        opening(moved, calibration, keys)
        if on_phase:
            on_phase(opening.__name__, moved)
    return moved


def advance(world: World, calibration: Calibration, keys: Keys, on_phase: OnPhase | None = None) -> World:
    """A copy of the world one turn on; the turn's orders have been written into `world` before.

    `on_phase` is called with the name of each phase and the copy as the phase left it. Raises ValueError when the keys
    do not name one id for each world.
    """
    moved = opened(world, calibration, keys, on_phase)
    clear_markets(moved, calibration, keys, world, on_phase)
    for closing in CLOSING:
        closing(moved, calibration, keys, world)
        if on_phase:
            on_phase(closing.__name__, moved)
    measure(moved, calibration)
    return moved


def clear_markets(
    moved: World, calibration: Calibration, keys: Keys, before: World, on_phase: OnPhase | None = None
) -> None:
    """The phases in which goods change hands, in place: trade and what it leaves behind. Nothing here is chance.

    An explanation runs them again from mixed inputs, so all that becomes of goods in a turn belongs here.
    """
    for clearing in CLEARING:
        clearing(moved, calibration)
        if on_phase:
            on_phase(clearing.__name__, moved)
    stocks(moved, calibration, keys, before)
    if on_phase:
        on_phase(stocks.__name__, moved)
