"""Levers of experiments: what a state, a firm or the world does, written into the fields of a world.

Where an order exists its own `apply` writes the fields, without its price and whoever's leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from game.batch.fact.laboratory import Lever
from game.engine.axes import LAYERS, MINE, RECYCLE, REFINE, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.asking import Batch
from game.rules.measure import Measure
from game.rules.orders.buy_stock import BuyStock
from game.rules.orders.restrict_exports import Layer, RestrictExports

BOTH: tuple[Layer, ...] = ("ore", "refined")
MONTHS_PER_TURN = 6.0
LONG = 30  # turns that an export measure may hold at most


def together(*levers: Lever) -> Lever:
    """All levers, in order."""

    def pull(world: World, calibration: Calibration) -> None:
        for lever in levers:
            lever(world, calibration)

    return pull


def restrict(
    nation: str,
    mineral: str,
    measure: Measure,
    strength: float = 1.0,
    *,
    layers: Sequence[Layer] = BOTH,
    targets: tuple[str, ...] = (),
    start: int = 1,
    turns: int = LONG,
) -> Lever:
    """An export measure from turn `start` on; strength is the share of last turn's exports that a quota cuts."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn + 1 != start:
            return
        for layer in layers:
            order = RestrictExports(
                mineral=mineral, layer=layer, measure=measure, strength=strength, targets=targets, turns=turns
            )
            batch = Batch.of(world.axes.nation_index[nation], order.row(world.axes), world.size)
            order.apply(world, calibration, batch.picked(order.allowed(world, calibration, batch)))

    return pull


def let_out(nation: str, mineral: str, shares: Mapping[int, float | None], *, layers: Sequence[Layer] = BOTH) -> Lever:
    """A quota that lets out a share of the exports of the opening, from each turn given until the next; None lifts it.

    Each change is announced as one of the opening's exports, which are what buyers reckon with.
    """
    opening: dict[str, Array] = {}

    def pull(world: World, calibration: Calibration) -> None:
        turn, (n, m) = world.turn + 1, (world.axes.nation_index[nation], world.axes.mineral_index[mineral])
        if world.turn == 0:
            opening["exports_t"] = exports_t(world, n, m)
        if turn not in shares:
            return
        share = shares[turn]
        measure: Measure = "none" if share is None else "quota"
        restrict(nation, mineral, measure, 1.0 - (share or 0.0), layers=layers, start=turn)(world, calibration)
        if share is None:
            return
        for layer in layers:
            at = (slice(None), n, m, LAYERS.index(layer))
            before = opening["exports_t"][:, LAYERS.index(layer)]
            world.export_quota_t[at] = share * before
            world.export_cut_t[at] = world.export_feared_t[at] = (1.0 - share) * before

    return pull


def exports_t(world: World, nation: int, mineral: int) -> Array:
    """Tonnes that a nation sends abroad in a turn, [W, L]."""
    flows = np.stack([world.ore_flow_t[:, mineral, nation], world.refined_flow_t[:, mineral, nation]], 1)
    return np.asarray(flows.sum(2) - flows[..., nation])


def grow(nation: str, mineral: str, factor: float, turns: int, stages: Sequence[int] = (MINE, REFINE)) -> Lever:
    """Capacity of the opening times `factor` after `turns` turns, by equal steps, beside all else that is built."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn < turns:
            n, m = world.axes.nation_index[nation], world.axes.mineral_index[mineral]
            for stage in stages:
                world.capacity_t[:, n, m, stage] += calibration.capacity_t[n, m, stage] * (factor - 1.0) / turns

    return pull


def outage(nation: str, mineral: str, stage: int, share: float, turn: int = 1) -> Lever:
    """Part of a nation's capacity of a stage is lost for one turn."""
    held: dict[str, Array] = {}

    def pull(world: World, calibration: Calibration) -> None:
        n, m = world.axes.nation_index[nation], world.axes.mineral_index[mineral]
        if world.turn + 1 == turn:
            held["lost_t"] = share * world.capacity_t[:, n, m, stage]
            world.capacity_t[:, n, m, stage] -= held["lost_t"]
        elif world.turn == turn:
            world.capacity_t[:, n, m, stage] += held["lost_t"]

    return pull


def hold_stock(mineral: str, months: float) -> Lever:
    """Users and traders open with so many months of use in stock."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn == 0:
            m = world.axes.mineral_index[mineral]
            world.commercial_stock_t[:, :, m] = world.use_t[:, :, m].sum(-1) * months / MONTHS_PER_TURN

    return pull


def demand(mineral: str, path: Sequence[float]) -> Lever:
    """Use by all nations so far above trend, ln, in turn 1, 2, ...; afterwards the shock fades by itself."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn < len(path):
            earlier = path[world.turn - 1] if world.turn else 0.0
            kept = calibration.parameters.demand_persistence
            world.demand_shock_ln[:, :, world.axes.mineral_index[mineral]] += path[world.turn] / kept - earlier

    return pull


def support(nation: str, mineral: str, stage: int, usd_bn: float) -> Lever:
    """Public money for capacity of a stage in a nation, in the first turn, whoever pays it."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn == 0:
            n, m = world.axes.nation_index[nation], world.axes.mineral_index[mineral]
            world.support_usd_bn[:, n, m, stage, 0] += usd_bn

    return pull


def price_floor(nation: str, mineral: str, ln: float = 0.0) -> Lever:
    """Mines of a nation are guaranteed a price, relative to that of 2024; the state pays the gap."""

    def pull(world: World, calibration: Calibration) -> None:
        world.floor_ln[:, world.axes.nation_index[nation], world.axes.mineral_index[mineral], MINE] = ln

    return pull


def offtake(seller: str, buyer: str, mineral: str, t_per_year: float, start: int, fixed_ln: float = np.nan) -> Lever:
    """A firm contract for refined metal without an end; at the seller's gate price unless a price is fixed."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn + 1 != start:
            return
        slot = int(np.flatnonzero((world.contract_seller < 0).all(0))[0])
        world.contract_seller[:, slot] = world.axes.nation_index[seller]
        world.contract_buyer[:, slot] = world.axes.nation_index[buyer]
        world.contract_mineral[:, slot] = world.axes.mineral_index[mineral]
        world.contract_layer[:, slot] = 1
        world.contract_t[:, slot] = t_per_year / TURNS_PER_YEAR
        world.contract_ln[:, slot] = fixed_ln
        world.contract_until[:, slot] = world.turn + 1000

    return pull


def purchase(nation: str, mineral: str, months: float, limit_percent: int, turn: int = 1) -> Lever:
    """Months of use bought openly for a public stockpile in one turn, up to a price in per cent of today's."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn + 1 == turn:
            order = BuyStock(mineral=mineral, months=months, tempo="open", limit_percent=limit_percent)
            batch = Batch.of(world.axes.nation_index[nation], order.row(world.axes), world.size)
            order.apply(world, calibration, batch)

    return pull


def no_new_capacity(nation: str, mineral: str) -> Lever:
    """Nothing is put into the nation's mines of a mineral, and whatever would open at any stage does not."""

    def pull(world: World, calibration: Calibration) -> None:
        n, m = world.axes.nation_index[nation], world.axes.mineral_index[mineral]
        world.reinvested_share[:, n, m] = 0.0
        for stage in (MINE, REFINE, RECYCLE):
            world.pipeline_t[:, n, m, stage] = 0.0

    return pull


def move_refineries(giver: str, taker: str, mineral: str, share: float) -> Lever:
    """At the opening the taker gets the giver's refineries but for `share` of the world's."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn:
            return
        index = world.axes.nation_index
        g, t, m = index[giver], index[taker], world.axes.mineral_index[mineral]
        capacity, pipeline = world.capacity_t[:, :, m, REFINE], world.pipeline_t[:, :, m, REFINE]
        moved = np.maximum(1.0 - share * capacity.sum(1) / capacity[:, g], 0.0)
        capacity[:, t] += moved * capacity[:, g]
        capacity[:, g] *= 1.0 - moved
        pipeline[:, t] += moved[:, None] * pipeline[:, g]
        pipeline[:, g] *= 1.0 - moved[:, None]

    return pull


def gather_refineries(taker: str, mineral: str, share: float) -> Lever:
    """At the opening the taker gets so much of all others' refineries that `share` of the world's are its own."""

    def pull(world: World, calibration: Calibration) -> None:
        if world.turn:
            return
        t, m = world.axes.nation_index[taker], world.axes.mineral_index[mineral]
        opening = calibration.capacity_t[:, m, REFINE]
        left = min((1.0 - share) * float(opening.sum() / (opening.sum() - opening[t])), 1.0)
        for sites in (world.capacity_t[:, :, m, REFINE], world.pipeline_t[:, :, m, REFINE]):
            moved = (1.0 - left) * sites
            moved[:, t] = 0.0
            sites -= moved
            sites[:, t] += moved.sum(1)

    return pull
