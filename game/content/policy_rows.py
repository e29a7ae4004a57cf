"""Rows of nations, agreements, restrictions, projects, personalities and relations, made of the source tables."""

from __future__ import annotations

from typing import Any

from game.content.source_table import Sources, figure, slug
from game.content.table_text import number


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
        "eiti": row["eiti"] == "1",
        "military_spending": figure(row["military_spend_usd_bn"], row["military_confidence"], "sipri_2025"),
        "opening_support": figure(50, "estimate", "project_estimate", support),
        "defence_alignment": row["defence_alignment"],
        "landlocked": row["landlocked"] == "1",
    }


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


def projects(sources: Sources, ratios: dict[str, float]) -> dict[str, Any]:
    """Return the table of projects with the capacity that each may add after 2024, before likelihood.

    `ratios` are refined tonnes per tonne of ore: a mine beside a refinery digs what it needs.
    """
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
