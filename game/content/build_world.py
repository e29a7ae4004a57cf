"""Turns the source tables into the world's YAML files: python -m game.content.build_world [folder].

Inputs are levels/_shared/sources/*.csv, outputs levels/_shared/*.yaml. The same inputs give the same bytes.
Teachers edit the YAML; whoever mends a source table runs this again.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from game.content.build_demand import demand_tables, past_growth_table
from game.content.models import World
from game.content.table_text import file_text, number, table_text
from game.files import LEVELS

Rows = list[dict[str, str]]
Sources = Callable[[str], Rows]

SHARED = LEVELS / "_shared"

# the name of a table's units in a comment, when they differ by mineral
MINERAL_UNITS = "units of ore and refined metal differ by mineral: see ore_unit and refined_unit in minerals.yaml"

_SOURCE_WORDS = (
    ("usgs mcs 2025", "usgs_mcs_2025"),
    ("usgs mcs 2026", "usgs_mcs_2026"),
    ("mineral commodity summaries 2026", "usgs_mcs_2026"),
    ("mineral commodity summaries", "usgs_mcs"),
    ("usgs", "usgs_mcs_2026"),
    ("iea", "iea_2025"),
    ("imf", "imf_prices"),
    ("lynas", "lynas_prices"),
    ("company reports", "company_reports"),
    ("icsg", "study_groups"),
    ("insg", "study_groups"),
    ("cobalt institute", "study_groups"),
    ("wpic", "study_groups"),
    ("worldsteel", "study_groups"),
    ("semi ", "study_groups"),
)


def read_sources(folder: Path) -> Sources:
    """Return a reader of the source tables in `folder`, by name without .csv."""

    def rows(name: str) -> Rows:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


def source_id(text: str) -> str:
    """Return the id of the publication that a free text names first, or the project's own estimate."""
    lower = text.lower()
    found = [(lower.index(words), len(words), name) for words, name in _SOURCE_WORDS if words in lower]
    return min(found, key=lambda item: (item[0], -item[1]))[2] if found else "project_estimate"


def slug(text: str) -> str:
    """Return a lower_snake id made of a name."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:80]


def figure(value: str | float, confidence: str, source: str, note: str = "") -> dict[str, Any]:
    """Return a number with its source as a row."""
    row: dict[str, Any] = {"value": number(float(value), 9), "confidence": confidence, "source": source}
    return row | ({"note": note} if note else {})


def by_nation(rows: Rows, column: str, zero: bool = False, key: str = "mineral") -> dict[str, dict[str, Any]]:
    """Return key -> nation -> figure from one column; rows without a figure are left out, zeros too unless kept."""
    table: dict[str, dict[str, Any]] = {}
    for row in rows:
        cells = table.setdefault(row[key], {})
        if row[column] and (zero or float(row[column]) > 0):
            cells[row["nation"]] = figure(row[column], row["confidence"], source_id(row["source"]), row["source"])
    return table


def minerals(sources: Sources) -> dict[str, Any]:
    """Return the table of minerals."""
    dynamics = {row["mineral"]: row for row in sources("dynamics")}
    estimates = {row["mineral"]: row for row in sources("mineral_estimates")}
    return {row["id"]: _mineral(row, dynamics[row["id"]], estimates[row["id"]]) for row in sources("minerals")}


def _mineral(row: dict[str, str], move: dict[str, str], guess: dict[str, str]) -> dict[str, Any]:
    units = [part.strip() for part in row["unit"].split(" / ")]
    refined_unit, ore_unit = (units[0].replace(" (refined)", ""), units[-1].replace(" (ore)", ""))

    def moves(value: float) -> dict[str, Any]:
        return figure(value, move["confidence"], move["source"], move["note"])

    def guesses(column: str) -> dict[str, Any]:
        return figure(guess[column], "estimate", "project_estimate", guess["note"] if column == "gross_ore" else "")

    def data(column: str, confidence: str = "estimate", source: str = "project_estimate") -> dict[str, Any]:
        return figure(row[column], confidence, source)

    price_is_estimate = row["id"] == "graphite"
    price_confidence = {"graphite": "estimate", "lithium": "published", "rare_earths": "derived"}
    volatility = row["id"] in ("copper", "nickel", "cobalt", "platinum_group", "silicon")
    ore_price_published = row["id"] in ("graphite", "titanium")
    s_and_p = row["id"] == "copper"
    return {
        "name": row["name"],
        "symbol": guess["symbol"],
        "ore_name": guess["ore_name"],
        "refined_name": guess["refined_name"],
        "ore_unit": ore_unit,
        "refined_unit": refined_unit,
        "price_basis": row["price_basis"],
        "uses": row["main_uses"],
        "price": data(
            "price_2024_usd_per_t",
            price_confidence.get(row["id"], "published"),
            "project_estimate" if price_is_estimate else "usgs_mcs_2026",
        ),
        "ore_price": data(
            "ore_stage_price_usd_per_t",
            "published" if ore_price_published else "estimate",
            "usgs_mcs_2026" if ore_price_published else "project_estimate",
        ),
        "price_volatility": data(
            "price_volatility_annual",
            "derived" if volatility else "estimate",
            "imf_prices" if volatility else "usgs_mcs",
        ),
        "refined_per_ore": row["refined_per_ore"],
        "supply_steepness": moves(float(move["supply_steepness"])),
        "investment_elasticity": moves(float(move["investment_elasticity"])),
        "demand_elasticity": moves(float(move["demand_elasticity"])),
        "demand_elasticity_long": moves(float(move["demand_elasticity_long"])),
        "investment_lead": moves(float(move["investment_lead_turns"])),
        "mine_lead": data(
            "mine_lead_advanced_project_years",
            "derived" if s_and_p else "estimate",
            "sp_global_2024" if s_and_p else "project_estimate",
        ),
        "refinery_lead": data("refinery_lead_years"),
        "recycler_lead": guesses("recycler_lead_turns"),
        "stock_cover": moves(float(move["stock_cover_months"])),
        "choke_multiple": moves(float(move["choke_multiple"])),
        "demand_noise": guesses("demand_noise"),
        "outage_noise": guesses("outage_noise"),
        "mine_capex": data("mine_capex_usd_per_tpa"),
        "refinery_capex": data("refinery_capex_usd_per_tpa"),
        "recycler_capex": guesses("recycler_capex_usd_per_tpa"),
        "gross_ore": guesses("gross_ore"),
        "gross_refined": guesses("gross_refined"),
        "recovery": guesses("recovery"),
        "collection": figure(guess["collection"], "estimate", "unep_2011"),
        "is_by_product": move["is_by_product"] == "1",
        "hosts": [host for host in row["by_product_of"].split(";") if host],
        "by_product_share": data("by_product_share"),
    }


def corrected(rows: Rows, corrections: Rows) -> Rows:
    """Return rows with the project's own figures where a source says nothing of use."""
    changes = {(row["mineral"], row["nation"]): row for row in corrections}
    for row in rows:
        change = changes.get((row["mineral"], row["nation"]))
        if change:
            row |= {change["column"]: change["value"], "reserves_confidence": "estimate_own", "source": change["note"]}
    return rows


def with_ratios(sources: Sources) -> Sources:
    """Return `sources` with the exact refined-per-ore ratio added to minerals, from the tables themselves.

    The published balances print it to four digits; the difference stays within their rounding.
    """

    def total(name: str, column: str, mineral: str) -> float:
        return sum(float(row[column]) for row in sources(name) if row["mineral"] == mineral)

    def rows(name: str) -> Rows:
        if name != "minerals":
            return sources(name)
        table: list[dict[str, Any]] = [dict(row) for row in sources(name)]
        for row in table:
            primary = total("refined_production", "primary_2024", row["id"])
            primary -= total("synthetic", "synthetic_2024", row["id"])
            ore = total("mine_production", "production_2024", row["id"]) - total("direct_use", "tonnes_2024", row["id"])
            note = "primary refined output over mine output less ore used as ore"
            row["refined_per_ore"] = figure(number(primary / ore, 7), "derived", "usgs_mcs_2026", note)
        return table

    return rows


def nations(sources: Sources) -> dict[str, Any]:
    """Return the table of nations."""
    return {row["iso3"]: _nation(row) for row in sources("nations")}


def _nation(row: dict[str, str]) -> dict[str, Any]:
    governance = row["governance_confidence"]
    support = "no comparable polls for all actors: a divided public everywhere"
    return {
        "name": row["name"],
        "region": row["region"],
        "role": row["role"],
        "capital_lon": number(float(row["lon"])),
        "capital_lat": number(float(row["lat"])),
        "mining_centre": row["mining_centre"],
        "mining_lon": number(float(row["mine_lon"])),
        "mining_lat": number(float(row["mine_lat"])),
        "gdp": figure(row["gdp_2024_usd_bn"], row["gdp_confidence"], "world_bank_2024"),
        "population": figure(row["population_m"], row["population_confidence"], "world_bank_2024"),
        "rule_of_law": figure(row["wgi_rule_of_law"], governance, "wgi_2023"),
        "political_stability": figure(row["wgi_political_stability"], governance, "wgi_2023"),
        "control_of_corruption": figure(row["wgi_control_of_corruption"], governance, "wgi_2023"),
        "environment": figure(row["epi"], governance, "epi_2024"),
        "military_spending": figure(row["military_spend_usd_bn"], row["military_confidence"], "sipri_2025"),
        "opening_support": figure(50, "estimate", "project_estimate", support),
        "defence_alignment": row["defence_alignment"],
        "landlocked": row["landlocked"] == "1",
    }


def unlimited_reserves(sources: Sources) -> dict[str, list[str]]:
    """Return where ore does not run out: quartz everywhere, gallium where alumina is made."""
    alumina = [row["nation"] for row in sources("byproduct_hosts") if row["mineral"] == "gallium"]
    mined = [row["nation"] for row in sources("mine_production") if row["mineral"] == "gallium"]
    return {"silicon": ["all"], "gallium": sorted({*alumina, *mined})}


def refined_primary(sources: Sources) -> dict[str, Any]:
    """Return output refined from ore: the published primary output less what never was ore."""
    synthetic = {(row["mineral"], row["nation"]): float(row["synthetic_2024"]) for row in sources("synthetic")}
    rows = sources("refined_production")
    for row in rows:
        left = float(row["primary_2024"]) - synthetic.get((row["mineral"], row["nation"]), 0.0)
        if (row["mineral"], row["nation"]) in synthetic:
            row["confidence"] = "estimate"
            row["source"] += "; less synthetic output"
        row["primary_2024"] = str(number(left))
    return by_nation(rows, "primary_2024")


def royalties(sources: Sources) -> dict[str, Any]:
    """Return royalty shares by mineral (or all) and nation (or default)."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources("royalties"):
        cell = figure(row["share"], row["confidence"], "legal_texts", row["note"])
        table.setdefault(row["mineral"], {})[row["nation"]] = cell
    return table


def public_stocks(sources: Sources) -> dict[str, Any]:
    """Return months of use in public hands by mineral and nation."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources("public_stocks"):
        cell = figure(row["months"], row["confidence"], "project_estimate", row["note"])
        table.setdefault(row["mineral"], {})[row["nation"]] = cell
    return table


def products(sources: Sources) -> dict[str, Any]:
    """Return the table of products."""
    return {
        row["product"]: {
            "name": row["name"],
            "component": row["component"],
            "partition": row["partition"],
            "lifetime": figure(row["lifetime_years"], "estimate", "project_estimate", row["note"]),
            "lifetime_shape": figure(row["lifetime_shape"], "estimate", "project_estimate"),
            "choke_offset": figure(row["choke_offset"], "estimate", "project_estimate"),
            "value_weight": figure(row["value_weight"], "estimate", "project_estimate"),
        }
        for row in sources("product_estimates")
    }


def product_shares(sources: Sources) -> dict[str, Any]:
    """Return the share of each product in the use of each mineral."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources("sectors"):
        if float(row["share"]) > 0:
            cell = figure(row["share"], row["confidence"], source_id(row["source"]), row["source"])
            table.setdefault(row["mineral"], {})[row["sector"]] = cell
    return table


def prices(sources: Sources) -> dict[str, Any]:
    """Return yearly real prices by mineral; the platinum group is the mean of palladium and platinum."""
    series = {row["mineral"]: row["series"].split("+") for row in sources("price_series")}
    notes = {row["mineral"]: row["note"] for row in sources("price_series")}
    table = {}
    for mineral, names in series.items():
        rows = [row for row in sources("annual_prices") if row["series"] in names]
        years: dict[int, list[float]] = {}
        for row in rows:
            years.setdefault(int(row["year"]), []).append(float(row["price_usd2024_per_t"]))
        worst = min((row["kind"] for row in rows), key=["estimate", "derived", "published"].index)
        table[mineral] = {
            "series": " and ".join(names),
            "sources": sorted({source_id(row["source"]) for row in rows}),
            "confidence": worst,
            "note": notes[mineral],
            "years": {year: number(sum(values) / len(values)) for year, values in sorted(years.items())},
        }
    return table


def agreements(sources: Sources) -> dict[str, Any]:
    """Return the table of agreements."""
    return {
        slug(row["name"]): {
            "name": row["name"],
            "kind": row["type"],
            "parties": row["parties"].split(";"),
            "parties_detail": row["parties_detail"],
            "year": int(row["year"]),
            "minerals": row["minerals"].split(";"),
            "content": row["content"],
            "status": row["status"],
            "confidence": row["confidence"],
            "source": "agreement_texts",
            "note": row["source"],
        }
        for row in sources("agreements")
    }


def agreement_states(sources: Sources) -> dict[str, Any]:
    """Return what the status of an agreement meant on 1 January 2025."""
    rows = sources("agreement_states")
    return {row["status"]: {"in_force_2025": row["in_force_2025"] == "1", "note": row["note"]} for row in rows}


def restriction_id(row: dict[str, str]) -> str:
    """Return the id of a restriction: mineral, nation, measure, start."""
    return slug(f"{row['mineral']} {row['nation']} {row['measure']} {row['start_date']}")


def restrictions(sources: Sources) -> dict[str, Any]:
    """Return the table of restrictions, each with the layer of trade it covers."""
    layers = {(row["mineral"], row["nation"], row["start_date"]): row for row in sources("restriction_layers")}
    table = {}
    for row in sources("restrictions"):
        layer = layers.get(
            (row["mineral"], row["nation"], row["start_date"]), {"layer": "none", "whole": "0", "note": ""}
        )
        table[restriction_id(row)] = {
            "mineral": row["mineral"],
            "nation": row["nation"],
            "measure": row["measure"],
            "side": row["side"],
            "layer": layer["layer"],
            "whole_layer": layer["whole"] == "1",
            "start": row["start_date"],
            "end": row["end_date"],
            "status": row["status"],
            "targets": row["target_nations"].split(";"),
            "severity": number(float(row["severity"])),
            "covers": row["covers"],
            "confidence": row["confidence"],
            "source": "legal_texts",
            "note": "; ".join(filter(None, (row["source"], layer["note"]))),
        }
    return table


def scripted(sources: Sources) -> dict[str, Any]:
    """Return the measures of the first half of 2025 as orders of turn 1."""
    table = {}
    for row in sources("scripted_orders"):
        restriction = slug(row["restriction"])
        mineral, nation = row["restriction"].split()[:2]
        table[f"{restriction}_{row['layer']}"] = {
            "turn": 1,
            "nation": nation,
            "order": {
                "kind": "restrict_exports",
                "mineral": mineral,
                "layer": row["layer"],
                "measure": row["measure"],
                "strength": number(float(row["strength"])),
                "targets": [] if row["targets"] == "all" else row["targets"].split(";"),
                "turns": int(row["turns"]),
            },
            "restriction": restriction,
            "confidence": row["confidence"],
            "source": "legal_texts",
            "note": row["note"],
        }
    return table


_STAGES_OF = {
    "mine": ("mine",),
    "refinery": ("refine",),
    "mine_refinery": ("mine", "refine"),
    "expansion": ("mine",),
    "recycling": ("recycle",),
    "byproduct": ("mine", "refine"),
    "seabed": ("mine",),
    "magnets": (),
}
_RUNNING = ("operating", "ramp_up", "commissioning")


def projects(sources: Sources) -> dict[str, Any]:
    """Return the table of projects with the capacity that each may add after 2024, before likelihood."""
    ratios = {row["id"]: row["refined_per_ore"]["value"] for row in sources("minerals")}  # type: ignore[index]
    stated: dict[str, dict[str, float]] = {}
    why: dict[str, str] = {}
    for row in sources("project_additions"):
        stated.setdefault(row["name"], {})[row["stage"]] = number(float(row["t_per_year"]))
        why[row["name"]] = row["note"]
    return {slug(row["name"]): _project(row, stated.get(row["name"]), why, ratios) for row in sources("projects")}


def _project(
    row: dict[str, str], stated: dict[str, float] | None, why: dict[str, str], ratios: dict[str, float]
) -> dict[str, Any]:
    capacity = float(row["capacity_t_per_year"] or 0)
    stages = _STAGES_OF[row["facility"]]
    if row["stage"] in _RUNNING and int(row["expected_year"]) < 2025:
        stages = ()  # already in the output of 2024, unless a rise is stated
    ore_per_refined = 1 / ratios[row["mineral"]] if len(stages) == 2 else 1.0
    rise = {stage: number(capacity * (ore_per_refined if stage == "mine" else 1), 4) for stage in stages if capacity}
    adds = rise if stated is None else stated
    return {
        "name": row["name"],
        "nation": row["nation"],
        "mineral": row["mineral"],
        "facility": row["facility"],
        "stage": row["stage"],
        "capacity": number(capacity),
        "expected_year": int(row["expected_year"]),
        "adds": {stage: tonnes for stage, tonnes in adds.items() if tonnes},
        "capex": number(float(row["capex_usd_m"] or 0)),
        "lon": number(float(row["lon"])),
        "lat": number(float(row["lat"])),
        "owner": row["owner"],
        "confidence": row["confidence"],
        "source": "company_reports",
        "note": "; ".join(filter(None, (row["note"], why.get(row["name"], "")))),
    }


def plain_rows(rows: Rows, key: str, words: Iterable[str], extra: dict[str, str] | None = None) -> dict[str, Any]:
    """Return rows by `key`; columns in `words` stay text, all others become numbers."""
    text = set(words)
    return {
        row[key]: {
            column: value if column in text else number(float(value)) for column, value in row.items() if column != key
        }
        | (extra or {})
        for row in rows
    }


def relations(sources: Sources) -> dict[str, Any]:
    """Return what ties between actors do to opening trust and trade preference."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources("relations"):
        cell = {"trust": number(float(row["trust"])), "affinity": number(float(row["affinity"]))}
        known = {"confidence": "estimate", "source": "project_estimate", "note": row["note"]}
        table.setdefault(row["group"], {})[row["key"]] = cell | known
    return table


def holders(sources: Sources) -> dict[str, Any]:
    """Return who has which personality: named ones, and the others by role and control of corruption."""
    named = {row["nation"]: row for row in sources("personality_holders")}
    table = {}
    for row in sources("nations"):
        if row["iso3"] == "ROW":
            continue
        if row["iso3"] in named:
            given = named[row["iso3"]]
            table[row["iso3"]] = {
                "personality": given["personality"],
                "second": given["second"],
                "source": "project_estimate",
                "note": given["note"],
            }
        else:
            personality, note = _personality_of_role(row)
            table[row["iso3"]] = {"personality": personality, "second": "", "source": "wgi_2023", "note": note}
    return table


def _personality_of_role(row: dict[str, str]) -> tuple[str, str]:
    integrity = (float(row["wgi_control_of_corruption"]) + 2.5) / 5 * 100
    if row["role"] == "consumer":
        return "trader", "by role: consumers trade"
    if row["role"] == "hybrid":
        return "hedger", "by role: hybrids hedge"
    if integrity < 40:
        return "rentier", f"by role: producers with integrity under 40 (here {integrity:.0f}) take rents"
    return "steward", f"by role: producers with integrity of 40 and more (here {integrity:.0f}) are stewards"


def world_tables(sources: Sources) -> dict[str, tuple[str, dict[str, tuple[Any, int]]]]:
    """Return file name -> (heading, table name -> (table, levels of lines))."""
    sources = with_ratios(sources)
    mine = sources("mine_production")
    secondary = by_nation(sources("refined_production"), "secondary_2024")
    years, fade, demand = demand_tables(sources)
    known = corrected(sources("mine_production"), sources("corrections"))
    reserves = by_nation(
        [row | {"confidence": row["reserves_confidence"] or row["confidence"]} for row in known], "reserves"
    )
    for cells in reserves.values():
        for cell in cells.values():
            if cell["confidence"] == "estimate_25x":
                cell.update(
                    confidence="estimate", source="project_estimate", note="25 years of output, none is published"
                )
            elif cell["confidence"] == "estimate_own":
                cell.update(confidence="estimate", source="project_estimate")
            else:
                cell.pop("note", None)
    synthetic = by_nation(sources("synthetic"), "synthetic_2024")
    return {
        "sources": ("Where the figures come from.", {"sources": (plain_rows_sources(sources), 1)}),
        "minerals": ("The ten minerals.", {"minerals": (minerals(sources), 2)}),
        "nations": ("The actors: 39 and the rest of the world.", {"nations": (nations(sources), 2)}),
        "sites": (
            f"Who mines and refines what. Calendar 2024; {MINERAL_UNITS}.",
            {
                "mined": (by_nation(mine, "production_2024"), 2),
                "reserves": (reserves, 2),
                "unlimited_reserves": (unlimited_reserves(sources), 1),
                "refined_primary": (refined_primary(sources), 2),
                "refined_secondary": ({k: v for k, v in secondary.items() if v}, 2),
                "synthetic": (synthetic, 2),
                "utilisation": ({}, 2),
                "royalty": (royalties(sources), 2),
                "public_stock": (public_stocks(sources), 2),
            },
        ),
        "consumption": (
            f"Who uses what. Calendar 2024; {MINERAL_UNITS}.",
            {
                "consumption": (by_nation(sources("consumption"), "consumption_2024"), 2),
                "direct_use": (by_nation(sources("direct_use"), "tonnes_2024"), 2),
            },
        ),
        "products": (
            "What minerals are made into, where, and for whom.",
            {
                "products": (products(sources), 2),
                "product_share": (product_shares(sources), 2),
                "manufacturing": (by_nation(sources("component_manufacturing"), "share", key="sector"), 2),
                "final_demand": (by_nation(sources("final_demand"), "share", key="sector"), 2),
                "past_growth": (past_growth_table(sources), 2),
            },
        ),
        "demand": (
            "How use grows, by scenario, mineral and product.\n"
            "Multiples of 2024 use in the years of demand_years, between which growth is even. The mineral's total "
            "hits the published multiple; the published demand by use sets how products differ.",
            {"demand_years": (years, 0), "demand_fade": (fade, 0), "demand": (demand, 3)},
        ),
        "prices": (
            "Yearly prices before the game starts, used relative to 2024. Figures of the International Monetary Fund "
            "are annual means of its Primary Commodity Prices.",
            {"prices": (prices(sources), 1)},
        ),
        "agreements": (
            "Agreements between actors.",
            {"agreements": (agreements(sources), 1), "agreement_states": (agreement_states(sources), 1)},
        ),
        "restrictions": (
            "Measures on trade and mining, and those of early 2025 as orders of the first turn.",
            {"restrictions": (restrictions(sources), 1), "scripted": (scripted(sources), 1)},
        ),
        "projects": (
            "Announced projects and how likely they come about.",
            {
                "projects": (projects(sources), 1),
                "project_stages": (
                    plain_rows(
                        sources("project_stages"),
                        "stage",
                        ("note",),
                        {"confidence": "estimate", "source": "project_estimate"},
                    ),
                    1,
                ),
            },
        ),
        "parameters": (
            "Constants of the engine that hold for every mineral and nation.",
            {
                "parameters": (
                    plain_rows(
                        sources("engine_parameters"), "id", ("symbol", "unit", "confidence", "source", "meaning")
                    ),
                    1,
                )
            },
        ),
        "personalities": (
            "What governments want: weights from 0 to 5.",
            {
                "personalities": (plain_rows(sources("personalities"), "id", ("code", "name", "shows_as")), 1),
                "holders": (holders(sources), 1),
            },
        ),
        "relations": (
            "What alliances, agreements, restrictions and known trade do to trust and to trade at the start.\n"
            "pair holds both ways; trade A-B raises the preference of A for goods of B and of B for goods of A.",
            {"relations": (relations(sources), 2)},
        ),
    }


def plain_rows_sources(sources: Sources) -> dict[str, Any]:
    """Return the publications by id."""
    return plain_rows(sources("sources"), "id", ("publisher", "title", "licence", "citation"))


def comment_of(table: str) -> str:
    """Return the comment over a table: its title, unit and year, from the model."""
    field = World.model_fields[table]
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    parts = [field.title or table, *(str(extra[key]) for key in ("unit", "year") if extra.get(key))]
    return ", ".join(parts)


def write_world(shared: Path) -> list[Path]:
    """Write the YAML files of `shared` from `shared`/sources; return their paths."""
    paths = []
    for name, (heading, tables) in world_tables(read_sources(shared / "sources")).items():
        parts = [table_text(table, value, comment_of(table), depth) for table, (value, depth) in tables.items()]
        footer = "\nMade from sources/*.csv by game/content/build_world.py; edit here freely, or there and build again."
        path = shared / f"{name}.yaml"
        path.write_text(file_text(heading + footer, parts), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write_world(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED):
        print(written)
