"""One turn of a match from its log: orders in, the next state out. Playing and replaying are this same function."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from pydantic import ValidationError

from game.engine.axes import Axes
from game.engine.calibrate import Calibration
from game.engine.rng import GAME_WORLD
from game.engine.turn import Keys, advance, opened
from game.engine.world import World
from game.match.log import Entry
from game.match.offer import Diplomacy, negotiated
from game.problems import ProblemError
from game.rules.asking import Askings, Batch, Row
from game.rules.carry import carry_out
from game.rules.catalog import KIND_CODE, ORDERS, read_order
from game.rules.orders._base import Order
from game.rules.orders.answer import Answer
from game.rules.orders.propose import Propose
from game.rules.reckoning import reckon
from game.rules.uphold import begin

CONTROL = "CONTROL"  # the seat of scripted orders, which act on behalf of a nation and cost it nothing

OnPhase = Callable[[str, World], None]


@dataclass(frozen=True)
class State:
    """A match after a turn: the world (of one) and what nations have offered and signed."""

    world: World
    diplomacy: Diplomacy


@dataclass(frozen=True)
class Carried:
    """One order of a turn: who asked (CONTROL for a script), for whom, what, and whether it was carried out."""

    seat: str
    nation: str
    order: Order
    done: bool


def resolve(
    before: State,
    calibration: Calibration,
    entries: Iterable[Entry],
    seed: int,
    on_phase: OnPhase | None = None,
) -> tuple[State, list[Carried]]:
    """The state after a turn and what became of its orders. `entries` are the turn's committed ones, in log order."""
    world, carried = ordered(before, calibration, entries)
    after = advance(world, calibration, Keys(seed, (GAME_WORLD,)), on_phase)
    reckon(after, calibration)
    done = [item for item in carried if item.done]
    proposals = [(item.nation, item.order) for item in done if isinstance(item.order, Propose)]
    answers = [(item.nation, item.order) for item in done if isinstance(item.order, Answer)]
    return State(after, negotiated(before.diplomacy, after, calibration, proposals, answers)), carried


def ordered(before: State, calibration: Calibration, entries: Iterable[Entry]) -> tuple[World, list[Carried]]:
    """The world with a turn's orders written into it, not yet moved on, and what became of the orders."""
    asked = [(entry.seat, *read_entry(entry, calibration.axes)) for entry in entries if entry.phase == "committed"]
    world = before.world.copy()
    begin(world, calibration)
    carried = _carried(world, calibration, before.diplomacy, [item[1:] for item in asked if item[0] != CONTROL])
    # The level's script has the last word, or a nation could undo in the same turn what the level is about.
    carried += [_scripted(world, calibration, nation, order) for seat, nation, order in asked if seat == CONTROL]
    return world, carried


def found(ordered_world: World, calibration: Calibration, seed: int) -> World:
    """The world as the clearing of a turn found it, from the one with the turn's orders written into it."""
    return opened(ordered_world, calibration, Keys(seed, (GAME_WORLD,)))


def planned(before: State, calibration: Calibration, nation: str, orders: list[Order]) -> World:
    """The world as it stands when a nation's orders so far are carried out and the others' are not known."""
    world = before.world.copy()
    begin(world, calibration)
    _carried(world, calibration, before.diplomacy, [(nation, order) for order in orders])
    return world


def read_entry(entry: Entry, axes: Axes) -> tuple[str, Order]:
    """The nation and the order of a log entry. Raises ProblemError when the entry holds no order of this game."""
    data = json.loads(entry.order)
    where = f"turn {entry.turn}, {entry.seat}"
    if entry.seat == CONTROL:
        return str(data["nation"]), read_order(data["order"], where)
    if "row" in data:
        mineral, layer, partner, option, size = data["row"]
        row = Row(mineral, layer, partner, option, size)
        return entry.seat, ORDERS[data["kind"]].from_row(axes, row)
    return entry.seat, read_order(data, where)


def compact_json(kind: str, row: Row) -> str:
    """A habit's order for the log."""
    return json.dumps({"kind": kind, "row": list(row)})


def scripted_json(nation: str, order: Order) -> str:
    """A scripted order for the log."""
    return json.dumps({"nation": nation, "order": order.as_data()}, ensure_ascii=False)


def orders_of(askings: Askings, axes: Axes, nation: int) -> list[Order]:
    """The orders in a nation's slots, in order of slot; a slot whose numbers no order allows is left out."""
    found = []
    kinds = list(KIND_CODE)
    for slot in range(askings.kind.shape[2]):
        code = int(askings.kind[0, nation, slot])
        if code < 0:
            continue
        try:
            found.append(ORDERS[kinds[code]].from_row(axes, askings.row(0, nation, slot)))
        except (ValidationError, ProblemError, IndexError):
            continue
    return found


def _scripted(world: World, calibration: Calibration, nation: str, order: Order) -> Carried:
    """Carry out a scripted order, without cost."""
    batch = Batch.of(world.axes.nation_index[nation], order.row(world.axes))
    done = bool(order.allowed(world, calibration, batch)[0])
    if done:
        order.apply(world, calibration, batch)
    return Carried(CONTROL, nation, order, done)


def _carried(
    world: World, calibration: Calibration, diplomacy: Diplomacy, asked: list[tuple[str, Order]]
) -> list[Carried]:
    """Carry out the orders of all seats at once, each seat's in its own order."""
    axes = world.axes
    slots: dict[str, list[Order]] = {}
    for nation, order in asked:
        slots.setdefault(nation, []).append(order)
    most = max((len(orders) for orders in slots.values()), default=0)
    askings = Askings.none(1, len(axes.nations), most)
    for nation, orders in slots.items():
        answered: set[int] = set()
        for slot, order in enumerate(orders):
            if not isinstance(order, Answer) or _may_answer(order, diplomacy, nation, answered):
                askings.put((0, axes.nation_index[nation], slot), KIND_CODE[order.kind], order.row(axes))
    done = carry_out(world, calibration, askings)
    return [
        Carried(nation, nation, order, bool(done[0, axes.nation_index[nation], slot]))
        for nation, orders in slots.items()
        for slot, order in enumerate(orders)
    ]


def _may_answer(answer: Answer, diplomacy: Diplomacy, nation: str, answered: set[int]) -> bool:
    """Whether the offer is open and not answered yet this turn; remembers the answer."""
    is_open = any(offer.number == answer.offer for offer in diplomacy.inbox(nation))
    if not is_open or answer.offer in answered:
        return False
    answered.add(answer.offer)
    return True


def same_arrays(one: World, other: World, tolerance: float) -> str:
    """The first field in which two worlds differ by more than `tolerance` of its size, "" when none does."""
    for name, value in one.arrays.items():
        found = other.arrays[name]
        if value.dtype.kind == "f" and tolerance > 0:
            if not np.allclose(value, found, rtol=tolerance, atol=tolerance, equal_nan=True):
                return name
        elif not np.array_equal(value, found, equal_nan=value.dtype.kind == "f"):
            return name
    return ""
