"""What becomes of treaties when a turn is over.

Promises kept and missed are booked, strain moves, terms and notices run out, insolvent members get time to pay again,
and ratified treaties come into force.
"""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import RELIABILITY
from game.engine.pact import CLAUSE_CODE
from game.engine.postings import post, post_trust
from game.engine.purse import envelope_usd_bn
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.strain import move_strain, settled_share
from game.rules.terms import DELIVER, end, place_contracts, without
from game.rules.uphold import by_kind

# Points a turn. Deliveries are booked by the engine, which knows of ways that were shut; the rest are no promises.
KEPT_TRUST, MISSED_TRUST = 0.2, 8.0
KEPT_RELIABILITY, MISSED_RELIABILITY = 0.1, 4.0
NOTICED = 0.01  # of a promise, below which nothing is missed

NOT_BOOKED = [CLAUSE_CODE[kind] for kind in ("deliver", "term", "price_rule", "penalty", "dispute_panel")]

INSOLVENT_ENVELOPES = 1.5  # of debt
CURE_TURNS = 2  # to pay again
MONEY = ("aid_tranche", "build_infrastructure", "equity_share", "research_fund", "risk_pool")
MONEY_CODES = [CLAUSE_CODE[kind] for kind in MONEY]


def reckon(world: World, calibration: Calibration) -> None:
    """Settle the treaties of worlds whose turn has just been resolved, in place."""
    signed = world.treaty_kind >= 0
    if not signed.any():
        return
    rows = Rows.in_force(world, world.turn)
    if len(rows):
        missed = _missed(world, calibration, rows)
        _book(world, rows, missed)
        move_strain(world, calibration, rows, missed)
    over = signed & (world.treaty_until <= world.turn)
    left = (world.treaty_leaving > 0) & (world.treaty_leaving <= world.turn)
    end(world, over | without(world, left | _not_cured(world, calibration)))
    _suspend(world, calibration)
    _start(world)


def _missed(world: World, calibration: Calibration, rows: Rows) -> Array:
    """Share of its promise that each giver did not keep, [A, N]; the worst of each clause is written down."""
    missed = np.zeros((len(rows), world.treaty_member.shape[2]))
    for clause, part in by_kind(rows):
        kept = clause.kept(world, calibration, part)
        missed[rows.kind == CLAUSE_CODE[clause.kind]] = np.clip(1.0 - kept, 0.0, 1.0)
    missed[missed < NOTICED] = 0.0
    world.clause_missed[rows.w, rows.q] = missed.max(1)
    return missed


def _book(world: World, rows: Rows, missed: Array) -> None:
    """Trust of those to whom a promise was kept or not, and the world's belief in who kept it or not."""
    others = ~np.isin(rows.kind, NOT_BOOKED)
    rows, missed = (
        rows.picked(others),
        missed[others] * (1.0 - settled_share(world, rows)[rows.w, rows.p])[others, None],
    )
    if not len(rows):
        return
    nations = missed.shape[1]
    broken = np.zeros((world.size, nations, nations))  # [W, who was promised, who promised]
    kept = np.zeros(broken.shape, dtype=np.bool_)
    a, giver, taker = rows.pair_list(world)
    at = (rows.w[a], taker, giver)
    np.maximum.at(broken, at, missed[a, giver])
    kept[at] = True
    post_trust(world, "kept_promise", KEPT_TRUST * (kept & (broken == 0)))
    post_trust(world, "broken_promise", -MISSED_TRUST * broken)
    worst = broken.max(1)
    post(world, RELIABILITY, "kept_promise", KEPT_RELIABILITY * (kept.any(1) & (worst == 0)))
    post(world, RELIABILITY, "broken_promise", -MISSED_RELIABILITY * worst)


def _insolvent(world: World, calibration: Calibration) -> Flags:
    """Members of treaties that cost money who cannot pay, [W, P, N]."""
    pays = np.zeros(world.treaty_kind.shape, dtype=np.bool_)
    w, q = np.nonzero(np.isin(world.clause_kind, MONEY_CODES))
    pays[w, world.clause_treaty[w, q]] = True
    broke = world.treasury_usd_bn < -INSOLVENT_ENVELOPES * envelope_usd_bn(calibration)
    return np.asarray(world.treaty_member & pays[..., None] & broke[:, None])


def _suspend(world: World, calibration: Calibration) -> None:
    """A treaty with an insolvent member rests until the time to pay again is over."""
    unable = _insolvent(world, calibration).any(2)
    world.treaty_suspended[unable & (world.treaty_suspended <= world.turn)] = world.turn + CURE_TURNS
    over = (world.treaty_suspended > 0) & (world.treaty_suspended <= world.turn)
    world.treaty_suspended[over] = 0


def _not_cured(world: World, calibration: Calibration) -> Flags:
    """Members that still cannot pay at the end of that time, and are let go without a breach, [W, P, N]."""
    over = (world.treaty_suspended > 0) & (world.treaty_suspended == world.turn)
    return np.asarray(_insolvent(world, calibration) & over[..., None])


def _start(world: World) -> None:
    """Deliveries of treaties that come into force next turn get their contracts."""
    starting = (world.treaty_kind >= 0) & (world.treaty_since == world.turn + 1)
    delivers = np.zeros(starting.shape, dtype=np.bool_)
    w, q = np.nonzero(world.clause_kind == DELIVER)
    delivers[w, world.clause_treaty[w, q]] = True
    for row, p in np.argwhere(starting & delivers):
        place_contracts(world, int(row), int(p))
