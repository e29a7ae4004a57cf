"""The shortest way to an offtake proposal."""

from __future__ import annotations

from typing import Literal

from game.rules.clauses.deliver import Deliver
from game.rules.clauses.penalty import Penalty
from game.rules.clauses.price_rule import PriceRule
from game.rules.clauses.term import Term
from game.rules.orders.propose import Propose
from game.rules.treaty import treaties


def offtake(
    partner: str,
    role: Literal["buy", "sell"],
    mineral: str,
    layer: Literal["ore", "refined"],
    volume_t: float,
    turns: int,
    price_percent: int | None = None,
) -> Propose:
    """A proposal to buy or sell so much a turn; without `price_percent` the price follows the seller's gate."""
    rule = PriceRule(rule="gate") if price_percent is None else PriceRule(rule="fixed", percent=price_percent)
    clauses = (
        Deliver(mineral=mineral, layer=layer, volume_t=volume_t),
        Term(turns=turns),
        rule,
        Penalty(**treaties()["offtake"].start("penalty")),
    )
    return Propose(treaty="offtake", partner=partner, role=role, clauses=clauses)
