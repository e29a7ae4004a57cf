"""Measures and contracts that have run out, outlays promised earlier, industrial support, reforms and sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.acceptance import settle
from game.engine.ahead import shift
from game.engine.axes import TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.climate import governance
from game.engine.compact import end_compacts
from game.engine.fear import reckon_threats
from game.engine.fields import FIELD, TREASURY
from game.engine.floor import expire_floors
from game.engine.leak import leak
from game.engine.maker_duty import step_duties
from game.engine.postings import post, post_outlays
from game.engine.reform import reform
from game.engine.technology import new_site_cost
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

CONTRACT_FIELDS = tuple(name for name, field in FIELD.items() if field.axes == "C")


def policy(world: World, calibration: Calibration, keys: Keys) -> None:
    """What ends, falls due or is paid out in this turn."""
    _expire_export_measures(world)
    expire_floors(world)
    leak(world, calibration)
    reckon_threats(world, calibration)
    _free_contracts(world)
    step_duties(world, calibration)
    _pay_commitments(world)
    _pay_support(world, calibration)
    reform(world)
    end_compacts(world)
    settle(world, calibration)


def _expire_export_measures(world: World) -> None:
    over = world.export_until < world.turn
    world.export_quota_t[over] = FIELD["export_quota_t"].default
    world.export_tax[over] = FIELD["export_tax"].default
    world.export_cut_t[over] = 0.0
    world.export_feared_t[over] = 0.0
    world.export_target[over] = False
    world.export_goods[over] = False


def _free_contracts(world: World) -> None:
    over = (world.contract_seller >= 0) & (world.contract_until < world.turn)
    for name in CONTRACT_FIELDS:
        world.arrays[name][over] = FIELD[name].default


def _pay_commitments(world: World) -> None:
    post_outlays(world, world.commitment_usd_bn[..., 0])
    shift(world.commitment_usd_bn)


def _pay_support(world: World, calibration: Calibration) -> None:
    """Money becomes capacity under construction; private money joins, and part is wasted where governance is weak."""
    schedule = calibration.schedule
    paid = world.support_usd_bn[..., 0]
    if paid.any():
        m, s = schedule.sites
        world.pipeline_t[:, :, m, s, schedule.entry_lead] += supported_t(world, calibration, paid)
        post(world, TREASURY, "support_industry", -paid.sum((2, 3)))
    shift(world.support_usd_bn)


def supported_t(world: World, calibration: Calibration, paid_usd_bn: Array) -> Array:
    """Capacity that support pays for, t per turn; all [W, N, M, S]."""
    p = calibration.parameters
    capex = capex_usd_per_tpa(calibration)
    kept = 1.0 - p.support_waste * (1.0 - governance(world, calibration))
    capex = capex * new_site_cost(world, calibration)
    yearly = paid_usd_bn * 1e9 * (1.0 + p.support_private_share) * kept[..., None, None] / capex
    return np.asarray(yearly / TURNS_PER_YEAR)


def capex_usd_per_tpa(calibration: Calibration) -> Array:
    """Cost of new capacity by mineral and stage, US$ per tonne a year, [M, S]."""
    baseline = calibration.baseline
    return np.stack(
        [
            baseline.mine_capex_usd_per_tpa,
            baseline.refinery_capex_usd_per_tpa,
            baseline.recycler_capex_usd_per_tpa,
        ],
        axis=1,
    )
