"""How a nation answers a drafted deal: yes, no, or the cheapest change that would turn its no into a yes.

Changes are screened by what is quick to reckon (trust, principles, prospects, and pillars taken to move in proportion);
the few best are followed in one batch of futures. A reply follows at most 1 + SEARCHED deals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from pydantic import ValidationError

from game.ai.change import Change, changes
from game.ai.deal import Ledger, lasting, ledgers
from game.ai.outlook import Deal, Outlook
from game.ai.prospect import principle, prospect, weight
from game.rules.clauses._base import Clause
from game.rules.treaty import CLAUSES, treaties

Verdict = Literal["accept", "counter", "refuse"]

SEARCH_FUTURES = 1  # of each of them; they share their chance, so that they hardly differ in what a change brings
SAFETY = 0.1  # points of worth above the threshold, for what the others would have shown
SEARCHED = 4  # changes that are followed into futures, for one reply
PAIRED = 7  # best single changes of which pairs are tried
AID_POINTS = 20.0  # points of revenue that an envelope a turn is worth, roughly
SECOND_CHANGE = 0.5  # points by which a change of two clauses has to be cheaper than one of a single clause


@dataclass(frozen=True)
class Counter:
    """A changed deal that the nation would sign, and what it believes the others to make of it."""

    deal: Deal
    changed: tuple[Change, ...]
    ledger: Ledger
    others: tuple[Ledger, ...]


@dataclass(frozen=True)
class Reply:
    """An answer with its ledger; `counter` is None where nothing at the table would change a no, or none was asked."""

    ledger: Ledger
    counter: Counter | None = None

    @property
    def verdict(self) -> Verdict:
        """Accept, counter or refuse."""
        if self.ledger.signs:
            return "accept"
        return "counter" if self.counter else "refuse"


@dataclass(frozen=True)
class _Option:
    """One or two changes, with guesses of what the nation and the others gain by them."""

    deal: Deal
    changed: tuple[Change, ...]
    own: float
    others: float


def reply(outlook: Outlook, deal: Deal, row: int = 0, may_counter: bool = True) -> Reply:
    """How the nation of a row of the outlook answers a deal; changes nothing."""
    return replies(outlook, [(row, deal)], may_counter)[0]


def replies(
    outlook: Outlook, deals: Sequence[tuple[int, Deal]], may_counter: bool | Sequence[bool] = True
) -> list[Reply]:
    """How nations answer deals, each as the nation of its row; all deals, and then all changes, in one batch."""
    may = [may_counter] * len(deals) if isinstance(may_counter, bool) else list(may_counter)
    found = ledgers(outlook, deals)
    searched = [
        _screened(outlook, row, deal, ledger) if asked and not ledger[outlook.nations[row]].signs else []
        for (row, deal), ledger, asked in zip(deals, found, may, strict=True)
    ]
    tried = [(row, option.deal) for (row, _deal), options in zip(deals, searched, strict=True) for option in options]
    tested = iter(ledgers(outlook, tried, SEARCH_FUTURES))
    answers = []
    for (row, _deal), ledger, options in zip(deals, found, searched, strict=True):
        results = [(option, next(tested)) for option in options]
        answers.append(Reply(ledger[outlook.nations[row]], _cheapest(outlook.nations[row], results)))
    return answers


def cheapest_flip(outlook: Outlook, deal: Deal, row: int = 0) -> Counter | None:
    """The change of one or two clauses that costs the others least of those that make the nation sign; None without.

    None, too, for a deal that it would sign as it is.
    """
    return reply(outlook, deal, row).counter


def what_would_you_give(outlook: Outlook, wish: Clause, partner: int, row: int = 0) -> Reply | None:
    """How the nation answers a partner who asks for one clause: the package it would sign is the deal, or the counter.

    None where no treaty has such a clause.
    """
    deal = wished(outlook.nations[row], partner, wish)
    return reply(outlook, deal, row) if deal is not None else None


def wished(nation: int, partner: int, wish: Clause) -> Deal | None:
    """The smallest treaty about a clause that a nation is asked to give, its other clauses as they stand."""
    about = sorted(treaties().values(), key=lambda bundle: (wish.kind not in bundle.needed, len(bundle.needed)))
    for bundle in (bundle for bundle in about if wish.kind in bundle.kinds):
        clauses = []
        for kind in bundle.needed if wish.kind in bundle.needed else (*bundle.needed, wish.kind):
            values = bundle.start(kind)
            if "mineral" in CLAUSES[kind].model_fields and hasattr(wish, "mineral"):
                values["mineral"] = wish.mineral
            try:
                clauses.append(wish if kind == wish.kind else CLAUSES[kind].model_validate(values))
            except ValidationError:
                break
        else:
            first, second = (partner, nation) if wish.by == "second" else (nation, partner)
            return Deal(bundle.treaty, tuple(clauses), (first,), (second,))
    return None


def _cheapest(nation: int, tested: Sequence[tuple[_Option, dict[int, Ledger]]]) -> Counter | None:
    """Of the options that the nation signs the one worth most to the others; of one change rather than of two."""
    best, most = None, float("-inf")
    for option, found in tested:
        others = tuple(ledger for n, ledger in found.items() if n != nation)
        worth = sum(ledger.worth - ledger.threshold for ledger in others) - SECOND_CHANGE * (len(option.changed) - 1)
        if found[nation].worth >= found[nation].threshold + SAFETY and worth > most:
            best, most = Counter(option.deal, option.changed, found[nation], others), worth
    return best


def _screened(outlook: Outlook, row: int, deal: Deal, found: dict[int, Ledger]) -> list[_Option]:
    """The changes worth following: enough for the nation by a quick guess, cheapest for the others first."""
    nation = outlook.nations[row]
    gap = found[nation].threshold - found[nation].worth
    now = {n: _quick(outlook, row, deal, deal, n, ledger) for n, ledger in found.items()}

    def option(change: Change) -> _Option:
        gain = {n: _quick(outlook, row, deal, change.deal, n, ledger) - now[n] for n, ledger in found.items()}
        return _Option(change.deal, (change,), gain[nation], sum(value for n, value in gain.items() if n != nation))

    singles = [single for single in map(option, changes(outlook, row, deal)) if single.own > 0]
    by_price = sorted(singles, key=lambda o: -(o.others + min(o.own, gap)))[:PAIRED]
    pairs = [
        _Option(_both(deal, *changed), changed, one.own + two.own, one.others + two.others)
        for one, two in combinations(by_price, 2)
        for changed in [(one.changed[0], two.changed[0])]
        if one.changed[0].kind != two.changed[0].kind
    ]
    enough = sorted((o for o in (*singles, *pairs) if o.own >= gap), key=lambda o: -o.others + len(o.changed) * 0.01)
    near = sorted((o for o in (*singles, *pairs) if o.own < gap), key=lambda o: -o.own)
    generous = sorted(enough[SEARCHED - 2 :], key=lambda o: -o.own)[:2]  # should the guess have been too high
    return (enough[: SEARCHED - 2] + generous + near)[:SEARCHED]


def _both(deal: Deal, one: Change, two: Change) -> Deal:
    """The deal with two changes of different clauses."""
    changed = {change.kind: change.clause for change in (one, two)}
    kept = [changed.pop(c.kind) if c.kind in changed else c for c in deal.clauses]
    return replace(deal, clauses=tuple(c for c in (*kept, *changed.values()) if c is not None))


def _quick(outlook: Outlook, row: int, old: Deal, new: Deal, nation: int, ledger: Ledger) -> float:
    """A guess of a changed deal's worth but for what all changes leave alone, pillars moving with what is delivered."""
    worth = prospect(outlook, row, new, nation)
    aid = _amount(new, "aid_tranche") - _amount(old, "aid_tranche")
    share = aid / float(outlook.situation.envelope_usd_bn[nation])
    worth += share * AID_POINTS * weight(outlook, nation, "revenue") * (1.0 if nation in new.first else -1.0)
    pillars = sum(r.points for r in ledger.reasons if r.name not in ("prospect", "trust", "principle"))
    delivered = _amount(old, "deliver")
    times = _amount(new, "deliver") / delivered if delivered else 1.0
    lasts = lasting(outlook, new, nation)
    return (
        worth * lasts + principle(outlook, row, new, nation) + pillars * times * lasts / lasting(outlook, old, nation)
    )


def _amount(deal: Deal, kind: str) -> float:
    """How much of a clause a deal holds; 0 without it."""
    return next((float(getattr(c, c.size)) for c in deal.clauses if c.kind == kind and c.size), 0.0)
