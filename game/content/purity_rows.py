"""Rows of grades of refined metal, made of the source tables."""

from __future__ import annotations

from typing import Any

from game.content.source_table import Sources, figure


def high_purity(sources: Sources) -> dict[str, Any]:
    """Return the share of high purity in refined output by mineral and nation; `default` for all others."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources("high_purity"):
        cell = figure(row["share"], row["confidence"], "study_groups", row["note"])
        table.setdefault(row["mineral"], {})[row["nation"]] = cell
    return table


def high_purity_use(sources: Sources) -> dict[str, list[str]]:
    """Return the products whose makers take high purity only, by mineral."""
    table: dict[str, list[str]] = {}
    for row in sources("high_purity_use"):
        table.setdefault(row["mineral"], []).append(row["product"])
    return table
