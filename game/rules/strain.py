"""Strain: how far each member's patience with a treaty is used up, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.axes import ORE
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.pact import CLAUSE_CODE
from game.engine.world import World
from game.rules.asking import Index
from game.rules.clause_rows import Rows
from game.rules.treaty import CLAUSES
from game.text import _

SPEED = 0.4  # of the way to what the causes come to, per turn
RENEGOTIATE, GIVE_NOTICE = 60.0, 80.0  # strain at which a member asks for other clauses, and at which it leaves
MOST_CAUSES = 3

# Points of strain; starting values.
PER_MISSED = 70.0  # of a promise missed to the member
PER_SHORT = 150.0  # of the member's need not met, more than the others'
PER_INDUSTRY_POINT = 2.0  # by which the member's industry is behind the others'
PER_LICENCE_POINT = 0.5  # by which the member's sites are better accepted than the others': it carries their burden
PER_PRICE_LN = 60.0  # by which a fixed price stands against the member
BORNE_PRICE_LN = 0.1

CAUSES = {
    "missed": "Promises to it were missed",
    "short": "It goes short while others have",
    "gain": "It gains least",
    "standards": "Its standards are higher",
    "price": "The contract's price stands against it",
}


@dataclass(frozen=True)
class Strains:
    """Where T treaties in force stand, world `w` and slot `p`, and what strains each member, [T, N, cause]."""

    w: Index
    p: Index
    points: Array


def strains(world: World, calibration: Calibration, rows: Rows, missed: Array) -> Strains:
    """What strains the members of the treaties that `rows` belong to; `missed` [A, N] by who promised."""
    place = np.full(world.treaty_kind.shape, -1)
    w, p = np.nonzero(_with_rows(world, rows))
    place[w, p] = np.arange(len(w))
    member = world.treaty_member[w, p]
    points = np.zeros((*member.shape, len(CAUSES)))
    at = place[rows.w, rows.p]
    a, giver, taker = rows.pair_list(world)
    np.maximum.at(points[..., 0], (at[a], taker), PER_MISSED * missed[a, giver])
    points[..., 1] = PER_SHORT * np.maximum(_over_others(_short(world)[w], member), 0.0)
    points[..., 2] = PER_INDUSTRY_POINT * np.maximum(-_over_others(world.industry[w], member), 0.0)
    licence = world.social_licence.sum(2) / world.social_licence.shape[2]
    points[..., 3] = PER_LICENCE_POINT * np.maximum(_over_others(licence[w], member), 0.0)
    _add_price(world, points[..., 4], place)
    relief = 1.0 - settled_share(world, rows)[w, p]
    return Strains(w, p, points * member[..., None] * relief[:, None, None])


def move_strain(world: World, calibration: Calibration, rows: Rows, missed: Array) -> None:
    """Move strain toward what its causes come to, in place."""
    found = strains(world, calibration, rows, missed)
    target = np.minimum(found.points.sum(2), 100.0)
    at = (found.w, found.p)
    world.strain[at] += SPEED * (target - world.strain[at]) * world.treaty_member[at]


def strain_causes(world: World, calibration: Calibration, p: int, nation: int) -> list[tuple[str, float]]:
    """The largest causes of a member's strain in a treaty of world 0, in words with their points, largest first.

    Reads what the world's last turn left; what was missed falls on all who promised.
    """
    rows = Rows.in_force(world, world.turn)
    missed = world.clause_missed[rows.w, rows.q][:, None] * rows.givers(world)
    found = strains(world, calibration, rows, missed)
    where = np.flatnonzero((found.w == 0) & (found.p == p))
    if not len(where):
        return []
    points = found.points[where[0], nation]
    order = np.argsort(-points, kind="stable")[:MOST_CAUSES]
    names = list(CAUSES.values())
    return [(_(names[k]), float(points[k])) for k in order if points[k] > 0]


def settled_share(world: World, rows: Rows) -> Array:
    """The part of quarrels that a treaty's panel settles, [W, P]."""
    settled = np.zeros(world.treaty_kind.shape)
    panel = rows.kind == CLAUSE_CODE[CLAUSES["dispute_panel"].kind]
    np.maximum.at(settled, (rows.w[panel], rows.p[panel]), rows.amount[panel])
    return settled


def _with_rows(world: World, rows: Rows) -> Flags:
    found = np.zeros(world.treaty_kind.shape, dtype=np.bool_)
    found[rows.w, rows.p] = True
    return found


def _short(world: World) -> Array:
    """Largest part of its need of a mineral that a nation lacked, [W, N]."""
    need = world.need_t.sum(-1)
    return np.asarray((world.unmet_t / np.where(need > 0, need, 1.0)).max(2))


def _over_others(value: Array, member: Flags) -> Array:
    """How much each member's value [T, N] is above the mean of the others."""
    total, count = (value * member).sum(1, keepdims=True), member.sum(1, keepdims=True)
    others = (total - value) / np.maximum(count - 1, 1)
    return np.asarray(np.where(member & (count > 1), value - others, 0.0))


def _add_price(world: World, points: Array, place: Index) -> None:
    """Fixed prices far from the gate's strain whom they cost money, in place; [T, N]."""
    w, c = np.nonzero((world.contract_clause >= 0) & np.isfinite(world.contract_ln))
    at = place[w, world.clause_treaty[w, world.contract_clause[w, c]]]
    w, c, at = w[at >= 0], c[at >= 0], at[at >= 0]
    seller, buyer, mineral = (world.arrays[f"contract_{name}"][w, c] for name in ("seller", "buyer", "mineral"))
    is_ore = world.contract_layer[w, c] == ORE
    gate = np.where(is_ore, world.mine_gate_ln[w, seller, mineral], world.refinery_gate_ln[w, seller, mineral])
    lost = gate - world.contract_ln[w, c]
    for nation, loss in ((seller, lost), (buyer, -lost)):
        np.maximum.at(points, (at, nation), PER_PRICE_LN * np.maximum(loss - BORNE_PRICE_LN, 0.0))
