"""What the engine needs to know of the real world: plain arrays, filled from a level by the content layer.

Axes: N nations, M minerals, K products, L layers (ore, refined), S stages (mine, refine, recycle), T turns ahead.
Quantities are tonnes of calendar 2024 (a whole year); ore in ore units, refined in refined units of the mineral.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import Axes
from game.engine.by_product import ByProducts
from game.engine.final_goods import FinalGoods
from game.engine.network import Network
from game.engine.purity import Purity
from game.engine.technology import Technology
from game.engine.variant import Variants

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Parameters:
    """Global constants of the dynamics, with the symbols of the published equations in the comments."""

    trade_elasticity: float = 12.0  # sigma, both layers
    current_price_weight: float = 0.9  # omega: share of this turn's price in the supply decision
    normal_utilisation: float = 0.95  # u0 of mines at the long-run price
    refinery_utilisation: float = 0.85  # of refineries, recyclers and synthetic output in the base year
    refinery_steepness: float = 5.0  # epsilon_r, throughput against the refined-to-ore price ratio
    recycler_steepness: float = 2.0  # epsilon_c
    synthetic_steepness: float = 4.0  # refined output that never was ore
    choke_steepness: float = 5.0  # kappa
    stock_elasticity: float = 0.65  # beta
    spare_stock_elasticity: float = 3.0  # beta_s of stock beyond ordinary cover, which is let go of cheaply
    momentum: float = 0.0  # gamma; a positive one fits no better and makes prices echo
    momentum_cap: float = 0.8
    fear_cover_months: float = 13.5  # theta: months of cover wanted per unit of supply feared lost
    fear_persistence: float = 0.25  # delta: fear left after a turn, and once more when its cause is over
    licence_fear: float = 0.3  # part of a licence's nominal cut that is feared, against all of a quota's or ban's
    leak_share: float = 0.6  # l: part of an export cut that finds a way around it in the long run
    leak_turns: float = 0.8  # turns in which all but 1/e of the leak has opened
    contagion: float = 0.5  # b: weight of outside prices for holders in a restricting nation
    expectation_speed: float = 0.53  # lambda_L per turn
    substitution_speed: float = 0.21  # lambda_D per turn
    investment_turns: float = 14.0  # H
    refining_response: float = 3.0  # numerator over H for the refining margin
    exit_limit: float = 0.04  # most capacity that may leave per turn
    growth_limit: float = 0.20  # most capacity that may be added per turn
    mine_wear: float = 0.03  # capacity that mines lose a year where nothing is put back into them
    entry_share: float = 0.05  # of the world market per entrant and unit of signal
    entry_threshold: float = 0.3
    by_product_response: float = 0.3
    by_product_trend: float = 0.03  # a year
    gate_smoothing: float = 1e-4  # nu
    contract_capacity_share: float = 0.95
    reserve_replacement: float = 0.7  # share of mined ore that drilling near mines adds to reserves
    depletion_cost: float = 0.25  # rise of ln cost as reserves fall by one e-fold
    envelope_gdp_share: float = 0.0004  # of yearly GDP, per turn
    opening_envelopes: float = 3.0
    debt_floor_envelopes: float = 2.0
    interest_rate: float = 0.03  # per turn, before the risk premium
    storage_rate: float = 0.01  # of the public stock's value, per turn
    earmarked_royalty: float = 0.2  # share of royalties and trade taxes that reaches the minerals envelope

    # capacity and scrap
    least_reserve_turns: float = 4.0  # a site cannot mine faster than this would use up its ore
    expansion_reserve_turns: float = 20.0  # firms do not expand where ore would last for less than this
    entrant_share: float = 0.01  # below this share of world capacity a nation enters rather than expands
    scrap_response: float = 0.25  # share of the gap between scrap and recycling capacity closed per turn
    collection_limit: float = 0.95  # no more of what retires can be collected
    support_private_share: float = 0.5  # private money drawn by each dollar of industrial support
    support_waste: float = 0.4  # share of support lost where governance is 0; none where it is 1

    # what investors make of a government
    rule_change_risk: float = 0.03  # ln of price asked for more after each change of the rules of mining
    takeover_risk: float = 0.6  # the same after taking all sites of a mineral without compensation
    risk_fade: float = 0.25  # of what is asked for more, per turn
    risk_interest: float = 0.1  # interest per turn for each ln of it
    integrity_premium: float = 0.6  # ln asked for less for each hundred points of integrity gained
    infrastructure_gain: float = 0.15  # ln asked for less where the state has built all that helps
    licence_premium: float = 0.4  # ln asked for more for each hundred points of social licence lost
    court_chance: float = 0.12  # of a ruling per turn against what was permitted in a hurry
    blockade_chance: float = 0.5  # of a blockade per turn where all acceptance is lost
    blockade_share: float = 0.6  # of the sites of a mineral that a blockade stops for a turn
    entry_answer: float = 3.0  # share of entrants lost for each ln that rules or risk take

    # ordinary noise
    demand_persistence: float = 0.6  # of the demand shock, per turn
    demand_common_share: float = 0.5  # of the shock's variance that all nations share
    outage_chance: float = 0.1  # of a site per turn
    outage_limit: float = 0.9
    outage_site_share: float = 0.05  # above this share of world capacity a site counts as several
    idle_utilisation: float = 0.4  # of the ordinary; below it a turn is bad
    idle_speed: float = 0.5  # of what is not used, laid up per turn after two bad ones
    idle_decay: float = 0.1  # of what is laid up, lost per turn
    restart_speed: float = 0.35  # of what is laid up, brought back per good turn
    scar_threshold: float = 0.4  # ln over the long-run price from which dear metal teaches users to leave
    scar_rate: float = 0.05  # use lost for good per turn and unit of ln beyond that
    scar_limit: float = 0.35  # most use that can be lost so
    research_chance: float = 1.0  # times the published odds of technology
    spillover_rate: float = 0.15  # chance a turn of a leak across five steps between open nations
    research_unit_usd_bn: float = 0.25  # public money a turn that counts as one in the answers below
    processing_gain: float = 0.35  # research effort added per ln of 1 + public money over the unit
    substitution_gain: float = 3.0  # times the odds, likewise
    adoption_speed: float = 0.25  # of what substitution would save, per turn
    corridor_chance: float = 1.0  # times the published odds that corridors are disturbed
    tension_persistence: float = 0.85  # of tension between nations, per turn

    # exploration
    exploration_unit_usd_bn: float = 0.1  # money of a campaign that does two thirds of what money can do
    land_find_odds: float = 0.5  # of the best ground, at any expense
    frontier_find_odds: float = 0.2
    land_find_share: float = 0.15  # of what is known there
    frontier_find_years: float = 1.5  # of the world's mining

    # risk cover
    cover_relief: float = 0.2  # ln of the hurdle, for a nation without any governance that all investors are covered in
    cover_reach: float = 5.0  # part of those who may invest abroad that a nation's firms are, per share of world GDP
    cover_premium: float = 0.005  # of what is covered, per turn

    # imports
    standard_cost: float = 0.1  # of the price, per level of a standard, for goods of the worst origin

    # emergency allocation
    allocated_last_share: float = 0.8  # of the metal of makers served last that a state can take for those served first
    allocated_other_share: float = 0.25  # of the metal of all others

    # duties of makers
    thrift_step: float = 0.08  # share of metal by which a standard tightens in a turn
    thrift_cost: float = 1.0  # of a product's price, times the square of the share of metal saved
    collection_step: float = 0.2  # share of what retires by which taking back grows in a turn
    collection_cost: float = 0.01  # of a product's price, for taking back all of it

    # makers of products
    recipe_elasticity: float = 0.05  # between the minerals of a product
    maker_utilisation: float = 0.8  # output planned over capacity in the base year
    maker_steepness: float = 2.5  # of plans against the makers' margin
    maker_delivery: float = 0.95  # output over what plans and metal allow, in the base year
    delivery_steepness: float = 3.0  # of output against the makers' margin
    maker_response: float = 1.0  # numerator over H for the makers' margin
    maker_capex: float = 0.7  # cost of a dollar of output a year
    maker_lead_turns: float = 4.0  # until a plant opens
    final_demand_elasticity: float = 0.5  # of a product's buyers, one half-year, positive
    final_choke_ln: float = 1.1  # ln of the price multiple at which buyers of a product stop
    product_trade_elasticity: float = 5.0  # sigma of product trade
    purity_slack: float = 0.8  # of the cover of 2024 with high purity that makers can do with
    variant_sensitivity: float = 4.0  # of the choice between variants to their costs
    variant_speed: float = 0.12  # share of the way to the variants that pay, per turn

    # makers of final goods
    goods_workaround: float = 0.3  # part of what a missing product stops that makers find a way around at once
    parts_adaptation_speed: float = 0.2  # share of the way to the supply of the day, per turn

    constant_stock_change: bool = False  # hold the base year's stock change as a constant flow


@dataclass(frozen=True, eq=False)
class OpeningTreaties:
    """Treaties in force when the game opens: their tables, one array for each field of one world, and what the
    agreement in each slot is called."""

    tables: dict[str, NDArray[Any]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Baseline:
    """The calibrated year and everything dated after it. Every array is read-only by convention."""

    axes: Axes
    parameters: Parameters
    network: Network

    # minerals [M]
    price_usd_per_t: Array  # refined unit, 2024 mean
    ore_price_usd_per_t: Array  # per tonne contained in the traded ore or concentrate
    refined_per_ore: Array  # refined tonnes from one ore tonne sent to refineries
    supply_steepness: Array  # epsilon
    investment_elasticity: Array  # e_l
    demand_elasticity: Array  # eta_s, one half-year, positive
    demand_elasticity_long: Array  # eta_l, positive
    investment_lead: NDArray[np.int64]  # turns, expansion by firms
    mine_lead: NDArray[np.int64]  # turns, new site from a proven deposit
    refinery_lead: NDArray[np.int64]
    recycler_lead: NDArray[np.int64]
    stock_cover: Array  # C, half-years of use
    spare_cover: Array  # the part of it beyond ordinary needs
    choke_ln: Array  # ln of the price multiple at which users stop
    price_volatility: Array  # deviation of 12-month log price changes
    demand_noise: Array  # deviation of the half-year demand shock (log)
    outage_noise: Array  # deviation of a site's outage share
    mine_capex_usd_per_tpa: Array  # per tonne a year, ore units
    refinery_capex_usd_per_tpa: Array  # per tonne a year, refined units
    recycler_capex_usd_per_tpa: Array
    gross_ore: Array  # gross tonnes shipped per contained tonne, ore or concentrate
    gross_refined: Array
    recovery: Array  # refined tonnes from a tonne of collected scrap, 0-1
    collection: Array  # default end-of-life collection where no plant is calibrated, 0-1
    collection_2030: Array  # collection that rules in force bring by then, 0 for none
    collection_2040: Array
    is_by_product: Flags
    host: NDArray[np.int64]  # [M, 2] positions of host minerals among M, -1 where outside the ten or none
    stock_change_t: Array  # change of world commercial stock in 2024, refined units

    # nations x minerals [N, M]
    mined_t: Array
    reserves_t: Array  # ore units; inf where not limiting
    refined_primary_t: Array
    refined_secondary_t: Array
    synthetic_t: Array  # refined output that never was ore
    consumption_t: Array
    direct_use_t: Array  # ore used as ore, ore units
    mine_utilisation: Array  # site override of utilisation, nan for the rule
    mine_cost_spread: Array  # deviation of ln cost among a nation's mines, nan for that of the world's
    royalty: Array  # share of the mine-gate price
    foreign_share: Array  # [N, O, M, 2] share of a nation's mines and refineries that firms of another nation own

    # products
    product_share: Array  # [M, K] share of the mineral's refined use
    manufacturing_share: Array  # [N, K] share of world output of the product
    final_share: Array  # [N, K] share of world final demand
    product_lifetime: Array  # [K] years, Weibull mean
    product_lifetime_shape: Array  # [K] Weibull shape
    product_choke: Array  # [K] added to choke_ln
    past_growth: Array  # [M, K] yearly growth of use over the past, seeds the in-use stock
    recoverable_share: Array  # [M, K] share of the metal in a product that can be got back at all
    product_value: Array  # [K] weight of the product in industry, sums to 1
    product_world_usd_bn: Array  # [K] world output in 2024 at makers' prices, US$ bn a year

    # demand by scenario: multiple of 2024 use per turn ahead, row t for turn t (row 0 = 1)
    demand_multiple: Array  # [T, M, K]

    # trade priors
    affinity: Array  # [N, N] log preference of destination for origin (alliance, known trade); 0 neutral
    ore_open: Flags  # [M, N, N] arcs not under a total ban in the base year (origin, destination)
    refined_open: Flags  # [M, N, N]

    # price history: real annual prices relative to 2024, natural logs, oldest first, last entry 2024 (= 0)
    history_ln: Array  # [Y, M]

    # dated capacity after turn 0: rows of announced projects (turn of start of output)
    project_turn: NDArray[np.int64]  # [P]
    project_nation: NDArray[np.int64]
    project_mineral: NDArray[np.int64]
    project_stage: NDArray[np.int64]
    project_t: Array  # tonnes a year expected to come about (nameplate x likelihood by stage)

    # nations [N]
    gdp_usd_bn: Array
    population_m: Array
    governance: Array  # 0-1, from the governance indicators
    licence: Array  # 0-1, acceptance of mining and refining: environment, rule of law, openness about payments
    integrity: Array  # 0-1, from control of corruption
    risk_premium: Array  # added to the interest rate, per turn
    opening_support: Array  # 0-100
    opening_public_stock_months: Array  # [N, M] months of use in public hands
    trust: Array  # [N, N] 0-100, row looks at column, from agreements and restrictions in force
    technology: Technology = field(default_factory=Technology)
    by_products: ByProducts = field(default_factory=ByProducts)
    purity: Purity = field(default_factory=Purity)
    variants: Variants = field(default_factory=Variants)
    containing_share: Array = field(default_factory=lambda: np.ones((1, 1)))  # [M, K] of output that contains a mineral
    final_goods: FinalGoods = field(default_factory=FinalGoods)
    treaties: OpeningTreaties = field(default_factory=OpeningTreaties)
    trust_note: dict[tuple[int, int], tuple[tuple[str, float], ...]] = field(default_factory=dict)
