"""Turns a level into the engine's Baseline: plain arrays over the nations, minerals and products in play.

Nations that a level leaves out are added to the rest of the world: arrays are made for every nation of the tables
first, then folded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.fold import Fold
from game.content.level import Level
from game.content.models.row import MOST_TURNS, Figure
from game.content.network import network_from
from game.content.opening_treaty import opening_treaties
from game.content.purity import build_purity
from game.content.relation import relation_arrays
from game.content.technology import build_technology
from game.content.variant import build_variants
from game.engine.axes import PROJECT_STAGES, STAGES, TURNS_PER_YEAR, Axes
from game.engine.baseline import Baseline, Parameters
from game.engine.by_product import ByProducts
from game.engine.final_goods import FinalGoods

Array = NDArray[np.float64]
Index = NDArray[np.int64]

BASE_YEAR = 2024
MIDDLE_OF_TURN_1 = 2025.25
MONTHS_PER_TURN = 6
WEEKS_PER_TURN = 26
FULL_RISK_PREMIUM = 0.03  # per turn, of a government with the worst governance; none with the best

_MINERAL_FIGURES = {
    "price_usd_per_t": "price",
    "ore_price_usd_per_t": "ore_price",
    "supply_steepness": "supply_steepness",
    "investment_elasticity": "investment_elasticity",
    "demand_elasticity": "demand_elasticity",
    "demand_elasticity_long": "demand_elasticity_long",
    "price_volatility": "price_volatility",
    "demand_noise": "demand_noise",
    "outage_noise": "outage_noise",
    "mine_capex_usd_per_tpa": "mine_capex",
    "refinery_capex_usd_per_tpa": "refinery_capex",
    "recycler_capex_usd_per_tpa": "recycler_capex",
    "gross_ore": "gross_ore",
    "gross_refined": "gross_refined",
    "recovery": "recovery",
    "collection": "collection",
    "collection_2030": "collection_2030",
    "collection_2040": "collection_2040",
}


def build_baseline(level: Level) -> Baseline:
    """Return the arrays of a level that `load_level` accepted. Raises ProblemError when its routes do not hold."""
    network = network_from(level.routes, level.nations)
    axes = Axes(level.nations, level.minerals, level.products, _variants(level), network.corridor_ids)
    fold = Fold(level, axes)
    flows, nations = _flows(level, axes, fold), _nations(level, axes, fold)
    return Baseline(
        axes=axes,
        parameters=_parameters(level),
        network=network,
        **_minerals(level, axes),
        **flows,
        **_products(level, axes, fold),
        demand_multiple=_demand(level, axes),
        history_ln=_history(level, axes),
        **_projects(level, axes, fold),
        **nations,
        treaties=opening_treaties(level, axes, nations["gdp_usd_bn"], flows["mined_t"]),
        technology=build_technology(level, axes, fold),
        by_products=_by_products(level, axes),
        purity=build_purity(level, axes, fold),
        variants=build_variants(level, axes, fold),
        **relation_arrays(level, axes),
    )


def _parameters(level: Level) -> Parameters:
    rows = level.world.parameters
    values: dict[str, Any] = {item.name: rows[item.name].value for item in fields(Parameters) if item.name in rows}
    return Parameters(**values)


def _variants(level: Level) -> tuple[str, ...]:
    return tuple(name for name, row in level.world.variants.items() if row.product in level.products)


def _minerals(level: Level, axes: Axes) -> dict[str, Any]:
    rows = [level.mineral(name) for name in axes.minerals]

    def column(name: str) -> Array:
        return np.array([getattr(row, name).value for row in rows], dtype=float)

    def turns(name: str, per_year: bool = True) -> Index:
        years = column(name) * (TURNS_PER_YEAR if per_year else 1)
        return np.maximum(np.floor(years + 0.5), 1).astype(np.int64)

    host = np.full((len(rows), 2), -1, dtype=np.int64)
    for m, row in enumerate(rows):
        known = [axes.mineral_index[name] for name in row.hosts if name in axes.mineral_index]
        if row.is_by_product:
            host[m, : len(known[:2])] = known[:2]
    return {
        **{name: column(source) for name, source in _MINERAL_FIGURES.items()},
        "investment_lead": turns("investment_lead", per_year=False),
        "mine_lead": turns("mine_lead"),
        "refinery_lead": turns("refinery_lead"),
        "recycler_lead": turns("recycler_lead", per_year=False),
        "stock_cover": column("stock_cover") / MONTHS_PER_TURN,
        "spare_cover": column("spare_cover") / MONTHS_PER_TURN,
        "choke_ln": np.log(column("choke_multiple")),
        "is_by_product": np.array([row.is_by_product for row in rows]),
        "host": host,
    }


def _flows(level: Level, axes: Axes, fold: Fold) -> dict[str, Any]:
    """Return the balances of 2024. The ratio of refined to ore is the tables' own, so that they balance exactly."""
    world = level.world
    mined = fold.table(world.mined, axes.minerals)
    primary = fold.table(world.refined_primary, axes.minerals)
    secondary = fold.table(world.refined_secondary, axes.minerals)
    synthetic = fold.table(world.synthetic, axes.minerals)
    consumption = fold.table(world.consumption, axes.minerals)
    direct = fold.table(world.direct_use, axes.minerals)
    ore = mined.sum(axis=0) - direct.sum(axis=0)
    stated = np.array([level.mineral(name).refined_per_ore.value for name in axes.minerals])
    ratio = np.where(primary.sum(axis=0) > 0, primary.sum(axis=0) / np.where(ore > 0, ore, 1.0), stated)
    return {
        "mined_t": mined,
        "reserves_t": _reserves(level, axes, fold),
        "refined_primary_t": primary,
        "refined_secondary_t": secondary,
        "synthetic_t": synthetic,
        "consumption_t": consumption,
        "direct_use_t": direct,
        "refined_per_ore": ratio,
        "stock_change_t": (primary + secondary + synthetic - consumption).sum(axis=0),
        "mine_utilisation": _of_sites(level.world.utilisation, axes),
        "mine_cost_spread": _of_sites(level.world.cost_spread, axes),
        "royalty": _royalty(level, axes, fold, mined),
        "foreign_share": _foreign_share(level, axes, fold, mined, primary),
    }


def _foreign_share(level: Level, axes: Axes, fold: Fold, mined: Array, refined: Array) -> Array:
    """Return what firms of other nations own of a nation's mines and refineries [N, O, M, stage].

    In a group of folded nations, what is owned counts by its output; what one of the group owns of another is its own.
    """
    output = {"mine": mined, "refine": refined}
    tables = {"mine": level.world.mined, "refine": level.world.refined_primary}
    array = np.zeros((len(axes.nations), len(axes.nations), len(axes.minerals), 2))
    for row in level.world.ownership.values():
        place, owner = fold.of[row.nation], fold.of[row.owner]
        if row.mineral not in axes.mineral_index or place == owner:
            continue
        m = axes.mineral_index[row.mineral]
        whole = output[row.stage][place, m]
        part = _value(tables[row.stage].get(row.mineral, {}).get(row.nation)) / whole if whole > 0 else 0.0
        array[place, owner, m, STAGES.index(row.stage)] += row.share * part
    return array


def _by_products(level: Level, axes: Axes) -> ByProducts:
    """Return what is mined with what. Nations and hosts outside the level are left out: their mines stand alone."""
    host = np.full((len(axes.nations), len(axes.minerals)), -1)
    part = np.zeros(host.shape)
    for mineral, cells in level.world.by_products.items():
        for nation, row in cells.items():
            if {mineral, row.host} <= set(axes.minerals) and nation in axes.nation_index:
                at = axes.nation_index[nation], axes.mineral_index[mineral]
                host[at], part[at] = axes.mineral_index[row.host], row.part
    return ByProducts(host, part)


def _reserves(level: Level, axes: Axes, fold: Fold) -> Array:
    reserves = fold.table(level.world.reserves, axes.minerals)
    for m, mineral in enumerate(axes.minerals):
        for nation in level.world.unlimited_reserves.get(mineral, ()):
            names = fold.names if nation == "all" else (nation,)
            reserves[[fold.of[name] for name in names], m] = np.inf
    return reserves


def _of_sites(table: Mapping[str, Mapping[str, Figure]], axes: Axes) -> Array:
    """Return figures of a nation's mines [N, M], nan where the table has none or the nation is folded into another."""
    array = np.full((len(axes.nations), len(axes.minerals)), np.nan)
    for m, mineral in enumerate(axes.minerals):
        for nation, figure in table.get(mineral, {}).items():
            if nation in axes.nation_index:
                array[axes.nation_index[nation], m] = figure.value
    return array


def _royalty(level: Level, axes: Axes, fold: Fold, mined: Array) -> Array:
    """Return royalty shares; a folded group pays the mean of its members, weighted by output."""
    table = level.world.royalty
    general = table.get("all", {})
    usual = general["default"].value
    array = np.zeros((len(axes.nations), len(axes.minerals)))
    for m, mineral in enumerate(axes.minerals):
        own = table.get(mineral, {})
        shares = [(own.get(name) or general.get(name)) for name in fold.names]
        share = np.array([figure.value if figure else usual for figure in shares])
        output = np.array([_value(level.world.mined.get(mineral, {}).get(name)) for name in fold.names])
        weight = np.where(mined[fold.place, m] > 0, output, 1.0)
        array[:, m] = fold.means(share, weight)
    return array


def _value(figure: Any) -> float:
    return float(figure.value) if figure else 0.0


def _products(level: Level, axes: Axes, fold: Fold) -> dict[str, Any]:
    world = level.world
    rows = [world.products[name] for name in axes.products]
    share = _by_product(world.product_share, axes)
    made = fold.table(world.manufacturing, axes.products)
    bought = fold.table(world.final_demand, axes.products)
    value = np.array([row.value_weight.value for row in rows])
    return {
        "product_share": share / share.sum(axis=1, keepdims=True),
        "manufacturing_share": made / made.sum(axis=0),
        "final_share": bought / bought.sum(axis=0),
        "product_lifetime": np.array([row.lifetime.value for row in rows]),
        "product_lifetime_shape": np.array([row.lifetime_shape.value for row in rows]),
        "product_choke": np.array([row.choke_offset.value for row in rows]),
        "past_growth": _by_product(world.past_growth, axes),
        "recoverable_share": _by_product(world.recoverable, axes, missing=1.0),
        "product_value": value / value.sum(),
        "containing_share": _by_product(world.contains, axes, missing=1.0),
        "final_goods": FinalGoods(
            value=np.array([row.final_value.value for row in rows]),
            cover_share=np.array([row.parts_stock.value for row in rows]) / WEEKS_PER_TURN,
        ),
        "product_world_usd_bn": np.array([row.world_value.value for row in rows]),
    }


def _by_product(table: Mapping[str, Mapping[str, Any]], axes: Axes, missing: float = 0.0) -> Array:
    array = np.full((len(axes.minerals), len(axes.products)), missing)
    for m, mineral in enumerate(axes.minerals):
        for product, figure in table.get(mineral, {}).items():
            array[m, axes.product_index[product]] = figure.value
    return array


def _demand(level: Level, axes: Axes) -> Array:
    """Return the multiple of 2024 use in every turn [T, M, K]: even growth between years, fading after the last.

    A year's multiple holds in its middle; turn 0 is the whole of 2024.
    """
    years = np.array([BASE_YEAR, *level.world.demand_years]) + 0.5
    turn = np.arange(MOST_TURNS + 1)
    when = np.where(turn == 0, years[0], MIDDLE_OF_TURN_1 + (turn - 1) / TURNS_PER_YEAR)
    beyond = np.maximum(when - years[-1], 0.0)
    half_life = level.world.demand_fade
    faded = half_life / math.log(2) * (1 - 0.5 ** (beyond / half_life))
    array = np.ones((len(turn), len(axes.minerals), len(axes.products)))
    table = level.world.demand[level.row.scenario]
    for m, mineral in enumerate(axes.minerals):
        for product, row in table[mineral].items():
            ln = np.log(np.array([1.0, *row.values]))
            last_growth = (ln[-1] - ln[-2]) / (years[-1] - years[-2])
            path = np.interp(when, years, ln) + last_growth * faded
            array[:, m, axes.product_index[product]] = np.exp(path)
    return array


def _history(level: Level, axes: Axes) -> Array:
    """Return ln of real yearly prices relative to 2024 [Y, M], over the years that every mineral has."""
    tables = [level.world.prices[name].years for name in axes.minerals]
    first = max(min(table) for table in tables)
    years = range(first, BASE_YEAR + 1)
    return np.log([[table[year] / table[BASE_YEAR] for table in tables] for year in years])


def _projects(level: Level, axes: Axes, fold: Fold) -> dict[str, Any]:
    """Return dated capacity, by turn: output begins in the middle of the expected year, so from its second half."""
    rows: list[tuple[int, int, int, int, float]] = []
    for project in level.world.projects.values():
        if project.mineral not in axes.mineral_index:
            continue
        turn = max((project.expected_year - BASE_YEAR) * TURNS_PER_YEAR, 1)
        likelihood = level.world.project_stages[project.stage].likelihood
        for stage, tonnes in project.adds.items():
            place = (fold.of[project.nation], axes.mineral_index[project.mineral], PROJECT_STAGES.index(stage))
            rows.append((turn, *place, tonnes * likelihood))
    rows.sort()
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    names = ("project_turn", "project_nation", "project_mineral", "project_stage")
    arrays: dict[str, Any] = {name: np.array(columns[k], dtype=np.int64) for k, name in enumerate(names)}
    return arrays | {"project_t": np.array(columns[4], dtype=float)}


def _nations(level: Level, axes: Axes, fold: Fold) -> dict[str, Any]:
    rows = [level.world.nations[name] for name in fold.names]
    gdp = np.array([row.gdp.value for row in rows])
    population = np.array([row.population.value for row in rows])
    indicators = [
        (row.rule_of_law.value, row.political_stability.value, row.control_of_corruption.value) for row in rows
    ]
    governance = fold.means((np.mean(indicators, axis=1) + 2.5) / 5, gdp)
    lawful, clean = ((np.array([values[k] for values in indicators]) + 2.5) / 5 for k in (0, 2))
    # Publishing what it is paid lifts a nation half-way from its control of corruption to full openness.
    is_open = np.where([row.eiti for row in rows], (1 + clean) / 2, clean)
    environment = np.array([row.environment.value for row in rows]) / 100
    stock = np.zeros((len(axes.nations), len(axes.minerals)))
    for m, mineral in enumerate(axes.minerals):
        for nation, figure in level.world.public_stock.get(mineral, {}).items():
            if nation in axes.nation_index:
                stock[axes.nation_index[nation], m] = figure.value
    return {
        "gdp_usd_bn": fold.sums(gdp),
        "population_m": fold.sums(population),
        "governance": governance,
        "licence": fold.means(np.mean([environment, lawful, is_open], axis=0), gdp),
        "integrity": fold.means(clean, gdp),
        "risk_premium": FULL_RISK_PREMIUM * (1 - governance),
        "opening_support": fold.means(np.array([row.opening_support.value for row in rows]), population),
        "opening_public_stock_months": stock,
    }
