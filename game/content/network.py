"""Reads the files on lanes, ports, corridors and routes in levels/_shared and builds the engine's Network of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml

from game.content.passage import passage_problems, passages_of
from game.engine.network import PATH_ALLOWANCE, LongHaul, Network, Place, great_circle_km
from game.problems import Problem, ProblemError
from game.registry import unknown_name

Row = dict[str, Any]

PARTS: tuple[Literal["land", "sea"], ...] = ("land", "sea")
FILES = ("sea_lanes", "land_routes", "corridors", "harbours", "ports", "transport")


def build_network(shared: Path, nations: tuple[str, ...]) -> Network:
    """The network of these nations, in their order. Raises ProblemError with everything wrong in the six files."""
    return network_from({name: _read(shared / f"{name}.yaml") for name in FILES}, nations)


def network_from(content: dict[str, Any], nations: tuple[str, ...]) -> Network:
    """The network from the parsed content of the six files, by name without suffix. Raises ProblemError."""
    draft = _Draft(content, nations)
    try:
        draft.read()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"a figure is missing or of the wrong kind: {error!r}"
        draft.problems.append(Problem("error", f"{draft.reading}.yaml", what, "compare the line with its neighbours"))
    if draft.problems:
        raise ProblemError(draft.problems)
    return draft.network()


def passage_rows(content: Mapping[str, Any]) -> dict[str, Row]:
    """The rows of all that can be full or shut: corridors, then harbours, then ports that belong to none of these."""
    rows = {name: dict(row) for name, row in content["corridors"].items()}
    place = {row["id"]: {"lon": row["lon"], "lat": row["lat"]} for row in content["ports"]}
    for name, row in content["harbours"].items():
        first = next((place[port] for port in row.get("ports", ()) if port in place), {"lon": 0.0, "lat": 0.0})
        rows[name] = {"kind": "port"} | first | row
    named = {port for row in rows.values() for port in row.get("ports", ())}
    for row in content["ports"]:
        if row["id"] not in named and row["id"] not in rows:
            owner = row.get("access_nation", row["nation"])
            own = {"name": row["name"], "kind": "port", "controlling_nations": [owner], "ports": [row["id"]]}
            rows[row["id"]] = own | place[row["id"]]
    return rows


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise ProblemError(Problem("error", str(path), f"this file cannot be read: {reason}")) from error


def _places(places: list[list[float]]) -> tuple[Place, ...]:
    return tuple((float(lon), float(lat)) for lon, lat in places)


@dataclass
class _Draft:
    """The network while its parts are looked up, with the problems met on the way."""

    content: dict[str, Any]
    nations: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    reading: str = "corridors"
    passages: dict[str, Row] = field(default_factory=dict)
    corridor: dict[str, int] = field(default_factory=dict)
    node: dict[str, int] = field(default_factory=dict)
    place: list[Place] = field(default_factory=list)
    lanes: list[tuple[int, int]] = field(default_factory=list)
    corridor_nodes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    access: list[tuple[int, int, float, int, tuple[Place, ...]]] = field(default_factory=list)
    works_accesses: list[int] = field(default_factory=list)
    long_hauls: list[LongHaul] = field(default_factory=list)
    access_of: dict[tuple[str, str], int] = field(default_factory=dict)
    sea_nodes: int = 0
    spare_from: int = 0

    def read(self) -> None:
        self.passages = passage_rows(self.content)
        self.corridor = {name: k for k, name in enumerate(self.passages)}
        self.problems += passage_problems(self.passages)
        self._check_harbours()
        self.reading = "sea_lanes"
        self._read_nodes()
        self.reading = "ports"
        self._read_ports()
        self.reading = "transport"
        self._read_pairs()
        self.reading = "land_routes"
        self._read_overland()
        self._read_long_hauls()

    def network(self) -> Network:
        corridors = self.passages
        lon, lat = np.array(self.place, dtype=float).T
        lane = np.array(self.lanes, dtype=np.int64)
        a, b = lane.T
        return Network(
            nations=self.nations,
            node_id=tuple(self.node),
            node_lon=lon,
            node_lat=lat,
            sea_nodes=self.sea_nodes,
            lane=lane,
            lane_km=great_circle_km(lon[a], lat[a], lon[b], lat[b]) * PATH_ALLOWANCE,
            lane_is_spare=np.arange(len(lane)) >= self.spare_from,
            corridor_ids=tuple(corridors),
            corridor_kind=tuple(row["kind"] for row in corridors.values()),
            corridor_lon=np.array([row["lon"] for row in corridors.values()], dtype=float),
            corridor_lat=np.array([row["lat"] for row in corridors.values()], dtype=float),
            corridor_nodes=tuple(self.corridor_nodes.get(name, ()) for name in corridors),
            passages=passages_of(corridors, self.nations),
            access_nation=np.array([row[0] for row in self.access], dtype=np.int64),
            access_node=np.array([row[1] for row in self.access], dtype=np.int64),
            access_land_km=np.array([row[2] for row in self.access], dtype=float),
            access_corridor=np.array([row[3] for row in self.access], dtype=np.int64),
            access_way=tuple(row[4] for row in self.access),
            **self.pair,
            overland_corridor=self.overland_corridor,
            overland_way=self.overland_way,
            long_hauls=tuple(self.long_hauls),
            works_accesses=frozenset(self.works_accesses),
            harbour={self.node[port]: k for k, row in enumerate(corridors.values()) for port in row.get("ports", ())},
            harbours=len(corridors) - len(self.content["corridors"]),
        )

    def _check_harbours(self) -> None:
        """Note ports that no file knows or two harbours share, and ports whose id a corridor has."""
        ports = {row["id"]: row for row in self.content["ports"]}
        owner: dict[str, str] = {}
        for name, row in self.passages.items():
            for port in row.get("ports", ()):
                self._known("port", port, ports, f"{name}: ports")
                if port in owner:
                    what = f"{owner[port]} and {name} both say that they are {port}"
                    self.problems.append(Problem("error", "harbours.yaml", what, "take it out of one of them"))
                owner[port] = name
        for port in ports.keys() - owner.keys():
            what = f"the port {port} has the id of a corridor"
            self.problems.append(Problem("error", "harbours.yaml", what, "give it a harbour of its own"))

    def _read_nodes(self) -> None:
        lanes, ports = self.content["sea_lanes"], {row["id"]: row for row in self.content["ports"]}
        for name, (lon, lat) in lanes["nodes"].items():
            self._add_node("sea_lanes.yaml", name, float(lon), float(lat))
        self.sea_nodes = len(self.node)
        for name, row in ports.items():
            self._add_node("ports.yaml", name, float(row["lon"]), float(row["lat"]))
        for first, second in [*lanes["canals"], *lanes["lanes"]]:
            self._add_lane(first, second)
        for links in (lanes["ports"], lanes["spare"]):
            self.spare_from = len(self.lanes)
            for port, linked in links.items():
                for name in linked:
                    self._add_lane(port, name)
        for port in ports:
            if port not in lanes["ports"]:
                hint = "name the nodes nearest to it under 'ports'"
                self.problems.append(Problem("error", "sea_lanes.yaml: ports", f"{port} is linked to no lane", hint))
        for name, nodes in lanes["corridors"].items():
            self._known("corridor", name, self.corridor, "sea_lanes.yaml: corridors")
            self.corridor_nodes[name] = tuple(
                self.node[node] for node in nodes if self._known("node", node, self.node, f"sea_lanes.yaml: {name}")
            )

    def _add_node(self, where: str, name: str, lon: float, lat: float) -> None:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            what = f"[{lon}, {lat}] is no place on Earth"
            hint = "longitude first, between -180 and 180, then latitude, between -90 and 90"
            self.problems.append(Problem("error", f"{where}: {name}", what, hint))
        if name in self.node:
            self.problems.append(Problem("error", f"{where}: {name}", f"two nodes are called {name}", "rename one"))
        self.node[name] = len(self.node)
        self.place.append((lon, lat))

    def _add_lane(self, first: str, second: str) -> None:
        where = f"sea_lanes.yaml: [{first}, {second}]"
        known = [self._known("node", name, self.node, where) for name in (first, second)]
        if all(known):
            self.lanes.append((self.node[first], self.node[second]))

    def _read_ports(self) -> None:
        ways = {(row["nation"], row["port"]): row for row in self.content["land_routes"]["to_port"]}
        for row in self.content["ports"]:
            if row["nation"] not in self.nations:
                continue
            where = f"ports.yaml: {row['nation']}, {row['id']}"
            if row["land_km"] < 0:
                self.problems.append(Problem("error", where, f"land_km {row['land_km']} is negative", "0 at least"))
            way = ways.get((row["nation"], row["id"]), {})
            self.access_of[row["nation"], row["id"]] = len(self.access)
            nation = self.nations.index(row["nation"])
            corridor = self._corridor_position(way.get("corridor"), "land_routes.yaml: to_port")
            places = tuple((float(lon), float(lat)) for lon, lat in way.get("way", ()))
            if way.get("works"):
                self._needs_works(corridor, where)
                self.works_accesses.append(len(self.access))
            self.access.append((nation, self.node[row["id"]], float(row["land_km"]), corridor, places))
        for nation, port in ways:
            if nation in self.nations and (nation, port) not in self.access_of:
                what = f"{nation} has no port called {port}"
                self.problems.append(Problem("error", "land_routes.yaml: to_port", what, "see ports.yaml"))

    def _corridor_position(self, name: str | None, where: str) -> int:
        if name is None or not self._known("corridor", name, self.corridor, where):
            return -1
        return self.corridor[name]

    def _read_pairs(self) -> None:
        count = len(self.nations)
        shape = (count, count)
        access = [np.full(shape, -1, dtype=np.int64) for _ in range(2)]
        km, overland = {name: np.zeros(shape) for name in ("sea_km", "land_km", "days")}, np.full(shape, np.nan)
        corridors: list[list[tuple[int, ...]]] = [[() for _ in self.nations] for _ in self.nations]
        is_overland, found = np.zeros(shape, dtype=bool), np.eye(count, dtype=bool)
        for row in self.content["transport"]:
            if not set(row["pair"]) <= set(self.nations):
                continue
            where = f"transport.yaml: {row['pair'][0]}-{row['pair'][1]}"
            passed = [self._corridor_position(name, where) for name in row["corridors"]]
            ends = [self._access(nation, port, where) for nation, port in zip(row["pair"], row["ports"], strict=True)]
            i, j = (self.nations.index(nation) for nation in row["pair"])
            for x, y, step in ((i, j, 1), (j, i, -1)):
                access[0][x, y], access[1][x, y] = ends[::step]
                km["sea_km"][x, y], km["land_km"][x, y] = row["sea_km"], sum(row["land_km"])
                km["days"][x, y] = row["days"]
                overland[x, y] = row.get("overland_km", np.nan)
                is_overland[x, y] = row["mode"] == "land"
                corridors[x][y] = tuple(passed[::step])
                found[x, y] = True
        for i, j in np.argwhere(~found):
            if i < j:
                what = f"there is no route between {self.nations[i]} and {self.nations[j]}"
                self.problems.append(Problem("error", "transport.yaml", what, "add a line for the pair"))
        self.pair = dict(
            origin_access=access[0],
            destination_access=access[1],
            **km,
            overland_km=overland,
            is_overland=is_overland,
            sea_corridors=tuple(map(tuple, corridors)),
        )

    def _access(self, nation: str, port: str, where: str) -> int:
        if (nation, port) in self.access_of:
            return self.access_of[nation, port]
        own = [name for owner, name in self.access_of if owner == nation]
        self.problems.append(unknown_name(f"port of {nation}", port, own, where))
        return -1

    def _read_overland(self) -> None:
        self.overland_way: dict[tuple[int, int], tuple[Place, ...]] = {}
        self.overland_corridor = np.full((len(self.nations),) * 2, -1, dtype=np.int64)
        for row in self.content["land_routes"]["between_neighbours"]:
            if not set(row["nations"]) <= set(self.nations):
                continue
            where = f"land_routes.yaml: {row['nations'][0]}-{row['nations'][1]}"
            i, j = (self.nations.index(nation) for nation in row["nations"])
            way = tuple((float(lon), float(lat)) for lon, lat in row["way"])
            self.overland_way[i, j], self.overland_way[j, i] = way, way[::-1]
            self.overland_corridor[[i, j], [j, i]] = self._corridor_position(row.get("corridor"), where)
        for i, j in np.argwhere(self.pair["is_overland"]):
            if i < j and (i, j) not in self.overland_way:
                what = f"{self.nations[i]} and {self.nations[j]} trade overland, but no way is drawn"
                self.problems.append(
                    Problem("error", "land_routes.yaml: between_neighbours", what, "add a line for the pair")
                )

    def _read_long_hauls(self) -> None:
        for row in self.content["land_routes"].get("long_hauls", ()):
            if not set(row["nations"]) <= set(self.nations):
                continue
            i, j = (self.nations.index(nation) for nation in row["nations"])
            where = f"land_routes.yaml: long_hauls, {row['nations'][0]}-{row['nations'][1]}"
            passed, needs = (
                tuple(self._corridor_position(name, where) for name in row.get(key, ()))
                for key in ("corridors", "needs")
            )
            for corridor in needs:
                self._needs_works(corridor, where)
            legs = tuple((part, _places(leg[part])) for leg in row["legs"] for part in PARTS if part in leg)
            self.long_hauls.append(
                LongHaul(
                    nations=(i, j),
                    corridors=passed,
                    needs=needs,
                    sea_km=float(row.get("sea_km", 0.0)),
                    land_km=float(row.get("land_km", 0.0)),
                    rail_km=float(row.get("rail_km", row.get("land_km", 0.0))),
                    days=float(row["days"]),
                    terminals=float(row.get("terminals", 2.0)),
                    legs=legs,
                )
            )

    def _needs_works(self, corridor: int, where: str) -> None:
        """Note a corridor that a way waits for, but where nothing is planned."""
        if "works" not in list(self.passages.values())[corridor]:
            what = f"the way waits for works at {list(self.corridor)[corridor]}, where none are planned"
            self.problems.append(Problem("error", where, what, "give the corridor works in corridors.yaml"))

    def _known(self, what: str, name: str, names: Mapping[str, Any], where: str) -> bool:
        if name not in names:
            self.problems.append(unknown_name(what, name, names, where))
        return name in names
