"""What the advisers of a seat say this turn."""

from __future__ import annotations

from dataclasses import dataclass

from game.ai.adviser import LEAST_REASON, advise
from game.engine.rng import derived_seed
from game.engine.turn import begin_turn
from game.match.match import Match
from game.match.offer import compact_offers
from game.match.seat import characters
from game.rules.catalog import ORDERS
from game.rules.orders._base import Order


@dataclass(frozen=True)
class Advice:
    """One desk's order and the aims it serves, in points of what the desk cares for."""

    desk: str
    order: Order
    gain: float
    reasons: tuple[tuple[str, float], ...]


def advice(match: Match, nation: str) -> tuple[Advice, ...]:
    """One order of each desk that has any to give, judged before the seat's orders of this turn."""
    world = match.world.copy()
    begin_turn(world)
    axes, position = match.axes, match.axes.nation_index[nation]
    who = characters(match.level, match.calibration)
    seed = derived_seed(match.seed, "advice", match.turn)
    offers = compact_offers(match.offers(nation), axes)
    found = advise(world, match.calibration, who, match.level.weights, position, seed, offers)
    return tuple(
        Advice(item.desk, ORDERS[item.kind].from_row(axes, item.row), item.gain, item.reasons)
        for item in found
        if item.gain >= LEAST_REASON
    )
