"""Rows of minerals, sites, products and prices, made of the source tables."""

from __future__ import annotations

from typing import Any

from game.content.source_table import Rows, Sources, by_nation, figure, source_id
from game.content.table_text import number


def minerals(sources: Sources) -> dict[str, Any]:
    """Return the table of minerals."""
    dynamics = {row["mineral"]: row for row in sources("dynamics")}
    estimates = {row["mineral"]: row for row in sources("mineral_estimates")}
    ratios = refined_per_ore(sources)
    return {
        row["id"]: _mineral(row, dynamics[row["id"]], estimates[row["id"]], ratios[row["id"]])
        for row in sources("minerals")
    }


def _mineral(row: dict[str, str], move: dict[str, str], guess: dict[str, str], ratio: float) -> dict[str, Any]:
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
        "refined_per_ore": figure(
            ratio, "derived", "usgs_mcs_2026", "primary refined output over ore sent to refineries"
        ),
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
        "spare_cover": moves(float(move["spare_cover_months"])),
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
        "collection_2030": figure(guess["collection_2030"], "estimate", "eu_2023_1542"),
        "collection_2040": figure(guess["collection_2040"], "estimate", "eu_2023_1542"),
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


def refined_per_ore(sources: Sources) -> dict[str, float]:
    """Return refined tonnes per tonne of ore sent to refineries, exactly as the tables have it.

    The published balances print the ratio to four digits; the difference stays within their rounding.
    """

    def total(name: str, column: str, mineral: str) -> float:
        return sum(float(row[column]) for row in sources(name) if row["mineral"] == mineral)

    ratios = {}
    for mineral in [row["id"] for row in sources("minerals")]:
        primary = total("refined_production", "primary_2024", mineral) - total("synthetic", "synthetic_2024", mineral)
        ore = total("mine_production", "production_2024", mineral) - total("direct_use", "tonnes_2024", mineral)
        ratios[mineral] = number(primary / ore, 7)
    return ratios


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


def by_mineral_and_product(sources: Sources, name: str) -> dict[str, Any]:
    """Return a source table of shares by mineral and product; what it leaves out is 1."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources(name):
        cell = figure(row["share"], row["confidence"], row["source"], row["note"])
        table.setdefault(row["mineral"], {})[row["product"]] = cell
    return table


def by_products(sources: Sources) -> dict[str, Any]:
    """Return, by mineral and nation, with which of the ten minerals it is mined and how much of it."""
    table: dict[str, dict[str, Any]] = {}
    for row in sources("byproduct_hosts"):
        if row["host_mineral"]:
            cell = {"host": row["host_mineral"], "part": number(float(row["by_product_part"]))}
            kept = {"confidence": row["confidence"], "source": "study_groups", "note": row["note"]}
            table.setdefault(row["mineral"], {})[row["nation"]] = cell | kept
    return table


def ownership(sources: Sources) -> dict[str, Any]:
    """Return what firms of other nations own of each nation's sites, by nation, mineral, stage and owner."""
    kept = ("nation", "mineral", "stage", "owner")
    return {
        "_".join(row[name] for name in kept).lower(): {
            **{name: row[name] for name in kept},
            "share": number(float(row["share"])),
            **{name: row[name] for name in ("confidence", "source", "note")},
        }
        for row in sources("ownership")
    }


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
            "world_value": figure(
                row["world_value_usd_bn"], row["world_value_confidence"], "project_estimate", row["world_value_note"]
            ),
            "final_value": figure(row["final_value"], "estimate", "project_estimate", row["final_value_note"]),
            "parts_stock": figure(row["parts_weeks"], "estimate", "project_estimate", row["parts_note"]),
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
