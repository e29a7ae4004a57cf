"""What nations expect of the coming turns: a few futures without a deal, and the same futures with it.

The futures start from the world as a nation believes it to be, and share their chance: what differs between two of them
is the deal alone. Everybody, the nation itself left out, acts by habit, and as it would without the deal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.ai.habit import habit_policy
from game.ai.value import pillars
from game.engine.axes import ORE, REFINED, Axes
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.rng import derived_seed
from game.engine.turn import Keys
from game.engine.view import Offer, believed_world
from game.engine.world import World, joined
from game.forecast import batches, begun, picked_askings, turned
from game.rules.asking import Askings, Index
from game.rules.clauses._base import Clause
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.terms import DELIVER, Terms, place_contracts, terms, write_treaty
from game.rules.treaty import read_clause

FUTURES = 2  # of one deal; a world and turn takes some 6 ms, and a reply has to come within 0.2 s
TURNS = 2  # looked ahead, in both of which the deal is in force
WORLDS_AT_ONCE = 16
FREE_SHARE = 0.4  # of what a nation buys or sells that may go through one partner before it counts as dependence


@dataclass(frozen=True)
class Deal:
    """A treaty as drafted: clauses, and its two sides as nations by position, the one that has the ore first."""

    treaty: str
    clauses: tuple[Clause, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """All who would be bound."""
        return tuple(sorted({*self.first, *self.second}))

    def terms(self, axes: Axes) -> Terms:
        """The deal in numbers."""
        return terms(self.treaty, self.clauses, axes, self.first, self.second)

    def across(self, nation: int) -> tuple[int, ...]:
        """The other members, those of the other side before those of its own."""
        own, other = (self.first, self.second) if nation in self.first else (self.second, self.first)
        return tuple(dict.fromkeys(n for n in (*other, *own) if n != nation))

    @staticmethod
    def of(offer: Offer, axes: Axes) -> Deal:
        """The deal an offer comes to if all who are invited sign."""
        nation = axes.nation_index
        sender = (nation[offer.sender],)
        others = tuple(nation[name] for name in offer.invited)
        first, second = (sender, others) if offer.seller == offer.sender else (others, sender)
        return Deal(offer.treaty, tuple(read_clause(data) for data in offer.clauses), first, second)


@dataclass(frozen=True)
class Course:
    """How B futures go, each the mean over its turns: pillars of every nation [B, N, 7], and how much of what the first
    nation buys and sells depends on the second, above what may freely go through one partner, [B, N, N]."""

    pillars: Array
    dependence: Array

    def picked(self, rows: Index) -> Course:
        """Some of the futures."""
        return Course(self.pillars[rows], self.dependence[rows])


@dataclass(frozen=True)
class Outlook:
    """What R nations expect without any deal. Rows stand for nations; `course` holds F futures for each, in order.

    `believed` are the R worlds as the nations believe them to be, in which the turn has begun; `orders` are what
    everybody would ask for in each turn of each of the R x F futures.
    """

    calibration: Calibration
    personalities: Personalities
    nations: tuple[int, ...]
    futures: int
    believed: World
    orders: tuple[Askings, ...]
    keys: Keys
    course: Course

    @staticmethod
    def of(
        world: World,
        calibration: Calibration,
        personalities: Personalities,
        nations: Sequence[int],
        seed: int,
        futures: int = FUTURES,
    ) -> Outlook:
        """The outlook of some nations on world 0, whose turn has begun; changes nothing in it."""
        believed = joined([believed_world(world.picked(slice(0, 1)), calibration, n) for n in nations])
        policy = habit_policy(personalities)
        keys = Keys(derived_seed(seed, "deal", world.turn), tuple(range(1, futures + 1)) * len(nations))
        rows = np.repeat(np.arange(len(nations)), futures)
        now, orders, seen = believed.picked(rows), [], []
        for turn in range(TURNS):
            askings = policy(believed, calibration, None) if turn == 0 else policy(now, calibration, None)
            if turn == 0:
                askings = picked_askings(askings, rows)
            askings.kind[np.arange(len(rows)), np.asarray(nations)[rows]] = -1
            orders.append(askings)
            after = turned(now, calibration, picked_askings(askings, slice(None)), keys, None)
            seen.append(_course(after, calibration))
            now = begun(after)
        return Outlook(calibration, personalities, tuple(nations), futures, believed, tuple(orders), keys, _mean(seen))

    @cached_property
    def situation(self) -> Situation:
        """What is derived from the believed worlds, [R, ...]."""
        return Situation(self.believed, self.calibration)

    def with_deals(self, deals: Sequence[tuple[int, Deal]], futures: int) -> Course:
        """How futures go with deals, each in the first few of its row's nation: D x `futures` of them, in order."""
        followed = [(row * self.futures + f, deal) for row, deal in deals for f in range(futures)]
        parts = [self._followed(followed[part]) for part in batches(len(followed), WORLDS_AT_ONCE)]
        return Course(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("pillars", "dependence")))

    def _followed(self, futures: Sequence[tuple[int, Deal]]) -> Course:
        at = np.array([f for f, _deal in futures])
        keys = Keys(self.keys.seed, tuple(self.keys.worlds[f] for f in at))
        now, seen = self.believed.picked(at // self.futures), []
        for w, (_f, deal) in enumerate(futures):
            put_in_force(now, w, deal.terms(now.axes))
        for askings in self.orders:
            after = turned(now, self.calibration, picked_askings(askings, at), keys, None)
            seen.append(_course(after, self.calibration))
            now = begun(after)
        return _mean(seen)


def put_in_force(world: World, w: int, agreed: Terms) -> None:
    """Write a treaty into a world whose turn has begun, as if ratified; one there is no room for changes nothing."""
    free, places = np.flatnonzero(world.treaty_kind[w] < 0), np.flatnonzero(world.clause_treaty[w] < 0)
    delivers = any(term.kind == DELIVER for term in agreed.clauses)
    if not len(free) or len(places) < len(agreed.clauses) or (delivers and not (world.contract_seller[w] < 0).any()):
        return
    p, since = int(free[0]), world.turn + 1
    write_treaty(world, w, p, agreed, since, since - 1 + max(agreed.turns, TURNS + 1), places)
    place_contracts(world, w, p)


def _course(world: World, calibration: Calibration) -> Course:
    return Course(pillars(world, calibration), _dependence(Situation(world, calibration)))


def _dependence(s: Situation) -> Array:
    """How much what the first nation buys and sells depends on the second, 0-1 [W, N, N]."""
    bought = np.maximum(s.foreign_share - FREE_SHARE, 0.0)  # [W, M, origin, destination]
    weight = ratio(s.weight, s.weight.sum(1, keepdims=True))
    buys = (bought * weight.T[:, None]).sum(1).swapaxes(1, 2)
    sold = np.zeros_like(buys)
    worth = (s.baseline.ore_price_usd_per_t, s.baseline.price_usd_per_t)
    for layer, flow in ((ORE, s.world.ore_flow_t), (REFINED, s.world.refined_flow_t)):
        sold += (flow * worth[layer][:, None, None]).sum(1)
    nation = np.arange(sold.shape[1])
    sold[:, nation, nation] = 0.0
    sells = np.maximum(ratio(sold, sold.sum(2, keepdims=True)) - FREE_SHARE, 0.0)
    return np.asarray(buys + sells)


def _mean(seen: Sequence[Course]) -> Course:
    points, shares = ([getattr(course, name) for course in seen] for name in ("pillars", "dependence"))
    return Course(np.asarray(sum(points)) / len(seen), np.asarray(sum(shares)) / len(seen))
