"""What goes into the clearing and what comes out of it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Index = NDArray[np.int64]

CHOKE_MARGIN = 1.0  # unmet need enters this far above the highest choke
FLOOR_LN = -4.0  # unsold output leaves at this price


@dataclass(frozen=True)
class Gates:
    """Capacities shared by sets of arcs, one row a gate: `arcs` [g, N, N] (origin, destination), capacity as flow.

    `limit` is the highest shadow price: what flows beyond the capacity goes round the gate at that price. Without one
    nothing does.
    """

    world: Index
    mineral: Index
    layer: Index
    capacity: Array
    arcs: Flags
    limit: Array = field(default_factory=lambda: np.asarray(np.inf))  # [g], or one for all

    @property
    def limits(self) -> Array:
        """The highest shadow price of each gate [g]; inf where there is none."""
        return np.broadcast_to(self.limit, self.capacity.shape)

    @classmethod
    def none(cls, nations: int) -> "Gates":
        """No gate at all."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, empty, np.zeros(0), np.zeros((0, nations, nations), dtype=bool))


@dataclass(frozen=True)
class Markets:
    """Inputs of the clearing. Quantities in any one unit per mineral, prices in logs; axes W, M, N, F sources, K uses.

    `sources` supply refined metal that is not refined from ore (recycled, synthetic, released). A use is
    `size exp(-elasticity V) h(steepness (choke - V))`; an infinite choke never binds.
    """

    sigma: float
    mine_size: Array  # [W, M, N]
    mine_steepness: Array  # [M, N]
    mine_cost: Array  # [W, M, N]
    refinery_size: Array  # [W, M, N]
    refinery_steepness: Array  # [M]
    refinery_cost: Array  # [W, M, N]
    source_size: Array  # [W, M, F, N]
    source_steepness: Array  # [M, F]
    source_cost: Array  # [W, M, F, N]
    use_size: Array  # [W, M, K, N]
    use_elasticity: Array  # [M, K]
    use_choke: Array  # [W, M, K, N]
    direct_size: Array  # [W, M, N] ore used as ore
    direct_elasticity: Array  # [M]
    direct_choke: Array  # [M]
    choke_steepness: float
    ore_inflow: Array  # [W, M, N] constant, may be negative
    refined_inflow: Array  # [W, M, N] constant, may be negative
    trade_ln: Array  # [W or 1, M, 2, N, N] ln(weight per size) - sigma tau, origin x destination; -inf where closed
    origin_ln: Array  # [W, M, 2, N] ln of the size that scales what an origin sends; -inf for none
    destination_ln: Array  # [W, M, 2, N] likewise for destinations
    ceiling: Array  # [M] price at which unmet need is booked
    gates: Gates
    gate_smoothing: float = 1e-4


@dataclass
class Solution:
    """Prices [W, M, N] (logs), quantities in the units of the inputs, and how the solver got there."""

    mine_gate: Array
    ore_delivered: Array
    refinery_gate: Array
    delivered: Array
    mined: Array
    refined: Array
    sourced: Array  # [W, M, F, N]
    used: Array  # [W, M, K, N], before unmet need is taken off
    direct: Array
    flow: Array  # [W, M, 2, N, N]
    unmet: Array  # [W, M, 2, N] at ore and refined users
    idle: Array  # [W, M, 2, N] at mines and refineries
    gate_price: Array  # [g]
    residual: Array  # [W, M]
    iterations: NDArray[np.int64]  # [W, M]


@dataclass
class Start:
    """Where Newton starts: last turn's prices [W, M, N]."""

    mine_gate: Array
    ore_delivered: Array
    refinery_gate: Array
    delivered: Array
