"""A baseline that knows nothing: what an episode does not tell is neutral, so that it moves no price."""

from __future__ import annotations

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Baseline, Parameters
from game.engine.network import Network, Passages

YEARS = 12  # of flat prices before the start


def blank_baseline(axes: Axes, parameters: Parameters) -> Baseline:
    """Nations without distance, politics, scrap or chance, and minerals nobody mines or uses."""
    n, m, k = len(axes.nations), len(axes.minerals), len(axes.products)
    ones, none = np.ones(m), np.zeros(m)
    nobody, nothing = np.zeros((n, m)), np.zeros(0, dtype=np.int64)
    return Baseline(
        axes=axes,
        parameters=parameters,
        network=_network(axes.nations),
        price_usd_per_t=np.full(m, 20_000.0),
        ore_price_usd_per_t=np.full(m, 10_000.0),
        refined_per_ore=ones,
        supply_steepness=ones,
        investment_elasticity=ones,
        demand_elasticity=none,
        demand_elasticity_long=none,
        investment_lead=np.full(m, 5),
        mine_lead=np.full(m, 5),
        refinery_lead=np.full(m, 4),
        recycler_lead=np.full(m, 3),
        stock_cover=ones,
        spare_cover=none,
        choke_ln=np.full(m, np.log(12.0)),
        price_volatility=ones,
        demand_noise=none,
        outage_noise=none,
        mine_capex_usd_per_tpa=ones,
        refinery_capex_usd_per_tpa=ones,
        recycler_capex_usd_per_tpa=ones,
        gross_ore=ones,
        gross_refined=ones,
        recovery=ones,
        collection=none,
        collection_2030=none,
        collection_2040=none,
        is_by_product=np.zeros(m, dtype=bool),
        host=np.full((m, 2), -1),
        stock_change_t=none,
        mined_t=nobody,
        reserves_t=nobody,
        refined_primary_t=nobody,
        refined_secondary_t=nobody,
        synthetic_t=nobody,
        consumption_t=nobody,
        direct_use_t=nobody,
        mine_utilisation=np.full((n, m), np.nan),
        mine_cost_spread=np.full((n, m), np.nan),
        royalty=nobody,
        foreign_share=np.zeros((n, n, m, 2)),
        product_share=np.ones((m, k)),
        manufacturing_share=np.full((n, k), 1.0 / n),
        final_share=np.full((n, k), 1.0 / n),
        product_lifetime=np.full(k, 20.0),
        product_lifetime_shape=np.full(k, 3.0),
        product_choke=np.zeros(k),
        past_growth=np.zeros((m, k)),
        recoverable_share=np.ones((m, k)),
        product_value=np.full(k, 1.0 / k),
        product_world_usd_bn=np.ones(k),
        demand_multiple=np.ones((1, m, k)),
        affinity=np.zeros((n, n)),
        ore_open=np.ones((m, n, n), dtype=bool),
        refined_open=np.ones((m, n, n), dtype=bool),
        history_ln=np.zeros((YEARS, m)),
        project_turn=nothing,
        project_nation=nothing,
        project_mineral=nothing,
        project_stage=nothing,
        project_t=np.zeros(0),
        gdp_usd_bn=np.full(n, 500.0),
        population_m=np.full(n, 50.0),
        governance=np.ones(n),
        licence=np.ones(n),
        integrity=np.ones(n),
        risk_premium=np.zeros(n),
        opening_support=np.full(n, 50.0),
        opening_public_stock_months=nobody,
        trust=np.full((n, n), 50.0),
    )


def _network(nations: tuple[str, ...]) -> Network:
    """Everybody next to everybody, by sea and without corridors: an episode knows no distances."""
    n = len(nations)
    place, home = np.arange(n), np.eye(n, dtype=bool)
    return Network(
        nations=nations,
        node_id=("sea", *(f"port_{i}" for i in range(n))),
        node_lon=np.zeros(n + 1),
        node_lat=np.zeros(n + 1),
        sea_nodes=1,
        lane=np.stack([np.zeros(n, dtype=np.int64), 1 + place], 1),
        lane_km=np.ones(n),
        lane_is_spare=np.zeros(n, dtype=bool),
        corridor_ids=(),
        corridor_kind=(),
        corridor_lon=np.zeros(0),
        corridor_lat=np.zeros(0),
        corridor_nodes=(),
        passages=Passages.calm(0),
        access_nation=place,
        access_node=1 + place,
        access_land_km=np.zeros(n),
        access_corridor=np.full(n, -1),
        access_way=((),) * n,
        origin_access=np.where(home, -1, place[:, None]),
        destination_access=np.where(home, -1, place[None, :]),
        sea_km=np.where(home, 0.0, 2.0),
        land_km=np.zeros((n, n)),
        overland_km=np.full((n, n), np.nan),
        is_overland=np.zeros((n, n), dtype=bool),
        overland_corridor=np.full((n, n), -1),
        overland_way={},
        sea_corridors=tuple(((),) * n for _ in range(n)),
        days=np.zeros((n, n)),
    )
