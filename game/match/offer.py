"""Treaties between nations: offers under way, what they come to, and the record of what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from game.engine.axes import Axes
from game.engine.calibrate import Calibration
from game.engine.postings import post_trust
from game.engine.view import Offer
from game.engine.world import World
from game.forecast import Offers
from game.rules.asking import Row
from game.rules.orders.answer import Answer, changed_clauses
from game.rules.orders.propose import Propose
from game.rules.treaty import SIGNED_TRUST, contract_of, read_clause

OPEN_TURNS = 2  # turns an offer waits for an answer before it lapses
IN_FORCE, ENDED = "in force", "ended"


@dataclass(frozen=True)
class Signed:
    """A treaty that was signed: the offer, its contract slot, its first and last turn, and whether it still holds."""

    offer: Offer
    slot: int
    first: int
    last: int
    state: str = IN_FORCE


@dataclass(frozen=True)
class Diplomacy:
    """Open offers and signed treaties after a turn. Immutable."""

    offers: tuple[Offer, ...] = ()
    treaties: tuple[Signed, ...] = ()
    next_number: int = 1

    def inbox(self, nation: str) -> tuple[Offer, ...]:
        """The offers that wait for a nation's answer."""
        return tuple(offer for offer in self.offers if offer.receiver == nation)

    def as_data(self) -> dict[str, Any]:
        """Plain data for a save."""
        return asdict(self)

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Diplomacy:
        """What `as_data` gave."""
        offers = tuple(_offer(row) for row in data.get("offers", ()))
        treaties = tuple(Signed(**{**row, "offer": _offer(row["offer"])}) for row in data.get("treaties", ()))
        return Diplomacy(offers, treaties, int(data.get("next_number", 1)))


def negotiated(
    before: Diplomacy,
    world: World,
    calibration: Calibration,
    proposals: list[tuple[str, Propose]],
    answers: list[tuple[str, Answer]],
) -> Diplomacy:
    """Diplomacy after a turn's proposals and answers; accepted treaties are written into `world`, just advanced."""
    open_offers = {offer.number: offer for offer in before.offers}
    signed: list[Signed] = []
    fresh: list[Offer] = []
    number = before.next_number
    for nation, answer in answers:
        offer = open_offers.get(answer.offer)
        if offer is None or offer.receiver != nation:
            continue
        del open_offers[offer.number]
        if answer.reply == "accept":
            signed += _sign(offer, world, calibration)
        elif answer.reply == "counter":
            clauses = changed_clauses(offer.clauses, answer.change, answer.value)
            if clauses is not None:
                fresh.append(_countered(offer, number, world.turn, clauses))
                number += 1
    for nation, proposal in proposals:
        fresh.append(_proposed(nation, proposal, number, world.turn))
        number += 1
    kept = tuple(offer for offer in open_offers.values() if world.turn - offer.made < OPEN_TURNS)
    treaties = (*_still_in_force(before.treaties, world), *signed)
    return Diplomacy((*kept, *fresh), treaties, number)


def compact_offers(offers: tuple[Offer, ...], axes: Axes) -> Offers | None:
    """Open offers as the arrays that minds and habits read, [1, O]; None when there are none."""
    rows = [_row(offer, axes) for offer in offers]
    if not rows:
        return None

    def column(values: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.array([values], dtype=np.int64)

    nation = axes.nation_index
    return Offers(
        number=column([offer.number for offer in offers]),
        sender=column([nation[offer.sender] for offer in offers]),
        receiver=column([nation[offer.receiver] for offer in offers]),
        mineral=column([row.mineral for row in rows]),
        layer=column([row.layer for row in rows]),
        option=column([row.option for row in rows]),
        tonnes=np.array([[row.size for row in rows]]),
    )


def _row(offer: Offer, axes: Axes) -> Row:
    """The offer as the compact form of the proposal that its sender would make."""
    proposal = Propose(
        treaty=offer.treaty,
        partner=offer.receiver,
        role="sell" if offer.seller == offer.sender else "buy",
        clauses=tuple(read_clause(clause) for clause in offer.clauses),
    )
    return proposal.row(axes)


def _proposed(nation: str, proposal: Propose, number: int, turn: int) -> Offer:
    seller, buyer = (nation, proposal.partner) if proposal.role == "sell" else (proposal.partner, nation)
    clauses = tuple(clause.as_data() for clause in proposal.clauses)
    return Offer(number, nation, proposal.partner, turn, proposal.treaty, seller, buyer, clauses)


def _countered(offer: Offer, number: int, turn: int, clauses: tuple[Mapping[str, Any], ...]) -> Offer:
    return replace(offer, number=number, sender=offer.receiver, receiver=offer.sender, made=turn, clauses=clauses)


def _sign(offer: Offer, world: World, calibration: Calibration) -> list[Signed]:
    """Write the contract into a free slot; nothing is signed when there is none."""
    free = np.flatnonzero(world.contract_seller[0] < 0)
    if not len(free):
        return []
    slot, contract = int(free[0]), contract_of(offer, world, calibration)
    world.contract_seller[0, slot] = contract.seller
    world.contract_buyer[0, slot] = contract.buyer
    world.contract_mineral[0, slot] = contract.mineral
    world.contract_layer[0, slot] = contract.layer
    world.contract_t[0, slot] = contract.tonnes
    world.contract_ln[0, slot] = contract.price_ln
    world.contract_until[0, slot] = world.turn + contract.turns
    world.contract_penalty_share[0, slot] = contract.penalty_share
    gained = np.zeros_like(world.trust)
    gained[0, contract.seller, contract.buyer] = gained[0, contract.buyer, contract.seller] = SIGNED_TRUST
    post_trust(world, "signed", gained)
    return [Signed(offer, slot, world.turn + 1, world.turn + contract.turns)]


def _still_in_force(treaties: tuple[Signed, ...], world: World) -> list[Signed]:
    """The treaties, those whose contract is gone or has run out marked as ended."""
    nation = world.axes.nation_index
    result = []
    for treaty in treaties:
        holds = (
            treaty.state == IN_FORCE
            and world.contract_seller[0, treaty.slot] == nation[treaty.offer.seller]
            and world.contract_buyer[0, treaty.slot] == nation[treaty.offer.buyer]
            and world.contract_until[0, treaty.slot] > world.turn
        )
        last = int(world.contract_until[0, treaty.slot]) if holds else min(treaty.last, world.turn)
        ended_before = treaty.state == ENDED
        result.append(treaty if ended_before else replace(treaty, last=last, state=IN_FORCE if holds else ENDED))
    return result


def _offer(row: Mapping[str, Any]) -> Offer:
    return Offer(**{**row, "clauses": tuple(row["clauses"])})
