"""The world at the end of calendar 2024: turn 0, from which every game starts. Flows are per half-year."""

import numpy as np
from numpy.typing import NDArray

from game.engine.acceptance import opening_licence
from game.engine.axes import MINE, ORE, REFINED, TURNS_PER_YEAR
from game.engine.calibrate import Calibration
from game.engine.climate import opening_integrity
from game.engine.corridor import opening_capacity_t
from game.engine.measures import measure
from game.engine.purity import high_purity_cover
from game.engine.schedule import opening_pipeline, opening_plants, opening_retirement, opening_scrap
from game.engine.scrap import collected_t, landfilled_t
from game.engine.use import ordinary_use, planned_in_base_year
from game.engine.world import World, empty_world

Array = NDArray[np.float64]
OPENING_RELIABILITY = 60.0
OPENING_POLITICAL_CAPITAL = 4.0


def opening_world(calibration: Calibration, worlds: int = 1) -> World:
    """Turn 0 in `worlds` identical copies."""
    corridors = len(calibration.baseline.network.corridor_ids)
    world = empty_world(calibration.axes, corridors)
    _set_capacity(world, calibration)
    _set_expectations(world, calibration)
    _set_flows(world, calibration)
    _set_stocks(world, calibration)
    _set_accounts(world, calibration)
    for name, table in calibration.baseline.treaties.tables.items():
        world.arrays[name][...] = table
    measure(world, calibration)
    return world.repeated(worlds)


def _set_capacity(world: World, calibration: Calibration) -> None:
    world.capacity_t[...] = calibration.capacity_t
    world.pipeline_t[...] = opening_pipeline(calibration, calibration.capacity_t)
    world.reserves_t[...] = calibration.baseline.reserves_t
    world.know[...] = calibration.baseline.technology.start
    world.openness[...] = calibration.baseline.technology.openness


def _set_expectations(world: World, calibration: Calibration) -> None:
    past = calibration.smoothed_past_ln
    world.expected_ln[...] = past
    world.slow_response_ln[...] = past
    world.expected_mine_ln[...] = past
    world.price_change_ln[...] = calibration.past_change_ln


def _set_flows(world: World, calibration: Calibration) -> None:
    base = calibration.baseline
    half = 1.0 / TURNS_PER_YEAR
    world.mined_t[...] = base.mined_t * half
    world.refined_t[...] = base.refined_primary_t * half
    world.recycled_t[...] = base.refined_secondary_t * half
    world.synthetic_t[...] = base.synthetic_t * half
    world.direct_use_t[...] = base.direct_use_t * half
    _set_products(world, calibration)
    ordinary = ordinary_use(world, calibration)
    world.use_t[...] = ordinary
    world.need_t[...] = ordinary
    origin, destination = _base_sizes(calibration)
    flow = np.exp(calibration.trade_ln) * origin[..., None] * destination[..., None, :] / origin.sum(2)[..., None, None]
    traded = (origin > 0)[..., None] & (destination > 0)[..., None, :]
    flow = np.where(traded, flow, 0.0)
    world.ore_flow_t[...] = flow[:, ORE]
    world.refined_flow_t[...] = flow[:, REFINED]
    world.high_purity_usual_share[...] = high_purity_cover(world, calibration)
    world.corridor_capacity_t[...] = opening_capacity_t(world, calibration)
    world.corridor_works_turn[...] = base.network.passages.works_turn


def _set_products(world: World, calibration: Calibration) -> None:
    makers = calibration.makers
    world.maker_capacity_usd_bn[...] = makers.capacity_usd_bn
    world.maker_pipeline_usd_bn[...] = opening_plants(calibration)
    world.variant_share[...] = calibration.baseline.variants.share
    world.planned_usd_bn[...] = planned_in_base_year(calibration)
    world.product_made_usd_bn[...] = makers.made_usd_bn
    world.product_bought_usd_bn[...] = makers.final_usd_bn
    world.product_need_usd_bn[...] = makers.final_usd_bn
    world.product_flow_usd_bn[...] = makers.flow_usd_bn


def _base_sizes(calibration: Calibration) -> tuple[Array, Array]:
    """Sizes of origins and destinations in the base year [M, L, N]: ore tonnes, refined tonnes a turn."""
    base, normal = calibration.baseline, calibration.parameters.refinery_utilisation
    half = 1.0 / TURNS_PER_YEAR
    mine = calibration.capacity_t[..., MINE]
    metal = (base.refined_primary_t + base.refined_secondary_t + base.synthetic_t) * half / normal
    ore_use = base.refined_primary_t * half / normal / calibration.ratio + base.direct_use_t * half
    return (
        np.stack([mine.T, metal.T], 1),
        np.stack([ore_use.T, base.consumption_t.T * half], 1),
    )


def _set_stocks(world: World, calibration: Calibration) -> None:
    """Commercial stock: normal cover plus the year's change, which presses on the first turn."""
    base = calibration.baseline
    use = base.consumption_t / TURNS_PER_YEAR
    change = 0.0 if calibration.parameters.constant_stock_change else calibration.base_stock_change_t * TURNS_PER_YEAR
    world.commercial_stock_t[...] = np.maximum(base.stock_cover * use + change, 0.0)
    world.public_stock_t[...] = base.opening_public_stock_months * use / 6.0
    world.retiring_t[...] = opening_retirement(base, calibration.schedule)
    world.scrap_t[...] = opening_scrap(base, calibration.schedule)
    offered = collected_t(world, calibration, world.scrap_t)
    world.landfilled_t[...] = landfilled_t(offered, world.scrap_t, world.recycled_t)
    lost = (base.product_share * (1.0 - base.recoverable_share)).sum(1) / base.product_share.sum(1)
    world.dispersed_t[...] = use * (1.0 - calibration.schedule.new_scrap_share) * lost


def _set_accounts(world: World, calibration: Calibration) -> None:
    base, p = calibration.baseline, calibration.parameters
    world.treasury_usd_bn[...] = p.opening_envelopes * p.envelope_gdp_share * base.gdp_usd_bn
    world.political_capital[...] = OPENING_POLITICAL_CAPITAL
    world.support[...] = base.opening_support
    world.royalty[...] = base.royalty
    world.integrity[...] = opening_integrity(base)
    for name in ("social_licence", "environment", "labour"):
        world.arrays[name][...] = opening_licence(base)
    world.reliability[...] = OPENING_RELIABILITY
    world.trust[...] = base.trust
