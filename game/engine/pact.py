"""Treaties in the world's arrays: what kinds there are, and the tables that hold those in force and their clauses.

A treaty has a slot (axis P) and its clauses have slots of their own (axis Q). Ids are for ever:
new kinds go to the end.
"""

import numpy as np

from game.engine.field import row as _f

TREATY_SLOTS = 160
CLAUSE_SLOTS = 512

TREATIES = (
    "offtake",
    "joint_venture",
    "investment",
    "infrastructure_for_minerals",
    "market_access",
    "buyers_club",
    "producers_club",
    "joint_stockpile",
    "scrap_corridor",
    "standards_pact",
    "joint_research",
    "technology_transfer",
    "benefit_sharing",
    "security_pact",
    "crisis_consultation",
    "governance_charter",
    "frontier_accord",
)
TREATY_CODE = {name: code for code, name in enumerate(TREATIES)}

CLAUSES = (
    "deliver",
    "term",
    "price_rule",
    "penalty",
    "tariff_cut",
    "customs_lane",
    "restraint",
    "share_stock",
    "contribute_stock",
    "pool_volume",
    "quota",
    "equity_share",
    "stabilise",
    "build_infrastructure",
    "know_how",
    "research_fund",
    "standards",
    "scrap_free",
    "revenue_share",
    "aid_tranche",
    "guarantee",
    "consult",
    "dispute_panel",
    "risk_pool",
    "moratorium",
)
CLAUSE_CODE = {name: code for code, name in enumerate(CLAUSES)}

EVERY = -1  # in the place of a giver or taker: every member, every other member

SMALL = np.int16  # slots are small integers, and worlds are copied by the dozen

LEVER_FIELDS = (  # what treaties in force do in a turn
    _f("alliance_ln", "OD", "ln", 0, "policy", "how much less goods of an origin cost a destination by treaty",
       this_turn=True),
    _f("tariff_relief", "OD", "share", 0, "policy", "part of its tariffs that a destination spares an origin by treaty",
       this_turn=True),
    _f("procurement_ln", "NM", "ln", 0, "policy", "how much less metal from abroad costs members of a buyers' club",
       this_turn=True),
    _f("output_quota_share", "NM", "share", 1, "policy", "part of the mines that a producers' club leaves at work",
       this_turn=True),
    _f("taught_chance", "NH", "share", 0, "policy", "chance that treaties add to the next step of knowledge",
       this_turn=True),
    _f("calm_share", "N", "share", 0, "policy", "part of their holders' fear that consultation takes away",
       this_turn=True),
    _f("assurance_ln", "N", "ln", 0, "policy", "how much less investors ask for because of treaties", this_turn=True),
    _f("scrap_club", "N", "treaty slot", -1, "policy", "corridor that a nation's scrap stays in, -1 none", dtype=SMALL,
       this_turn=True),
    _f("seabed_closed", "N", "flag", 0, "policy", "whether a treaty forbids to open the seabed", dtype=np.bool_,
       this_turn=True),
)  # fmt: skip

PACT_FIELDS = (
    *LEVER_FIELDS,
    _f("treaty_kind", "P", "treaty", -1, "account", "kind of a treaty that is signed, -1 for a free slot", dtype=SMALL),
    _f("treaty_member", "PN", "flag", 0, "account", "nations bound by the treaty", dtype=np.bool_),
    _f("treaty_since", "P", "turn", 0, "account", "first turn in force, once it is ratified", dtype=SMALL),
    _f("treaty_until", "P", "turn", 0, "account", "last turn in force", dtype=SMALL),
    _f("treaty_secret", "P", "flag", 0, "account", "whether members alone know of the treaty", dtype=np.bool_),
    _f("treaty_leaving", "PN", "turn", 0, "account", "turn after which a member's notice ends, 0 none", dtype=SMALL),
    _f("treaty_suspended", "P", "turn", 0, "account", "last turn of a member's time to pay again, 0 none", dtype=SMALL),
    _f("strain", "PN", "0-100", 0, "account", "how far a member's patience with the treaty is used up"),
    _f("clause_treaty", "Q", "treaty slot", -1, "account", "treaty of a clause, -1 for a free slot", dtype=SMALL),
    _f("clause_kind", "Q", "clause", -1, "account", "kind of a clause", dtype=SMALL),
    _f("clause_giver", "Q", "nation", -1, "account", "who promises it, -1 every member", dtype=SMALL),
    _f("clause_taker", "Q", "nation", -1, "account", "to whom it is promised, -1 every other member", dtype=SMALL),
    _f("clause_mineral", "Q", "mineral", -1, "account", "mineral of a clause, -1 none", dtype=SMALL),
    _f("clause_layer", "Q", "layer", -1, "account", "layer, stage or track of a clause, -1 none", dtype=SMALL),
    _f("clause_option", "Q", "option", 0, "account", "variant of a clause, or a second number", dtype=np.int64),
    _f("clause_amount", "Q", "clause's unit", 0, "account", "what a clause promises"),
    _f("clause_missed", "Q", "share", 0, "account", "part of the promise that was not kept last turn"),
    _f("contract_clause", "C", "clause slot", -1, "account", "clause that a contract serves, -1 none", dtype=SMALL),
)
