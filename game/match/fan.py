"""Fans of a match: what a seat's futures start from, and its orders as a plan that futures can carry out."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from game.engine.axes import Axes
from game.engine.rng import derived_seed
from game.forecast import Outset, Plan, seen_from
from game.match.match import Match
from game.match.offer import compact_offers
from game.rules.catalog import KIND_CODE
from game.rules.orders._base import Order

PURPOSE = "fan"


def outset_of(match: Match, nation: str) -> Outset:
    """What futures of a nation's seat start from: the last resolved turn as far as the nation can know it."""
    position = match.axes.nation_index[nation]
    believed = seen_from(match.history, match.calibration, position)
    offers = compact_offers(match.offers(nation), match.axes)
    return Outset(believed, position, derived_seed(match.seed, PURPOSE, match.turn), offers)


def outset_key(outset: Outset) -> str:
    """A name for an outset that no other shares; equal outsets have equal names."""
    digest = sha256(f"{outset.believed.state_hash()}/{outset.nation}/{outset.seed}".encode())
    if outset.offers is not None:
        for name in outset.offers.__dataclass_fields__:
            digest.update(getattr(outset.offers, name).tobytes())
    return digest.hexdigest()


def plan_of(orders: Iterable[Order], axes: Axes) -> Plan:
    """A seat's orders of a turn in compact form."""
    return tuple((KIND_CODE[order.kind], order.row(axes)) for order in orders)
