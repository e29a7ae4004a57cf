"""Why a price moved: the change split over groups of causes by clearing the market with each of them held back.

The field table gives every input of the clearing its group. A group's part is its Shapley value: the mean, over all
orders in which the groups could have changed from last turn's inputs to this turn's, of what its change adds to the
price (Shapley 1953). The parts add up to the whole change, with nothing left over.
"""

from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from game.engine.calibrate import Calibration
from game.engine.fields import FIELD
from game.engine.phases.trade import trade
from game.engine.use import ordinary_use
from game.engine.world import World

Array = NDArray[np.float64]

CAUSE_GROUPS = ("capacity", "demand", "stocks", "policy", "routes", "expectations")

# What the clearing finds from the turn before although it is an outcome: miners' lagged price, suppliers near a cap.
CARRIED = {"mine_gate_ln": "expectations", "refined_flow_t": "policy", "ore_flow_t": "routes", "direct_use_t": "routes"}

# Written by the clearing or after it, so that the clearing of a turn saw last turn's values.
WRITTEN_LATER = (
    "commercial_stock_t",
    "public_stock_t",
    "reserves_t",
    "retiring_t",
    "expected_ln",
    "price_change_ln",
    "slow_response_ln",
    "mine_gate_ln",
    "ore_delivered_ln",
    "refinery_gate_ln",
    "delivered_ln",
    "refined_flow_t",
    "ore_flow_t",
    "direct_use_t",
    "at_sea_t",
)
NO_LIMIT_LN = 8.0


def price_parts(earlier: World | None, before: World, after: World, calibration: Calibration) -> Array:
    """What each group of causes added to each mineral's price in a turn, [group, M] in US$ per tonne.

    `earlier` is the world before `before`; None for the first turn, which is told against calendar 2024. All of one
    world. The sum over groups is the change of the headline price.
    """
    old = _base_year(before, calibration) if earlier is None else _before_trade(earlier, before)
    new = _before_trade(before, after)
    changed = [group for group in CAUSE_GROUPS if group == "demand" or _differs(old, new, group)]
    price = _prices(old, new, changed, calibration)
    parts = np.zeros((len(CAUSE_GROUPS), price.shape[1]))
    for position, group in enumerate(changed):
        parts[CAUSE_GROUPS.index(group)] = _shapley(price, position, len(changed))
    return parts


def _before_trade(previous: World, now: World) -> World:
    """The world as the clearing of `now` found it."""
    arrays = {name: values[:1] for name, values in now.arrays.items() if FIELD[name].group != "account"}
    arrays.update({name: previous.arrays[name][:1] for name in WRITTEN_LATER})
    bought = np.zeros_like(arrays["purchase_t"])
    bought[..., 0] = now.purchased_t[:1]
    arrays["purchase_t"] = bought
    # A contract signed at the turn's end is in the world already, but nothing was delivered on it.
    arrays["contract_t"] = np.where(arrays["contract_delivered_t"] > 0, arrays["contract_t"], 0.0)
    arrays["purchase_limit_ln"] = np.full_like(arrays["purchase_limit_ln"], NO_LIMIT_LN)
    return World(now.axes, now.turn, arrays)


def _base_year(opening: World, calibration: Calibration) -> World:
    """Inputs under which the clearing gives calendar 2024: the year's stock change drawn from what was held before."""
    past = np.broadcast_to(calibration.smoothed_past_ln, opening.mine_gate_ln[:1].shape)
    use = ordinary_use(opening, calibration)[:1].sum(3)
    held = calibration.baseline.stock_cover * use - calibration.base_stock_change_t
    arrays = {name: values[:1] for name, values in opening.arrays.items() if FIELD[name].group != "account"}
    arrays |= {"mine_gate_ln": past.copy(), "commercial_stock_t": held}
    return World(opening.axes, opening.turn, arrays)


def _group_of(name: str) -> str:
    return CARRIED.get(name, FIELD[name].group)


def _differs(old: World, new: World, group: str) -> bool:
    return any(
        _group_of(name) == group and not np.array_equal(old.arrays[name], new.arrays[name], equal_nan=True)
        for name in new.arrays
    )


def _prices(old: World, new: World, groups: list[str], calibration: Calibration) -> Array:
    """Prices [2^k, M] with bit g of the row set where group g has changed."""
    rows = np.arange(2 ** len(groups))
    result = np.zeros((len(rows), len(calibration.axes.minerals)))
    # The scenario's trend hangs on the turn, so worlds with and without the change of demand clear apart.
    demand = (rows >> groups.index("demand")) & 1
    for turn, chosen in ((old.turn, rows[demand == 0]), (new.turn, rows[demand == 1])):
        mixed = World(new.axes, turn, {name: _mixed(old, new, name, groups, chosen) for name in new.arrays})
        trade(mixed, calibration)
        result[chosen] = calibration.baseline.price_usd_per_t * np.exp(mixed.headline_ln)
    return result


def _mixed(old: World, new: World, name: str, groups: list[str], rows: NDArray[np.int64]) -> NDArray[np.generic]:
    group = _group_of(name)
    if group not in groups:
        return np.repeat(new.arrays[name], len(rows), axis=0)
    pair = np.concatenate([old.arrays[name], new.arrays[name]])
    return np.asarray(pair[(rows >> groups.index(group)) & 1])


def _shapley(value: Array, position: int, count: int) -> Array:
    """The part of one of `count` groups, from the values [2^count, M] of all subsets."""
    others = [i for i in range(count) if i != position]
    total = np.zeros(value.shape[1])
    for size in range(count):
        weight = factorial(size) * factorial(count - size - 1) / factorial(count)
        for subset in combinations(others, size):
            without = sum(1 << i for i in subset)
            total += weight * (value[without | 1 << position] - value[without])
    return total
