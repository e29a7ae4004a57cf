"""What the turn leaves behind: stockpiles, ore in the ground, expectations, metal in goods and scrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.ahead import add_shifted, shift
from game.engine.axes import MINE, REFINE
from game.engine.fear import price_seen_ln, restricting
from game.engine.floor import floored_ln
from game.engine.maker import goods_bought
from game.engine.product import making_margin_ln
from game.engine.scrap import collected_t, landfilled_t
from game.engine.variant import shift_variants
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys


def stocks(world: World, calibration: Calibration, keys: Keys, before: World) -> None:
    """Book stocks after the clearing and let expectations follow its prices."""
    world.public_stock_t[...] = np.maximum(world.public_stock_t + world.purchased_t - world.released_t, 0.0)
    shift(world.purchase_t)
    lost = (1.0 - calibration.parameters.reserve_replacement) * world.mined_t
    world.reserves_t[...] = np.maximum(world.reserves_t - lost, 0.0)
    _adapt_expectations(world, calibration, before)
    shift_variants(world, calibration)
    _scar(world, calibration)
    _retire_goods(world, calibration)


def _adapt_expectations(world: World, calibration: Calibration, before: World) -> None:
    p = calibration.parameters
    seen_at_gate = floored_ln(world)
    margin = seen_at_gate[..., REFINE] - world.ore_delivered_ln
    mine_gate = seen_at_gate[..., MINE]
    held_back = restricting(world)
    seen = price_seen_ln(world, held_back, p.contagion)
    world.expected_ln[...] += p.expectation_speed * (seen - world.expected_ln)
    world.expected_mine_ln[...] += p.expectation_speed * (mine_gate - world.expected_mine_ln)
    world.expected_margin_ln[...] += p.expectation_speed * (margin - world.expected_margin_ln)
    world.slow_response_ln[...] += p.substitution_speed * (world.delivered_ln - world.slow_response_ln)
    world.expected_making_ln[...] += p.expectation_speed * (
        making_margin_ln(world, calibration) - world.expected_making_ln
    )
    world.price_change_ln[...] = seen - price_seen_ln(before, held_back, p.contagion)


def _scar(world: World, calibration: Calibration) -> None:
    """Users who paid dearly for long leave for good: a weapon used weakens itself.

    Dear is what they have felt (the slow response) beyond the long-run price, or 2024's where that was higher.
    """
    p = calibration.parameters
    usual = np.maximum(calibration.long_run_ln, 0.0)
    dear = np.maximum(world.slow_response_ln - usual - p.scar_threshold, 0.0)
    world.scar[...] += p.scar_rate * dear * np.maximum(1.0 - world.scar / p.scar_limit, 0.0)


def _retire_goods(world: World, calibration: Calibration) -> None:
    """Book what retires and send this turn's use into goods, which retire by lifetime where the products were bought.

    Scrap of makers goes straight to the next turn, where the metal was used; what uses disperse is lost at once.
    """
    schedule = calibration.schedule
    retired = world.retiring_t[..., 0].copy()
    world.scrap_t[...] = retired
    world.landfilled_t[...] = landfilled_t(collected_t(world, calibration, retired), retired, world.recycled_t)
    made = world.use_t * (1.0 - schedule.new_scrap_share)[:, None]
    kept = made * calibration.baseline.recoverable_share
    world.dispersed_t[...] = (made - kept).sum(-1)
    # One small product for each world and nation, so that a world's bits do not depend on its batch.
    retiring = np.matmul(goods_bought(kept, world.product_flow_usd_bn), schedule.retirement)
    add_shifted(retiring, world.retiring_t)
    retiring[..., 0] += world.use_t.sum(-1) * schedule.new_scrap_share
    world.arrays["retiring_t"] = retiring
