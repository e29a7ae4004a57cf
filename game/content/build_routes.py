"""Write corridors, harbours, ports and transport .yaml in levels/_shared from the tables in levels/_shared/sources.

    python -m game.content.build_routes

sea_lanes.yaml and land_routes.yaml beside them are made by hand.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from game.files import LEVELS

Row = dict[str, str]

CORRIDORS_HEAD = """\
# Straits, canals, railways, roads and ports that trade depends on. Generated from sources/corridors.csv.
#
# lon, lat, waypoints: degrees, [longitude, latitude]. transit_days: days for the passage alone. dependents, throughput
# and disruption_history are notes. confidence: published, derived or estimate;
# "recalled" in a source: not checked again. Generated from sources/corridor_capacity.csv too:
# capacity_kt: gross kt of ore and metal a year that can pass, railways with the road beside them; headroom: times the
# traffic of 2024 that can pass at least; neither: no limit.
# closing_odds: chance a year of an event that leaves open_share of the capacity for closed_turns half-years in the
# mean. war_risk: share of the cargo's value added to insurance while a neighbour is closed or the corridor disturbed.
# controlling_nations: who collects what a place in a full corridor is worth.
# Generated from sources/corridor_works.csv: works: what is planned where nothing is built yet, or not to its end.
# kt: gross kt more a year; cost_usd_bn; turns: half-years that it takes; rail_km: km of the way that then go by rail
# instead of by lorry. With a year they come into use in its middle; those announced without one wait for a builder.
# The lanes and nodes of the sea corridors are in sea_lanes.yaml, the ways of land corridors in land_routes.yaml.
"""

PORTS_HEAD = """\
# Up to five ports per nation, the first by rank. Generated from sources/ports.csv.
#
# lon, lat: degrees, approximate. land_km: km by rail or road from the nation's main mining area, order of magnitude.
# access_nation: whose port it is, when it lies abroad. confidence: derived unless a row says otherwise.
# Links to the sea lanes are in sea_lanes.yaml.
"""

HARBOURS_HEAD = """\
# Ports that can be full or shut, by the ids of ports.yaml that stand for them. Generated from sources/harbours.csv.
#
# controlling_nations: who collects what a place in a full port is worth. The other figures are those of corridors.yaml;
# headroom is times the traffic of 2024, and ports are enlarged when they fill. A port without a line here can be shut,
# is never full, and goes by its id in ports.yaml.
"""

TRANSPORT_HEAD = """\
# The cheapest way between every two nations in the base year, one pair a line. Generated from sources/transport.csv.
#
# ports: ids of ports.yaml, at origin and destination, chosen by least sea km + 3 x land km.
# sea_km: km between them, great circles x 1.02 on a graph of 147 nodes (Rotterdam-Shanghai 19,480 km, real 19,500).
# land_km: km by rail or road [to the port at the origin, from the port at the destination].
# overland_km: km without any ship; mode: land where neighbours trade that way, else sea.
# corridors: sea corridors of corridors.yaml that the sea route passes, in order.
# sea_km_if_closed: km when Suez and Bab el-Mandeb, else Malacca, else Panama, else the Taiwan Strait are closed (the
# first of these on the route), over the cheapest ports then. days: door to door. transit: nations crossed by land.
# Year: 2024. confidence: derived. Source: own computation, port positions of ports.yaml.
"""


def port_id(name: str) -> str:
    """The lower_snake id of a port: "Busan/Gwangyang" is busan_gwangyang."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def build_routes(sources: Path, target: Path) -> None:
    """Write the four files into `target` from the tables in `sources`."""
    for name, lines in (
        (
            "corridors",
            _corridor_lines(*(_rows(sources / f"corridor{part}.csv") for part in ("s", "_capacity", "_works"))),
        ),
        ("harbours", _harbour_lines(_rows(sources / "harbours.csv"))),
        ("ports", _port_lines(_rows(sources / "ports.csv"))),
        ("transport", _transport_lines(_rows(sources / "transport.csv"))),
    ):
        (target / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _corridor_lines(rows: Iterable[Row], capacities: Iterable[Row], works: Iterable[Row]) -> Iterable[str]:
    capacity = {row["corridor"]: row for row in capacities}
    planned = {row["corridor"]: row for row in works}
    yield CORRIDORS_HEAD
    for row in rows:
        places = [place.split() for place in row["waypoints"].split(";")]
        yield f"{row['id']}:"
        yield f"  name: {_text(row['name'])}"
        yield f"  kind: {row['kind']}"
        yield f"  lon: {row['lon']}"
        yield f"  lat: {row['lat']}"
        yield f"  waypoints: [{', '.join(f'[{lon}, {lat}]' for lon, lat in places)}]"
        if row["transit_days"]:
            yield f"  transit_days: {row['transit_days']}"
        yield f"  controlling_nations: {_list(row['controlling_nations'])}"
        yield f"  minerals: {_list(row['minerals'])}"
        yield from (f"  {key}: {_text(row[key])}" for key in ("dependents", "throughput", "disruption_history"))
        yield f"  confidence: {row['confidence']}"
        yield f"  source: {_text(row['source'])}"
        yield from _capacity_lines(capacity[row["id"]])
        if row["id"] in planned:
            yield from _works_lines(planned[row["id"]])


def _capacity_lines(row: Row) -> Iterable[str]:
    yield from (f"  {key}: {row[key]}" for key in ("capacity_kt", "headroom") if row[key])
    yield f"  capacity_confidence: {row['capacity_confidence']}"
    yield f"  capacity_source: {_text(row['capacity_source'])}"
    yield from (f"  {key}: {row[key]}" for key in ("closing_odds", "open_share", "closed_turns"))
    yield f"  odds_confidence: {row['odds_confidence']}"
    yield f"  odds_source: {_text(row['odds_source'])}"
    if "neighbours" in row:
        yield f"  neighbours: {_list(row['neighbours'])}"
        yield f"  war_risk: {row['war_risk']}"
    if row["ports"]:
        yield f"  ports: {_list(row['ports'])}"


def _works_lines(row: Row) -> Iterable[str]:
    keys = ("state", "year", "kt", "cost_usd_bn", "turns", "rail_km")
    yield f"  works: {{{', '.join(f'{key}: {row[key]}' for key in keys if row[key])}}}"
    yield f"  works_confidence: {row['confidence']}"
    yield f"  works_source: {_text(row['source'])}"


def _harbour_lines(rows: Iterable[Row]) -> Iterable[str]:
    yield HARBOURS_HEAD
    for row in rows:
        yield f"{row['id']}:"
        yield f"  name: {_text(row['name'])}"
        yield f"  controlling_nations: [{row['nation']}]"
        yield from _capacity_lines(row)


def _port_lines(rows: Iterable[Row]) -> Iterable[str]:
    yield PORTS_HEAD
    for row in rows:
        fields = [
            f"nation: {row['nation']}",
            f"rank: {row['rank']}",
            f"id: {port_id(row['port'])}",
            f"name: {_text(row['port'])}",
            f"lon: {row['lon']}",
            f"lat: {row['lat']}",
            f"land_km: {row['land_km_from_mining_area']}",
        ]
        if row["access_nation"]:
            fields.append(f"access_nation: {row['access_nation']}")
        if row["confidence"] != "derived":
            fields += [f"confidence: {row['confidence']}", f"note: {_text(row['note'])}"]
        yield f"- {{{', '.join(fields)}}}"


def _transport_lines(rows: Iterable[Row]) -> Iterable[str]:
    yield TRANSPORT_HEAD
    for row in rows:
        fields = [
            f"pair: [{row['origin']}, {row['destination']}]",
            f"ports: [{port_id(row['origin_port'])}, {port_id(row['destination_port'])}]",
            f"sea_km: {row['sea_km']}",
            f"land_km: [{row['land_km_origin']}, {row['land_km_destination']}]",
        ]
        if row["overland_km"]:
            fields.append(f"overland_km: {row['overland_km']}")
        fields += [f"mode: {row['default_mode']}", f"corridors: {_list(row['chokepoints_on_route'])}"]
        if row["sea_km_if_chokepoint_closed"]:
            fields.append(f"sea_km_if_closed: {row['sea_km_if_chokepoint_closed']}")
        fields.append(f"days: {row['est_days']}")
        if row["transit_nations"]:
            fields.append(f"transit: {_list(row['transit_nations'])}")
        yield f"- {{{', '.join(fields)}}}"


def _list(cell: str) -> str:
    return f"[{', '.join(part for part in cell.split(';') if part)}]"


def _text(cell: str) -> str:
    escaped = cell.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    build_routes(LEVELS / "_shared" / "sources", LEVELS / "_shared")
