"""Rows of the variants of products, made of the source tables."""

from __future__ import annotations

from typing import Any

from game.content.source_table import Sources, figure
from game.content.table_text import number

METALS = ("lithium", "cobalt", "nickel", "copper", "graphite")


def variants(sources: Sources) -> dict[str, Any]:
    """Return the recipes: metal and cost a unit."""
    return {
        row["variant"]: {
            "product": row["product"],
            "name": row["name"],
            "cost": figure(row["cost"], row["confidence"], "project_estimate", row["note"]),
            "content": {metal: number(float(row[metal])) for metal in METALS if float(row[metal]) > 0},
        }
        for row in sources("variants")
    }


def variant_shares(sources: Sources) -> dict[str, Any]:
    """Return the share of each variant in what a nation makes of its product; `default` for all others."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources("variant_shares"):
        cell = figure(row["share"], row["confidence"], "project_estimate", row["note"])
        table.setdefault(row["variant"], {})[row["nation"]] = cell
    return table
