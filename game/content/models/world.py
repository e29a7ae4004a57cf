"""All tables of a world: each maps ids to rows."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from game.content.models.economy import (
    ByProductRow,
    MineralRow,
    Multiples,
    NationRow,
    OwnershipRow,
    ParameterRow,
    PriceRow,
    ProductRow,
    ProjectRow,
    ProjectStageRow,
    VariantRow,
)
from game.content.models.policy import (
    AgreementRow,
    AgreementStateRow,
    HolderRow,
    KnowledgeRow,
    PersonalityRow,
    RelationRow,
    RestrictionRow,
    ScriptedRow,
    TrackRow,
)
from game.content.models.row import Actor, Amount, Growth, Id, Months, Row, Scenario, Share, SourceRow, Spread, unit

ByNation = dict[Actor, Amount]


class World(Row):
    """All tables of a world, after a level's changes."""

    sources: dict[Id, SourceRow] = Field(title="Sources")
    minerals: dict[Id, MineralRow] = Field(title="Minerals", min_length=1)
    nations: dict[Actor, NationRow] = Field(title="Nations", min_length=1)
    mined: dict[Id, ByNation] = unit("t a year in ore", "2024", title="Mine output")
    reserves: dict[Id, ByNation] = unit("t in ore", "2024", title="Reserves")
    unlimited_reserves: dict[Id, list[str]] = Field(title="Where ore does not run out", description="codes, or all")
    refined_primary: dict[Id, ByNation] = unit("t a year refined", "2024", title="Refined from ore")
    refined_secondary: dict[Id, ByNation] = unit("t a year refined", "2024", title="Refined from scrap")
    synthetic: dict[Id, ByNation] = unit("t a year refined", "2024", title="Refined output that never was ore")
    utilisation: dict[Id, dict[Actor, Share]] = unit("share of capacity", "2024", title="Utilisation of mines")
    cost_spread: dict[Id, dict[Actor, Spread]] = unit("ln", "2023", title="Deviation of cost among a nation's mines")
    royalty: dict[str, dict[str, Share]] = unit("share of the mine-gate price", "2024", title="Royalty")
    by_products: dict[Id, dict[Actor, ByProductRow]] = Field(default_factory=dict, title="What is mined with what")
    ownership: dict[Id, OwnershipRow] = Field(title="Foreign ownership of sites")
    public_stock: dict[Id, dict[Actor, Months]] = unit("months of use", "2024", title="Public stockpile")
    consumption: dict[Id, ByNation] = unit("t a year refined", "2024", title="Use of refined metal")
    direct_use: dict[Id, ByNation] = unit("t a year in ore", "2024", title="Ore used as ore")
    products: dict[Id, ProductRow] = Field(title="Products", min_length=1)
    product_share: dict[Id, dict[Id, Share]] = unit("share of the mineral's use", "2024", title="Use by product")
    manufacturing: dict[Id, dict[Actor, Share]] = unit("share of world output", "2024", title="Where products are made")
    final_demand: dict[Id, dict[Actor, Share]] = unit(
        "share of world demand", "2024", title="Where products are bought"
    )
    high_purity: dict[Id, dict[str, Share]] = unit(
        "share of refined output", "2024", default_factory=dict, title="Metal of high purity"
    )
    high_purity_use: dict[Id, list[Id]] = Field(default_factory=dict, title="Who takes high purity only")
    variants: dict[Id, VariantRow] = Field(default_factory=dict, title="Variants of products")
    variant_share: dict[Id, dict[str, Share]] = unit(
        "share of a nation's output of the product", "2024", default_factory=dict, title="Who makes which variant"
    )
    past_growth: dict[Id, dict[Id, Growth]] = unit("a year", "2014-2024", title="Past growth of use")
    contains: dict[Id, dict[Id, Share]] = unit(
        "share of output", "2024", default_factory=dict, title="Part of a product's output that contains the mineral"
    )
    recoverable: dict[Id, dict[Id, Share]] = unit("share of the metal", "2024", title="Metal that goods give back")
    demand_years: list[Annotated[int, Field(ge=2025, le=2100)]] = Field(title="Years of the demand multiples")
    demand_fade: float = unit("years", title="Half-life of growth after the last year", gt=0, le=100)
    demand: dict[Scenario, dict[Id, dict[Id, Multiples]]] = unit("multiple of 2024 use", title="Demand by scenario")
    prices: dict[Id, PriceRow] = unit("2024 US$ per t", title="Yearly prices")
    agreements: dict[Id, AgreementRow] = Field(title="Agreements")
    agreement_states: dict[str, AgreementStateRow] = Field(title="What an agreement's status meant in 2025")
    restrictions: dict[Id, RestrictionRow] = Field(title="Restrictions")
    scripted: dict[Id, ScriptedRow] = Field(title="Measures that take effect from 2025, as orders")
    projects: dict[Id, ProjectRow] = Field(title="Projects")
    project_stages: dict[Id, ProjectStageRow] = Field(title="Likelihood of projects")
    parameters: dict[Id, ParameterRow] = Field(title="Parameters of the engine")
    personalities: dict[Id, PersonalityRow] = Field(title="Personalities")
    holders: dict[Actor, HolderRow] = Field(title="Who has which personality")
    relations: dict[Id, dict[str, RelationRow]] = Field(title="Opening trust and preference")
    tracks: dict[Id, TrackRow] = Field(default_factory=dict, title="Tracks of technology")
    knowledge: dict[Actor, KnowledgeRow] = Field(default_factory=dict, title="What nations know")
    seabed_ore: dict[Id, ByNation] = unit(
        "t in ore", "2024", default_factory=dict, title="Ore in seabed areas that a nation sponsors"
    )
