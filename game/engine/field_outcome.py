"""Rows of the table of fields (see `fields.py`): what a turn comes to, from the clearing to the measures."""

import numpy as np

from game.engine.field import Field, row

OUTCOME_FIELDS: tuple[Field, ...] = (
    # outcomes of the clearing
    row("mine_gate_ln", "NM", "ln", 0, "outcome", "price at the mine gate relative to 2024"),
    row("ore_delivered_ln", "NM", "ln", 0, "outcome", "price of ore delivered to refiners relative to 2024"),
    row("refinery_gate_ln", "NM", "ln", 0, "outcome", "price at the refinery gate relative to 2024"),
    row("delivered_ln", "NM", "ln", 0, "outcome", "price of refined metal delivered to users relative to 2024"),
    row(
        "headline_ln",
        "M",
        "ln",
        0,
        "outcome",
        "price of a mineral: delivered price weighted by imports, relative to 2024",
    ),
    row("mined_t", "NM", "t", 0, "outcome", "ore mined"),
    row("refined_t", "NM", "t", 0, "outcome", "refined from ore"),
    row("recycled_t", "NM", "t", 0, "outcome", "refined from scrap"),
    row("synthetic_t", "NM", "t", 0, "outcome", "refined output that never was ore"),
    row("direct_use_t", "NM", "t", 0, "outcome", "ore used as ore"),
    row("use_t", "NMK", "t", 0, "outcome", "refined metal used, by product"),
    row("need_t", "NMK", "t", 0, "outcome", "use wanted at ordinary prices, by product"),
    row("unmet_t", "NM", "t", 0, "outcome", "use not met because nobody could deliver"),
    row("idle_t", "NM", "t", 0, "outcome", "output nobody could take"),
    row("purchased_t", "NM", "t", 0, "outcome", "bought for the public stockpile"),
    row("released_t", "NM", "t", 0, "outcome", "sold or delivered from the public stockpile"),
    row("ore_flow_t", "MOD", "t", 0, "outcome", "ore shipped from origin to destination, contracts included"),
    row(
        "refined_flow_t",
        "MOD",
        "t",
        0,
        "outcome",
        "refined metal shipped from origin to destination, contracts included",
    ),
    row(
        "export_rent_ln", "NML", "ln", 0, "outcome", "shadow price of an export quota: the rent per unit, in log price"
    ),
    row("scrap_t", "NM", "t", 0, "outcome", "goods retired this turn, metal content"),
    row("landfilled_t", "NM", "t", 0, "outcome", "retired metal not recovered"),
    row("dispersed_t", "NM", "t", 0, "outcome", "metal used in ways from which it can never be got back"),
    # products, in US$ bn at makers' prices of 2024
    row(
        "recipe_met_share", "NK", "share", 1, "outcome", "output that the metal of a product's makers allows, of plans"
    ),
    row(
        "bottleneck",
        "NK",
        "mineral",
        -1,
        "outcome",
        "mineral that a product's makers lack most, -1 for none",
        dtype=np.int64,
    ),
    row(
        "high_purity_met_share",
        "NM",
        "share",
        1,
        "outcome",
        "part of their need of metal that makers who take high purity only could get",
    ),
    row("product_made_usd_bn", "NK", "US$ bn per turn", 0, "outcome", "products made and sold"),
    row("product_need_usd_bn", "NK", "US$ bn per turn", 0, "outcome", "products that buyers want at prices of 2024"),
    row("product_bought_usd_bn", "NK", "US$ bn per turn", 0, "outcome", "products bought"),
    row("product_flow_usd_bn", "KOD", "US$ bn per turn", 0, "outcome", "products sold by origin to destination"),
    row("product_gate_ln", "NK", "ln", 0, "outcome", "price of products at their makers' gate relative to 2024"),
    row("product_delivered_ln", "NK", "ln", 0, "outcome", "price of products delivered to buyers relative to 2024"),
    row(
        "goods_lost_usd_bn",
        "N",
        "US$ bn per turn",
        0,
        "outcome",
        "value that makers of final goods could not add for want of products",
    ),
    # accounts
    row("treasury_usd_bn", "N", "US$ bn", 0, "account", "cash of the minerals envelope"),
    row("political_capital", "N", "points", 4, "account", "what the government can still push through"),
    row("support", "N", "0-100", 50, "account", "share of the public backing the government"),
    row("reliability", "N", "0-100", 60, "account", "how far the world trusts the nation's word"),
    row("trust", "OD", "0-100", 50, "account", "how far the first nation trusts the second"),
    row("reliability_scar", "N", "points", 0, "account", "posted losses of reliability that have not healed yet"),
    row("trust_scar", "OD", "points", 0, "account", "posted losses of trust that have not healed yet"),
    row("posting", "NAX", "account's unit", 0, "account", "signed changes of the accounts this turn, by cause"),
    row("trust_posting", "ODY", "points", 0, "account", "signed changes of trust this turn, by cause"),
    row(
        "country_risk_ln",
        "N",
        "ln",
        0,
        "account",
        "rise of price or margin that investors ask for because a government changed its rules or took property",
    ),
    row(
        "rushed_share",
        "NM",
        "share",
        0,
        "account",
        "part of the sites whose permits were rushed and can be appealed",
        "owner",
    ),
    row("stopped_share", "NM", "share", 0, "account", "part of the sites that courts or neighbours stop this turn"),
    # resource income
    row("fund_usd_bn", "N", "US$ bn", 0, "account", "resource income saved in a fund", "owner"),
    row("infrastructure_usd_bn", "N", "US$ bn", 0, "account", "roads, power and water built from resource income"),
    row("benefit_usd_bn", "N", "US$ bn", 0, "account", "resource income that communities around the sites count on"),
    row("benefit_paid_usd_bn", "N", "US$ bn", 0, "account", "resource income that these communities got this turn"),
    row(
        "expected_spending_usd_bn",
        "N",
        "US$ bn",
        -1,
        "account",
        "spending out of resource income that the public counts on each turn, -1 before the first",
    ),
    # measures
    row("industry", "N", "start = 100", 100, "outcome", "value-weighted output of mineral-using industry, start = 100"),
    row("standing", "N", "0-100", 50, "outcome", "reliability of the nation's word and trust of its partners"),
    row("n_minus_1", "N", "0-100", 100, "outcome", "share of essential need met if the main supplier stopped"),
    row(
        "value_captured",
        "N",
        "0-100",
        0,
        "outcome",
        "share of the chain's value earned at home, over the minerals it handles",
    ),
    row("weak_turns", "N", "turns", 0, "account", "turns in a row with support under 20"),
    row(
        "mandate", "N", "0 or 1", 0, "account", "whether the seat plays on under a mandate with half political capital"
    ),
)
