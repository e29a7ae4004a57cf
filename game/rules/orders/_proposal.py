"""What must hold of a proposal in numbers, in the order in which a refusal names it; each check is [A]."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from game.engine.axes import MINE, ORE, RECYCLE, REFINE
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.pact import TREATIES, TREATY_CODE
from game.engine.world import World
from game.rules.asking import Batch, Index, named, partner_flags
from game.rules.compact import unpacked
from game.rules.orders._base import LEAST_STANDING
from game.rules.treaty import CLAUSES, treaties

Role = Literal["buy", "sell"]
ROLES: tuple[Role, ...] = ("buy", "sell")
OFFTAKE = TREATY_CODE["offtake"]
MOST_CLAUSES = 12  # slots that must be free for a new treaty


def room_t(world: World, calibration: Calibration, batch: Batch) -> Array:
    """Tonnes a turn the seller can still promise and the buyer can use, [A]."""
    seller, buyer = _sides(batch)
    capacity = world.capacity_t[batch.w, seller, batch.mineral]
    is_ore = batch.layer == ORE
    made = np.where(is_ore, capacity[:, MINE], capacity[:, REFINE] + capacity[:, RECYCLE])
    promised = _contracts_t(world, batch, "contract_seller", seller)
    taken = _contracts_t(world, batch, "contract_buyer", buyer)
    metal = world.need_t[batch.w, buyer, batch.mineral].sum(axis=-1)
    refined_per_ore = calibration.baseline.refined_per_ore[batch.mineral]
    ore = world.capacity_t[batch.w, buyer, batch.mineral, REFINE] / refined_per_ore
    use = np.where(is_ore, ore + world.direct_use_t[batch.w, buyer, batch.mineral], metal)
    share = calibration.parameters.contract_capacity_share
    room: Array = np.maximum(np.minimum(share * made - promised, use - taken), 0)
    return room


def _kinds(batch: Batch) -> Index:
    """Position of each asking's treaty."""
    return np.asarray(unpacked(batch.option).kind)


def _invited(world: World, batch: Batch) -> Flags:
    flags = partner_flags(batch, len(world.axes.nations)) & (batch.partner != -1)[:, None]
    return np.asarray(flags)


def _partner(world: World, calibration: Calibration, batch: Batch) -> Flags:
    """Somebody else is asked, and nobody without a government of its own."""
    invited = named(batch.partner, len(world.axes.nations))
    wrong = invited[np.arange(len(batch)), batch.n].copy()
    if world.axes.rest_of_world is not None:
        wrong |= invited[:, world.axes.rest_of_world]
    return np.asarray(invited.any(1) & ~wrong)


def _members(world: World, calibration: Calibration, batch: Batch) -> Flags:
    """As many as the treaty binds, of a treaty there is."""
    fewest, most = (np.array([_bounds(kind)[i] for kind in range(len(TREATIES))]) for i in (0, 1))
    kind = _kinds(batch)
    known = kind < len(TREATIES)
    kind = np.minimum(kind, len(TREATIES) - 1)
    count = 1 + _invited(world, batch).sum(1)
    return np.asarray(known & (count >= fewest[kind]) & (count <= most[kind]))


def _bounds(kind: int) -> tuple[int, int]:
    """Fewest and most members of a treaty; none at all of one that is not in the game."""
    bundle = treaties().get(TREATIES[kind])
    return bundle.members if bundle else (1, 0)


def _own_standing(world: World, calibration: Calibration, batch: Batch) -> Flags:
    return np.asarray(world.standing[batch.w, batch.n] >= LEAST_STANDING)


def _standing(world: World, calibration: Calibration, batch: Batch) -> Flags:
    return np.asarray(((world.standing[batch.w] >= LEAST_STANDING) | ~_invited(world, batch)).all(1))


def _free(world: World, calibration: Calibration, batch: Batch) -> Flags:
    """Slots for the treaty, its clauses and its delivery."""
    treaty = np.asarray((world.treaty_kind < 0).any(1) & ((world.clause_treaty < 0).sum(1) >= MOST_CLAUSES))
    contract = np.asarray((world.contract_seller < 0).any(1))
    return np.asarray(treaty[batch.w] & (contract[batch.w] | ~_delivers(batch)))


def _once(world: World, calibration: Calibration, batch: Batch) -> Flags:
    """No treaty of the kind and mineral binds them all already; of offtakes there may be several."""
    kind = _kinds(batch)
    same = (world.treaty_kind[batch.w] == kind[:, None]) & (kind != OFFTAKE)[:, None]
    if not same.any():
        return np.ones(len(batch), dtype=np.bool_)
    both = _invited(world, batch)
    both[np.arange(len(batch)), batch.n] = True
    same &= (world.treaty_member[batch.w] | ~both[:, None]).all(2)
    a, p = np.nonzero(same)
    bound = np.zeros(len(batch), dtype=np.bool_)
    for row, slot in zip(a, p, strict=True):
        minerals = world.clause_mineral[batch.w[row]][world.clause_treaty[batch.w[row]] == slot]
        bound[row] |= batch.mineral[row] in minerals[minerals >= 0] or not (minerals >= 0).any()
    return ~bound


def _size(world: World, calibration: Calibration, batch: Batch) -> Flags:
    """Mineral, layer and size are such as the bundle's clauses know."""
    allowed = np.ones(len(batch), dtype=np.bool_)
    kind = _kinds(batch)
    for code in np.unique(kind):
        bundle = treaties()[TREATIES[code]]
        of = kind == code
        clause, field = bundle.size
        low, high = _size_bounds(clause, field) if clause else (-np.inf, np.inf)
        fits = (batch.size > 0 if clause else batch.size >= 0) & (batch.size >= low) & (batch.size <= high)
        if bundle.asks("mineral")[0]:
            fits &= (batch.mineral >= 0) & (batch.mineral < len(world.axes.minerals))
        if bundle.asks("layer")[0]:
            fits &= (batch.layer >= 0) & (batch.layer < len(bundle.choices("layer")))
        allowed[of] = fits[of]
    return allowed


def _size_bounds(clause: str, field: str) -> tuple[float, float]:
    """Lowest and highest size that a clause's field takes."""
    bounds = {type(item).__name__: item for item in CLAUSES[clause].model_fields[field].metadata}
    low = float(bounds["Ge"].ge) if "Ge" in bounds else -np.inf
    return low, float(bounds["Le"].le) if "Le" in bounds else np.inf


def _room(world: World, calibration: Calibration, batch: Batch) -> Flags:
    """What is delivered can be made and used."""
    fits = ~_delivers(batch)
    where = np.flatnonzero(~fits & (batch.partner >= 0))  # a delivery has one buyer and one seller
    if len(where):
        delivering = batch.picked(where)
        fits[where] = delivering.size <= room_t(world, calibration, delivering)
    return fits


def _delivers(batch: Batch) -> Flags:
    """Whether the treaty promises a delivery, whose size is the proposal's."""
    delivering = [TREATIES.index(name) for name, bundle in treaties().items() if bundle.size[0] == "deliver"]
    return np.isin(_kinds(batch), delivering)


Check = Callable[[World, Calibration, Batch], Flags]
CHECKS: dict[str, Check] = {
    "partner": _partner,
    "members": _members,
    "own_standing": _own_standing,
    "standing": _standing,
    "free": _free,
    "once": _once,
    "size": _size,
    "room": _room,
}


def _sides(batch: Batch) -> tuple[Index, Index]:
    """Seller and buyer of each asking, [A] each."""
    sells = unpacked(batch.option).role == ROLES.index("sell")
    return np.where(sells, batch.n, batch.partner), np.where(sells, batch.partner, batch.n)


def _contracts_t(world: World, batch: Batch, side: str, nation: Index) -> Array:
    """Tonnes a turn under contracts of the same mineral and layer in which `nation` is on a side, [A]."""
    same = world.arrays[side][batch.w] == nation[:, None]
    same &= world.contract_mineral[batch.w] == batch.mineral[:, None]
    same &= world.contract_layer[batch.w] == batch.layer[:, None]
    total: Array = (world.contract_t[batch.w] * same).sum(axis=-1)
    return total


def nobody(world: World) -> int:
    """The position of the rest of the world, which signs nothing; -1 where there is none."""
    rest = world.axes.rest_of_world
    return -1 if rest is None else rest
