"""Causes: signed parts of a change, what they are called, and how many become few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.engine.explain import settled
from game.rules.catalog import ORDERS
from game.text import _

MOST_CAUSES = 6

CAUSE_TITLES = {
    "envelope": "Budget for minerals",
    "royalty": "Royalties",
    "export_tax": "Export tax",
    "gate_rent": "Rent of export quotas",
    "import_tariff": "Import tariff",
    "contract_settlement": "Contracts settled",
    "storage": "Storage of the stockpile",
    "price_floor": "Guaranteed prices",
    "interest": "Interest on debt",
    "renewal": "New political capital",
    "shortage": "Shortages",
    "price_burden": "Prices paid by makers",
    "new_capacity": "New sites",
    "lost_capacity": "Closed sites",
    "debt": "Public debt",
    "kept_promise": "Promises kept",
    "broken_promise": "Promises broken",
    "recovery": "Time heals",
    "restricted_partner": "Exports restricted",
    "capped_supplier": "Supplier capped",
    "import_terms": "Import terms",
    "signed": "Treaty signed",
    "treaty": "Paid and got under treaties",
    "treaty_project": "Projects under treaties",
    "aid": "Aid",
    "dividend": "Dividends of sites taken over",
    "taken_property": "Property taken",
    "fund": "Paid out of the resource fund",
    "resource_spending": "Spending of resource income",
    "social_licence": "Acceptance of sites",
    "defied_ruling": "Ruling defied",
    "sanctioned": "Sanctions",
    "deescalated": "Tension talked down",
    "pressed": "Demand under threat",
    "bluffed": "Threat not carried out",
    "partners": "Whom you trade with",
}

GROUP_TITLES = {
    "capacity": "Mines, refineries and recyclers",
    "demand": "What users need",
    "stocks": "Stocks and stockpiles",
    "policy": "Measures, rules and contracts",
    "routes": "Routes",
    "expectations": "What miners and traders expect",
    "version": "Another version of the game resolved this turn",
}

# Causes that are told as one when there are more than six: six families at most, so that they always suffice. Orders
# are in "orders" unless named here, what is left in "budget".
FAMILIES = {
    "taxes": ("Trade taxes and royalties", ("royalty", "export_tax", "gate_rent", "import_tariff", "dividend", "fund")),
    "stockpile": ("Stockpile", ("buy_stock", "release_stock", "storage")),
    "home": (
        "Makers and sites at home",
        ("shortage", "price_burden", "new_capacity", "lost_capacity", "social_licence"),
    ),
    "dealings": (
        "Promises and partners",
        (
            "kept_promise",
            "broken_promise",
            "restricted_partner",
            "capped_supplier",
            "signed",
            "recovery",
            "partners",
            "defied_ruling",
            "sanctioned",
            "deescalated",
            "pressed",
            "bluffed",
            "import_terms",
            "taken_property",
            "aid",
        ),
    ),
    "orders": ("Orders carried out", ()),
    "budget": ("Budget, debt and settlements", ()),
}
FAMILY_OF = {cause: family for family, (_title, causes) in FAMILIES.items() for cause in causes}


@dataclass(frozen=True)
class Cause:
    """One signed part of a change. The causes of a change sum to it, and the acts of a cause to that cause.

    `brief` is an order in a few words, where its title is the whole of what was ordered.
    """

    name: str
    title: str
    amount: float
    acts: tuple[Cause, ...] = ()
    brief: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it is a group of causes whose acts are known."""
        return bool(self.acts) and self.name in GROUP_TITLES

    @property
    def label(self) -> str:
        """What a bar is labelled with: a group of causes after its largest act, all else after itself."""
        return self.acts[0].title if self.is_group else self.title


def cause_title(cause: str) -> str:
    """What a cause of postings is called."""
    if cause in ORDERS:
        return _(ORDERS[cause].title)
    return _(CAUSE_TITLES.get(cause, cause))


def labelled(title: str, act: Cause, *, brief: bool = False) -> str:
    """The largest act after the title of its group, an order in a few words when `brief`; what is no order goes on in
    small letters."""
    if brief and act.brief:
        words = act.brief[:1].lower() + act.brief[1:]
    else:
        words = act.title if act.name in ORDERS else act.title[:1].lower() + act.title[1:]
    return _("{group}: {act}", group=title, act=words)


def largest_first(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """The causes that are not nothing, largest first."""
    return tuple(sorted((cause for cause in causes if cause.amount), key=lambda cause: -abs(cause.amount)))


def summing(causes: Sequence[Cause], before: float, after: float) -> tuple[Cause, ...]:
    """The causes with their last bits such that they add up to the change without rounding."""
    if not causes:
        return ()
    amounts = settled(np.array([cause.amount for cause in causes]), np.array(before), np.array(after))
    return tuple(replace(cause, amount=float(amount)) for cause, amount in zip(causes, amounts, strict=True))


def few(causes: Sequence[Cause]) -> tuple[Cause, ...]:
    """At most six causes with the same sum: families of the smallest causes become one, their members its acts."""
    kept = list(causes)
    while len(kept) > MOST_CAUSES:
        members: dict[str, list[Cause]] = {}
        for cause in kept:
            members.setdefault(_family(cause.name), []).append(cause)
        family = min((f for f in members if len(members[f]) > 1), key=lambda f: sum(abs(c.amount) for c in members[f]))
        joined = largest_first(members[family])
        total = sum(cause.amount for cause in joined)
        kept = [cause for cause in kept if cause not in joined]
        kept.append(Cause(family, _(FAMILIES[family][0]), total, joined))
    return largest_first(kept)


def _family(cause: str) -> str:
    if cause in FAMILIES:
        return cause
    return FAMILY_OF.get(cause, "orders" if cause in ORDERS else "budget")
