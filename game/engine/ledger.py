"""What must always hold: mass, money, nothing negative, nothing undefined. Checked in tests, not in play."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import ORE, REFINED
from game.engine.baseline import Array
from game.engine.field import Field
from game.engine.fields import CAUSE, FIELDS, TREASURY
from game.engine.postings import ACCOUNT_FIELD
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

MASS_TOLERANCE = 1e-6  # of the world's supply of the mineral
ACCOUNT_TOLERANCE = 1e-9

# Causes under which one treasury pays another. Firms buy and sell on their own account.
BETWEEN_TREASURIES = ("leave", "contract_settlement", "treaty")

MAY_BE_NAN = frozenset({"contract_ln"})  # the price follows the seller's gate
MAY_BE_INFINITE = frozenset(
    {"floor_t", "floor_until", "reserves_t", "export_quota_t", "corridor_capacity_t", "high_purity_usual_share"}
)
NEVER_NEGATIVE_UNITS = frozenset(
    {"t", "t per turn", "US$ bn per turn", "share", "0-100", "start = 100", "turns", "0 or 1"}
)


def check(before: World, after: World, calibration: Calibration) -> list[str]:
    """Every broken invariant of one turn, in words; `before` is the world that was given to `advance`."""
    books = [*check_accounts(before, after), *check_mass(before, after, calibration), *check_products(after)]
    return [*check_state(after), *books]


def check_state(world: World) -> list[str]:
    """Quantities that are undefined, infinite or negative."""
    return [problem for field in FIELDS for problem in _field_problems(field, world)]


def _field_problems(field: Field, world: World) -> list[str]:
    array = world.arrays[field.name]
    if array.dtype.kind != "f":
        return []
    problems = []
    if field.name not in MAY_BE_NAN and np.isnan(array).any():
        problems.append(f"{field.name} is not a number at {_first(np.isnan(array))}")
    if field.name not in MAY_BE_INFINITE and np.isinf(array).any():
        problems.append(f"{field.name} is infinite at {_first(np.isinf(array))}")
    if field.unit in NEVER_NEGATIVE_UNITS and (array < 0).any():
        problems.append(f"{field.name} is negative at {_first(array < 0)}: {array[array < 0].min():.6g} {field.unit}")
    return problems


def _first(wrong: NDArray[np.bool_]) -> str:
    return str(tuple(int(i) for i in np.argwhere(wrong)[0]))


def check_accounts(before: World, after: World) -> list[str]:
    """Accounts that are not their value before plus the sum of the postings since then."""
    problems = []
    posted = (after.posting - before.posting).sum(-1)
    for account, name in enumerate(ACCOUNT_FIELD):
        problems += _differs(name, before.arrays[name] + posted[:, :, account], after.arrays[name])
    trust_posted = (after.trust_posting - before.trust_posting).sum(-1)
    problems += _differs("trust", before.trust + trust_posted, after.trust)
    return problems + _transfer_problems(after)


def _transfer_problems(after: World) -> list[str]:
    """What one treasury pays another reaches it, over the turn and its orders; all other money enters or leaves."""
    moved = after.posting[:, :, TREASURY, [CAUSE[name] for name in BETWEEN_TREASURIES]]
    lost = moved.sum((1, 2))
    wrong = np.abs(lost) > ACCOUNT_TOLERANCE * (1.0 + np.abs(moved).sum((1, 2)))
    if not wrong.any():
        return []
    return [f"of what nations pay one another, {lost[wrong][0]:.9g} US$ bn come from or go nowhere at {_first(wrong)}"]


def _differs(name: str, expected: Array, found: Array) -> list[str]:
    wrong = np.abs(found - expected) > ACCOUNT_TOLERANCE * (1.0 + np.abs(expected))
    if not wrong.any():
        return []
    return [f"{name} at {_first(wrong)} is {found[wrong][0]:.9g}, its postings make it {expected[wrong][0]:.9g}"]


def check_mass(before: World, after: World, calibration: Calibration) -> list[str]:
    """Balances of ore, refined metal, goods in use, ore in the ground and stockpiles, for each world and mineral."""
    supply = (after.refined_t + after.recycled_t + after.synthetic_t + after.mined_t).sum(1)
    scale = np.maximum(np.maximum(supply, after.use_t.sum((1, 3))), 1e-6)
    use = after.use_t.sum(-1)
    made = after.refined_t + after.recycled_t + after.synthetic_t
    stock_change = after.commercial_stock_t - before.commercial_stock_t
    at_sea_change = (after.at_sea_t - before.at_sea_t).sum(1)
    new_goods = (after.retiring_t.sum(-1) - before.retiring_t.sum(-1)).sum(1)
    sides = {
        "ore: mined = refined from + used directly + more at sea": (
            after.mined_t.sum(1),
            (after.refined_t / calibration.ratio + after.direct_use_t).sum(1) + at_sea_change[..., ORE],
        ),
        "metal: made + released = used + bought + put in stock + idle + more at sea": (
            (made + after.released_t).sum(1),
            (use + after.purchased_t + stock_change + after.idle_t).sum(1) + at_sea_change[..., REFINED],
        ),
        "scrap: retired = recycled + landfilled": (
            after.scrap_t.sum(1),
            (after.recycled_t + after.landfilled_t).sum(1),
        ),
        "goods: change of stock in use = used - dispersed - retired": (
            new_goods,
            (use - after.dispersed_t - after.scrap_t).sum(1),
        ),
        "stockpile: change = bought - released": (
            (after.public_stock_t - before.public_stock_t).sum(1),
            (after.purchased_t - after.released_t).sum(1),
        ),
    }
    problems = []
    for name, (left, right) in sides.items():
        wrong = np.abs(left - right) > MASS_TOLERANCE * scale
        if wrong.any():
            problems.append(f"{name}: {left[wrong][0]:.9g} t against {right[wrong][0]:.9g} t at {_first(wrong)}")
    return problems + _reserve_problems(before, after, calibration)


def check_products(after: World) -> list[str]:
    """Products that were made but not bought, or the other way round, for each world and product."""
    made, bought = after.product_made_usd_bn.sum(1), after.product_bought_usd_bn.sum(1)
    carried = after.product_flow_usd_bn.sum((2, 3))
    wrong = np.maximum(np.abs(made - bought), np.abs(made - carried)) > MASS_TOLERANCE * np.maximum(made, 1e-9)
    if not wrong.any():
        return []
    amounts = ", ".join(f"{name} {of[wrong][0]:.9g}" for name, of in (("made", made), ("carried", carried)))
    return [f"products at {_first(wrong)}: {amounts}, bought {bought[wrong][0]:.9g} US$ bn"]


def _reserve_problems(before: World, after: World, calibration: Calibration) -> list[str]:
    limited = np.isfinite(before.reserves_t)
    lost = (1.0 - calibration.parameters.reserve_replacement) * after.mined_t
    left = np.where(limited, before.reserves_t + after.found_t - lost, 0.0)
    found = np.where(limited, after.reserves_t, 0.0)
    wrong = np.abs(found - np.maximum(left, 0.0)) > MASS_TOLERANCE * (1.0 + left)
    return [f"reserves at {_first(wrong)} fell by something else than what was mined and found"] if wrong.any() else []
