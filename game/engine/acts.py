"""What differs between the inputs of two turns, act by act, and what each did to a number: leave-one-out.

An act is one thing of one nation (its outages, its export measures), of one contract or corridor, or of the whole
world. Its effect is the number less the number that clearing without the act would have given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.calibrate import Calibration
from game.engine.explain import CAUSE_GROUPS, STARTS, Numbers, Step, Values, cleared, group_of
from game.engine.fields import FIELD, FLOOR_FIELDS
from game.engine.world import World

Array = NDArray[np.float64]

EVERY = -1  # in the place of a mineral: all of them
LARGEST_BATCH = 64
LEAST = 1e-12  # size of whatever differs at all
WEIGHED = ("N", "C")  # axes along which acts are told apart by tonnes
MOST_PLACES = 4  # of a kind that are told apart; all others of the kind are one act
TREND = "trend"


@dataclass(frozen=True)
class Kind:
    """A kind of act: its group, the arrays it is written in, and the axis along which one act is told from another.

    The axis is N (nations), C (contracts), G (corridors) or "" for an act of the whole world.
    """

    group: str
    fields: tuple[str, ...]
    axis: str = ""


CONTRACT = tuple(name for name, field in FIELD.items() if field.axes == "C" and field.group == "policy")
EXPORT_MEASURE = tuple(name for name, field in FIELD.items() if name.startswith("export_") and field.group == "policy")
CORRIDOR = tuple(name for name, field in FIELD.items() if field.axes == "G" and field.group == "routes")
KINDS: dict[str, Kind] = {
    "outage": Kind("capacity", ("outage_share",), "N"),
    "site": Kind("capacity", ("capacity_t",), "N"),
    "ore": Kind("capacity", ("reserves_t",)),
    "idled": Kind("capacity", ("idled_t", "bad_turns"), "N"),
    "host": Kind("capacity", ("host_output_share",), "N"),
    "purity": Kind("capacity", ("high_purity_usual_share",)),
    "cost": Kind("capacity", ("cost_ln",), "N"),
    "maker": Kind("capacity", ("maker_capacity_usd_bn",), "N"),
    "plan": Kind("demand", ("planned_usd_bn",), "N"),
    TREND: Kind("demand", ()),
    "shock": Kind("demand", ("demand_shock_ln",), "N"),
    "substitution": Kind("demand", ("slow_response_ln",)),
    "variant": Kind("demand", ("variant_share",)),
    "scar": Kind("demand", ("scar",)),
    "saving": Kind("demand", ("substitution_step", "saved_share")),
    "scrap": Kind("demand", ("retiring_t",)),
    "design": Kind("demand", ("parts_usual_share", "parts_short_share")),
    "purchase": Kind("stocks", ("purchase_t", "purchase_limit_ln"), "N"),
    "release": Kind("stocks", ("release_spot_t", "release_users_t", "public_stock_t"), "N"),
    "commercial_stock": Kind("stocks", ("commercial_stock_t",)),
    "export_measure": Kind("policy", EXPORT_MEASURE, "N"),
    "sourcing_cap": Kind("policy", ("sourcing_cap_share",), "N"),
    "sanction": Kind("policy", ("sanction_rate",)),
    "import_tariff": Kind("policy", ("import_tariff", "import_standard"), "N"),
    "processing": Kind("policy", ("processing_share", "processing_from", "processing_by"), "N"),
    "royalty": Kind("policy", ("royalty", "windfall_share"), "N"),
    "acceptance": Kind("policy", ("social_licence", "environment", "labour")),
    "integrity": Kind("policy", ("integrity",), "N"),
    "floor": Kind("policy", (*FLOOR_FIELDS, "topped_up_ln"), "N"),
    "allocation": Kind("policy", ("supply_rank",), "N"),
    "thrift": Kind("policy", ("thrift_target_share", "thrift_share"), "N"),
    "collection": Kind("policy", ("collection_target_share", "collection_reached_share"), "N"),
    "treaty": Kind("policy", ("alliance_ln", "tariff_relief")),
    "procurement": Kind("policy", ("procurement_ln",), "N"),
    "output_quota": Kind("policy", ("output_quota_share",), "N"),
    "calm": Kind("policy", ("calm_share",), "N"),
    "contract": Kind("policy", CONTRACT, "C"),
    "corridor": Kind("routes", CORRIDOR, "G"),
    "tension": Kind("routes", ("tension",)),
    "at_sea": Kind("routes", ("at_sea_t",)),
    "expectation": Kind("expectations", ("expected_ln",)),
    "fear": Kind("expectations", ("feared_share", "fear_share", "fear_known_t")),
    "lagged_price": Kind("expectations", ("mine_gate_ln",)),
}
_NAMED = frozenset(name for kind in KINDS.values() for name in kind.fields) | frozenset(STARTS)
# What no row names is one act of its group, called after it.
KINDS |= {
    group: Kind(group, tuple(name for name in FIELD if name not in _NAMED and group_of(name) == group))
    for group in CAUSE_GROUPS
}


@dataclass(frozen=True)
class Act:
    """One act: its kind, and the positions of its nations, contracts or corridors; none for the whole world."""

    kind: str
    places: tuple[int, ...] = ()

    @property
    def group(self) -> str:
        """The group of causes it belongs to."""
        return KINDS[self.kind].group


@dataclass(frozen=True)
class Effects:
    """Acts and what each did to numbers. `acts[m]` are those of mineral m (of all minerals together when there is but
    one list); `effect[name]` is [act, …] in the number's own unit."""

    acts: tuple[tuple[Act, ...], ...]
    effect: Values

    def shared(
        self, name: str, place: tuple[int, ...], parts: Array, mineral: int = 0
    ) -> list[list[tuple[Act, float]]]:
        """The bar of each group, `parts` [group], shared among its acts, largest share first."""
        at: tuple[Any, ...] = (slice(None), *place)
        effect = self.effect[name][at]
        acts = self.acts[mineral if len(self.acts) > 1 else 0]
        result = []
        for group, part in zip(CAUSE_GROUPS, parts, strict=True):
            rows = [row for row, act in enumerate(acts) if act.group == group and effect[row] != 0]
            amounts = in_proportion(effect[rows], float(part))
            shares = [(acts[row], float(amount)) for row, amount in zip(rows, amounts, strict=True)]
            result.append(sorted(shares, key=lambda share: -abs(share[1])))
        return result


def in_proportion(effect: Array, part: float) -> Array:
    """Shares of `part` in proportion to `effect` [A]; where effects of both signs cancel, what is missing to the part
    goes to all by their size, so that no share grows beyond measure."""
    size = np.abs(effect)
    total = size.sum()
    return np.asarray(effect + (part - effect.sum()) * (size / total if total > 0 else size))


def left_out(old: Step, new: Step, calibration: Calibration, numbers: Numbers, *, by_mineral: bool) -> Effects:
    """What each act did to the numbers of the turn `new`.

    With `by_mineral` an act is one of a single mineral, which is what its markets answer to: one world leaves out an
    act of every mineral at once.
    """
    minerals = tuple(range(len(calibration.axes.minerals))) if by_mineral else (EVERY,)
    acts = [_acts(old.found, new.found, mineral) for mineral in minerals]
    everywhere = _acts_everywhere(old.found, new.found)
    own = max(map(len, acts))
    # The last world leaves nothing out. All start from the turn's own prices, which are near.
    batch = new.found.repeated(own + len(everywhere) + 1)
    batch.arrays |= {name: np.repeat(new.after.arrays[name][:1], batch.size, axis=0) for name in STARTS}
    for mineral, found in zip(minerals, acts, strict=True):
        for row, act in enumerate(found):
            _undo(batch, row, old.found, act, mineral)
    for row, act in enumerate(everywhere, start=own):
        _undo(batch, row, old.found, act, EVERY)
    worlds = [batch.picked(rows) for rows in _batches(batch.size)]
    if new.found.turn != old.found.turn:
        earlier = batch.picked(slice(-1, None))
        earlier.turn = old.found.turn
        worlds.append(earlier)
    values = [cleared(world, calibration, old.after, numbers) for world in worlds]
    effect = {name: _effects([value[name] for value in values], own + len(everywhere)) for name in values[0]}
    if new.found.turn != old.found.turn:
        everywhere.append(Act(TREND))
    # A mineral with fewer acts than others is left alone in the worlds that remain: no effect, whatever their name.
    lists = [(*found, *[Act(CAUSE_GROUPS[0])] * (own - len(found)), *everywhere) for found in acts]
    return Effects(tuple(lists), effect)


def _effects(values: list[Array], whole: int) -> Array:
    """What each act did [act, …]: the number of the world that leaves nothing out less those of all others."""
    value = np.concatenate(values)
    return np.asarray(value[whole] - np.delete(value, whole, axis=0))


def _batches(worlds: int) -> list[slice]:
    return [slice(start, start + LARGEST_BATCH) for start in range(0, worlds, LARGEST_BATCH)]


def _acts(old: World, new: World, mineral: int) -> list[Act]:
    """The acts that are kept by mineral, of one mineral or of all together."""
    found = []
    for name, kind in KINDS.items():
        if _by_mineral(kind):
            size = _size(old, new, name)
            found += _largest(name, size if mineral == EVERY else size[:, mineral : mineral + 1])
    return found


def _acts_everywhere(old: World, new: World) -> list[Act]:
    """The acts that belong to no one mineral; without the trend of demand, which is no array."""
    kinds = [name for name, kind in KINDS.items() if kind.fields and not _by_mineral(kind)]
    return [act for name in kinds for act in _largest(name, _size(old, new, name))]


def _by_mineral(kind: Kind) -> bool:
    return bool(kind.fields) and all("M" in FIELD[name].axes for name in kind.fields)


def _largest(name: str, size: Array) -> list[Act]:
    """The acts of a kind from the sizes of what differs [P, M]: the largest places each, all others as one."""
    total = size.sum(1)
    differing = np.flatnonzero(total)
    if not KINDS[name].axis:
        return [Act(name)] if len(differing) else []
    order = differing[np.argsort(-total[differing], kind="stable")]
    alone = 1 if len(order) == MOST_PLACES + 1 else 0
    acts = [Act(name, (int(place),)) for place in order[: MOST_PLACES + alone]]
    rest = order[MOST_PLACES + alone :]
    return [*acts, Act(name, tuple(map(int, rest)))] if len(rest) else acts


def _size(old: World, new: World, name: str) -> Array:
    """How much a kind differs by place and mineral, [P, M], from 0 for not at all: what it moves as a share of the
    world's need; P is 1 for kinds of the whole world, M is 1 for those of no one mineral."""
    kind = KINDS[name]
    differs = _differs(old, new, kind)
    if kind.axis not in WEIGHED:
        return differs.astype(np.float64)
    need = new.need_t[0].sum(-1)
    if kind.axis == "C":
        mineral, tonnes = new.contract_mineral[0], np.maximum(new.contract_t, old.contract_t)[0]
        mineral = np.where(mineral >= 0, mineral, old.contract_mineral[0])
        share = tonnes / np.maximum(need.sum(0)[mineral], LEAST)
        return np.asarray(differs * np.maximum(share, LEAST)[:, None])
    if not _by_mineral(kind):
        moved = WEIGHT[name](old, new) if name in WEIGHT else differs
    else:
        moved = WEIGHT[name](old, new) / np.maximum(need.sum(0), LEAST) if name in WEIGHT else differs
    return np.asarray(differs * np.maximum(moved, LEAST))


def _differs(old: World, new: World, kind: Kind) -> NDArray[np.bool_]:
    """Where the arrays of a kind differ, [P, M]."""
    result: NDArray[np.bool_] | None = None
    for name in kind.fields:
        first, last = old.arrays[name][0], new.arrays[name][0]
        unequal = (first != last) & ~((first != first) & (last != last))  # nan equals nan here
        letters = FIELD[name].axes
        kept = [letters.index(letter) for letter in (kind.axis, "M") if letter and letter in letters]
        unequal = unequal.any(axis=tuple(axis for axis in range(unequal.ndim) if axis not in kept))
        unequal = unequal.reshape(unequal.shape[0] if kind.axis else 1, unequal.shape[-1] if "M" in letters else 1)
        if not _by_mineral(kind):
            unequal = unequal.any(axis=1, keepdims=True)
        result = unequal if result is None else result | unequal
    assert result is not None
    return result


def _undo(batch: World, row: int, old: World, act: Act, mineral: int) -> None:
    """Write last turn's arrays of an act into one world of a batch."""
    kind = KINDS[act.kind]
    for name in kind.fields:
        place: list[Any] = []
        for letter in FIELD[name].axes:
            if letter == kind.axis and act.places:
                place.append(list(act.places))
            elif letter == "M" and mineral != EVERY:
                place.append(mineral)
            else:
                place.append(slice(None))
        batch.arrays[name][(row, *place)] = old.arrays[name][(0, *place)]


def _moved_usd_bn(old: Array, new: Array) -> Array:
    return np.asarray(np.abs(new - old)[0].sum(1, keepdims=True))


def _exports_t(old: World, new: World) -> Array:
    """Tonnes of both layers that each nation sent abroad last turn, [N, M]."""
    flow = (new.ore_flow_t + new.refined_flow_t)[0]
    nation = np.arange(flow.shape[1])
    return np.asarray((flow.sum(2) - flow[:, nation, nation]).T)


# What a difference moves, tonnes a turn [N, M] or, where it is of no one mineral, US$ bn [N, 1], from the two worlds.
WEIGHT: dict[str, Callable[[World, World], Array]] = {
    "outage": lambda old, new: (np.abs(new.outage_share - old.outage_share) * new.capacity_t)[0].sum(-1),
    "site": lambda old, new: np.abs(new.capacity_t - old.capacity_t)[0].sum(-1),
    "shock": lambda old, new: (np.abs(new.demand_shock_ln - old.demand_shock_ln) * new.need_t.sum(-1))[0],
    "idled": lambda old, new: np.abs(new.idled_t - old.idled_t)[0].sum(-1),
    "host": lambda old, new: (np.abs(new.host_output_share - old.host_output_share) * new.capacity_t[..., 0])[0],
    "cost": lambda old, new: (np.abs(new.cost_ln - old.cost_ln) * new.capacity_t)[0].sum(-1),
    "maker": lambda old, new: _moved_usd_bn(old.maker_capacity_usd_bn, new.maker_capacity_usd_bn),
    "plan": lambda old, new: _moved_usd_bn(old.planned_usd_bn, new.planned_usd_bn),
    "purchase": lambda old, new: np.abs(new.purchase_t - old.purchase_t)[0, ..., 0],
    "release": lambda old, new: sum(
        np.abs(new.arrays[name] - old.arrays[name])[0] for name in ("release_spot_t", "release_users_t")
    ),
    "export_measure": _exports_t,
    "sourcing_cap": lambda old, new: new.need_t[0].sum(-1),
    "import_tariff": lambda old, new: new.need_t[0].sum(-1),
    "processing": _exports_t,
    "royalty": lambda old, new: new.mined_t[0],
}
