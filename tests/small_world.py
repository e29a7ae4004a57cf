"""A world small enough to reason about: a few nations on a line, one to three minerals, two products.

Nation 0 mines most, nation 1 refines most, the others use; every figure is round. `settled_baseline` has no growth, no
noise and no surplus, so nothing moves unless a test moves it.
"""

from dataclasses import replace

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Baseline, Parameters
from game.engine.calibrate import Calibration, calibrate
from game.engine.ledger import check
from game.engine.network import Network, Passages
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from game.engine.world import World

TURNS = 40


def small_axes(nations: int = 4, minerals: int = 1) -> Axes:
    """Ids in alphabetical order: NAA, NAB …; minerals m0, m1 …; two products, one of them defence."""
    return Axes(
        nations=tuple(f"N{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(nations)),
        minerals=tuple(f"m{i}" for i in range(minerals)),
        products=("magnets_motors_wind", "aerospace_defence"),
        corridors=("strait",),
    )


def small_network(nations: tuple[str, ...]) -> Network:
    """Ports on the equator, ten degrees apart, joined by one lane each; the second sea node lies in a strait."""
    n = len(nations)
    lon = 10.0 * np.arange(n)
    km = 1113.0 * np.abs(lon[:, None] - lon[None, :]) / 10.0
    sea_lane = np.stack([np.arange(n - 1), np.arange(1, n)], 1) if n > 1 else np.zeros((0, 2), dtype=np.int64)
    port_lane = np.stack([np.arange(n), n + np.arange(n)], 1)
    lane = np.concatenate([sea_lane, port_lane]).astype(np.int64)
    place = np.arange(n)
    home = np.eye(n, dtype=bool)
    through = tuple(tuple((0,) if n > 2 and min(i, j) < 1 < max(i, j) else () for j in range(n)) for i in range(n))
    return Network(
        nations=nations,
        node_id=(*(f"sea_{i}" for i in range(n)), *(f"port_{i}" for i in range(n))),
        node_lon=np.concatenate([lon, lon]),
        node_lat=np.concatenate([np.zeros(n), np.ones(n)]),
        sea_nodes=n,
        lane=lane,
        lane_km=np.concatenate([np.full(len(sea_lane), 1113.0), np.full(n, 111.0)]),
        lane_is_spare=np.zeros(len(lane), dtype=bool),
        corridor_ids=("strait",),
        corridor_kind=("strait",),
        corridor_lon=np.array([10.0]),
        corridor_lat=np.array([0.0]),
        corridor_nodes=((1,),) if n > 2 else ((),),
        passages=Passages.calm(1),
        access_nation=place,
        access_node=n + place,
        access_land_km=np.full(n, 100.0),
        access_corridor=np.full(n, -1),
        access_way=((),) * n,
        origin_access=np.where(home, -1, place[:, None]),
        destination_access=np.where(home, -1, place[None, :]),
        sea_km=km,
        land_km=np.where(home, 0.0, 200.0),
        overland_km=np.full((n, n), np.nan),
        is_overland=np.zeros((n, n), dtype=bool),
        overland_corridor=np.full((n, n), -1),
        overland_way={},
        sea_corridors=through,
        days=km / 600.0,
    )


def _split(nations: int, first: int, share: float) -> np.ndarray:
    """Shares of nations: `share` for one, the rest in falling parts to the others; sums to 1."""
    rest = 1.0 / (1.0 + np.arange(nations, dtype=float))
    rest[first] = 0.0
    if rest.sum() == 0:
        return np.ones(1)
    rest *= (1.0 - share) / rest.sum()
    rest[first] = share
    return rest


def settled_baseline(
    nations: int = 4, minerals: int = 1, parameters: Parameters | None = None, **changes: object
) -> Baseline:
    """A baseline at rest: no growth, noise, projects or surplus; `changes` replace any of its fields."""
    axes = small_axes(nations, minerals)
    n, m, k = nations, minerals, 2
    size = 1000.0 * (1.0 + np.arange(m))
    recycled = 0.1 * size
    mined = _split(n, 0, 0.6)[:, None] * (1.25 * 0.9 * size)
    refined = _split(n, min(1, n - 1), 0.7)[:, None] * (0.9 * size)
    use = _split(n, n - 1, 0.4)[:, None] * size
    product_share = np.tile([0.75, 0.25], (m, 1))
    baseline = Baseline(
        axes=axes,
        parameters=parameters or Parameters(),
        network=small_network(axes.nations),
        price_usd_per_t=np.full(m, 20_000.0),
        ore_price_usd_per_t=np.full(m, 8_000.0),
        refined_per_ore=np.full(m, 0.8),
        supply_steepness=np.full(m, 2.0),
        investment_elasticity=np.full(m, 0.75),
        demand_elasticity=np.full(m, 0.03),
        demand_elasticity_long=np.full(m, 0.4),
        investment_lead=np.full(m, 5),
        mine_lead=np.full(m, 8),
        refinery_lead=np.full(m, 4),
        recycler_lead=np.full(m, 3),
        stock_cover=np.full(m, 0.5),
        spare_cover=np.zeros(m),
        choke_ln=np.full(m, np.log(12.0)),
        price_volatility=np.full(m, 0.3),
        demand_noise=np.zeros(m),
        outage_noise=np.zeros(m),
        mine_capex_usd_per_tpa=np.full(m, 30_000.0),
        refinery_capex_usd_per_tpa=np.full(m, 15_000.0),
        recycler_capex_usd_per_tpa=np.full(m, 10_000.0),
        gross_ore=np.full(m, 4.0),
        gross_refined=np.full(m, 1.0),
        recovery=np.full(m, 0.9),
        collection=np.full(m, 0.2),
        collection_2030=np.zeros(m),
        collection_2040=np.zeros(m),
        is_by_product=np.zeros(m, dtype=bool),
        host=np.full((m, 2), -1),
        stock_change_t=np.zeros(m),
        mined_t=mined,
        reserves_t=np.where(mined > 0, np.inf, 0.0),
        refined_primary_t=refined,
        refined_secondary_t=_split(n, n - 1, 0.5)[:, None] * recycled,
        synthetic_t=np.zeros((n, m)),
        consumption_t=use,
        direct_use_t=np.zeros((n, m)),
        mine_utilisation=np.full((n, m), np.nan),
        mine_cost_spread=np.full((n, m), np.nan),
        royalty=np.full((n, m), 0.05),
        foreign_share=np.zeros((n, n, m, 2)),
        product_share=product_share,
        manufacturing_share=np.stack([use[:, 0] / use[:, 0].sum()] * k, 1),
        final_share=np.full((n, k), 1.0 / n),
        product_lifetime=np.array([5.0, 12.0]),
        product_lifetime_shape=np.array([2.5, 3.0]),
        product_choke=np.array([0.0, 0.5]),
        past_growth=np.zeros((m, k)),
        recoverable_share=np.ones((m, k)),
        product_value=np.array([0.6, 0.4]),
        product_world_usd_bn=np.array([0.06, 0.04]) * (1.0 + np.arange(m)).sum(),
        demand_multiple=np.ones((TURNS, m, k)),
        affinity=np.zeros((n, n)),
        ore_open=np.ones((m, n, n), dtype=bool),
        refined_open=np.ones((m, n, n), dtype=bool),
        history_ln=np.zeros((10, m)),
        project_turn=np.zeros(0, dtype=np.int64),
        project_nation=np.zeros(0, dtype=np.int64),
        project_mineral=np.zeros(0, dtype=np.int64),
        project_stage=np.zeros(0, dtype=np.int64),
        project_t=np.zeros(0),
        gdp_usd_bn=np.full(n, 500.0),
        population_m=np.full(n, 50.0),
        governance=np.linspace(0.3, 0.9, n),
        licence=np.linspace(0.4, 0.8, n),
        integrity=np.linspace(0.3, 0.7, n),
        risk_premium=np.full(n, 0.01),
        opening_support=np.full(n, 50.0),
        opening_public_stock_months=np.zeros((n, m)),
        trust=np.full((n, n), 50.0),
    )
    return replace(baseline, **changes)  # type: ignore[arg-type]


def small_baseline(
    nations: int = 4, minerals: int = 1, parameters: Parameters | None = None, **changes: object
) -> Baseline:
    """A baseline that moves: use grows by 3 % a year, has grown before, and demand and sites are noisy."""
    m, k = minerals, 2
    growth = 1.03 ** (np.arange(TURNS) / 2.0)
    moving: dict[str, object] = {
        "demand_multiple": np.tile(growth[:, None, None], (1, m, k)),
        "past_growth": np.full((m, k), 0.02),
        "demand_noise": np.full(m, 0.03),
        "outage_noise": np.full(m, 0.02),
    }
    return settled_baseline(nations, minerals, parameters, **(moving | changes))


def opened(baseline: Baseline, worlds: int = 1) -> tuple[World, Calibration]:
    """Turn 0 of a baseline, ready for the orders of turn 1, and its calibration."""
    calibration = calibrate(baseline)
    world = opening_world(calibration, worlds)
    begin_turn(world)
    return world, calibration


def played(world: World, calibration: Calibration, turns: int, seed: int = 1, ids: tuple[int, ...] = ()) -> World:
    """The world some turns on, without orders; every turn must leave the ledger whole."""
    keys = Keys(seed, ids or tuple(range(world.size)))
    for _ in range(turns):
        after = advance(world, calibration, keys)
        assert check(world, after, calibration) == []
        world = after
        begin_turn(world)
    return world
