"""The table of every array in a world: axes, unit, default, meaning, cause group and who may see it.

No state exists outside this table. Saves, views, explanations and the almanac read it.
Axis letters: W worlds (always first, not written), N nations, M minerals, K products,
V variants of products, S stages (mine, refine, recycle),
L layers (ore, refined), O origins and D destinations (both nations), G corridors, T turns until capacity opens,
J turns of a programme, R turns until goods retire, C contract slots, H tracks of technology, A accounts, X causes of
postings, B programmes, Y causes of trust.
Tonnes: ore units at the mine stage and in the ore layer, refined units everywhere else. Flows are per half-year turn.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from game.engine.axes import TRACKS, Axes

Group = Literal["capacity", "demand", "stocks", "policy", "routes", "expectations", "outcome", "account"]
Audience = Literal["public", "owner", "hidden"]

PIPELINE_TURNS = 24
RETIREMENT_TURNS = 96
CONTRACT_SLOTS = 192
PROGRAMME_TURNS = 8

ACCOUNTS = ("treasury", "political_capital", "support", "reliability")
TREASURY, POLITICAL_CAPITAL, SUPPORT, RELIABILITY = range(4)

ORDER_CAUSES = (
    "cap_sourcing",
    "buy_stock",
    "release_stock",
    "allocate_supply",
    "mandate_collection",
    "set_thrift",
    "fund_substitution",
    "set_import_terms",
    "set_price_floor",
    "explore",
    "build_mine",
    "build_refinery",
    "build_recycler",
    "build_component_plant",
    "build_corridor",
    "support_industry",
    "cover_risk",
    "fund_processing",
    "license_deposits",
    "set_royalty",
    "set_permitting",
    "restrict_exports",
    "require_processing",
    "take_equity",
    "split_revenue",
    "agree_compact",
    "reform_contracts",
    "propose",
    "answer",
    "leave",
    "give_aid",
    "set_openness",
    "dispute",
    "demand",
    "deescalate",
    "audit",
)
PROGRAMMES = (  # orders whose outlays fall due over several turns
    "build_mine",
    "build_refinery",
    "build_recycler",
)
PROGRAMME = {name: i for i, name in enumerate(PROGRAMMES)}
SYSTEM_CAUSES = (
    "envelope",
    "royalty",
    "export_tax",
    "gate_rent",
    "import_tariff",
    "contract_settlement",
    "storage",
    "price_floor",
    "interest",
    "renewal",
    "shortage",
    "price_burden",
    "new_capacity",
    "lost_capacity",
    "debt",
    "kept_promise",
    "broken_promise",
    "recovery",
    "restricted_partner",
    "capped_supplier",
    "fund",
    "resource_spending",
    "social_licence",
)
CAUSES = ORDER_CAUSES + SYSTEM_CAUSES
CAUSE = {name: i for i, name in enumerate(CAUSES)}

TRUST_CAUSES = ("restricted_partner", "capped_supplier", "kept_promise", "broken_promise", "signed", "recovery")
TRUST_CAUSE = {name: i for i, name in enumerate(TRUST_CAUSES)}


@dataclass(frozen=True)
class Field:
    """One array of a world."""

    name: str
    axes: str
    unit: str
    default: float
    meaning: str
    group: Group
    seen_by: Audience = "public"
    dtype: type = np.float64
    this_turn: bool = False  # set back to the default before orders of a turn are applied


def _f(
    name: str,
    axes: str,
    unit: str,
    default: float,
    group: Group,
    meaning: str,
    seen_by: Audience = "public",
    dtype: type = np.float64,
    this_turn: bool = False,
) -> Field:
    return Field(name, axes, unit, default, meaning, group, seen_by, dtype, this_turn)


FIELDS: tuple[Field, ...] = (
    # capacity
    _f("capacity_t", "NMS", "t per turn", 0, "capacity", "nameplate capacity of the sites by stage"),
    _f(
        "pipeline_t",
        "NMST",
        "t per turn",
        0,
        "capacity",
        "capacity under construction, by turns until it opens (0 = next turn)",
    ),
    _f(
        "host_output_share",
        "NM",
        "share",
        1,
        "capacity",
        "part of a by-product's mines that the host metal's output of last turn leaves at work",
    ),
    _f(
        "high_purity_usual_share",
        "NM",
        "ratio",
        np.inf,
        "capacity",
        "metal of high purity used in 2024 over the need of makers who take no other",
    ),
    _f("reserves_t", "NM", "t", 0, "capacity", "ore still in the ground that can be mined"),
    _f("cost_ln", "NMS", "ln", 0, "capacity", "running cost of the sites over what it was in 2024"),
    _f("bad_turns", "NMS", "turns", 0, "capacity", "turns in a row in which the sites did not earn their cost"),
    _f("idled_t", "NMS", "t per turn", 0, "capacity", "capacity laid up, which takes turns to bring back"),
    _f("outage_share", "NMS", "share", 0, "capacity", "share of capacity out of use this turn"),
    _f("maker_capacity_usd_bn", "NK", "US$ bn per turn", 0, "capacity", "output that makers of a product could reach"),
    _f(
        "maker_pipeline_usd_bn",
        "NKT",
        "US$ bn per turn",
        0,
        "capacity",
        "makers' capacity under construction, by turns until it opens (0 = next turn)",
    ),
    # demand
    _f("planned_usd_bn", "NK", "US$ bn per turn", 0, "demand", "output that makers planned at last turn's margins"),
    _f("variant_share", "NV", "share", 0, "demand", "share of each variant in what a nation makes of its product"),
    _f("demand_shock_ln", "NM", "ln", 0, "demand", "deviation of use from its trend (AR(1))"),
    _f("slow_response_ln", "NM", "ln", 0, "demand", "smoothed past price that slow substitution answers to"),
    _f(
        "retiring_t",
        "NMR",
        "t",
        0,
        "demand",
        "metal that can be got back from goods in use, by turns until they retire (0 = next turn)",
    ),
    # stocks
    _f("commercial_stock_t", "NM", "t", 0, "stocks", "stock held by users and traders at the turn's end"),
    _f("public_stock_t", "NM", "t", 0, "stocks", "strategic stockpile at the turn's end", "owner"),
    _f("purchase_t", "NMJ", "t", 0, "stocks", "stockpile purchases ordered, by turns ahead (0 = this turn)", "owner"),
    _f(
        "purchase_limit_ln",
        "NM",
        "ln",
        8,
        "stocks",
        "highest price paid for stockpile purchases, relative to 2024",
        "owner",
    ),
    _f("release_spot_t", "NM", "t", 0, "stocks", "stockpile offered to the market this turn", this_turn=True),
    _f(
        "release_users_t",
        "NM",
        "t",
        0,
        "stocks",
        "stockpile delivered to the nation's own users this turn",
        this_turn=True,
    ),
    _f(
        "parts_short_share",
        "NK",
        "share",
        0,
        "demand",
        "part of their need of a product that makers of final goods missed last turn",
    ),
    _f(
        "parts_usual_share",
        "NK",
        "share",
        1,
        "demand",
        "part of their need of a product that makers of final goods have got used to",
    ),
    # expectations
    _f("expected_ln", "NM", "ln", 0, "expectations", "price that stock holders expect, relative to 2024"),
    _f("price_change_ln", "NM", "ln", 0, "expectations", "last turn's change of the delivered price"),
    _f(
        "feared_share",
        "NM",
        "share",
        0,
        "expectations",
        "share of their supply that stock holders see threatened",
    ),
    _f("fear_share", "NM", "share", 0, "expectations", "the same less the world's idle capacity, which calms"),
    _f(
        "fear_known_t",
        "NML",
        "t per turn",
        0,
        "expectations",
        "exports feared lost to the nation's measure that holders have reckoned with already",
    ),
    _f("expected_mine_ln", "NM", "ln", 0, "expectations", "mine-gate price that investors expect"),
    _f("expected_margin_ln", "NM", "ln", 0, "expectations", "refining margin that investors expect"),
    _f("expected_making_ln", "NK", "ln", 0, "expectations", "makers' margin that plans and investors expect"),
    # policy levers
    _f("sourcing_cap_share", "NM", "share", 1, "policy", "highest share of refined use from one foreign supplier"),
    _f(
        "export_quota_t",
        "NML",
        "t per turn",
        np.inf,
        "policy",
        "exports allowed per turn to the nations the measure names",
    ),
    _f("export_target", "NMLD", "flag", 0, "policy", "nations that the export measure names", dtype=np.bool_),
    _f("floor_ln", "NMS", "ln", -8, "policy", "price guaranteed to the sites relative to 2024, the state pays the gap"),
    _f(
        "reinvested_share",
        "NM",
        "share",
        1,
        "policy",
        "part of what their owners would put into mines, to make good wear and to grow, that they do put in",
    ),
    _f("floor_t", "NMS", "t per turn", np.inf, "policy", "output for which the price is guaranteed"),
    _f("floor_upside_share", "NMS", "share", 0, "policy", "state's share of what the market pays above a floor"),
    _f("floor_until", "NMS", "turn", np.inf, "policy", "last turn in which the price is guaranteed"),
    _f("topped_up_ln", "NMS", "ln", 0, "policy", "what guaranteed prices add to last turn's price at the gate"),
    _f("export_tax", "NML", "share", 0, "policy", "export tax, share of the gate price"),
    _f(
        "import_tariff",
        "NML",
        "share",
        0,
        "policy",
        "tariff on imports from everybody, share of the seller's gate price",
    ),
    _f("export_since", "NML", "turn", 0, "policy", "first turn in which the export measure held"),
    _f("export_cut_t", "NML", "t per turn", 0, "policy", "exports before the measure less what it allows"),
    _f("export_leak_t", "NML", "t per turn", 0, "policy", "exports that find a way around the measure"),
    _f(
        "export_feared_t",
        "NML",
        "t per turn",
        0,
        "policy",
        "exports that buyers fear to lose to the measure (for a licence a part of its cut)",
    ),
    _f("export_until", "NML", "turn", 0, "policy", "last turn in which the export measure holds"),
    _f("support_usd_bn", "NMSJ", "US$ bn", 0, "policy", "industrial support promised, by turns ahead (0 = this turn)"),
    _f(
        "commitment_usd_bn",
        "NBT",
        "US$ bn",
        0,
        "policy",
        "outlays already promised, by programme and turns ahead (0 = this turn)",
    ),
    _f("royalty", "NM", "share", 0, "policy", "share of the price at the mine that the state takes"),
    _f(
        "windfall_share",
        "NM",
        "share",
        0,
        "policy",
        "share the state takes of what the price at the mine is above the ordinary one",
    ),
    _f("fund_share", "N", "share", 0, "policy", "part of the state's resource income that is saved"),
    _f("community_share", "N", "share", 0, "policy", "part of it that goes to the people around the sites"),
    _f("infrastructure_share", "N", "share", 0, "policy", "part of it that builds roads, power and water"),
    # the state of a government and of its sites, which the measures of licence read as the clearing finds it
    _f("integrity", "N", "0-100", 50, "policy", "how clean a government's dealings are, from control of corruption"),
    _f("social_licence", "NM", "0-100", 50, "policy", "acceptance of a mineral's sites by those who live around them"),
    _f("environment", "NM", "0-100", 50, "policy", "care for water, air and land at a mineral's sites"),
    _f("labour", "NM", "0-100", 50, "policy", "safety and rights of those who work at a mineral's sites"),
    # contracts
    _f("contract_seller", "C", "nation", -1, "policy", "seller of a firm contract, -1 for a free slot", dtype=np.int64),
    _f("contract_buyer", "C", "nation", -1, "policy", "buyer of a firm contract", dtype=np.int64),
    _f("contract_mineral", "C", "mineral", -1, "policy", "mineral of a firm contract", dtype=np.int64),
    _f("contract_layer", "C", "layer", 1, "policy", "layer of a firm contract: 0 ore, 1 refined", dtype=np.int64),
    _f("contract_t", "C", "t per turn", 0, "policy", "tonnes promised each turn"),
    _f(
        "contract_ln",
        "C",
        "ln",
        np.nan,
        "policy",
        "fixed price relative to 2024, nan when the price follows the seller's gate",
    ),
    _f("contract_until", "C", "turn", 0, "policy", "last turn of delivery", dtype=np.int64),
    _f("contract_penalty_share", "C", "share", 0, "policy", "share of deliveries still due, owed by who breaks it"),
    _f("contract_delivered_t", "C", "t", 0, "outcome", "tonnes delivered this turn"),
    # technology
    _f("know", "NH", "steps", 0, "capacity", "steps known on each track of technology, 0 to 5"),
    _f("openness", "N", "0-100", 50, "capacity", "how openly a nation shares knowledge: it learns and leaks faster"),
    _f("found_t", "NM", "t", 0, "outcome", "ore that came within reach this turn"),
    _f("substitution_step", "MK", "steps", 0, "demand", "steps of doing without a mineral in a product, 0 to 5"),
    _f("scar", "NM", "share", 0, "demand", "use lost for good after metal was dear for long"),
    _f("saved_share", "MK", "share", 0, "demand", "use of a mineral in a product saved for good by substitution"),
    # routes
    _f("corridor_open", "G", "share", 1, "routes", "part of a strait, canal or corridor that is open, 0 when shut"),
    _f(
        "corridor_closed_turns",
        "G",
        "turns",
        0,
        "routes",
        "turns until an event at a corridor is over, this one counted",
    ),
    _f("corridor_capacity_t", "G", "t per turn", np.inf, "routes", "gross ore and metal that can pass a corridor"),
    _f("corridor_risk", "G", "share", 0, "routes", "war-risk premium, share of the cargo's value for a passage"),
    _f("tension", "OD", "0-100", 0, "routes", "tension of the first nation with the second over that of 2024"),
    _f("at_sea_t", "NML", "t", 0, "routes", "goods more than in 2024 on the way to a nation because routes are longer"),
    _f("corridor_rent_usd_bn", "G", "US$ bn", 0, "outcome", "what places in a full corridor were worth this turn"),
    # outcomes of the clearing
    _f("mine_gate_ln", "NM", "ln", 0, "outcome", "price at the mine gate relative to 2024"),
    _f("ore_delivered_ln", "NM", "ln", 0, "outcome", "price of ore delivered to refiners relative to 2024"),
    _f("refinery_gate_ln", "NM", "ln", 0, "outcome", "price at the refinery gate relative to 2024"),
    _f("delivered_ln", "NM", "ln", 0, "outcome", "price of refined metal delivered to users relative to 2024"),
    _f(
        "headline_ln",
        "M",
        "ln",
        0,
        "outcome",
        "price of a mineral: delivered price weighted by imports, relative to 2024",
    ),
    _f("mined_t", "NM", "t", 0, "outcome", "ore mined"),
    _f("refined_t", "NM", "t", 0, "outcome", "refined from ore"),
    _f("recycled_t", "NM", "t", 0, "outcome", "refined from scrap"),
    _f("synthetic_t", "NM", "t", 0, "outcome", "refined output that never was ore"),
    _f("direct_use_t", "NM", "t", 0, "outcome", "ore used as ore"),
    _f("use_t", "NMK", "t", 0, "outcome", "refined metal used, by product"),
    _f("need_t", "NMK", "t", 0, "outcome", "use wanted at ordinary prices, by product"),
    _f("unmet_t", "NM", "t", 0, "outcome", "use not met because nobody could deliver"),
    _f("idle_t", "NM", "t", 0, "outcome", "output nobody could take"),
    _f("purchased_t", "NM", "t", 0, "outcome", "bought for the public stockpile"),
    _f("released_t", "NM", "t", 0, "outcome", "sold or delivered from the public stockpile"),
    _f("ore_flow_t", "MOD", "t", 0, "outcome", "ore shipped from origin to destination, contracts included"),
    _f(
        "refined_flow_t",
        "MOD",
        "t",
        0,
        "outcome",
        "refined metal shipped from origin to destination, contracts included",
    ),
    _f("export_rent_ln", "NML", "ln", 0, "outcome", "shadow price of an export quota: the rent per unit, in log price"),
    _f("scrap_t", "NM", "t", 0, "outcome", "goods retired this turn, metal content"),
    _f("landfilled_t", "NM", "t", 0, "outcome", "retired metal not recovered"),
    _f("dispersed_t", "NM", "t", 0, "outcome", "metal used in ways from which it can never be got back"),
    # products, in US$ bn at makers' prices of 2024
    _f("recipe_met_share", "NK", "share", 1, "outcome", "output that the metal of a product's makers allows, of plans"),
    _f(
        "bottleneck",
        "NK",
        "mineral",
        -1,
        "outcome",
        "mineral that a product's makers lack most, -1 for none",
        dtype=np.int64,
    ),
    _f(
        "high_purity_met_share",
        "NM",
        "share",
        1,
        "outcome",
        "part of their need of metal that makers who take high purity only could get",
    ),
    _f("product_made_usd_bn", "NK", "US$ bn per turn", 0, "outcome", "products made and sold"),
    _f("product_need_usd_bn", "NK", "US$ bn per turn", 0, "outcome", "products that buyers want at prices of 2024"),
    _f("product_bought_usd_bn", "NK", "US$ bn per turn", 0, "outcome", "products bought"),
    _f("product_flow_usd_bn", "KOD", "US$ bn per turn", 0, "outcome", "products sold by origin to destination"),
    _f("product_gate_ln", "NK", "ln", 0, "outcome", "price of products at their makers' gate relative to 2024"),
    _f("product_delivered_ln", "NK", "ln", 0, "outcome", "price of products delivered to buyers relative to 2024"),
    _f(
        "goods_lost_usd_bn",
        "N",
        "US$ bn per turn",
        0,
        "outcome",
        "value that makers of final goods could not add for want of products",
    ),
    # accounts
    _f("treasury_usd_bn", "N", "US$ bn", 0, "account", "cash of the minerals envelope"),
    _f("political_capital", "N", "points", 4, "account", "what the government can still push through"),
    _f("support", "N", "0-100", 50, "account", "share of the public backing the government"),
    _f("reliability", "N", "0-100", 60, "account", "how far the world trusts the nation's word"),
    _f("trust", "OD", "0-100", 50, "account", "how far the first nation trusts the second"),
    _f("reliability_scar", "N", "points", 0, "account", "posted losses of reliability that have not healed yet"),
    _f("trust_scar", "OD", "points", 0, "account", "posted losses of trust that have not healed yet"),
    _f("posting", "NAX", "account's unit", 0, "account", "signed changes of the accounts this turn, by cause"),
    _f("trust_posting", "ODY", "points", 0, "account", "signed changes of trust this turn, by cause"),
    _f(
        "country_risk_ln",
        "N",
        "ln",
        0,
        "account",
        "rise of price or margin that investors ask for because a government changed its rules or took property",
    ),
    # resource income
    _f("fund_usd_bn", "N", "US$ bn", 0, "account", "resource income saved in a fund"),
    _f("infrastructure_usd_bn", "N", "US$ bn", 0, "account", "roads, power and water built from resource income"),
    _f("benefit_usd_bn", "N", "US$ bn", 0, "account", "resource income that communities around the sites count on"),
    _f("benefit_paid_usd_bn", "N", "US$ bn", 0, "account", "resource income that these communities got this turn"),
    _f(
        "expected_spending_usd_bn",
        "N",
        "US$ bn",
        -1,
        "account",
        "spending out of resource income that the public counts on each turn, -1 before the first",
    ),
    # measures
    _f("industry", "N", "start = 100", 100, "outcome", "value-weighted output of mineral-using industry, start = 100"),
    _f("standing", "N", "0-100", 50, "outcome", "reliability of the nation's word and trust of its partners"),
    _f("n_minus_1", "N", "0-100", 100, "outcome", "share of essential need met if the main supplier stopped"),
    _f(
        "value_captured",
        "N",
        "0-100",
        0,
        "outcome",
        "share of the chain's value earned at home, over the minerals it handles",
    ),
    _f("weak_turns", "N", "turns", 0, "account", "turns in a row with support under 20"),
    _f("mandate", "N", "0 or 1", 0, "account", "whether the seat plays on under a mandate with half political capital"),
)

FIELD = {f.name: f for f in FIELDS}
FLOOR_FIELDS = ("floor_ln", "floor_t", "floor_upside_share", "floor_until")


def axis_lengths(axes: Axes, corridors: int) -> dict[str, int]:
    """Length of each axis letter for the given ids."""
    nations = len(axes.nations)
    return {
        "N": nations,
        "O": nations,
        "D": nations,
        "M": len(axes.minerals),
        "K": len(axes.products),
        "V": len(axes.variants),
        "S": 3,
        "L": 2,
        "T": PIPELINE_TURNS,
        "J": PROGRAMME_TURNS,
        "R": RETIREMENT_TURNS,
        "C": CONTRACT_SLOTS,
        "G": corridors,
        "H": len(TRACKS),
        "X": len(CAUSES),
        "B": len(PROGRAMMES),
        "Y": len(TRUST_CAUSES),
        "A": len(ACCOUNTS),
    }
