"""What a treaty comes to in numbers, and its signing: how it gets into a world's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.engine.axes import ORE, Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.fields import FIELDS
from game.engine.pact import CLAUSE_CODE, EVERY, PACT_FIELDS, TREATIES, TREATY_CODE
from game.engine.pact import CLAUSES as CLAUSE_KINDS
from game.engine.postings import post_trust
from game.engine.view import Offer
from game.engine.world import World
from game.rules.asking import Index
from game.rules.clauses._base import Clause, Numbers
from game.rules.clauses.price_rule import FIXED
from game.rules.field import extra_of
from game.rules.treaty import ASKED, CLAUSES, TERM_TURNS, Treaty, read_clause, treaties

SIGNED_TRUST = 3.0  # points each side trusts the other more on signing
CLAUSES_PER_TURN, MEMBERS_PER_TURN = 3, 4  # that parliaments ratify
TURNS_PER_GAP = 2.0  # of ratification, for standards as far apart as can be

CONTRACT_FIELDS = tuple(field for field in FIELDS if field.axes == "C" and field.name != "contract_delivered_t")
CLAUSE_FIELDS = tuple(field for field in PACT_FIELDS if field.axes == "Q")
TREATY_FIELDS = tuple(field for field in PACT_FIELDS if field.axes.startswith("P"))
DELIVER, TERM, PRICE_RULE, PENALTY = (CLAUSE_CODE[kind] for kind in ("deliver", "term", "price_rule", "penalty"))


@dataclass(frozen=True)
class Term:
    """One clause of a treaty in numbers: its kind, who gives it to whom, and what it holds."""

    kind: int
    giver: int
    taker: int
    numbers: Numbers


@dataclass(frozen=True)
class Terms:
    """A treaty about to be signed, in numbers: position of its kind, members by position, clauses."""

    kind: int
    members: tuple[int, ...]
    clauses: tuple[Term, ...]
    secret: bool = False

    @property
    def turns(self) -> int:
        """Turns in force."""
        return next((term.numbers.option for term in self.clauses if term.kind == TERM), TERM_TURNS)


def terms(
    treaty: str,
    clauses: Sequence[Clause],
    axes: Axes,
    first: tuple[int, ...],
    second: tuple[int, ...],
    secret: bool = False,
) -> Terms:
    """The numbers of a treaty between a first and a second side, nations by position.

    A side of several nations gives and takes as all members but those of the other side.
    """
    one, other = (side[0] if len(side) == 1 else EVERY for side in (first, second))
    pair = {"first": (one, other), "second": (other, one), "each": (EVERY, EVERY)}
    found = (Term(CLAUSE_CODE[clause.kind], *pair[clause.by], clause.numbers(axes)) for clause in clauses)
    return Terms(TREATY_CODE[treaty], tuple(sorted({*first, *second})), tuple(found), secret)


def offer_terms(offer: Offer, axes: Axes, members: Sequence[str]) -> Terms:
    """The numbers an offer comes to if `members`, its sender among them, sign it."""
    nation = axes.nation_index
    sender, others = (nation[offer.sender],), tuple(nation[name] for name in members if name != offer.sender)
    first, second = (sender, others) if offer.seller == offer.sender else (others, sender)
    return terms(offer.treaty, [read_clause(data) for data in offer.clauses], axes, first, second, offer.secret)


@lru_cache(maxsize=4096)
def standard_clauses(
    treaty: str, axes: Axes, mineral: int, layer: int, size: float, turns: int, rule: int, percent: int
) -> tuple[Clause, ...]:
    """The clauses of a bundle as it stands, but for what a proposal in numbers gives.

    `layer` is the position of a layer, stage or track; what no clause asks for is not looked at.
    """
    bundle = treaties()[treaty]
    asked = {bundle.size: size, bundle.asks("layer"): _word(bundle, layer)}
    given = {where: value for where, value in asked.items() if value}  # as the bundle says where nothing is given
    found = []
    for data in bundle.clauses:
        kind = str(data["kind"])
        values = dict(data)
        values |= {field: value for (where, field), value in given.items() if where == kind}
        if "mineral" in CLAUSES[kind].model_fields:
            values["mineral"] = axes.minerals[mineral]
        if kind == "term" and turns:
            values["turns"] = turns
        if kind == "price_rule" and percent:
            values |= {"rule": "fixed" if rule == FIXED else "gate", "percent": percent}
        found.append(read_clause(values))
    return tuple(found)


def layer_of(clauses: Sequence[Clause]) -> int:
    """Position of the layer, stage or track that the first clause with one names; -1 for none."""
    for clause in clauses:
        for name in ASKED[1:]:
            if name in type(clause).model_fields:
                return list(extra_of(type(clause), name)["names"]).index(getattr(clause, name))
    return -1


def ratification_turns(kind: int, members: Sequence[int], clauses: int, calibration: Calibration) -> int:
    """Turns from signing until a treaty is in force: 1 + clauses/3 + standards gap + members/4, whole turns."""
    if not treaties()[TREATIES[kind]].ratified:
        return 1
    standards = calibration.baseline.licence[list(members)]
    gap = TURNS_PER_GAP * float(standards.max() - standards.min())
    return int(1 + clauses / CLAUSES_PER_TURN + gap + len(members) / MEMBERS_PER_TURN)


def sign(world: World, calibration: Calibration, signings: Sequence[tuple[int, Terms]]) -> list[int | None]:
    """Write treaties into free slots of the worlds (by row), whose turn has just ended; return their slots.

    One for which there is no room comes to nothing: None. Members gain trust in one another.
    """
    slots: list[int | None] = []
    gained = np.zeros_like(world.trust)
    for w, agreed in signings:
        slot = _write(world, calibration, w, agreed)
        slots.append(slot)
        if slot is not None:
            members = list(agreed.members)
            gained[np.ix_([w], members, members)] = SIGNED_TRUST
    nation = np.arange(gained.shape[1])
    gained[:, nation, nation] = 0.0
    post_trust(world, "signed", gained)
    return slots


def _write(world: World, calibration: Calibration, w: int, agreed: Terms) -> int | None:
    free, places = np.flatnonzero(world.treaty_kind[w] < 0), np.flatnonzero(world.clause_treaty[w] < 0)
    delivers = any(term.kind == DELIVER for term in agreed.clauses)
    if not len(free) or len(places) < len(agreed.clauses) or (delivers and not (world.contract_seller[w] < 0).any()):
        return None
    p = int(free[0])
    lead = ratification_turns(agreed.kind, agreed.members, len(agreed.clauses), calibration)
    since = world.turn + lead
    write_treaty(world, w, p, agreed, since, since - 1 + agreed.turns, places)
    if since == world.turn + 1:
        place_contracts(world, w, p)
    return p


def write_treaty(world: World, w: int, p: int, agreed: Terms, since: int, until: int, places: Index) -> None:
    """Fill a treaty slot and as many of the clause slots `places` as it takes."""
    world.treaty_kind[w, p], world.treaty_secret[w, p] = agreed.kind, agreed.secret
    world.treaty_member[w, p] = False
    world.treaty_member[w, p, list(agreed.members)] = True
    world.treaty_since[w, p], world.treaty_until[w, p] = since, until
    for q, term in zip(places, agreed.clauses, strict=False):
        world.clause_treaty[w, q], world.clause_kind[w, q] = p, term.kind
        world.clause_giver[w, q], world.clause_taker[w, q] = term.giver, term.taker
        world.clause_mineral[w, q], world.clause_layer[w, q], world.clause_option[w, q], world.clause_amount[w, q] = (
            term.numbers
        )


def place_contracts(world: World, w: int, p: int) -> None:
    """Fill a contract slot for each delivery that a treaty promises and that has none yet, as long as there are any."""
    clauses = np.flatnonzero(world.clause_treaty[w] == p)
    kinds = world.clause_kind[w, clauses]
    for q in clauses[kinds == DELIVER]:
        free = np.flatnonzero(world.contract_seller[w] < 0)
        if not len(free) or (world.contract_clause[w] == q).any():
            continue
        at = (w, int(free[0]))
        seller, mineral, layer = (int(world.arrays[f"clause_{name}"][w, q]) for name in ("giver", "mineral", "layer"))
        world.contract_seller[at], world.contract_buyer[at] = seller, world.clause_taker[w, q]
        world.contract_mineral[at], world.contract_layer[at] = mineral, layer
        world.contract_t[at], world.contract_clause[at] = world.clause_amount[w, q], q
        world.contract_until[at] = world.treaty_until[w, p]
        world.contract_penalty_share[at] = world.clause_amount[w, clauses[kinds == PENALTY]].sum()
        gate = world.mine_gate_ln if layer == ORE else world.refinery_gate_ln
        world.contract_ln[at] = np.nan
        for price in clauses[kinds == PRICE_RULE]:
            if world.clause_option[w, price] == FIXED:
                world.contract_ln[at] = gate[w, seller, mineral] + np.log(world.clause_amount[w, price] / 100)


def without(world: World, gone: Flags) -> Flags:
    """Take members [W, P, N] out of treaties, with the clauses that name them; return which bind too few now [W, P]."""
    if not gone.any():
        return np.zeros(world.treaty_kind.shape, dtype=np.bool_)
    world.treaty_member[gone] = False
    world.treaty_leaving[gone] = 0
    world.strain[gone] = 0.0
    w, q = np.nonzero(world.clause_treaty >= 0)
    p = world.clause_treaty[w, q]
    named = np.zeros(len(w), dtype=np.bool_)
    for side in (world.clause_giver[w, q], world.clause_taker[w, q]):
        named |= (side >= 0) & gone[w, p, np.maximum(side, 0)]
    _free_clauses(world, w[named], q[named])
    fewest = np.array([treaties()[kind].members[0] if kind in treaties() else 2 for kind in TREATIES])
    too_few = world.treaty_member.sum(2) < fewest[np.maximum(world.treaty_kind, 0)]
    emptied = np.zeros(too_few.shape, dtype=np.bool_)
    emptied[w[named], p[named]] = True
    kept = np.zeros(too_few.shape, dtype=np.bool_)
    w, q = np.nonzero(world.clause_treaty >= 0)
    kept[w, world.clause_treaty[w, q]] = True
    return np.asarray((world.treaty_kind >= 0) & (too_few | (emptied & ~kept)))


def clauses_in(world: World, p: int) -> tuple[Clause, ...]:
    """The clauses of the treaty in a slot of world 0, in order."""
    found = []
    for q in np.flatnonzero(world.clause_treaty[0] == p):
        mineral, layer, option = (int(world.arrays[f"clause_{name}"][0, q]) for name in ("mineral", "layer", "option"))
        numbers = Numbers(mineral, layer, option, float(world.clause_amount[0, q]))
        found.append(CLAUSES[CLAUSE_KINDS[world.clause_kind[0, q]]].from_numbers(world.axes, numbers))
    return tuple(found)


def end(world: World, gone: Flags, at_once: bool = False) -> None:
    """Free the slots of treaties, [W, P], and of their clauses.

    Their contracts deliver no more; `at_once` their slots are free now, else when the next turn begins.
    """
    if not gone.any():
        return
    held, slot = np.nonzero(world.clause_treaty >= 0)
    ending = gone[held, world.clause_treaty[held, slot]]
    _free_clauses(world, held[ending], slot[ending], at_once)
    for field in TREATY_FIELDS:
        world.arrays[field.name][gone] = field.default


def _free_clauses(world: World, w: Index, q: Index, at_once: bool = True) -> None:
    freed = np.zeros(world.clause_treaty.shape, dtype=np.bool_)
    freed[w, q] = True
    held, c = np.nonzero(world.contract_clause >= 0)
    served = freed[held, world.contract_clause[held, c]]
    at = (held[served], c[served])
    world.contract_until[at] = np.minimum(world.contract_until[at], world.turn)
    world.contract_clause[at] = -1
    for field in CONTRACT_FIELDS if at_once else ():
        world.arrays[field.name][at] = field.default
    for field in CLAUSE_FIELDS:
        world.arrays[field.name][w, q] = field.default


def _word(treaty: Treaty, layer: int) -> str:
    words = treaty.choices("layer")
    return words[layer] if 0 <= layer < len(words) else ""
