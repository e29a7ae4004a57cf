"""Agreements in force on 1 January 2025 as treaties of the game, with clauses that leave the base year as it is.

What these agreements do to trade, ownership and the climate for investors is part of the figures of 2024. Their clauses
therefore bind, warn, teach and build from the first turn on, but move neither trade nor prices by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.content.level import REST, Level
from game.content.models.policy import AgreementRow
from game.engine.axes import Axes
from game.engine.baseline import Array, OpeningTreaties
from game.engine.pact import PACT_FIELDS, TREATY_SLOTS
from game.engine.world import empty_world
from game.rules.clauses._base import Clause
from game.rules.clauses.build_infrastructure import BuildInfrastructure
from game.rules.clauses.consult import Consult
from game.rules.clauses.equity_share import EquityShare
from game.rules.clauses.research_fund import ResearchFund
from game.rules.clauses.restraint import Restraint
from game.rules.clauses.term import Term
from game.rules.terms import terms, write_treaty

UNTIL = 60  # longer than any level

# Sizes are small beside the figures of 2024, in which these agreements are at work already; project estimates, but for
# the Sicomines outlay: US$ 324 m a year by the revision of March 2024.
TALK = Consult(calm=0.05)
NO_DUTIES = Restraint(scope="no_discrimination")
SICOMINES_USD_BN, CORRIDOR_USD_BN = 0.16, 0.05
STAKE_USD_BN, STAKE_PERCENT = 0.01, 5
RESEARCH_USD_BN = 0.005

TRADE_AGREEMENTS = frozenset({"us_japan_critical_minerals_agreement", "us_canada_joint_action_plan_and_dpa_co_funding"})
POOR_SHARE = 0.1  # of the largest party's output: below, a party is built for and does not build


@dataclass(frozen=True)
class _Found:
    """An agreement as a treaty: its kind, clauses and sides."""

    treaty: str
    clauses: tuple[Clause, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]


def opening_treaties(level: Level, axes: Axes, gdp_usd_bn: Array, mined_t: Array) -> OpeningTreaties:
    """The treaty tables at the start, from the last slots backwards, so that new treaties take the first ones.

    `gdp_usd_bn` [N] and `mined_t` [N, M] say who is host of what.
    """
    world = empty_world(axes, 0)
    notes: dict[int, str] = {}
    slot, last = TREATY_SLOTS - 1, world.clause_treaty.shape[1]
    for name, agreement in level.agreements_in_force.items():
        parties = [axes.nation_index[n] for n in agreement.parties if n in axes.nation_index and n != REST]
        found = _treaty(name, agreement, axes, parties, gdp_usd_bn, mined_t)
        if found is None:
            continue
        clauses = (*found.clauses, Term(turns=30))
        agreed = terms(found.treaty, clauses, axes, found.first, found.second)
        places = np.arange(last - len(clauses), last)
        write_treaty(world, 0, slot, agreed, since=1, until=UNTIL, places=places)
        last -= len(clauses)
        notes[slot] = agreement.name
        slot -= 1
    return OpeningTreaties({field.name: world.arrays[field.name][0] for field in PACT_FIELDS}, notes)


def _treaty(
    name: str, agreement: AgreementRow, axes: Axes, parties: Sequence[int], gdp: Array, mined_t: Array
) -> _Found | None:
    """The treaty an agreement comes to; None where fewer than two of its parties are in the level."""
    if len(parties) < 2:
        return None
    first, rest = (parties[0],), tuple(parties[1:])
    if agreement.kind in ("jv", "offtake"):
        return _venture(agreement, axes, parties, mined_t)
    if agreement.kind in ("infrastructure_for_minerals", "corridor"):
        poor = tuple(n for n in parties if gdp[n] < POOR_SHARE * gdp[list(parties)].max())
        builders = tuple(n for n in parties if n not in poor)
        usd_bn = SICOMINES_USD_BN if agreement.kind == "infrastructure_for_minerals" else CORRIDOR_USD_BN
        built = (BuildInfrastructure(usd_bn=usd_bn), TALK)
        return _Found("infrastructure_for_minerals", built, poor, builders) if poor and builders else None
    if agreement.kind == "research":
        return _Found("joint_research", (ResearchFund(usd_bn=RESEARCH_USD_BN),), first, rest)
    if name in TRADE_AGREEMENTS:
        return _Found("market_access", (NO_DUTIES, TALK), first, rest)
    kind = "security_pact" if agreement.kind == "security" else "crisis_consultation"
    return _Found(kind, (TALK,), first, rest)


def _venture(agreement: AgreementRow, axes: Axes, parties: Sequence[int], mined_t: Array) -> _Found | None:
    """A small stake of the party named first in the one that mines most of the first mineral, or of another in it."""
    minerals = [name for name in agreement.minerals if name in axes.mineral_index]
    if not minerals:
        return None
    host = max(parties, key=lambda n: float(mined_t[n, axes.mineral_index[minerals[0]]]))
    investor = next(n for n in parties if n != host)
    stake = EquityShare(mineral=minerals[0], stage="mine", usd_bn=STAKE_USD_BN, percent=STAKE_PERCENT)
    return _Found("joint_venture", (stake,), (host,), (investor,))
