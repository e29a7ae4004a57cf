"""The almanac's page about routes: corridors and ports with room and odds, works, other ways, from a level's files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.content.almanac_text import OWN_ESTIMATE, figure, grade, page, table
from game.content.network import passage_rows

Rows = Mapping[str, Mapping[str, Any]]
NO_PUBLICATION = ("own knowledge", "no closure", "cannot be closed", "open water")
STATE_WORDS = {"under_construction": "under construction", "announced": "announced"}


def routes_page(routes: Mapping[str, Any]) -> str:
    """Every corridor with what can pass, how it is disturbed and what may be built, and every way of a long haul."""
    passages: Rows = passage_rows(routes)
    corridors: Rows = {name: row for name, row in passages.items() if "capacity_source" in row}
    return page(
        "Routes",
        "the tables of routes in `levels/_shared`",
        "What they do is said under [gates](gates.md#corridors); the rates of freight stand among the [constants]"
        "(constants.md#routes). Sea distances, ports and the way of every pair are in the folder's files.",
        "## What can pass\n\nGross tonnes of ore and metal. Headroom is times the traffic of 2024 that can pass at "
        "least; with neither there is no limit.",
        _capacities(corridors),
        "## How they are disturbed\n\nOdds are those of an event in a year; it leaves the share open for the "
        "half-years named, in the mean. War risk is the share of its value that a cargo is asked for a passage while "
        "the corridor or a neighbour is disturbed, or at a tension of 60; it is an estimate, grade D.",
        _odds(corridors),
        "## Other ports\n\nThey can be shut by these ids, and are never full.",
        _ports(passages),
        "## Works\n\nWhat is planned where nothing is built yet, or not to its end.",
        _works(corridors),
        "## Long hauls\n\nOther ways of pairs of nations than by their ports of the base year; lengths and days are "
        "estimates, grade C, days as operators quote them.",
        _hauls(routes["land_routes"]["long_hauls"], corridors),
    )


def _capacities(corridors: Rows) -> str:
    rows = []
    for name, row in corridors.items():
        room = f"{figure(row['capacity_kt'])} kt a year" if "capacity_kt" in row else ""
        headroom = f"× {figure(row['headroom'])}" if "headroom" in row else ""
        owners = ", ".join(row["controlling_nations"])
        source = str(row["capacity_source"])
        cells = (
            row["name"],
            f"`{name}`",
            row["kind"],
            owners,
            room,
            headroom,
            _grade(row["capacity_confidence"], source),
            source,
        )
        rows.append(tuple(map(str, cells)))
    return table(("Corridor", "Id", "Kind", "Held by", "Room", "Headroom", "Grade", "Source"), rows)


def _odds(corridors: Rows) -> str:
    rows = []
    for row in corridors.values():
        source = str(row["odds_source"])
        keys = ("closing_odds", "open_share", "closed_turns", "war_risk")
        numbers = (figure(row[key]) if key in row else "" for key in keys)
        rows.append((str(row["name"]), *numbers, _grade(row["odds_confidence"], source), source))
    return table(("Corridor", "Odds a year", "Share open", "Half-years", "War risk", "Grade", "Record"), rows)


def _ports(passages: Rows) -> str:
    rows = [(str(row["name"]), f"`{name}`") for name, row in passages.items() if "capacity_source" not in row]
    return table(("Port", "Id"), rows)


def _works(corridors: Rows) -> str:
    rows = []
    for row in corridors.values():
        works = row.get("works")
        if works:
            opens = f", {works['year']}" if "year" in works else ""
            state = STATE_WORDS[works["state"]] + opens
            more = [figure(works[key]) if key in works else "" for key in ("kt", "rail_km", "cost_usd_bn", "turns")]
            source = str(row["works_source"])
            rows.append((str(row["name"]), state, *more, _grade(row["works_confidence"], source), source))
    heads = ("Corridor", "State", "kt a year more", "km from road to rail", "US$ bn", "Half-years", "Grade", "Source")
    return table(heads, rows)


def _hauls(hauls: list[Mapping[str, Any]], corridors: Rows) -> str:
    rows = []
    for haul in hauls:
        passes = ", ".join(str(corridors[name]["name"]) for name in haul["corridors"])
        needs = "works in use" if haul.get("needs") else "the usual way shut"
        km = (figure(haul.get(key, 0)) for key in ("sea_km", "land_km"))
        rows.append((" and ".join(haul["nations"]), passes, needs, *km, figure(haul["days"])))
    return table(("Between", "By", "Open with", "km by sea", "km by land", "Days"), rows)


def _grade(confidence: str, source: str) -> str:
    return grade(confidence, OWN_ESTIMATE if source.startswith(NO_PUBLICATION) else source)
