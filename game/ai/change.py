"""What may be changed in a drafted deal: a number of a clause moved, a clause left out, a clause put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from annotated_types import Ge, Le
from pydantic import ValidationError

from game.ai.outlook import Deal, Outlook
from game.engine.axes import LAYERS, TRACKS
from game.rules.clauses._base import Clause
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.price_rule import PriceRule
from game.rules.clauses.term import Term
from game.rules.treaty import CLAUSES, treaties

SMALLER, LARGER = (0.5, 0.75), (1.25, 1.5, 2.0)  # times a number that may be any, in a counter-proposal
SHORTER_TURNS, LONGER_TURNS = 4, 4
LEAST_TURNS = 2
PRICES = (80, 90, 95, 105, 110, 120)  # fixed, % of the gate price on signing
SWEETENERS = ("aid_tranche", "know_how", "restraint", "customs_lane", "tariff_cut")  # put in beside a bundle's own
AID_GIVEN, AID_GOT = 0.05, 0.3  # of the giver's and of the taker's envelope, the most in a tranche that is put in
LARGEST_PART = 0.6  # of what the seller makes, or the buyer uses, that a counter-proposal binds
CENT = 3  # digits of US$ bn


@dataclass(frozen=True)
class Change:
    """One change, and the deal it leads to: the kind of clause, and how it reads afterwards; None for left out."""

    deal: Deal
    kind: str
    clause: Clause | None


def changes(outlook: Outlook, row: int, deal: Deal) -> list[Change]:
    """Everything that one move at the table could change, in a fixed order."""
    found = []
    for place, clause in enumerate(deal.clauses):
        if clause.kind in treaties()[deal.treaty].published:
            continue
        for moved in _moved(outlook, row, deal, clause):
            found.append(_changed(deal, place, moved, clause.kind))
        if clause.kind not in treaties()[deal.treaty].needed:
            found.append(_changed(deal, place, None, clause.kind))
    for clause in _added(outlook, deal):
        longer = replace(deal, clauses=(*deal.clauses, clause))
        found.append(Change(longer, clause.kind, clause))
    return found


def _changed(deal: Deal, place: int, moved: Clause | None, kind: str) -> Change:
    put = () if moved is None else (moved,)
    return Change(replace(deal, clauses=(*deal.clauses[:place], *put, *deal.clauses[place + 1 :])), kind, moved)


def _moved(outlook: Outlook, row: int, deal: Deal, clause: Clause) -> Iterator[Clause]:
    """The clause with its number moved, within its bounds."""
    if isinstance(clause, Term):
        for value in (clause.turns - SHORTER_TURNS, clause.turns + LONGER_TURNS):
            if value >= LEAST_TURNS:
                yield from _legal(clause, turns=value)
    elif isinstance(clause, PriceRule):
        now = clause.percent if clause.rule == "fixed" else None
        for percent in PRICES:
            if percent != now:
                yield from _legal(clause, rule="fixed", percent=percent)
        if now is not None:
            yield from _legal(clause, rule="gate", percent=100)
    elif clause.size:
        value = getattr(clause, clause.size)
        for factor in (*SMALLER, *LARGER):
            moved = value * factor
            if isinstance(value, int):
                moved = value + (1 if factor > 1 else -1)
            moved = moved if isinstance(moved, int) or isinstance(clause, Deliver) else round(moved, CENT)
            if isinstance(clause, Deliver) and factor > 1 and moved > _room_t(outlook, row, deal, clause):
                continue
            yield from _legal(clause, **{clause.size: moved})


def _legal(clause: Clause, **values: Any) -> Iterator[Clause]:
    """The clause with other values; nothing where they are out of bounds, or the same."""
    try:
        moved = type(clause).model_validate({**clause.model_dump(), **values})
    except ValidationError:
        return
    if moved != clause:
        yield moved


def _room_t(outlook: Outlook, row: int, deal: Deal, clause: Deliver) -> float:
    """The most tonnes a turn that a counter-proposal asks for."""
    s, axes = outlook.situation, outlook.calibration.axes
    mineral, layer = axes.mineral_index[clause.mineral], LAYERS.index(clause.layer)
    made = s.makeable_t[row, deal.first[0], mineral, layer]
    return LARGEST_PART * float(min(made, s.usable_t[row, deal.second[0], mineral, layer]))


def _added(outlook: Outlook, deal: Deal) -> Iterator[Clause]:
    """Clauses the deal does not have: those of its bundle, and what sweetens any."""
    bundle = treaties()[deal.treaty]
    have = {clause.kind for clause in deal.clauses}
    starts = {kind: bundle.start(kind) for kind in bundle.kinds}
    mineral = next((clause.mineral for clause in deal.clauses if hasattr(clause, "mineral")), None)
    for kind in dict.fromkeys((*bundle.kinds, *SWEETENERS)):
        if kind in have:
            continue
        values = dict(starts.get(kind, {}))
        if "mineral" in CLAUSES[kind].model_fields and mineral is not None:
            values["mineral"] = mineral
        if kind == "aid_tranche":
            values["usd_bn"] = _aid_usd_bn(outlook, deal)
        if kind == "know_how":
            values["track"] = _gap(outlook, deal)
        try:
            yield CLAUSES[kind].model_validate(values)
        except ValidationError:
            continue


def _aid_usd_bn(outlook: Outlook, deal: Deal) -> float:
    """What the giver can spare and the taker can use, within the clause's bounds."""
    info = CLAUSES["aid_tranche"].model_fields["usd_bn"].metadata
    low = next(float(str(item.ge)) for item in info if isinstance(item, Ge))
    high = next(float(str(item.le)) for item in info if isinstance(item, Le))
    envelope = outlook.situation.envelope_usd_bn
    usual = min(AID_GIVEN * float(envelope[deal.second[0]]), AID_GOT * float(envelope[deal.first[0]]))
    return round(min(max(usual, low), high), CENT)


def _gap(outlook: Outlook, deal: Deal) -> str:
    """The track on which the second side is furthest ahead of the first."""
    know = outlook.believed.know[0]
    return str(TRACKS[int((know[deal.second[0]] - know[deal.first[0]]).argmax())])
