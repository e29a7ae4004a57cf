"""Money that clauses cost their givers, as far as these can pay."""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.fields import TREASURY
from game.engine.postings import post, post_at
from game.engine.purse import envelope_usd_bn
from game.engine.world import World
from game.rules.clause_rows import Rows

DEBT_ENVELOPES = 1.0  # of debt, at which a nation stops paying under treaties
TRANSFER, PROJECT = "treaty", "treaty_project"


def pay(world: World, calibration: Calibration, rows: Rows, amount: Array, cause: str) -> Array:
    """Every giver pays `amount` [A] US$ bn for its clause as far as its treasury reaches; return what was paid, [A, N].

    What is missing is noted as missed.
    """
    due = rows.givers(world) * amount[:, None]
    total = np.zeros_like(world.treasury_usd_bn)
    np.add.at(total, rows.w, due)
    reach = np.maximum(world.treasury_usd_bn + DEBT_ENVELOPES * envelope_usd_bn(calibration), 0.0)
    share = np.minimum(reach / np.where(total > 0, total, 1.0), 1.0)
    paid = due * share[rows.w]
    asked = due.sum(1)
    missed = 1.0 - paid.sum(1) / np.where(asked > 0, asked, 1.0)
    world.clause_missed[rows.w, rows.q] = np.where(asked > 0, missed, 0.0)
    spent = np.zeros_like(total)
    np.add.at(spent, rows.w, paid)
    if spent.any():
        post(world, TREASURY, cause, -spent)
    return np.asarray(paid)


def hand_over(world: World, rows: Rows, amount: Array) -> None:
    """Takers get `amount` [A] US$ bn in even parts, out of what was paid as a transfer."""
    takers = rows.takers(world)
    count = takers.sum(1)
    a, n = np.nonzero(takers)
    post_at(world, TREASURY, TRANSFER, (rows.w[a], n), (amount / np.where(count > 0, count, 1))[a])


def due_usd_bn(world: World, rows: Rows) -> Array:
    """Payments of `amount` a turn still due until the treaty's end, US$ bn [A]."""
    turns = np.maximum(world.treaty_until[rows.w, rows.p].astype(np.int64) - world.turn, 0)
    return np.asarray(rows.amount * turns)


def kept_share(world: World, rows: Rows) -> Array:
    """Share each giver paid, [A, N]: where several pay, what is missing falls on those in debt."""
    missed = world.clause_missed[rows.w, rows.q][:, None]
    givers = rows.givers(world)
    culprit = givers & ((givers.sum(1) == 1)[:, None] | (world.treasury_usd_bn[rows.w] < 0))
    return np.asarray(np.where(culprit, 1.0 - missed, 1.0))
