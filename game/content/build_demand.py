"""How the use of each mineral by product grows: published demand by use, fitted to published totals."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from game.content.table_text import number

Rows = list[dict[str, str]]
Sources = Callable[[str], Rows]

SCENARIOS = {"stated_policies": "steps", "announced_pledges": "aps", "net_zero": "nze"}
YEARS = (2030, 2035, 2040)
FADE_YEARS = 5.0
PAST_YEARS = 10.0  # over which the past growth of use is known

# what stands for a product in minerals whose demand by use is not published: (mineral, product)
_PROXY = {
    "batteries": ("lithium", "batteries"),
    "magnets_motors_wind": ("rare_earths", "magnets_motors_wind"),
    "grid_construction": ("copper", "grid_construction"),
    "electronics_semiconductors_pv": ("copper", "electronics_semiconductors_pv"),
    "catalysts_chemicals": ("copper", "catalysts_chemicals"),
    "aerospace_defence": ("copper", "aerospace_defence"),
    "steel_alloys_other": ("copper", "steel_alloys_other"),
}


def demand_tables(sources: Sources) -> tuple[list[int], float, dict[str, Any]]:
    """Return the years, the half-life of growth after them, and scenario -> mineral -> product -> multiples."""
    shares = _shares(sources)
    use = _published_use(sources)
    mapping = _mapping(sources)
    targets = _targets(sources, use)
    tables: dict[str, Any] = {}
    for scenario, short in SCENARIOS.items():
        pattern = {m: _pattern(use[m], shares[m], mapping, m, short) for m in shares if m in use}
        tables[scenario] = {m: _mineral(m, shares[m], pattern, targets[m, short]) for m in shares}
    return list(YEARS), FADE_YEARS, tables


def past_growth_table(sources: Sources) -> dict[str, Any]:
    """Return mineral -> product -> yearly growth of use: the products' own, all moved by as much as makes the mineral's
    use of ten years ago what its world growth says."""
    own = {row["product"]: float(row["past_growth"]) for row in sources("product_estimates")}
    world = {row["mineral"]: float(row["past_growth"]) for row in sources("mineral_estimates")}
    table = {}
    for mineral, share in _shares(sources).items():
        then = sum(share[k] * math.exp(-PAST_YEARS * own[k]) for k in share)
        shift = world[mineral] + math.log(then) / PAST_YEARS
        table[mineral] = {
            product: {
                "value": number(min(max(own[product] + shift, -0.05), 0.35), 3),
                "confidence": "estimate",
                "source": "project_estimate",
            }
            for product in share
        }
    return table


def _shares(sources: Sources) -> dict[str, dict[str, float]]:
    shares: dict[str, dict[str, float]] = {}
    for row in sources("sectors"):
        if float(row["share"]) > 0:
            shares.setdefault(row["mineral"], {})[row["sector"]] = float(row["share"])
    return shares


def _published_use(sources: Sources) -> dict[str, dict[tuple[str, str, int], float]]:
    use: dict[str, dict[tuple[str, str, int], float]] = {}
    for row in sources("iea_demand_scenarios"):
        key = (row["use"], row["scenario"].lower(), int(row["year"]))
        use.setdefault(row["mineral"], {})[key] = float(row["demand_kt"])
    return use


def _mapping(sources: Sources) -> dict[tuple[str, str], list[str]]:
    """Return (mineral or any, use) -> products."""
    mapping: dict[tuple[str, str], list[str]] = {}
    for row in sources("demand_uses"):
        mapping.setdefault((row["mineral"], row["use"]), []).append(row["product"])
    return mapping


def _targets(sources: Sources, use: dict[str, Any]) -> dict[tuple[str, str], dict[int, float]]:
    """Return (mineral, scenario) -> year -> multiple of world use; 2035 bends as the published total does."""
    targets = {}
    for row in sources("minerals"):
        for short in SCENARIOS.values():
            early, late = float(row[f"demand_2030_{short}"]), float(row[f"demand_2040_{short}"])
            bend = 1.0
            if row["id"] in use:
                total = {year: use[row["id"]]["total_demand", short, year] for year in YEARS}
                bend = total[2035] / math.sqrt(total[2030] * total[2040])
            targets[row["id"], short] = {2030: early, 2035: math.sqrt(early * late) * bend, 2040: late}
    return targets


def _pattern(
    use: dict[tuple[str, str, int], float],
    share: dict[str, float],
    mapping: dict[tuple[str, str], list[str]],
    mineral: str,
    short: str,
) -> dict[str, dict[int, float]]:
    """Return product -> year -> multiple of 2024, before the total is fitted.

    Each published use goes to its products; the rest of a product's share grows as other uses do.
    """
    total = use["total_demand", "base", 2024]
    base: dict[str, float] = dict.fromkeys(share, 0.0)
    later = {product: dict.fromkeys(YEARS, 0.0) for product in share}
    for name in sorted({key[0] for key in use} - {"total_demand", "total_clean_energy", "other_uses"}):
        products = mapping.get((mineral, name)) or mapping["any", name]
        products = [product for product in products if product in share] or [max(share, key=share.__getitem__)]
        for product in products:
            base[product] += use[name, "base", 2024] / len(products) / total
            for year in YEARS:
                later[product][year] += use[name, short, year] / len(products) / total
    other = {year: use["other_uses", short, year] / use["other_uses", "base", 2024] for year in YEARS}
    pattern = {}
    for product, part in share.items():
        rest = max(part - base[product], 0.0)
        whole = base[product] + rest
        pattern[product] = {year: (later[product][year] + rest * other[year]) / whole for year in YEARS}
    return pattern


def _mineral(
    mineral: str,
    share: dict[str, float],
    pattern: dict[str, dict[str, dict[int, float]]],
    target: dict[int, float],
) -> dict[str, Any]:
    """Return product -> multiples whose mean, weighted by share, is `target` in each year."""
    known = mineral in pattern
    raw = pattern[mineral] if known else {k: pattern[_PROXY[k][0]][_PROXY[k][1]] for k in share}
    scale = {year: target[year] / (sum(share[k] * raw[k][year] for k in share) / sum(share.values())) for year in YEARS}
    return {
        product: {
            "values": [number(raw[product][year] * scale[year], 5) for year in YEARS],
            "confidence": "derived" if known else "estimate",
            "source": "iea_2025" if known else "project_estimate",
        }
        for product in share
    }
