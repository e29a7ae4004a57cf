"""Demands backed by a threat: what was asked, whether it was granted, and what becomes of a threat that was empty.

A nation has one demand open at a time. It is granted when, by its due turn, the state of the world is as demanded; if
not, the threat must be carried out by the turn after, or it was a bluff and the next one is believed less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.baseline import Array, Flags
from game.engine.field import row

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.world import World

Index = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

LIFT_MEASURE, DROP_DUTIES = range(2)  # what is demanded
RESTRICT, SANCTION = range(2)  # what is threatened

PRESSURE_FIELDS = (
    row("demand_target", "N", "nation", -1, "account", "of whom the nation demands, -1 nobody", dtype=np.int64),
    row(
        "demand_concession",
        "N",
        "option",
        0,
        "account",
        "0 lift a measure, 1 drop duties",
        dtype=np.int64,
    ),
    row("demand_mineral", "N", "mineral", -1, "account", "mineral whose trade the demand is about", dtype=np.int64),
    row("demand_layer", "N", "layer", 1, "account", "layer the demand is about: 0 ore, 1 refined", dtype=np.int64),
    row("demand_threat", "N", "option", 0, "account", "0 an export measure, 1 a sanction", dtype=np.int64),
    row("demand_due", "N", "turn", 0, "account", "turn by whose end the demand is to be granted", dtype=np.int64),
    row("credibility", "N", "0-100", 60, "account", "how far the nation's threats are believed"),
)

FULL_RESOLVE = 60.0  # points of pressure that a wholly safe and popular government bears
STEEPNESS = 0.15  # of the odds, per point
N_MINUS_1_WEIGHT, SUPPORT_WEIGHT = 0.7, 0.3  # of resolve


def granted(world: World, w: Index, by: Index) -> Flags:
    """Whether the world is as each nation `by` demands, [A]."""
    asked = (world.arrays[f"demand_{name}"][w, by] for name in ("target", "mineral", "layer", "concession"))
    return ~withheld(world, w, by, *asked)


def withheld(
    world: World, w: Index, by: Index, target: Index, mineral: Index, layer: Index, concession: Index
) -> Flags:
    """Whether the target holds back what `by` might demand: a measure that names it, or duties on its goods, [A]."""
    at = (w, target, mineral, layer)
    held = (np.isfinite(world.export_quota_t[at]) | (world.export_tax[at] > 0)) & world.export_target[(*at, by)]
    held &= world.export_until[at] > world.turn
    duties = (world.import_tariff[at] > 0) | (world.sanction_rate[w, target, by] > 0)
    return np.asarray(np.where(concession == LIFT_MEASURE, held, duties))


def carried_out(world: World, w: Index, by: Index) -> Flags:
    """Whether each nation does to its target what it threatened, [A]."""
    target = world.demand_target[w, by]
    named = world.export_target[w, by, :, :, target] & (world.export_until[w, by] >= world.turn)
    restricts = named.any((1, 2))
    return np.asarray(
        np.where(world.demand_threat[w, by] == RESTRICT, restricts, world.sanction_rate[w, by, target] > 0)
    )


def exposure(world: World, calibration: Calibration, w: Index, by: Index, target: Index) -> tuple[Array, Array]:
    """Points of N-1 kind that the target would lose by either threat, [A] each: its imports of metal from the nation,
    and its sales of metal to it, weighed by value in its own use or output."""
    price = calibration.baseline.price_usd_per_t
    flow = world.refined_flow_t
    bought = flow[w, :, by, target] * price
    use = (flow[w, :, :, target].sum(2) * price).sum(1)
    sold = flow[w, :, target, by] * price
    output = (flow[w, :, target].sum(2) * price).sum(1)
    share = bought.sum(1) / np.where(use > 0, use, 1.0), sold.sum(1) / np.where(output > 0, output, 1.0)
    return 100.0 * share[0], 100.0 * share[1]


def yield_odds(world: World, calibration: Calibration, w: Index, by: Index, target: Index, threat: Index) -> Array:
    """Odds that a target would rather grant than bear the threat, [A]: pressure, believed, against resolve."""
    supply, sales = exposure(world, calibration, w, by, target)
    pressure = np.where(threat == RESTRICT, supply, sales) * world.credibility[w, by] / 100.0
    safe = N_MINUS_1_WEIGHT * world.n_minus_1[w, target] + SUPPORT_WEIGHT * world.support[w, target]
    resolve = FULL_RESOLVE * safe / 100.0
    return np.asarray(1.0 / (1.0 + np.exp(-STEEPNESS * (pressure - resolve))))
