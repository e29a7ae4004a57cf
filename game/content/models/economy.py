"""Rows about minerals, nations, products and what is built: one pydantic model per kind of row."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.content.models.row import (
    Actor,
    Amount,
    Confidence,
    Figure,
    Id,
    Positive,
    ProjectStage,
    Row,
    Share,
    unit,
)


class MineralRow(Row):
    """One mineral: prices, technology and behaviour of its markets."""

    name: str = Field(title="Name")
    symbol: str = Field(title="Symbol", max_length=4)
    ore_name: str = Field(title="What is traded as ore")
    refined_name: str = Field(title="What is traded as refined")
    ore_unit: str = Field(title="Unit of ore")
    refined_unit: str = Field(title="Unit of refined metal")
    price_basis: str = Field(title="Grade of the price")
    uses: str = Field(title="Main uses")
    price: Positive = unit("US$ per t refined", "2024", title="Price")
    ore_price: Positive = unit("US$ per t in ore", "2024", title="Ore price")
    price_volatility: Positive = unit("deviation of 12-month log changes", "2012-2025", title="Price volatility")
    refined_per_ore: Positive = unit("t refined per t of ore refined", "2024", title="Refined per ore")
    supply_steepness: Positive = unit("1", title="Steepness of the merit order")
    investment_elasticity: Positive = unit("1", title="Long-run elasticity of capacity")
    demand_elasticity: Positive = unit("1 per half-year", title="Elasticity of use, half a year")
    demand_elasticity_long: Positive = unit("1", title="Elasticity of use, five to eight years")
    investment_lead: Positive = unit("turns", title="Lead of firms' expansions")
    mine_lead: Positive = unit("years", title="Lead of a new mine from a proven deposit")
    refinery_lead: Positive = unit("years", title="Lead of a new refinery")
    recycler_lead: Positive = unit("turns", title="Lead of a new recycling plant")
    stock_cover: Positive = unit("months of use", title="Commercial stock cover")
    spare_cover: Amount = unit("months of use", title="Part of the stock cover beyond ordinary needs")
    choke_multiple: Positive = unit("multiple of the 2024 price", title="Price at which users stop")
    demand_noise: Share = unit("deviation of log use per half-year", title="Ordinary demand shocks")
    outage_noise: Share = unit("deviation of a site's outage share", title="Ordinary outages")
    mine_capex: Positive = unit("US$ per t a year, ore", "2024", title="Capital cost of a mine")
    refinery_capex: Positive = unit("US$ per t a year, refined", "2024", title="Capital cost of a refinery")
    recycler_capex: Positive = unit("US$ per t a year, refined", "2024", title="Capital cost of a recycling plant")
    gross_ore: Positive = unit("gross t shipped per t in ore", title="Weight shipped as ore")
    gross_refined: Positive = unit("gross t shipped per t refined", title="Weight shipped as refined metal")
    recovery: Share = unit("t refined per t of scrap", title="Recovery from scrap")
    collection: Share = unit("share of retired goods", title="Collection of retired goods")
    collection_2030: Share = unit("share of retired goods", "2030", title="Collection by rules in force, 0 for none")
    collection_2040: Share = unit("share of retired goods", "2040", title="Collection by rules in force, 0 for none")
    is_by_product: bool = Field(title="Mined as a by-product")
    hosts: list[str] = Field(title="Host minerals", description="ids, or names of hosts outside the ten")
    by_product_share: Share = unit("share of mine output", "2024", title="By-product share")


class NationRow(Row):
    """One actor: place, size, government."""

    name: str = Field(title="Name")
    region: str = Field(title="Region")
    role: Literal["consumer", "producer", "hybrid"] = Field(title="Role")
    capital_lon: float = unit("degrees east", title="Capital, longitude", ge=-180, le=180)
    capital_lat: float = unit("degrees north", title="Capital, latitude", ge=-90, le=90)
    mining_centre: str = Field(title="Main mining or refining place")
    mining_lon: float = unit("degrees east", title="Mining centre, longitude", ge=-180, le=180)
    mining_lat: float = unit("degrees north", title="Mining centre, latitude", ge=-90, le=90)
    gdp: Positive = unit("US$ bn", "2024", title="Gross domestic product")
    population: Positive = unit("million", "2024", title="Population")
    rule_of_law: Figure = unit("-2.5 to 2.5", "2023", title="Rule of law")
    political_stability: Figure = unit("-2.5 to 2.5", "2023", title="Political stability")
    control_of_corruption: Figure = unit("-2.5 to 2.5", "2023", title="Control of corruption")
    environment: Amount = unit("0-100", "2024", title="Environmental performance")
    eiti: bool = Field(default=False, title="Publishes what it is paid for minerals, by the EITI standard")
    military_spending: Amount = unit("US$ bn", "2024", title="Military spending")
    opening_support: Amount = unit("0-100", "2024", title="Support at the start")
    defence_alignment: Literal[
        "nato",
        "nato_territory",
        "nato_partner",
        "us_treaty",
        "us_partner",
        "mnna",
        "china",
        "russia_csto",
        "none",
    ] = Field(title="Defence alignment")
    landlocked: bool = Field(title="Landlocked")


class ProductRow(Row):
    """A kind of goods that minerals go into."""

    name: str = Field(title="Name")
    component: str = Field(title="What is made")
    partition: Literal[
        "mobility_storage", "grid_construction", "electronics_solar", "aerospace_defence", "general_industry"
    ] = Field(title="Sector on screens")
    lifetime: Positive = unit("years", title="Mean lifetime")
    lifetime_shape: Positive = unit("1", title="Weibull shape of lifetimes")
    choke_offset: Figure = unit("ln of the price multiple", title="Choke against the mineral's")
    value_weight: Share = unit("share of the value of mineral-using industry", "2024", title="Weight in industry")
    world_value: Positive = unit("US$ bn a year", "2024", title="World output at makers' prices")
    final_value: Amount = unit(
        "US$ of value added per US$ of the product", "2024", title="Value added by makers of final goods"
    )
    parts_stock: Amount = unit("weeks of need", "2024", title="Stock with makers of final goods")


class VariantRow(Row):
    """A recipe of a product: what metal goes into a unit of it and what the unit costs."""

    product: Id = Field(title="Product")
    name: str = Field(title="Name")
    cost: Positive = unit("US$ a unit", "2024", title="Cost")
    content: dict[Id, Annotated[float, Field(ge=0, le=1000)]] = unit("kg a unit", "2024", title="Metal")


class Multiples(Row):
    """Multiples of 2024 use at the years of `demand_years`."""

    values: list[Annotated[float, Field(gt=0, le=100)]] = Field(title="Multiples of 2024 use")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class PriceRow(Row):
    """The yearly price of a mineral, in constant 2024 US$."""

    series: str = Field(title="Series", description="the published series used")
    sources: list[str] = Field(title="Sources", min_length=1)
    confidence: Confidence = Field(title="Confidence")
    note: str = Field("", title="Note")
    years: dict[int, Annotated[float, Field(gt=0)]] = unit("2024 US$ per t of the series", title="Price by year")


class ProjectRow(Row):
    """An announced project and the capacity it may add after 2024."""

    name: str = Field(title="Name")
    nation: Actor = Field(title="Nation")
    mineral: str = Field(title="Mineral")
    facility: str = Field(title="Facility")
    stage: str = Field(title="Stage of the project", description="a key of project_stages")
    capacity: float = unit("t a year", title="Nameplate capacity", ge=0)
    expected_year: int = Field(title="Expected start of output", ge=1990, le=2100)
    adds: dict[ProjectStage, Annotated[float, Field(ge=0)]] = unit(
        "t a year; ore at the mine, refined elsewhere", title="Rise beyond 2024"
    )
    capex: float = unit("US$ m", title="Capital cost", ge=0)
    lon: float = unit("degrees east", title="Longitude", ge=-180, le=180)
    lat: float = unit("degrees north", title="Latitude", ge=-90, le=90)
    owner: str = Field("", title="Owner")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class ProjectStageRow(Row):
    """How likely capacity announced at a stage comes about."""

    likelihood: float = unit("share of nameplate", title="Likelihood", ge=0, le=1)
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class OwnershipRow(Row):
    """The part of a nation's mines or refineries of a mineral that firms of another nation own."""

    nation: Actor = Field(title="Nation")
    mineral: Id = Field(title="Mineral")
    stage: Literal["mine", "refine"] = Field(title="Stage")
    owner: Actor = Field(title="Owner")
    share: float = unit("share of output", "2024", title="Share owned", ge=0, le=1)
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class ByProductRow(Row):
    """With which mineral another one is mined."""

    host: Id = Field(title="Host")
    part: float = unit("share of output", "2024", title="Part that comes with the host", ge=0, le=1)
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class ParameterRow(Row):
    """A constant of the engine."""

    value: float = Field(title="Value")
    symbol: str = Field("", title="Symbol")
    unit: str = Field(title="Unit")
    low: float = Field(title="Low end of the range")
    high: float = Field(title="High end of the range")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    meaning: str = Field(title="Meaning")
