"""Makers turn the metal of the turn into products and sell them: the product markets clear after those of metal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.allocation import allocate
from game.engine.clearing import clear
from game.engine.final_goods import finish_goods
from game.engine.layout import by_mineral, by_nation
from game.engine.market import Start
from game.engine.product import (
    final_need,
    metal_fulfilment,
    product_markets,
    recipe_output,
    scarcest,
    whole_fulfilment,
)
from game.engine.purity import high_purity_met
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration


def manufacture(world: World, calibration: Calibration) -> None:
    """Write what the metal allowed, its bottleneck, what was made, sold and bought, and goods left unfinished."""
    weight, containing = calibration.makers.recipe_weight, calibration.baseline.containing_share
    allocate(world, calibration)
    world.high_purity_met_share[...] = high_purity_met(world, calibration)
    met = metal_fulfilment(world.use_t, world.need_t)
    pure = np.where(calibration.baseline.purity.is_needed, world.high_purity_met_share[..., None], np.inf)
    allowed = whole_fulfilment(np.minimum(met, pure), containing)
    world.recipe_met_share[...] = recipe_output(allowed, weight, containing, calibration.parameters.recipe_elasticity)
    world.bottleneck[...] = scarcest(allowed, weight)
    gate, delivered = by_mineral(world.product_gate_ln), by_mineral(world.product_delivered_ln)
    markets = product_markets(world, calibration)
    solution = clear(markets, Start(mine_gate=gate, ore_delivered=delivered, refinery_gate=gate, delivered=delivered))
    unit = calibration.makers.world_usd_bn
    flow = solution.flow[:, :, -1] * unit[:, None, None]
    world.product_gate_ln[...] = by_nation(solution.refinery_gate)
    world.product_delivered_ln[...] = by_nation(solution.delivered)
    world.arrays["product_flow_usd_bn"] = flow
    world.product_made_usd_bn[...] = by_nation(flow.sum(3))
    world.product_bought_usd_bn[...] = by_nation(flow.sum(2))
    world.product_need_usd_bn[...] = final_need(world, calibration)
    finish_goods(world, calibration)
