"""What a treaty is worth to a nation, and why: a ledger of reasons that sum to its worth.

U = sum of weight x change of expected pillars + prospects of the clauses beyond the turns looked ahead + trust in the
partners + principles - dependence on them - gains of rivals. A nation signs from a threshold on that its personality
and its mood set. Nothing here reads files or a clock, and nothing is drawn outside the outlook's keyed chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.ai.outlook import Deal, Outlook
from game.ai.prospect import principle, prospect, weight
from game.engine.baseline import Array
from game.rules.personality import PILLARS
from game.rules.terms import ratification_turns
from game.text import _

MOST_REASONS = 6
USUAL_TURNS = 8  # of a treaty whose gains are counted once

CALM_TRUST, FULL_TRUST = 50.0, 50.0  # trust that weighs nothing, and points above it that weigh TRUST_POINTS
TRUST_POINTS = 2.0
LEAST_TRUST = 30.0  # below, a nation fears to be cheated
DISTRUST_POINTS = 2.5  # lost for every ten points below
DEPENDENCE_POINTS = 40.0  # lost for wholly depending on a partner in everything
RIVAL_POINTS = 0.5  # lost for every point of the mean pillar that a rival gains
CALM_TENSION, WAR_TENSION = 10.0, 60.0  # from which, and at which, another is a rival

LEAST_WORTH = 0.5  # for which anybody signs
PER_PATIENCE, PER_LOYALTY = 0.15, 0.1  # a patient nation waits for better; a loyal one asks friends for less
PER_TENSION, PER_STRAIN = 0.03, 0.03  # a point with the partners
MARGIN_SCALE = 4.0  # points of worth beyond the threshold at which a meter is three quarters of the way

REASONS = {
    "price": "Prices and industry",
    "security": "Security of supply",
    "revenue": "Income",
    "value_added": "Value added at home",
    "standing": "Standing and support",
    "standards": "Standards",
    "leverage": "Leverage",
    "prospect": "What the clauses promise for later",
    "trust": "Trust in the partner",
    "principle": "Principles",
    "dependence": "Dependence on the partner",
    "rivals": "Gains of rivals",
    "rest": "Everything else",
}


@dataclass(frozen=True)
class Reason:
    """One line of a ledger: its id in REASONS, and points for (above 0) or against."""

    name: str
    points: float

    @property
    def title(self) -> str:
        """The reason in words."""
        return _(REASONS[self.name])


@dataclass(frozen=True)
class Ledger:
    """Why a nation would sign or not: at most six reasons, heaviest first, and what it asks for at least."""

    nation: int
    reasons: tuple[Reason, ...]
    threshold: float

    @property
    def worth(self) -> float:
        """U, the sum of the reasons."""
        return math.fsum(reason.points for reason in self.reasons)

    @property
    def signs(self) -> bool:
        """Whether the nation would sign."""
        return self.worth >= self.threshold

    @property
    def margin(self) -> float:
        """How near it is to signing, 0-100; from 50 on it signs."""
        return 50.0 + 50.0 * math.tanh((self.worth - self.threshold) / (2.0 * MARGIN_SCALE))

    def points(self, name: str) -> float:
        """The points of one reason; 0 where it is not among those named."""
        return next((reason.points for reason in self.reasons if reason.name == name), 0.0)


def ledgers(outlook: Outlook, deals: Sequence[tuple[int, Deal]], futures: int | None = None) -> list[dict[int, Ledger]]:
    """The ledger of every member of each deal, all as the nation of the deal's row sees it.

    Without `futures`, all of the outlook's are followed; else the first few.
    """
    if not deals:
        return []
    count = outlook.futures if futures is None else min(futures, outlook.futures)
    course = outlook.with_deals(deals, count)
    found = []
    for d, (row, deal) in enumerate(deals):
        with_deal = course.picked(np.arange(d * count, (d + 1) * count))
        without = outlook.course.picked(row * outlook.futures + np.arange(count))
        gained = (with_deal.pillars - without.pillars).mean(0)
        leaned = (with_deal.dependence - without.dependence).mean(0)
        found.append({nation: _ledger(outlook, row, deal, nation, gained, leaned) for nation in deal.members})
    return found


def would_sign(outlook: Outlook, deal: Deal, row: int = 0) -> Ledger:
    """The ledger of the nation of a row of the outlook."""
    return ledgers(outlook, [(row, deal)])[0][outlook.nations[row]]


def threshold(outlook: Outlook, row: int, deal: Deal, nation: int) -> float:
    """The least worth for which a nation signs: by patience and loyalty, and by its mood towards the partners."""
    p, world, others = outlook.personalities, outlook.believed, list(deal.across(nation))
    fond = float(((world.trust[row, nation, others] - CALM_TRUST) / FULL_TRUST).mean())
    tension = float(world.tension[row, nation, others].max())
    shared = world.treaty_member[row][:, others].any(1) & world.treaty_member[row, :, nation]
    strain = float(world.strain[row, shared, nation].max(initial=0.0))
    asked = LEAST_WORTH + PER_PATIENCE * float(p.of("patience")[nation])
    asked -= PER_LOYALTY * float(p.of("loyalty")[nation]) * fond
    return asked + PER_TENSION * tension + PER_STRAIN * strain


def _ledger(outlook: Outlook, row: int, deal: Deal, nation: int, gained: Array, leaned: Array) -> Ledger:
    """From the change of pillars [N, 7] and of dependence [N, N] that the deal brings."""
    world, others = outlook.believed, list(deal.across(nation))
    lasts = lasting(outlook, deal, nation)
    points = {name: lasts * weight(outlook, nation, name) * float(gained[nation, k]) for k, name in enumerate(PILLARS)}
    points["prospect"] = lasts * prospect(outlook, row, deal, nation)
    trust = float(world.trust[row, nation, others].mean())
    points["trust"] = TRUST_POINTS * (trust - CALM_TRUST) / FULL_TRUST
    points["trust"] -= DISTRUST_POINTS * max(LEAST_TRUST - trust, 0.0) / 10.0
    points["principle"] = principle(outlook, row, deal, nation)
    care = weight(outlook, nation, "security")
    points["dependence"] = -lasts * DEPENDENCE_POINTS * care * float(leaned[nation, others].sum())
    rivalry = np.clip((world.tension[row, nation] - CALM_TENSION) / (WAR_TENSION - CALM_TENSION), 0.0, 1.0)
    rivalry[nation] = 0.0
    points["rivals"] = -RIVAL_POINTS * lasts * float((rivalry * np.maximum(gained.mean(1), 0.0)).sum())
    return Ledger(nation, _heaviest(points), threshold(outlook, row, deal, nation))


def lasting(outlook: Outlook, deal: Deal, nation: int) -> float:
    """How much the gains of a turn count over the whole term, ratification waited for; 1 for one of eight turns."""
    agreed = deal.terms(outlook.calibration.axes)
    discount = float(outlook.personalities.discount[nation])
    lead = ratification_turns(agreed.kind, agreed.members, len(agreed.clauses), outlook.calibration)
    return discount ** (lead - 1) * (1.0 - discount**agreed.turns) / (1.0 - discount**USUAL_TURNS)


def _heaviest(points: dict[str, float]) -> tuple[Reason, ...]:
    """The heaviest reasons, the others put together as the last of at most six."""
    found = sorted((Reason(name, value) for name, value in points.items() if value), key=lambda r: -abs(r.points))
    if len(found) <= MOST_REASONS:
        return tuple(found)
    rest = math.fsum(reason.points for reason in found[MOST_REASONS - 1 :])
    return (*found[: MOST_REASONS - 1], Reason("rest", rest))
