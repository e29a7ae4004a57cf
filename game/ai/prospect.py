"""What clauses are worth beyond the turns that a future looks ahead: rules of thumb, by what a nation wants.

A future of two turns shows prices and payments. It does not show what a promise is for: a squeeze that may come, a step
of knowledge that takes years. All points are those of a pillar.
"""

from __future__ import annotations

import numpy as np

from game.ai.outlook import Deal, Outlook
from game.engine.axes import ORE
from game.engine.pact import CLAUSES, EVERY
from game.rules.personality import MIDDLING, PILLARS, TOP_WEIGHT
from game.rules.situation import ratio
from game.rules.terms import Term

MIDDLE_WEIGHT = 3.0  # of a pillar, at which a point of it counts as one

SURE_SUPPLY = 12.0  # points of security for a need wholly under contract
PER_SHORTAGE = 3.0  # times as much for a buyer who lacks all of it today
SURE_SALE = 8.0  # points of revenue for an output wholly under contract
ORE_COUNTS = 0.5  # of what refined metal counts: refineries bear a gap better than makers do
LARGEST_PART = 0.7  # of need or output that may be promised before more is a burden
OVERCOMMITTED = 30.0  # points lost for promising all of it beyond that
GATE_WORTH = 30.0  # points for a price fixed at nothing, of a need or an output wholly under contract

FEARED_SHARE = 0.2  # of supply from members, for which a restraint counts once

# Points by pillar for who gives and who gets a clause; by how much of it there is where `per` is not 0.
PROSPECTS: dict[str, tuple[float, dict[str, float], dict[str, float]]] = {
    "know_how": (0.15, {"value_added": -0.8, "leverage": -1.2}, {"value_added": 3.0}),
    "research_fund": (0.0, {"value_added": 0.6}, {"value_added": 0.6}),
    "restraint": (0.0, {"leverage": -1.2}, {"security": 2.0}),
    "guarantee": (0.1, {"security": -0.3, "leverage": 0.5}, {"security": 2.5}),
    "share_stock": (1.0, {"security": -0.6}, {"security": 1.5}),
    "consult": (0.2, {"leverage": -0.2}, {"security": 0.6}),
    "dispute_panel": (0.5, {"leverage": -0.8}, {"security": 0.4, "standing": 0.4}),
    "risk_pool": (0.0, {}, {"security": 0.5}),
    "stabilise": (0.0, {"revenue": -1.0, "leverage": -0.6}, {"revenue": 0.8, "security": 0.8}),
    "equity_share": (20.0, {"leverage": -0.6, "value_added": 1.5}, {"security": 1.0, "revenue": 0.4}),
    "build_infrastructure": (0.1, {"leverage": 0.4}, {"value_added": 1.5, "revenue": 0.5}),
    "pool_volume": (0.0, {"security": 0.3}, {"price": 0.5}),
    "quota": (0.1, {"standing": -0.8}, {"revenue": 0.8, "leverage": 0.8}),
    "penalty": (0.25, {}, {"security": 0.3}),
    "revenue_share": (0.15, {"revenue": -0.6}, {"standing": 0.8}),
}
# Points of principle for a nation that cares most for standards, for being party to the clause at all.
VIRTUES = {"standards": 2.0, "revenue_share": 1.5, "dispute_panel": 1.0, "moratorium": 1.5, "research_fund": 0.5}
# Points of principle lost by a nation that cares most for leverage, for tying its own hands.
BONDS = {"restraint": 2.0, "stabilise": 1.5, "dispute_panel": 1.0, "consult": 0.5, "standards": 1.0, "quota": 0.5}
CLEAN_PARTNER = 2.0  # points of principle for a partner whose sites are accepted by all, against one in the middle
MIDDLE_LICENCE, TOP_LICENCE = 50.0, 100.0


def prospect(outlook: Outlook, row: int, deal: Deal, nation: int) -> float:
    """Points that the clauses of a deal are worth to a member beyond the turns looked ahead, by its own weights."""
    agreed = deal.terms(outlook.calibration.axes)
    points = 0.0
    for term in agreed.clauses:
        if CLAUSES[term.kind] == "know_how" and not _teaches(outlook, row, term):
            continue
        points += _delivery(outlook, row, agreed.clauses, term, nation)
        per, gives, gets = PROSPECTS.get(CLAUSES[term.kind], (0.0, {}, {}))
        much = term.numbers.amount / per if per else 1.0
        given, got = _leaning(outlook, row, deal, nation) if CLAUSES[term.kind] == "restraint" else (1.0, 1.0)
        for found, named in ((gives, given * _gives(term, nation)), (gets, got * _gets(term, nation))):
            points += named * much * sum(value * weight(outlook, nation, name) for name, value in found.items())
    return float(points)


def principle(outlook: Outlook, row: int, deal: Deal, nation: int) -> float:
    """Points of principle: standards that a nation likes to see kept, hands that it does not like to have tied."""
    p = outlook.personalities
    care = (float(p.of("standards")[nation]) - MIDDLING) / (TOP_WEIGHT - MIDDLING)
    keen = float(p.keenness[nation])
    points = 0.0
    for term in deal.terms(outlook.calibration.axes).clauses:
        kind = CLAUSES[term.kind]
        much = term.numbers.amount if kind == "standards" else 1.0
        points += VIRTUES.get(kind, 0.0) * max(care, 0.0) * much
        points -= BONDS.get(kind, 0.0) * keen * _gives(term, nation)
    licence = outlook.believed.social_licence[row].mean(1)[list(deal.across(nation))].mean()
    clean = (float(licence) - MIDDLE_LICENCE) / (TOP_LICENCE - MIDDLE_LICENCE)
    return points + CLEAN_PARTNER * max(care, 0.0) * min(clean, 1.0)


def weight(outlook: Outlook, nation: int, pillar: str) -> float:
    """How much a nation makes of a point of a pillar; 1 in the middle."""
    return float(outlook.personalities.weight[nation, PILLARS.index(pillar)]) / MIDDLE_WEIGHT


def _gives(term: Term, nation: int) -> bool:
    return term.giver in (EVERY, nation) and term.taker != nation


def _gets(term: Term, nation: int) -> bool:
    return term.taker in (EVERY, nation) and term.giver != nation


def _teaches(outlook: Outlook, row: int, term: Term) -> bool:
    """Whether the teacher knows more than the learner on the track."""
    know = outlook.believed.know[row, :, term.numbers.layer]
    return bool(know[term.giver] > know[term.taker])


def _leaning(outlook: Outlook, row: int, deal: Deal, nation: int) -> tuple[float, float]:
    """How much the other members' supply comes from a nation, and its own from them; 1 for FEARED_SHARE."""
    s, others = outlook.situation, list(deal.across(nation))
    part = ratio(s.weight, s.weight.sum(1, keepdims=True))  # [N, M]
    from_it = (s.foreign_share[row][:, nation, others] * part[others].T).sum()
    from_them = (s.foreign_share[row][:, others, nation] * part[nation][:, None]).sum()
    return float(from_it) / FEARED_SHARE, float(from_them) / FEARED_SHARE


def _delivery(outlook: Outlook, row: int, agreed: tuple[Term, ...], term: Term, nation: int) -> float:
    """What a delivery is worth to its seller or buyer: a sure sale, a sure supply, and a price off the gate's."""
    if CLAUSES[term.kind] != "deliver" or nation not in (term.giver, term.taker):
        return 0.0
    s = outlook.situation
    mineral, layer, tonnes = term.numbers.mineral, term.numbers.layer, term.numbers.amount
    price = next((found.numbers for found in agreed if CLAUSES[found.kind] == "price_rule"), None)
    off = (price.amount / 100.0 - 1.0) if price is not None and price.option else 0.0
    if nation == term.giver:
        worth, makes = s.base_output_usd_bn[nation], float(s.makeable_t[row, nation, mineral, layer])
        part = min(tonnes / makes, 1.0) if makes > 0 else 1.0
        counts = float(ratio(worth[mineral], worth.sum())) * part
        over = max(float(s.sold_forward[row, nation, mineral, layer]) + part - LARGEST_PART, 0.0)
        if np.isfinite(outlook.believed.export_quota_t[row, nation, mineral, layer]):
            over = part
        return counts * weight(outlook, nation, "revenue") * (SURE_SALE + GATE_WORTH * off) - OVERCOMMITTED * over
    uses = float(s.usable_t[row, nation, mineral, layer])
    part = min(tonnes / uses, 1.0) if uses > 0 else 1.0
    counts = part * float(s.weight[nation, mineral]) * (ORE_COUNTS if layer == ORE else 1.0)
    signed = float(s.contracted_t[row, mineral, layer, :, nation].sum())
    over = max(part + signed / uses - LARGEST_PART, 0.0) if uses > 0 else part
    short = PER_SHORTAGE * float(s.short_share[row, nation, mineral])
    supply = SURE_SUPPLY * (1.0 + short) * weight(outlook, nation, "security")
    return counts * (supply - GATE_WORTH * off * weight(outlook, nation, "price")) - OVERCOMMITTED * over
