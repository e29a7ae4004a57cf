"""Makers of final goods: what cannot be finished for want of a product, and what that costs.

A product is a small part of the goods it goes into: a car waits for its magnets. What buyers of a product lack, beyond
what they have in stock and have got used to, stops goods of many times its value. W, N, K as in the field table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import TURNS_PER_YEAR

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.world import World

Array = NDArray[np.float64]


@dataclass(frozen=True)
class FinalGoods:
    """What hangs on products; without figures nothing does."""

    value: Array = field(default_factory=lambda: np.zeros(1))  # [K] US$ of value added to goods per US$ of a product
    cover_share: Array = field(default_factory=lambda: np.zeros(1))  # [K] usual stock of it, share of a turn's need


def finish_goods(world: World, calibration: Calibration) -> None:
    """Write what final goods were lost in the turn for want of products.

    What arrived falls short where it is below what makers have got used to. A part that goes missing is missing
    altogether, until the stock of it is used up nothing stops: stock bridges the first weeks of what is newly short.
    """
    p, goods = calibration.parameters, calibration.baseline.final_goods
    need = world.product_need_usd_bn
    arrived = np.where(need > 0, np.minimum(world.product_bought_usd_bn / np.where(need > 0, need, 1.0), 1.0), 1.0)
    short = np.maximum(world.parts_usual_share - arrived, 0.0)
    bridged = goods.cover_share * np.maximum(short - world.parts_short_share, 0.0)
    stopped = goods.value * need * (short - bridged)
    world.goods_lost_usd_bn[...] = (1.0 - p.goods_workaround) * stopped.sum(2)
    world.parts_short_share[...] = short
    world.parts_usual_share[...] += p.parts_adaptation_speed * (arrived - world.parts_usual_share)


def gdp_lost_share(world: World, calibration: Calibration) -> Array:
    """Final goods lost over gross domestic product of the turn, [W, N]."""
    return np.asarray(world.goods_lost_usd_bn * TURNS_PER_YEAR / calibration.baseline.gdp_usd_bn)
