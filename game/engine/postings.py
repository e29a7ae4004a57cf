"""The one door through which accounts change: every change is signed, has a cause and stays on record for its turn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.fields import ACCOUNTS, CAUSE, PROGRAMMES, RELIABILITY, SUPPORT, TREASURY, TRUST_CAUSE
from game.engine.world import World

Array = NDArray[np.float64]
Index = NDArray[np.int64]

ACCOUNT_FIELD = ("treasury_usd_bn", "political_capital", "support", "reliability")
assert len(ACCOUNT_FIELD) == len(ACCOUNTS)

INDEX_ACCOUNTS = (SUPPORT, RELIABILITY)
INDEX_TOP = 100.0

PROGRAMME_CAUSES = [CAUSE[name] for name in PROGRAMMES]

# Losses of trust and of reliability under these causes heal with time.
HEALING = frozenset(
    {"restricted_partner", "capped_supplier", "import_terms", "broken_promise", "taken_property", "take_equity"}
)


def post(world: World, account: int, cause: str, amount: Array) -> Array:
    """Add `amount` [W, N] to an account under a cause; returns what was posted.

    Support and reliability stay within 0 to 100: what would go beyond is not posted.
    """
    value = world.arrays[ACCOUNT_FIELD[account]]
    if account in INDEX_ACCOUNTS:
        amount = np.clip(value + amount, 0.0, INDEX_TOP) - value
    value += amount
    world.posting[:, :, account, CAUSE[cause]] += amount
    if account == RELIABILITY and cause in HEALING:
        world.reliability_scar[...] += np.minimum(amount, 0.0)
    return amount


def post_at(world: World, account: int, cause: str, where: tuple[Index, Index], amount: Any) -> Array:
    """Add amounts at the (world, nation) pairs `where`, of which some may repeat; returns what was posted, [W, N]."""
    total = np.zeros_like(world.treasury_usd_bn)
    np.add.at(total, where, amount)
    return post(world, account, cause, total)


def post_outlays(world: World, by_programme: Array) -> None:
    """Pay outlays [W, N, B], positive, from the treasury, each under the order that promised it."""
    world.treasury_usd_bn[...] -= by_programme.sum(-1)
    world.posting[:, :, TREASURY, PROGRAMME_CAUSES] -= by_programme


def post_trust(world: World, cause: str, amount: Array) -> Array:
    """Change how far row nations trust column nations, [W, O, D], within 0 to 100; returns what was posted."""
    if not amount.any():
        return amount
    amount = np.clip(world.trust + amount, 0.0, INDEX_TOP) - world.trust
    world.trust[...] += amount
    world.trust_posting[..., TRUST_CAUSE[cause]] += amount
    if cause in HEALING:
        world.trust_scar[...] += np.minimum(amount, 0.0)
    return amount


def clear_postings(world: World) -> None:
    """Forget the postings of the turn before."""
    world.posting[...] = 0.0
    world.trust_posting[...] = 0.0
