"""The table of every array in a world: axes, unit, default, meaning, cause group and who may see it.

No state exists outside this table. Saves, views, explanations and the almanac read it.
Axis letters: W worlds (always first, not written), N nations, M minerals, K products,
V variants of products, S stages (mine, refine, recycle),
L layers (ore, refined), O origins and D destinations (both nations), G corridors, T turns until capacity opens,
J turns of a programme, R turns until goods retire, C contract slots, P treaty slots, Q clause slots,
I cases before the forum, H tracks of technology, F forms of aid, A accounts, X causes of postings, B programmes,
Y causes of trust.
Tonnes: ore units at the mine stage and in the ore layer, refined units everywhere else. Flows are per half-year turn.
"""

from game.engine.axes import TRACKS, Axes
from game.engine.docket import CASE_SLOTS
from game.engine.field import Field
from game.engine.field_outcome import OUTCOME_FIELDS
from game.engine.field_policy import POLICY_FIELDS
from game.engine.field_setting import SETTING_FIELDS
from game.engine.field_supply import SUPPLY_FIELDS
from game.engine.pact import CLAUSE_SLOTS, TREATY_SLOTS

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
    "license_deposits",
    "agree_compact",
    "build_component_plant",
    "explore",
    "cover_risk",
    "build_corridor",
    "fund_substitution",
    "fund_processing",
    "take_equity",
    "give_aid",
    "audit",
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
    "dividend",
    "social_licence",
    "defied_ruling",
    "sanctioned",
    "bluffed",
    "treaty",
    "treaty_project",
)
CAUSES = ORDER_CAUSES + SYSTEM_CAUSES
CAUSE = {name: i for i, name in enumerate(CAUSES)}

AID_FORMS = ("governance", "geology", "skills", "environment")

TRUST_CAUSES = (
    "restricted_partner",
    "capped_supplier",
    "import_terms",
    "kept_promise",
    "broken_promise",
    "signed",
    "recovery",
    "defied_ruling",
    "sanctioned",
    "deescalated",
    "pressed",
    "taken_property",
    "aid",
)
TRUST_CAUSE = {name: i for i, name in enumerate(TRUST_CAUSES)}


FIELDS: tuple[Field, ...] = (*SUPPLY_FIELDS, *POLICY_FIELDS, *SETTING_FIELDS, *OUTCOME_FIELDS)

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
        "P": TREATY_SLOTS,
        "Q": CLAUSE_SLOTS,
        "I": CASE_SLOTS,
        "G": corridors,
        "H": len(TRACKS),
        "F": len(AID_FORMS),
        "X": len(CAUSES),
        "B": len(PROGRAMMES),
        "Y": len(TRUST_CAUSES),
        "A": len(ACCOUNTS),
    }
