"""Why a number moved: its change split over groups of causes by clearing the markets with each of them held back.

Whatever comes out of the clearing is a function of the world as the clearing found it. The field table gives every
array of that world its group. A group's part is its Shapley value: the mean, over all orders in which the groups could
have changed from last turn's arrays to this turn's, of what its change adds to the number (Shapley 1953). With all
groups changed or none, the clearing starts where it started in the game and gives the recorded number to the last bit,
so the parts add up to the whole change, with nothing left over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.calibrate import Calibration
from game.engine.fields import FIELD
from game.engine.turn import Keys, clear_markets
from game.engine.use import ordinary_use
from game.engine.world import World

Array = NDArray[np.float64]
Values = Mapping[str, Array]
# Numbers of a batch of worlds after their turn, by name, each [W, …]: functions of what the clearing decides.
Numbers = Callable[[World, Calibration], Values]

CAUSE_GROUPS = ("capacity", "demand", "stocks", "policy", "routes", "expectations")
STOCKS = CAUSE_GROUPS.index("stocks")

# Outcomes of the turn before that the clearing reads. Where a cap binds hangs on what was delivered, where a processing
# rule binds on what was dug, how much is at sea on what was shipped; all else is prices, which miners answer to with a
# lag and from which the solver starts.
CARRIED = {
    "refined_flow_t": "policy",
    "contract_delivered_t": "policy",
    "mined_t": "policy",
    "ore_flow_t": "routes",
    "direct_use_t": "routes",
}
CARRIED_ELSE = "expectations"
# Last turn's prices, where the solver starts; the clearing reads nothing else from them.
STARTS = ("ore_delivered_ln", "refinery_gate_ln", "delivered_ln", "product_gate_ln", "product_delivered_ln")

SAME = 1e-6  # what the last bits of another processor may come to, relative to a number


@dataclass(frozen=True)
class Step:
    """One turn of one world: as its clearing found it, and as the turn left it."""

    found: World
    after: World


@dataclass(frozen=True)
class Split:
    """Numbers before and after a turn, [...] each, and the parts of their change by group of causes, [group, ...].

    Parts are in the number's own unit; any sum of them is free of rounding, and all together give the change less the
    `drift`: what the engine, run again, does not reproduce of the recorded numbers. It is 0 for a turn that this engine
    resolved, and the difference between two versions for a turn that another one did.
    """

    before: Values
    after: Values
    part: Values
    drift: Values


def opening_step(opening: World, calibration: Calibration) -> Step:
    """Calendar 2024 as a turn: inputs under which the clearing gives it, the year's stock change drawn from stock."""
    past = np.broadcast_to(calibration.smoothed_past_ln, opening.mine_gate_ln[:1].shape)
    use = ordinary_use(opening, calibration)[:1].sum(3)
    held = calibration.baseline.stock_cover * use - calibration.base_stock_change_t
    found = opening.picked(slice(0, 1))
    found.arrays |= {"mine_gate_ln": past.copy(), "commercial_stock_t": held}
    return Step(found, opening)


def split(old: Step, new: Step, calibration: Calibration, numbers: Numbers) -> Split:
    """What each group of causes added to the numbers between one turn and the next, in at most 64 worlds."""
    groups = [group for group in CAUSE_GROUPS if group == "demand" or _differs(old.found, new.found, group)]
    before, after = (numbers(step.after, calibration) for step in (old, new))
    worlds = _subsets(old, new, groups, calibration, numbers)
    first, last, part, drift = {}, {}, {}, {}
    for name, value in worlds.items():
        first[name], last[name] = before[name][0], after[name][0]
        found = np.zeros((len(CAUSE_GROUPS), *value.shape[1:]))
        for position, group in enumerate(groups):
            found[CAUSE_GROUPS.index(group)] = shapley(value, position, len(groups))
        unlike = last[name] - value[-1]
        if old.after.turn:
            unlike += value[0] - first[name]
        else:
            # What the inputs of calendar 2024 leave in stock is not the stock that the game opens with.
            found[STOCKS] += value[0] - first[name]
        drift[name] = np.where(np.abs(unlike) > SAME * np.maximum(np.abs(first[name]), np.abs(last[name])), unlike, 0.0)
        part[name] = settled(found, first[name], last[name] - drift[name])
    return Split(first, last, part, drift)


def settled(part: Array, before: Array, after: Array) -> Array:
    """Parts [P, ...] of a change from `before` to `after`, [...] each, made to add up to it without rounding.

    Each is rounded to a whole multiple of the last bit that their sum could need, and what is missing then, some last
    bits of the number, goes to the largest.
    """
    bit = np.spacing(np.maximum(np.abs(part).sum(0), np.maximum(np.abs(before), np.abs(after))))
    whole = np.round(part / bit) * bit
    largest = np.abs(whole).argmax(0)[None]
    missing = (after - before) - whole.sum(0)
    np.put_along_axis(whole, largest, np.take_along_axis(whole, largest, 0) + missing, 0)
    return np.asarray(whole)


def shapley(value: Array, position: int, count: int) -> Array:
    """The part of one of `count` groups [...], from the values [2^count, ...] of all subsets; bit g of a row is set
    where group g has changed."""
    total = np.zeros(value.shape[1:])
    for row in range(len(value)):
        if not row >> position & 1:
            others = row.bit_count()
            weight = factorial(others) * factorial(count - others - 1) / factorial(count)
            total += weight * (value[row | 1 << position] - value[row])
    return total


def group_of(name: str) -> str:
    """The group of causes of an array that the clearing found; "account" when the clearing does not read it."""
    group = FIELD[name].group
    return CARRIED.get(name, CARRIED_ELSE) if group == "outcome" else group


def cleared(found: World, calibration: Calibration, before: World, numbers: Numbers) -> Values:
    """The numbers of worlds that the clearing finds so; `found` is used up. `before` is the world a turn earlier."""
    clear_markets(found, calibration, Keys(0, tuple(range(found.size))), before)
    return numbers(found, calibration)


def _differs(old: World, new: World, group: str) -> bool:
    return any(
        group_of(name) == group and not np.array_equal(old.arrays[name], values, equal_nan=values.dtype.kind == "f")
        for name, values in new.arrays.items()
    )


def _subsets(old: Step, new: Step, groups: list[str], calibration: Calibration, numbers: Numbers) -> dict[str, Array]:
    """Numbers [2^k, ...] with bit g of the row set where group g has changed."""
    rows = np.arange(2 ** len(groups))
    result: dict[str, Array] = {}
    # The scenario's trend hangs on the turn, so worlds with and without the change of demand clear apart.
    demand = (rows >> groups.index("demand")) & 1
    for turn, chosen in ((old.found.turn, rows[demand == 0]), (new.found.turn, rows[demand == 1])):
        arrays = {name: _mixed(old.found, new.found, name, groups, chosen) for name in new.found.arrays}
        mixed = World(new.found.axes, turn, arrays)
        _start_near(mixed, chosen, len(groups), old.after, new.after)
        for name, value in cleared(mixed, calibration, old.after, numbers).items():
            result.setdefault(name, np.empty((len(rows), *value.shape[1:])))[chosen] = value
    return result


def _start_near(mixed: World, rows: NDArray[np.int64], groups: int, before: World, after: World) -> None:
    """Let the worlds in which some groups have changed start between the prices of the two turns, by how many have.

    From the prices that belong to neither turn the solver may need very long. The two ends keep the start they had.
    """
    changed = np.array([int(row).bit_count() for row in rows]) / groups
    inner = (changed > 0) & (changed < 1)
    for name in STARTS:
        first, last = before.arrays[name][:1], after.arrays[name][:1]
        share = changed[inner].reshape(-1, *[1] * (first.ndim - 1))
        mixed.arrays[name][inner] = (1.0 - share) * first + share * last


def _mixed(old: World, new: World, name: str, groups: list[str], rows: NDArray[np.int64]) -> NDArray[Any]:
    group, first, last = group_of(name), old.arrays[name][:1], new.arrays[name][:1]
    if group == "account":
        return np.broadcast_to(last, (len(rows), *last.shape[1:]))
    if group not in groups:
        return np.repeat(last, len(rows), axis=0)
    return np.asarray(np.concatenate([first, last])[(rows >> groups.index(group)) & 1])
