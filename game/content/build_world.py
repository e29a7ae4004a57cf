"""Turns the source tables into the world's YAML files: python -m game.content.build_world [folder].

Inputs are levels/_shared/sources/*.csv, outputs levels/_shared/*.yaml. The same inputs give the same bytes.
Teachers edit the YAML; whoever mends a source table runs this again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from game.content import market_rows as market
from game.content import policy_rows as policy
from game.content import purity_rows as purity
from game.content import technology_rows as technology
from game.content import variant_rows as variant
from game.content.build_demand import demand_tables, past_growth_table
from game.content.models.world import World
from game.content.source_table import Sources, by_nation, plain_rows, read_sources
from game.content.table_text import file_text, table_text
from game.files import LEVELS

SHARED = LEVELS / "_shared"

MINERAL_UNITS = "units of ore and refined metal differ by mineral: see ore_unit and refined_unit in minerals.yaml"


def world_tables(sources: Sources) -> dict[str, tuple[str, dict[str, tuple[Any, int]]]]:
    """Return file name -> (heading, table name -> (table, levels of lines))."""
    mine = sources("mine_production")
    secondary = by_nation(sources("refined_production"), "secondary_2024")
    years, fade, demand = demand_tables(sources)
    known = market.corrected(sources("mine_production"), sources("corrections"))
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
        "minerals": ("The ten minerals.", {"minerals": (market.minerals(sources), 2)}),
        "nations": ("The actors: 39 and the rest of the world.", {"nations": (policy.nations(sources), 2)}),
        "sites": (
            f"Who mines and refines what. Calendar 2024; {MINERAL_UNITS}.",
            {
                "mined": (by_nation(mine, "production_2024"), 2),
                "reserves": (reserves, 2),
                "unlimited_reserves": (market.unlimited_reserves(sources), 1),
                "refined_primary": (market.refined_primary(sources), 2),
                "refined_secondary": ({k: v for k, v in secondary.items() if v}, 2),
                "synthetic": (synthetic, 2),
                "utilisation": (by_nation(sources("mine_utilisation"), "utilisation_2024"), 2),
                "cost_spread": (by_nation(sources("mine_cost_spread"), "spread"), 2),
                "royalty": (market.royalties(sources), 2),
                "by_products": (market.by_products(sources), 2),
                "ownership": (market.ownership(sources), 1),
                "public_stock": (market.public_stocks(sources), 2),
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
                "products": (market.products(sources), 2),
                "product_share": (market.product_shares(sources), 2),
                "manufacturing": (by_nation(sources("component_manufacturing"), "share", key="sector"), 2),
                "final_demand": (by_nation(sources("final_demand"), "share", key="sector"), 2),
                "high_purity": (purity.high_purity(sources), 2),
                "high_purity_use": (purity.high_purity_use(sources), 1),
                "variants": (variant.variants(sources), 1),
                "variant_share": (variant.variant_shares(sources), 2),
                "past_growth": (past_growth_table(sources), 2),
                "recoverable": (market.by_mineral_and_product(sources, "recoverable"), 2),
                "contains": (market.by_mineral_and_product(sources, "contains"), 2),
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
            {"prices": (market.prices(sources), 1)},
        ),
        "agreements": (
            "Agreements between actors.",
            {"agreements": (policy.agreements(sources), 1), "agreement_states": (policy.agreement_states(sources), 1)},
        ),
        "restrictions": (
            "Measures on trade and mining, and those that take effect from 2025 as orders of the first turn.",
            {"restrictions": (policy.restrictions(sources), 1), "scripted": (policy.scripted(sources), 1)},
        ),
        "projects": (
            "Announced projects and how likely they come about.",
            {
                "projects": (policy.projects(sources, market.refined_per_ore(sources)), 1),
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
        "technology": (
            "What nations know of five tracks, the odds of learning more, and substitution by mineral and product.",
            {
                "tracks": (technology.tracks(sources), 1),
                "knowledge": (technology.knowledge(sources), 1),
                "seabed_ore": (technology.seabed_ore(sources), 2),
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
                "holders": (policy.holders(sources), 1),
            },
        ),
        "relations": (
            "What alliances, agreements, restrictions and known trade do to trust and to trade at the start.\n"
            "pair holds both ways; trade A-B raises the preference of A for goods of B and of B for goods of A.",
            {"relations": (policy.relations(sources), 2)},
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
