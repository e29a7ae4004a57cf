"""What a nation's N-1 security is made of: which supplier's stop would hurt most, and what each product would lack.

The arithmetic of `measures.n_minus_1` for one nation of one world, kept apart by supplier, product and mineral.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.axes import TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.measures import (
    DEFENCE,
    DEFENCE_STOCK_LIMIT_TURNS,
    STOCK_LIMIT_TURNS,
    idle_home_capacity,
    product_weight,
)
from game.engine.world import World


@dataclass(frozen=True)
class Exposure:
    """What is met without the supplier that would hurt most: `part` of 100 points and scarcest mineral, [K] each."""

    supplier: int
    part: Array
    mineral: tuple[int, ...]  # -1 where the product lacks nothing


def exposure(world: World, calibration: Calibration, nation: int) -> Exposure:
    """The nation's exposure to the one foreign supplier that would hurt it most."""
    weight = product_weight(calibration)[nation]
    arrived = world.refined_flow_t[0, :, :, nation]  # [M, S]
    sure = arrived.sum(axis=1, keepdims=True) - arrived + idle_home_capacity(world)[0, nation][:, None]
    met = np.ones((len(weight), arrived.shape[1]))
    scarcest = np.full(met.shape, -1)
    for k, product in enumerate(calibration.axes.products):
        limit = DEFENCE_STOCK_LIMIT_TURNS if product == DEFENCE else STOCK_LIMIT_TURNS
        minerals = np.flatnonzero(calibration.baseline.product_share[:, k] > 0)
        if len(minerals):
            shares = _met(world, nation, sure, limit)[minerals]
            met[k] = np.minimum(shares.min(axis=0), 1.0)
            scarcest[k] = np.where(met[k] < 1, minerals[shares.argmin(axis=0)], -1)
    total = (weight[:, None] * met).sum(axis=0)
    total[nation] = np.inf
    worst = int(total.argmin())
    return Exposure(worst, 100 * weight * met[:, worst], tuple(int(m) for m in scarcest[:, worst]))


def _met(world: World, nation: int, sure: Array, stock_turns: float) -> Array:
    """Share of need met from supply `sure` [M, S] and half the stock that counts, [M, S]; 1 where nothing is needed."""
    need = world.need_t[0, nation].sum(axis=-1)
    stock = world.public_stock_t[0, nation] + world.commercial_stock_t[0, nation]
    at_hand = sure + (np.minimum(stock, stock_turns * need) / TURNS_PER_YEAR)[:, None]
    is_needed = (need > 0)[:, None]
    share: Array = np.where(is_needed, at_hand / np.where(is_needed, need[:, None], 1.0), 1.0)
    return share
