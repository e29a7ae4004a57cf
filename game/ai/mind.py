"""Minds: a few bundles of orders screened by habit, each followed into one future, and the best by own weights chosen.

A mind knows what its nation's view shows: its futures start from the world it believes in, the others act by habit in
them, and their chance is not the game's. After the first turn of a future the nation itself does nothing more, so that
what differs between two futures is the bundle alone. All minds of a turn are followed together, in batches of worlds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.ai.choice import COLUMNS, Choice, within_budget
from game.ai.habit import habit, habit_policy
from game.ai.value import score
from game.engine.calibrate import Calibration
from game.engine.view import believed_world
from game.engine.world import World, joined
from game.forecast import (
    ANSWER,
    ANSWER_STEP,
    REFUSE,
    Offers,
    Policy,
    batches,
    future_keys,
    picked_askings,
    unfold,
)
from game.rules.asking import Askings, Row
from game.rules.budget import slack_usd_bn
from game.rules.personality import Personalities
from game.rules.situation import Situation

Array = NDArray[np.float64]
Index = NDArray[np.int64]
OnProgress = Callable[[int, int], None]

SLOTS = 6
MOST_ORDERS = 4  # in one bundle, answers not counted
PRIOR = 0.3  # points for each of the habit's score: what a short future cannot show yet is not worth nothing
WASTED = 5.0  # points lost by doing nothing while new political capital would not fit into the bank
FULL_BANK = 9.5
REFUSALS = 6  # offers a mind turns down in one turn; what it leaves unanswered lapses
DEPTH = 4  # most turns looked ahead
FUTURES_AT_ONCE = 12  # a batch that stays in the processor's cache: larger ones take longer per world


@dataclass(frozen=True)
class Tier:
    """How hard the minds of some nations think: nations in order of what they have at stake, bundles, turns ahead."""

    nations: int
    bundles: int
    turns: int


# A turn of the whole world has to fit into two seconds on one core, so small stakes think less.
TIERS = (Tier(3, 4, DEPTH), Tier(4, 3, 2), Tier(1000, 2, 1))


@dataclass(frozen=True)
class Bundle:
    """One thing a nation might do this turn: positions of options on its short list, best first; empty is nothing."""

    nation: int
    options: tuple[int, ...]


def decide(
    world: World,
    calibration: Calibration,
    personalities: Personalities,
    nations: Sequence[int],
    seed: int,
    offers: Offers | None = None,
    depth: int = DEPTH,
    on_progress: OnProgress | None = None,
) -> Askings:
    """Return what the minds of `nations` ask for in world 0, [1, N, slots]; the other nations' rows are empty.

    `world` has begun its turn. With a depth of 0 nobody looks ahead, and the first bundle that habit screened is taken.
    `on_progress(done, of)` is called now and then with the number of futures that have been followed.
    """
    chosen = Askings.none(1, len(calibration.axes.nations), SLOTS + REFUSALS)
    if not nations:
        return chosen
    believed = joined([believed_world(world.picked(slice(0, 1)), calibration, n) for n in nations])
    offered = offers.picked(np.zeros(len(nations), dtype=np.int64)) if offers is not None else None
    short = Choice.of(believed, calibration, personalities, offered, per_kind=2)
    tiers = _tiers(Situation(believed, calibration), nations)
    bundles = [_screened(short, row, n, tiers[row].bundles) for row, n in enumerate(nations)]
    if depth > 0:
        others = habit(believed, calibration, personalities, offered)
        future = _Future(believed, calibration, personalities, others, offered, seed)
        gains = _gains(future, short, bundles, tiers, depth, on_progress)
        for row, n in enumerate(nations):
            gains[row][0] -= WASTED * (world.political_capital[0, n] >= FULL_BANK)
    for row, n in enumerate(nations):
        best = int(np.argmax(gains[row])) if depth > 0 else min(1, len(bundles[row]) - 1)
        _write(chosen, (0, n), short, row, bundles[row][best])
        if offers is not None:
            _refuse_the_rest(chosen, offers, n)
    own = world.picked(slice(0, 1))
    return within_budget(own, calibration, chosen, slack_usd_bn(own, calibration))


def _screened(short: Choice, row: int, nation: int, most: int) -> list[Bundle]:
    """The bundles worth a future: nothing, what habit would do, its parts one by one and its best pairs."""
    scores = short.score[row, nation]
    order = [int(c) for c in short.rank(short.score)[row, nation] if scores[c] > 0]
    answers = sum(short.askings.kind[row, nation, c] == ANSWER for c in order)
    groups: list[tuple[int, ...]] = [(), tuple(order[: answers + MOST_ORDERS])]
    groups += [(c,) for c in order[:3]]
    groups += [tuple(order[:2]), (order[0], *order[2:3])] if order else []
    groups += [(c,) for c in order[3:]]
    kept = list(dict.fromkeys(groups))
    return [Bundle(nation, group) for group in kept[:most]]


@dataclass(frozen=True)
class _Future:
    """What all futures of a turn have in common: one believed world a mind, what the others do first, open offers."""

    believed: World
    calibration: Calibration
    personalities: Personalities
    others: Askings
    offers: Offers | None
    seed: int

    def values(self, rows: Index, first: Askings, nation: Index, turns: int) -> Array:
        """The discounted score of `nation` [B] in a batch of worlds that start from the believed worlds `rows` [B]."""
        start = self.believed.picked(rows)
        keys = future_keys(self.seed, "mind", start.turn, start.size, common=True)
        policy = hands_off(habit_policy(self.personalities), nation)
        offers = self.offers.picked(rows) if self.offers is not None else None
        worth, values = np.ones(start.size), np.zeros(start.size)
        for after in unfold(start, self.calibration, policy, keys, turns, first, offers, has_begun=True):
            values += worth * score(after, self.calibration, self.personalities)[np.arange(start.size), nation]
            worth = worth * self.personalities.discount[nation]
        return values


def _gains(
    future: _Future,
    short: Choice,
    bundles: list[list[Bundle]],
    tiers: list[Tier],
    depth: int,
    on_progress: OnProgress | None,
) -> list[Array]:
    """The discounted score of every bundle of every mind, over as many turns as its nation looks ahead."""
    gains = [np.zeros(len(found)) for found in bundles]
    followed_so_far, futures = 0, sum(map(len, bundles))
    for tier in TIERS:
        pairs = [(r, b) for r, found in enumerate(bundles) for b in range(len(found)) if tiers[r] is tier]
        for part in batches(len(pairs), FUTURES_AT_ONCE):
            followed = pairs[part]
            rows = np.array([r for r, _b in followed])
            nation = np.array([bundles[r][b].nation for r, b in followed])
            first = picked_askings(future.others, rows)
            for at, (r, b) in enumerate(followed):
                _write(first, (at, bundles[r][b].nation), short, r, bundles[r][b])
            values = future.values(rows, first, nation, min(depth, tier.turns))
            for (r, b), value in zip(followed, values, strict=True):
                bundle = bundles[r][b]
                gains[r][b] = value + PRIOR * short.score[r, bundle.nation, list(bundle.options)].sum()
            followed_so_far += len(followed)
            if on_progress:
                on_progress(followed_so_far, futures)
    return gains


def _refuse_the_rest(askings: Askings, offers: Offers, nation: int) -> None:
    """Say no to the offers in a nation's inbox that it does not accept, as far as there are slots."""
    answered = askings.option[0, nation][askings.kind[0, nation] == ANSWER] // ANSWER_STEP
    waiting = offers.number[0][offers.invited[0, :, nation] & (offers.sender[0] >= 0)]
    for slot, number in enumerate(np.setdiff1d(waiting, answered)[:REFUSALS], SLOTS):
        askings.put((0, nation, slot), ANSWER, Row(option=REFUSE + ANSWER_STEP * int(number), size=1.0))


def hands_off(policy: Policy, nation: Index) -> Policy:
    """The policy, with one nation of each world doing nothing."""

    def quiet(world: World, calibration: Calibration, offers: Offers | None) -> Askings:
        askings = policy(world, calibration, offers)
        askings.kind[np.arange(len(nation)), nation] = -1
        return askings

    return quiet


def _tiers(s: Situation, nations: Sequence[int]) -> list[Tier]:
    """How hard each mind thinks, by the value of what its nation makes and uses."""
    value = s.base_output_usd_bn.sum(1) + (s.baseline.consumption_t * s.baseline.price_usd_per_t).sum(1) / 2e9
    order = np.argsort(-value[list(nations)], kind="stable")
    by_rank = [tier for tier in TIERS for _ in range(tier.nations)]
    found = dict(zip(order.tolist(), by_rank, strict=False))
    return [found[row] for row in range(len(nations))]


def _write(askings: Askings, at: tuple[int, int], short: Choice, row: int, bundle: Bundle) -> None:
    """Put a bundle into the slots of one nation of one world, and empty the other slots."""
    askings.kind[at] = -1
    options = list(bundle.options)
    for name in ("kind", *COLUMNS):
        getattr(askings, name)[at][: len(options)] = getattr(short.askings, name)[row, bundle.nation, options]
