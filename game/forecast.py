"""Futures: worlds carried forward with everybody acting by one policy, for minds, fans and counterfactuals.

A future must never read the true future: its worlds are numbered from 1 and its seed is derived from the game's seed,
a purpose and the turn, so no stream of a future equals one of the game.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import ORDER_CAUSES
from game.engine.measures import months_of_cover
from game.engine.pact import TREATIES
from game.engine.rng import derived_seed
from game.engine.stress import cut_off
from game.engine.turn import Keys, OnPhase, advance, begin_turn
from game.engine.view import believed_world
from game.engine.world import World, joined
from game.rules.asking import Askings, Row, named
from game.rules.carry import carry_out
from game.rules.compact import unpacked
from game.rules.orders.audit import STRESS
from game.rules.reckoning import reckon
from game.rules.terms import Terms, sign, standard_clauses, terms
from game.rules.treaty import treaties
from game.rules.uphold import begin

Index = NDArray[np.int64]

FAN_FUTURES = 64  # of a refined fan
FIRST_FUTURES = 16  # after which a fan is shown for the first time
FAN_TURNS = 6
PERCENTILES = (10.0, 25.0, 50.0, 75.0, 90.0)  # a fan's outer band holds 80 % of its futures, the inner one half
SEAT_FIELDS = ("n_minus_1", "value_captured", "industry", "standing", "treasury_usd_bn")  # numbers of one nation

LARGEST_BATCH = 64  # worlds in one batch: more fill the memory without a gain in speed
PROPOSE, ANSWER, AUDIT, RESTRICT = map(ORDER_CAUSES.index, ("propose", "answer", "audit", "restrict_exports"))
NO_OFFER = -1
ACCEPT, REFUSE = 0, 1
ANSWER_STEP = 16  # the compact form of an answer holds the reply below and the offer's number above this


@dataclass(frozen=True)
class Offers:
    """Treaties proposed last turn and not answered yet: O of them in each world, arrays [W, O].

    `option` is the compact form of the proposal's kind, role, price rule and term; `sender` is -1 where there is no
    offer; `invited` [W, O, N] are those who may still sign.
    """

    number: Index
    sender: Index
    invited: Flags
    mineral: Index
    layer: Index
    option: Index
    tonnes: Array

    @staticmethod
    def among(askings: Askings) -> Offers:
        """Return the first proposal of every nation of every world; its number is the sender's position."""
        is_offer = askings.kind == PROPOSE
        slot = is_offer.argmax(2)[..., None]
        made = is_offer.any(2)
        columns = (askings.partner, askings.mineral, askings.layer, askings.option, askings.size)
        first = (np.take_along_axis(column, slot, 2)[..., 0] for column in columns)
        partner, mineral, layer, option, size = (np.where(made, column, 0) for column in first)
        number = np.broadcast_to(np.arange(made.shape[1]), made.shape)
        invited = named(partner, made.shape[1]) & made[..., None]
        return Offers(number, np.where(made, number, NO_OFFER), invited, mineral, layer, option, size)

    @property
    def receiver(self) -> Index:
        """The only one, or the first of those invited [W, O]."""
        return np.asarray(self.invited.argmax(2))

    @property
    def kind(self) -> Index:
        """Position of the treaty's kind [W, O]."""
        return np.asarray(unpacked(self.option).kind)

    @property
    def sells(self) -> NDArray[np.bool_]:
        """Whether the sender would be the seller, or the host [W, O]."""
        return np.asarray(self.option % 2 == 1)

    @property
    def seller(self) -> Index:
        """Who would deliver [W, O]."""
        return np.where(self.sells, self.sender, self.receiver)

    @property
    def buyer(self) -> Index:
        """Who would pay [W, O]."""
        return np.where(self.sells, self.receiver, self.sender)

    def picked(self, rows: Index | slice) -> Offers:
        """Return the offers of some worlds; a row may be picked more than once."""
        return Offers(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


# World at the start of its turn, calibration and open offers in, orders of every nation out.
Policy = Callable[[World, Calibration, Offers | None], Askings]


def future_keys(seed: int, purpose: str, turn: int, worlds: int, common: bool = False) -> Keys:
    """Return the random keys of `worlds` futures seen from `turn`.

    With `common`, all share one stream of chance, so that they differ by their orders alone.
    """
    numbers = (1,) * worlds if common else tuple(range(1, worlds + 1))
    return Keys(derived_seed(seed, purpose, turn), numbers)


def begun(world: World, calibration: Calibration | None = None) -> World:
    """Return a copy of the worlds in which orders of the next turn can be given; without a calibration, treaties in
    force do nothing."""
    started = world.copy()
    if calibration is None:
        begin_turn(started)
    else:
        begin(started, calibration)
    return started


def signed(world: World, calibration: Calibration, offers: Offers, answers: Askings) -> None:
    """Write the treaties that enough of those invited accept into free slots of `world`, whose turn has just ended.

    One for which no slot is free comes to nothing.
    """
    accepted = np.zeros(offers.invited.shape, dtype=np.bool_)
    for slot in range(answers.kind.shape[2]):
        kind, option = answers.kind[:, :, slot], answers.option[:, :, slot]
        w, nation = np.nonzero((kind == ANSWER) & (option % 4 == ACCEPT))
        row, offer = np.nonzero(offers.number[w] == option[w, nation][:, None] // ANSWER_STEP)
        accepted[w[row], offer, nation[row]] = True
    accepted &= offers.invited & (offers.sender >= 0)[..., None]
    agreed = []
    for row, o in np.argwhere(accepted.any(2)):
        members = tuple(int(n) for n in np.flatnonzero(accepted[row, o]))
        found = _terms(world.axes, offers, (int(row), int(o)), members)
        if found is not None:
            agreed.append((int(row), found))
    if agreed:
        sign(world, calibration, agreed)


def _terms(axes: Axes, offers: Offers, at: tuple[int, int], others: tuple[int, ...]) -> Terms | None:
    """The numbers of one offer, signed by its sender and `others`; None where they are too few."""
    given = unpacked(int(offers.option[at]))
    treaty = TREATIES[given.kind]
    if 1 + len(others) < treaties()[treaty].members[0]:
        return None
    mineral, layer, size = int(offers.mineral[at]), int(offers.layer[at]), float(offers.tonnes[at])
    clauses = standard_clauses(treaty, axes, mineral, layer, size, given.turns, given.fixed, given.percent)
    sender = (int(offers.sender[at]),)
    first, second = (sender, others) if given.role else (others, sender)
    return terms(treaty, clauses, axes, first, second, bool(given.secret))


def unfold(
    world: World,
    calibration: Calibration,
    policy: Policy,
    keys: Keys,
    turns: int,
    first: Askings | None = None,
    offers: Offers | None = None,
    has_begun: bool = False,
) -> Iterator[World]:
    """Yield one batch of worlds after each of `turns` turns.

    In the first turn the nations do as `first` says (as the policy says, without it), afterwards as the policy says.
    With `has_begun`, `world` has begun its turn already and is used up.
    """
    for step in range(turns):
        started = world if has_begun and step == 0 else begun(world, calibration)
        askings = first if step == 0 and first is not None else policy(started, calibration, offers)
        world = turned(started, calibration, askings, keys, offers)
        offers = Offers.among(askings)
        yield world


def turned(
    world: World,
    calibration: Calibration,
    askings: Askings,
    keys: Keys,
    offers: Offers | None,
    script: Callable[[World], None] | None = None,
    on_phase: OnPhase | None = None,
) -> World:
    """Return the worlds one turn on, after `askings` were carried out in `world` and accepted offers signed.

    `askings` keep what was carried out; the slots of what was not are emptied. `script` has the last word before the
    turn is resolved; `on_phase` is called after each of its phases.
    """
    done = carry_out(world, calibration, askings)
    askings.kind[~done] = -1
    if script is not None:
        script(world)
    after = advance(world, calibration, keys, on_phase)
    reckon(after, calibration)
    if offers is not None:
        signed(after, calibration, offers, askings)
    return after


def batches(worlds: int, largest: int = LARGEST_BATCH) -> list[slice]:
    """Return the rows of `worlds` worlds in even batches of at most `largest`; none for no worlds."""
    if not worlds:
        return []
    parts = -(-worlds // largest)
    edges = [round(part * worlds / parts) for part in range(parts + 1)]
    return [slice(start, stop) for start, stop in pairwise(edges)]


def futures(
    world: World,
    calibration: Calibration,
    policy: Policy,
    keys: Keys,
    turns: int,
    first: Askings | None = None,
    offers: Offers | None = None,
) -> list[World]:
    """Return the worlds after each of `turns` turns, carried forward in batches of at most 64."""
    steps: list[list[World]] = [[] for _ in range(turns)]
    for rows in batches(world.size):
        part = Keys(keys.seed, keys.worlds[rows])
        orders = picked_askings(first, rows) if first is not None else None
        open_offers = offers.picked(rows) if offers is not None else None
        unfolded = unfold(world.picked(rows), calibration, policy, part, turns, orders, open_offers)
        for step, after in enumerate(unfolded):
            steps[step].append(after)
    return [joined(parts) for parts in steps]


def picked_askings(askings: Askings, rows: Index | slice | Sequence[int]) -> Askings:
    """Return the askings of some worlds, copied; a row may be picked more than once."""
    whole = (askings.kind, askings.mineral, askings.layer, askings.partner, askings.option)
    kind, mineral, layer, partner, option = (np.array(column[rows]) for column in whole)
    return Askings(kind, mineral, layer, partner, option, np.array(askings.size[rows]))


# ---- fans: many futures of one seat, with chance of their own, under one or more plans


Plan = tuple[tuple[int, Row], ...]  # a seat's orders of one turn: code of the kind and compact form, in order
Figures = dict[str, Array]


@dataclass(frozen=True)
class Outset:
    """What a seat's futures start from: nothing in it tells of the game's own chance, or of what others hide.

    `believed` is one world as the seat believes it to be, before the turn; `seed` was derived from the game's;
    `offers` are the proposals that the seat made or got, [1, O].
    """

    believed: World
    nation: int
    seed: int
    offers: Offers | None = None


def seen_from(past: Sequence[World], calibration: Calibration, nation: int) -> World:
    """Return the last world of `past` (turn 0 first) as the nation believes it to be, keeping books on stockpiles.

    What others buy and release is public, what they hold is not: it is believed to be the last published estimate and
    what was seen bought and released since, but where an audit has shown it. Without these books the others' habits
    would fill again in every future what was filled long ago, and prices would be forecast too high.
    """
    believed = believed_world(past[-1], calibration, nation)
    moved = np.sum([world.purchased_t - world.released_t for world in past], axis=0)
    known = past[-1].stock_audit_until[:, nation] > past[-1].turn
    known[:, nation] = True
    held = np.maximum(believed.public_stock_t + moved, 0.0)
    believed.public_stock_t[...] = np.where(known[..., None], believed.public_stock_t, held)
    return believed


def fan_steps(
    outset: Outset, calibration: Calibration, policy: Policy, plans: Sequence[Plan], futures: range, turns: int
) -> Iterator[Figures]:
    """Yield after each turn what the seat watches in the futures of every plan, each array [P, F, ...].

    A plan with a stress test unfolds with the exports that it names cut off. Future f has the same chance under all
    plans. The seat carries out its plan in the first turn and gives no order
    after it; everybody else follows `policy`. Futures are numbered from 0.
    """
    count = len(plans) * len(futures)
    keys = Keys(outset.seed, tuple(f + 1 for f in futures) * len(plans))
    started = begun(outset.believed.repeated(count), calibration)
    offers = outset.offers.picked(np.zeros(count, dtype=np.int64)) if outset.offers is not None else None
    others = without_orders_of(policy, outset.nation)
    planned = [plan for plan in plans for _future in futures]
    rows, partner = _tested(planned)
    if len(rows):
        others = _without_lifting(others, rows, partner)
    first = _with_plans(others(started, calibration, offers), outset.nation, planned)
    if len(rows):
        cut_off(started, rows, partner, turns)
    for after in unfold(started, calibration, others, keys, turns, first, offers, has_begun=True):
        yield {name: value.reshape(len(plans), len(futures), *value.shape[1:]) for name, value in
               watched(after, outset.nation).items()}  # fmt: skip


def _tested(plans: Sequence[Plan]) -> tuple[Index, Index]:
    """The worlds whose plan tests what would be if a nation stopped selling, and that nation."""
    found = [
        (world, row.partner)
        for world, plan in enumerate(plans)
        for kind, row in plan
        if kind == AUDIT and row.option == STRESS and row.partner >= 0
    ]
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _without_lifting(policy: Policy, rows: Index, partner: Index) -> Policy:
    """Return the policy in which a nation that is cut off in a world touches no measure on exports there."""

    def held(world: World, calibration: Calibration, offers: Offers | None) -> Askings:
        askings = policy(world, calibration, offers)
        kind = askings.kind[rows, partner]
        askings.kind[rows, partner] = np.where(kind == RESTRICT, -1, kind)
        return askings

    return held


def without_orders_of(policy: Policy, nation: int) -> Policy:
    """Return the policy with one nation giving no order."""

    def others(world: World, calibration: Calibration, offers: Offers | None) -> Askings:
        askings = policy(world, calibration, offers)
        askings.kind[:, nation] = -1
        return askings

    return others


def _with_plans(askings: Askings, nation: int, plans: Sequence[Plan]) -> Askings:
    """Return the askings with the nation's orders in each world being that world's plan."""
    worlds, nations, slots = askings.kind.shape
    found = Askings.none(worlds, nations, max(slots, *(len(plan) for plan in plans)))
    for name in askings.__dataclass_fields__:
        getattr(found, name)[:, :, :slots] = getattr(askings, name)
    for world, plan in enumerate(plans):
        for slot, (kind, row) in enumerate(plan):
            found.put((world, nation, slot), kind, row)
    return found


def watched(world: World, nation: int) -> Figures:
    """Return the numbers of a world that a seat's fans show, by field: [W, M] or, of the nation alone, [W].

    `headline_ln` and `delivered_ln` (at home) are prices relative to 2024, `months_of_cover` counts stocks at home.
    """
    found = {name: world.arrays[name][:, nation].copy() for name in SEAT_FIELDS}
    found["headline_ln"] = world.headline_ln.copy()
    found["delivered_ln"] = world.delivered_ln[:, nation].copy()
    found["months_of_cover"] = months_of_cover(world)[:, nation].copy()
    return found


def band(values: Array) -> Array:
    """Return the percentiles of PERCENTILES over futures: [F, ...] to [5, ...]."""
    return np.asarray(np.percentile(values, PERCENTILES, axis=0))
