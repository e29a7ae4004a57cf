"""The forum of trade: rulings fall due, losers comply or defy them, and its strength is what it is used for and obeyed.

A ruling binds nobody by force: since 2019 a loser may appeal to a body that does not sit. Odds are published from the
facts, so that who complains knows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array
from game.engine.fields import FIELD, RELIABILITY
from game.engine.measures.nation import partner_share
from game.engine.postings import post_at, post_trust
from game.engine.rng import stream
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

Index = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

CASE_FIELDS = tuple(name for name, field in FIELD.items() if field.axes in ("I", "IN"))

# Odds that a measure is found unlawful, by what it is: quotas and bans are banned outright but for exceptions, export
# taxes only where a member has promised not to have them.
QUANTITY_ODDS, TAX_ODDS, TARIFF_ODDS = 0.75, 0.4, 0.6
PER_COMPLAINANT = 0.05  # odds of compliance that each co-complainant adds
MOST_FROM_COMPLAINANTS = 0.2
COMPLIANCE_AT_NO_STRENGTH, COMPLIANCE_AT_FULL_STRENGTH = 0.05, 0.85
PER_EXPORT_SHARE = 0.3  # odds added where the complainants buy all that the loser exports

USED, OBEYED, DEFIED = 0.5, 4.0, -4.0  # points of strength that a ruling adds
DRIFT = 0.02  # of the distance to where it began that strength returns each turn
DEFIED_RELIABILITY, DEFIED_TRUST = -5.0, -6.0
RETALIATION_TURNS = 8


def forum(world: World, calibration: Calibration, keys: Keys) -> None:
    """Let sanctions run out, rule on the cases that are due, and let the forum's strength drift."""
    start = FIELD["forum_strength"].default
    world.forum_strength[...] += DRIFT * (start - world.forum_strength)
    over = (world.sanction_until < world.turn) & (world.sanction_rate > 0)
    world.sanction_rate[over] = 0.0
    w, case = np.nonzero((world.case_by >= 0) & (world.case_due <= world.turn))
    if len(w):
        _rule(world, calibration, keys, w, case)


def merit(world: World, w: Index, by: Index, against: Index, mineral: Index, layer: Index) -> Array:
    """Odds that what `against` does to `by`'s trade in a mineral is found unlawful, [A]; 0 where it does nothing."""
    where = (w, against, mineral, layer)
    named = world.export_target[(*where, by)]
    quantity = np.isfinite(world.export_quota_t[where]) & named
    taxed = (world.export_tax[where] > 0) & named
    tariff = (world.import_tariff[where] > 0) | (world.sanction_rate[w, against, by] > 0)
    found = np.where(tariff, TARIFF_ODDS, 0.0)
    found = np.maximum(found, np.where(taxed, TAX_ODDS, 0.0))
    return np.asarray(np.maximum(found, np.where(quantity, QUANTITY_ODDS, 0.0)))


def compliance(world: World, calibration: Calibration, w: Index, against: Index, complain: Array) -> Array:
    """Odds that a loser does as it is told, [A]: more in a strong forum, before many, and where it needs their trade.

    `complain` [A, N] flags the complainants.
    """
    strength = world.forum_strength[w] / 100.0
    odds = COMPLIANCE_AT_NO_STRENGTH + strength * (COMPLIANCE_AT_FULL_STRENGTH - COMPLIANCE_AT_NO_STRENGTH)
    odds = odds + np.minimum(PER_COMPLAINANT * (complain.sum(1) - 1.0), MOST_FROM_COMPLAINANTS)
    share = partner_share(world, calibration)[w, :, against]
    return np.asarray(np.clip(odds + PER_EXPORT_SHARE * (share * complain).sum(1), 0.0, 0.98))


def complainants(world: World, w: Index, case: Index) -> Array:
    """Who has brought or joined each case, [A, N] flags."""
    flags = world.case_joined[w, case].astype(np.float64)
    flags[np.arange(len(w)), world.case_by[w, case]] = 1.0
    return np.asarray(flags)


def _rule(world: World, calibration: Calibration, keys: Keys, w: Index, case: Index) -> None:
    by, against = world.case_by[w, case], world.case_against[w, case]
    mineral, layer = world.case_mineral[w, case], world.case_layer[w, case]
    draws = np.array(
        [
            stream(keys.seed, keys.worlds[i], world.turn, "ruling", str(c)).random(2)
            for i, c in zip(w, case, strict=True)
        ]
    )
    complain = complainants(world, w, case)
    upheld = np.round(draws[:, 0], 9) < merit(world, w, by, against, mineral, layer)
    obeys = upheld & (np.round(draws[:, 1], 9) < compliance(world, calibration, w, against, complain))
    _lift(world, w[obeys], by[obeys], against[obeys], mineral[obeys], layer[obeys])
    defies = upheld & ~obeys
    _outlaw(world, w[defies], against[defies], complain[defies])
    points = np.full(len(w), USED) + OBEYED * obeys + DEFIED * defies
    np.add.at(world.forum_strength, w, points)
    np.clip(world.forum_strength, 0.0, 100.0, out=world.forum_strength)
    for name in CASE_FIELDS:
        world.arrays[name][w, case] = FIELD[name].default


def _lift(world: World, w: Index, by: Index, against: Index, mineral: Index, layer: Index) -> None:
    """What was complained of ends with the turn before."""
    where = (w, against, mineral, layer)
    world.export_until[where] = np.where(
        world.export_target[(*where, by)],
        np.minimum(world.export_until[where], world.turn - 1),
        world.export_until[where],
    )
    world.import_tariff[where] = 0.0
    world.sanction_rate[w, against, by] = 0.0


def _outlaw(world: World, w: Index, against: Index, complain: Array) -> None:
    """Whoever defies a ruling loses its name, and those who complained may answer with sanctions."""
    if not len(w):
        return
    post_at(world, RELIABILITY, "defied_ruling", (w, against), DEFIED_RELIABILITY)
    lost = np.zeros_like(world.trust)
    np.add.at(lost.transpose(0, 2, 1), (w, against), DEFIED_TRUST * complain)
    post_trust(world, "defied_ruling", lost)
    row, nation = np.nonzero(complain)
    np.maximum.at(world.retaliation_until, (w[row], nation, against[row]), world.turn + RETALIATION_TURNS)
