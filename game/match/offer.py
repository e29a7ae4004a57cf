"""Treaties between nations: offers under way, what they come to, and the record of what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from game.engine.axes import Axes
from game.engine.calibrate import Calibration
from game.engine.pact import TREATIES
from game.engine.view import Offer
from game.engine.world import World
from game.forecast import Offers
from game.rules.asking import Row
from game.rules.orders.answer import Answer
from game.rules.orders.propose import Propose
from game.rules.terms import clauses_in, offer_terms, sign
from game.rules.treaty import read_clause, treaties

OPEN_TURNS = 2  # turns an offer waits for an answer before it lapses
IN_FORCE, ENDED = "in force", "ended"


@dataclass(frozen=True)
class Signed:
    """A treaty that was signed: the offer, its slot, its first and last turn, whether it still holds, who is bound.

    Without `members` the sender and all invited are bound. `name` is what an agreement of the real world is called.
    """

    offer: Offer
    slot: int
    first: int
    last: int
    state: str = IN_FORCE
    members: tuple[str, ...] = ()
    name: str = ""

    @property
    def bound(self) -> tuple[str, ...]:
        """The members by id; once it has ended, those it bound last."""
        return self.members or self.offer.parties


@dataclass(frozen=True)
class Diplomacy:
    """Open offers and signed treaties after a turn. Immutable."""

    offers: tuple[Offer, ...] = ()
    treaties: tuple[Signed, ...] = ()
    next_number: int = 1

    def inbox(self, nation: str) -> tuple[Offer, ...]:
        """The offers that wait for a nation's answer."""
        return tuple(offer for offer in self.offers if nation in offer.waiting)

    def as_data(self) -> dict[str, Any]:
        """Plain data for a save."""
        return asdict(self)

    @staticmethod
    def opening(world: World, names: Mapping[int, str]) -> Diplomacy:
        """What is in force when the game opens, as if the first member had proposed it to the others."""
        found = []
        for p in np.flatnonzero(world.treaty_kind[0] >= 0):
            slot, kind = int(p), TREATIES[world.treaty_kind[0, p]]
            bound = tuple(world.axes.nations[n] for n in np.flatnonzero(world.treaty_member[0, p]))
            clauses = tuple(clause.as_data() for clause in clauses_in(world, slot))
            secret = bool(world.treaty_secret[0, p])
            offer = Offer(0, bound[0], bound[1], 0, kind, bound[0], bound[1], clauses, bound[2:], secret)
            since, until = int(world.treaty_since[0, p]), int(world.treaty_until[0, p])
            found.append(Signed(offer, slot, since, until, IN_FORCE, bound, names.get(slot, "")))
        return Diplomacy((), tuple(found))

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Diplomacy:
        """What `as_data` gave."""
        offers = tuple(_offer(row) for row in data.get("offers", ()))
        signed = (
            Signed(**{**row, "offer": _offer(row["offer"]), "members": tuple(row.get("members", ()))})
            for row in data.get("treaties", ())
        )
        return Diplomacy(offers, tuple(signed), int(data.get("next_number", 1)))


def negotiated(
    before: Diplomacy,
    world: World,
    calibration: Calibration,
    proposals: list[tuple[str, Propose]],
    answers: list[tuple[str, Answer]],
) -> Diplomacy:
    """Diplomacy after a turn's proposals and answers; accepted treaties are written into `world`, just advanced."""
    open_offers = {offer.number: offer for offer in before.offers}
    fresh: list[Offer] = []
    number = before.next_number
    for nation, answer in answers:
        offer = open_offers.get(answer.offer)
        if offer is None or nation not in offer.waiting:
            continue
        open_offers[offer.number] = _answered(offer, nation, answer)
        clauses = answer.countered(offer) if answer.reply == "counter" else None
        if clauses is not None:
            fresh.append(_countered(offer, nation, number, world.turn, clauses))
            number += 1
    for nation, proposal in proposals:
        fresh.append(_proposed(nation, proposal, number, world.turn))
        number += 1
    closed = [offer for offer in open_offers.values() if not offer.waiting or world.turn - offer.made >= OPEN_TURNS]
    signed = _signed([offer for offer in closed if _is_agreed(offer)], world, calibration)
    kept = tuple(offer for offer in open_offers.values() if offer not in closed)
    return Diplomacy((*kept, *fresh), (*_still_in_force(before.treaties, world), *signed), number)


def compact_offers(offers: tuple[Offer, ...], axes: Axes) -> Offers | None:
    """Open offers as the arrays that minds and habits read, [1, O]; None when there are none."""
    rows = [_row(offer, axes) for offer in offers]
    if not rows:
        return None

    def column(values: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.array([values], dtype=np.int64)

    nation = axes.nation_index
    invited = np.zeros((1, len(offers), len(axes.nations)), dtype=np.bool_)
    for row, offer in enumerate(offers):
        invited[0, row, [nation[name] for name in offer.waiting]] = True
    return Offers(
        number=column([offer.number for offer in offers]),
        sender=column([nation[offer.sender] for offer in offers]),
        invited=invited,
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
        others=offer.others,
        role="sell" if offer.seller == offer.sender else "buy",
        clauses=tuple(read_clause(clause) for clause in offer.clauses),
    )
    return proposal.row(axes)


def _proposed(nation: str, proposal: Propose, number: int, turn: int) -> Offer:
    seller, buyer = (nation, proposal.partner) if proposal.role == "sell" else (proposal.partner, nation)
    clauses = tuple(clause.as_data() for clause in proposal.clauses)
    return Offer(
        number, nation, proposal.partner, turn, proposal.treaty, seller, buyer, clauses,
        proposal.others, proposal.publicity == "secret",
    )  # fmt: skip


def _answered(offer: Offer, nation: str, answer: Answer) -> Offer:
    """The offer with an answer noted; one put off waits a turn longer."""
    if answer.reply == "accept":
        return replace(offer, accepted=(*offer.accepted, nation))
    if answer.reply == "delay":
        return replace(offer, made=offer.made + 1)
    return replace(offer, declined=(*offer.declined, nation))


def _countered(offer: Offer, nation: str, number: int, turn: int, clauses: tuple[Mapping[str, Any], ...]) -> Offer:
    """The offer sent back by one of those invited, to the sender alone."""
    other_side = offer.seller if offer.seller != offer.sender else offer.buyer
    swapped = {other_side: nation}
    return replace(
        offer, number=number, sender=nation, receiver=offer.sender, made=turn, clauses=clauses, others=(), accepted=(),
        declined=(), seller=swapped.get(offer.seller, offer.seller), buyer=swapped.get(offer.buyer, offer.buyer),
        round=offer.round + 1,
    )  # fmt: skip


def _is_agreed(offer: Offer) -> bool:
    """Whether as many have accepted as the treaty needs."""
    fewest, _most = treaties()[offer.treaty].members
    return bool(offer.accepted) and 1 + len(offer.accepted) >= fewest


def _signed(offers: list[Offer], world: World, calibration: Calibration) -> list[Signed]:
    """Write treaties into free slots; nothing is signed when there is none."""
    members = [(offer.sender, *offer.accepted) for offer in offers]
    agreed = [offer_terms(offer, world.axes, bound) for offer, bound in zip(offers, members, strict=True)]
    slots = sign(world, calibration, [(0, terms) for terms in agreed])
    return [
        Signed(offer, slot, int(world.treaty_since[0, slot]), int(world.treaty_until[0, slot]), IN_FORCE, bound)
        for offer, slot, bound in zip(offers, slots, members, strict=True)
        if slot is not None
    ]


def _still_in_force(signed: tuple[Signed, ...], world: World) -> list[Signed]:
    """The treaties as the world's table has them, those that are gone from it marked as ended."""
    result = []
    for treaty in signed:
        if treaty.state == ENDED:
            result.append(treaty)
        elif _is_written(treaty, world):
            bound = np.flatnonzero(world.treaty_member[0, treaty.slot])
            notice = world.treaty_leaving[0, treaty.slot, bound]
            last = int(world.treaty_until[0, treaty.slot])
            last = min(last, int(notice.max())) if len(bound) == 2 and notice.any() else last
            members = tuple(world.axes.nations[n] for n in bound)
            result.append(replace(treaty, last=last, members=members))
        else:
            result.append(replace(treaty, last=min(treaty.last, world.turn), state=ENDED))
    return result


def _is_written(treaty: Signed, world: World) -> bool:
    """Whether the slot of a treaty still holds it."""
    kind, since = world.treaty_kind[0, treaty.slot], world.treaty_since[0, treaty.slot]
    return bool(kind >= 0) and TREATIES[kind] == treaty.offer.treaty and bool(since == treaty.first)


def _offer(row: Mapping[str, Any]) -> Offer:
    lists = {name: tuple(row.get(name, ())) for name in ("clauses", "others", "accepted", "declined")}
    return Offer(**{**row, **lists})
