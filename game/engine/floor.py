"""Guaranteed prices: what sites under a floor see in place of the market's price, and what that costs the state.

W worlds, N nations, M minerals; G are the stages that may have a floor, mines and refineries. Floors are kept as ln
of a price over the one of 2024, as prices at the gate are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import MINE, REFINE
from game.engine.baseline import Array, Flags
from game.engine.fields import FIELD, FLOOR_FIELDS
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

FLOOR_STAGES = [MINE, REFINE]
BILLION = 1e9


def has_floors(world: World) -> Flags:
    """Which sites have a guaranteed price, [W, N, M, G]."""
    return np.asarray(world.floor_ln[..., FLOOR_STAGES] > FIELD["floor_ln"].default)


def gate_ln(world: World) -> Array:
    """Price at the gate over that of 2024, ln, [W, N, M, G]."""
    return np.stack([world.mine_gate_ln, world.refinery_gate_ln], 3)


def covered_share(world: World) -> Array:
    """Share of last output for which the price is guaranteed, [W, N, M, G]; 1 for all of it and where none was made."""
    made = _made_t(world)
    share = world.floor_t[..., FLOOR_STAGES] / np.where(made > 0, made, 1.0)
    return np.where(made > 0, np.minimum(share, 1.0), 1.0)


def floored_ln(world: World) -> Array:
    """ln of what sites get for their output on average, [W, N, M, G]: the market's price, the guaranteed one for what a
    floor covers when that is higher, less the state's share of what the market pays above it."""
    gate = gate_ln(world)
    if not has_floors(world).any():
        return gate
    floor, share = world.floor_ln[..., FLOOR_STAGES], world.floor_upside_share[..., FLOOR_STAGES]
    above = np.maximum(-np.expm1(floor - gate), 0.0) * has_floors(world)
    paid = np.where(floor > gate, floor, gate + np.log1p(-share * above))
    return np.asarray(gate + covered_share(world) * (paid - gate))


def floor_payments_usd_bn(world: World, calibration: Calibration) -> Array:
    """What the state pays for floors this turn, less its share of what the market paid above them, [W, N]."""
    gap = _gap_usd_per_t(world, calibration)
    share = world.floor_upside_share[..., FLOOR_STAGES]
    due = np.where(gap > 0, gap, share * gap)
    covered = np.minimum(_made_t(world), world.floor_t[..., FLOOR_STAGES])
    return np.asarray((due * covered).sum((2, 3)) / BILLION)


def floor_bill_usd_bn(world: World, calibration: Calibration, turns: int) -> Array:
    """What floors would cost by turns ahead if gate prices stayed as they are, [W, N, turns]: on all that they cover of
    what sites, those being built included, can make."""
    bill = np.zeros((*world.treasury_usd_bn.shape, turns))
    w, n, m, g = np.nonzero(has_floors(world))
    if not len(w):
        return bill
    stage = np.array(FLOOR_STAGES)[g]
    site = (w, n, m, stage)
    gate = np.where(stage == MINE, world.mine_gate_ln[w, n, m], world.refinery_gate_ln[w, n, m])
    gap = np.maximum(np.exp(world.floor_ln[site]) - np.exp(gate), 0.0) * base_price_usd_per_t(calibration)[m, g]
    able = world.capacity_t[site] + world.pipeline_t[site].sum(-1)
    due = gap * np.minimum(able, world.floor_t[site]) / BILLION
    runs = world.floor_until[site][:, None] >= world.turn + 1 + np.arange(turns)
    np.add.at(bill, (w, n), due[:, None] * runs)
    return bill


def coverable_t(world: World) -> Array:
    """Tonnes a turn that sites at work and being built can make, [W, N, M, G]."""
    return np.asarray((world.capacity_t + world.pipeline_t.sum(-1))[..., FLOOR_STAGES])


def base_price_usd_per_t(calibration: Calibration) -> Array:
    """Prices of 2024 at the gates of mine and refinery, [M, G]."""
    baseline = calibration.baseline
    return np.stack([baseline.ore_price_usd_per_t, baseline.price_usd_per_t], 1)


def expire_floors(world: World) -> None:
    """Forget the floors whose last turn is over; in place."""
    over = world.floor_until < world.turn
    if over.any():
        for name in FLOOR_FIELDS:
            world.arrays[name][over] = FIELD[name].default


def _gap_usd_per_t(world: World, calibration: Calibration) -> Array:
    """Guaranteed price less the price at the gate, 0 without a floor, [W, N, M, G]."""
    gap = np.exp(world.floor_ln[..., FLOOR_STAGES]) - np.exp(gate_ln(world))
    return np.where(has_floors(world), gap, 0.0) * base_price_usd_per_t(calibration)


def _made_t(world: World) -> Array:
    return np.stack([world.mined_t, world.refined_t], 3)
