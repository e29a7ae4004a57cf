"""What level files may say: one pydantic model per kind of row, with titles, units and bounds.

A table maps ids to rows; `World` names all tables. Units and years stand in the fields' `json_schema_extra`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Confidence = Literal["published", "derived", "estimate"]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Actor = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166 alpha-3 code, EUU or ROW")]
Stage = Literal["mine", "refine", "recycle"]
Scenario = Literal["stated_policies", "announced_pledges", "net_zero"]

MOST_TURNS = 80


class Row(BaseModel):
    """A row of a table: no unknown keys, no changes after loading, no nan or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Figure(Row):
    """A number with its source."""

    value: float = Field(title="Value")
    confidence: Confidence = Field(title="Confidence", description="published, derived from published, or estimate")
    source: str = Field(title="Source", description="id of a row of sources")
    note: str = Field("", title="Note")


class Amount(Figure):
    """A number that is not negative."""

    value: float = Field(title="Value", ge=0)


class Positive(Figure):
    """A number above zero."""

    value: float = Field(title="Value", gt=0)


class Share(Figure):
    """A share of a whole."""

    value: float = Field(title="Value", ge=0, le=1)


class Growth(Figure):
    """A yearly growth rate."""

    value: float = Field(title="Value", ge=-0.5, le=1)


class Months(Figure):
    """A duration or a cover in months."""

    value: float = Field(title="Value", ge=0, le=120)


def unit(text: str, year: str = "", **bounds: Any) -> Any:
    """Return a field with a unit and the year its figures hold for, and a title made of its bounds' `title`."""
    return Field(json_schema_extra={"unit": text, "year": year}, **bounds)


class SourceRow(Row):
    """A publication that figures come from."""

    publisher: str = Field(title="Publisher")
    title: str = Field(title="Title")
    year: int = Field(title="Year of publication", ge=1900, le=2100)
    licence: str = Field(title="Licence")
    citation: str = Field(title="Citation")


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


class AgreementRow(Row):
    """An agreement between actors."""

    name: str = Field(title="Name")
    kind: str = Field(title="Kind", description="a key of relations.agreement")
    parties: list[Actor] = Field(title="Parties", min_length=1)
    parties_detail: str = Field("", title="Who is inside EUU or ROW")
    year: int = Field(title="Year signed", ge=1950, le=2100)
    minerals: list[str] = Field(title="Minerals", description="ids, all or other")
    content: str = Field(title="Content")
    status: str = Field(title="Status", description="a key of agreement_states")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class AgreementStateRow(Row):
    """Whether agreements of a present status were in force when the game starts."""

    in_force_2025: bool = Field(title="In force on 1 January 2025")
    note: str = Field("", title="Note")


class RestrictionRow(Row):
    """A trade measure of a government."""

    mineral: str = Field(title="Mineral", description="an id, or other:name")
    nation: Actor = Field(title="Nation that acts")
    measure: Literal["ban", "quota", "licence", "tax", "local-processing"] = Field(title="Measure")
    side: Literal["export", "import", "mining_or_investment", "industrial"] = Field(title="Side")
    layer: Literal["ore", "refined", "both", "none"] = Field(title="Layer of trade it covers")
    whole_layer: bool = Field(title="Whether it covers everything the layer counts")
    start: str = Field(title="Start", pattern=r"^\d{4}-\d{2}-\d{2}$")
    end: str = Field("", title="End", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    status: Literal["in_force", "suspended", "ended", "waived", "announced", "proposed", "threat", "dropped"] = Field(
        title="Status"
    )
    targets: list[str] = Field(title="Targets", description="codes, or all", min_length=1)
    severity: float = unit("share of the covered flow that it stops", title="Severity", ge=0, le=1)
    covers: str = Field(title="What it covers")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class ProjectRow(Row):
    """An announced project and the capacity it may add after 2024."""

    name: str = Field(title="Name")
    nation: Actor = Field(title="Nation")
    mineral: str = Field(title="Mineral")
    facility: str = Field(title="Facility")
    stage: str = Field(title="Stage of the project", description="a key of project_stages")
    capacity: float = unit("t a year", title="Nameplate capacity", ge=0)
    expected_year: int = Field(title="Expected start of output", ge=1990, le=2100)
    adds: dict[Stage, Annotated[float, Field(ge=0)]] = unit(
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


Weight = Annotated[float, Field(ge=0, le=5)]


class PersonalityRow(Row):
    """What a government with this personality wants."""

    code: str = Field(title="Code")
    name: str = Field(title="Name")
    shows_as: str = Field(title="Shows as")
    price: Weight = Field(title="Low prices")
    security: Weight = Field(title="Security of supply")
    revenue: Weight = Field(title="Revenue")
    value_added: Weight = Field(title="Value added at home")
    standing: Weight = Field(title="Standing")
    standards: Weight = Field(title="Standards")
    leverage: Weight = Field(title="Use of leverage")
    patience: Weight = Field(title="Patience")
    loyalty: Weight = Field(title="Loyalty")


class HolderRow(Row):
    """Which personality a government has."""

    personality: str = Field(title="Personality")
    second: str = Field("", title="Second personality")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class RelationRow(Row):
    """What a tie between two actors does to trust and trade at the start."""

    trust: float = unit("points of trust", title="Trust", ge=-100, le=100)
    affinity: float = unit("ln of the trade preference", title="Affinity", ge=-5, le=5)
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class ScriptedRow(Row):
    """An order that is given in a turn whoever plays."""

    turn: int = Field(title="Turn", ge=1, le=MOST_TURNS)
    nation: Actor = Field(title="Nation")
    order: dict[str, Any] = Field(title="Order", description="kind and the order's own fields")
    restriction: str = Field("", title="Restriction", description="id of the row of restrictions it stands for")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class TrackRow(Row):
    """A track of technology: the odds of its five steps and what each brings."""

    name: str = Field(title="Name")
    odds: list[Annotated[float, Field(ge=0, le=1)]] = unit(
        "chance a turn at full effort", title="Odds of steps 1 to 5", min_length=5, max_length=5
    )
    effect: float = Field(title="Effect of a step", ge=0, le=5)
    effect_unit: str = Field(title="Unit of the effect")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


class KnowledgeRow(Row):
    """What a nation knows when the game opens, how much it researches and how open it is."""

    steps: dict[Id, Annotated[int, Field(ge=0, le=5)]] = unit("steps, 0 to 5", "2024", title="Steps by track")
    research: Share = unit("share of gross domestic product", "2022", title="Research and development")
    openness: Amount = unit("0-100", "2023", title="Openness")
    confidence: Confidence = Field(title="Confidence")
    source: str = Field(title="Source")
    note: str = Field("", title="Note")


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


Choice = Literal["all"] | Annotated[list[str], Field(min_length=1)]


class Use(Row):
    """What of the world a level uses."""

    minerals: Choice = Field("all", title="Minerals")
    nations: Choice = Field("all", title="Nations", description="the others are added to ROW")
    orders: Choice = Field("all", title="Kinds of orders")


class GoalRow(Row):
    """Something to reach: a number of the player's nation at or above a mark."""

    field: Literal["n_minus_1", "value_captured", "industry", "support", "standing", "treasury_usd_bn"] = Field(
        title="Number", description="a number of the top bar"
    )
    at_least: float = Field(title="Mark", ge=-1000, le=1000)
    when: Literal["end", "always"] = Field("end", title="When", description="after the last turn, or after every turn")


class LevelRow(Row):
    """A level file, but for its changes to the world's tables."""

    id: Id = Field(title="Id", description="the name of the level's folder")
    title: str = Field(title="Title", min_length=1, max_length=60)
    summary: str = Field(title="Summary", min_length=1, max_length=600)
    turns: int = unit("half-years", title="Length", ge=1, le=MOST_TURNS)
    scenario: Scenario = Field("stated_policies", title="Demand scenario")
    default_nation: Actor = Field(title="Nation offered first")
    seats: Choice = Field("all", title="Nations that a person may play")
    use: Use = Field(default_factory=Use, title="What is used")
    scripted: list[ScriptedRow] = Field(default_factory=list, title="Orders given whoever plays")
    goals: list[GoalRow] = Field(default_factory=list, title="What the player is asked to reach", max_length=5)
