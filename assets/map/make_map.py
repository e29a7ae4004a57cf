"""Build world.npz, the map shapes of the game, from Natural Earth's 1:50m countries.

    python assets/map/make_map.py countries-50m.json

The input is the TopoJSON file `countries-50m.json` of the npm package `world-atlas` (version 2.0.2, Natural Earth
4.1.0). Countries are simplified, dissolved per actor of the game and projected (Equal Earth, centred on 11° E, so that
the cut runs through the Bering Strait). Antarctica is left out. README.md beside this file describes the arrays.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

Point = tuple[int, int]

CENTRE_LON = 11.0
SIMPLIFY_DEG = 0.025
SMALLEST_RING_DEG2 = 0.003
QUANTA_PER_UNIT = 11_500  # int16 holds ±2.85, more than the map's half width of 2.71

EU_MEMBERS = (
    "Austria Belgium Bulgaria Croatia Cyprus Czechia Denmark Estonia Finland France Germany Greece Hungary Ireland "
    "Italy Latvia Lithuania Luxembourg Malta Netherlands Poland Portugal Romania Slovakia Slovenia Spain Sweden"
).split()

# Kosovo, Somaliland and N. Cyprus carry no id in the source, so every country is keyed by its name.
ACTOR_OF_NAME = {
    "United States of America": "USA", "Puerto Rico": "USA", "Guam": "USA", "N. Mariana Is.": "USA",
    "U.S. Virgin Is.": "USA", "American Samoa": "USA", "China": "CHN", "Hong Kong": "CHN", "Macao": "CHN",
    "Japan": "JPN", "South Korea": "KOR", "India": "IND", "United Kingdom": "GBR", "Canada": "CAN",
    "Australia": "AUS", "Ashmore and Cartier Is.": "AUS", "Chile": "CHL", "Argentina": "ARG", "Bolivia": "BOL",
    "Peru": "PER", "Brazil": "BRA", "Mexico": "MEX", "Dem. Rep. Congo": "COD", "Zambia": "ZMB",
    "South Africa": "ZAF", "Zimbabwe": "ZWE", "Mozambique": "MOZ", "Madagascar": "MDG", "Tanzania": "TZA",
    "Indonesia": "IDN", "Philippines": "PHL", "Malaysia": "MYS", "Vietnam": "VNM", "Myanmar": "MMR",
    "Thailand": "THA", "Russia": "RUS", "Kazakhstan": "KAZ", "Mongolia": "MNG", "Norway": "NOR",
    "Greenland": "GRL", "New Caledonia": "NCL", "Turkey": "TUR", "Saudi Arabia": "SAU", "Ukraine": "UKR",
    "Taiwan": "TWN", "Namibia": "NAM", "Åland": "EUU",
} | dict.fromkeys(EU_MEMBERS, "EUU")  # fmt: skip
LEFT_OUT = {"Antarctica"}
REST = "ROW"

# Where a nation's name reads best, as lon, lat: chosen by eye inside the largest part of each shape.
LABEL_LON_LAT = {
    "USA": (-99, 39.5), "EUU": (9.8, 49.6), "CHN": (103, 35), "JPN": (138, 36.2), "KOR": (128, 36.2),
    "IND": (79, 22), "GBR": (-1.5, 52.6), "CAN": (-105, 58), "AUS": (134, -25), "CHL": (-70.4, -30),
    "ARG": (-65.5, -36), "BOL": (-64.5, -17), "PER": (-75, -10), "BRA": (-53, -10), "MEX": (-102.5, 23.8),
    "COD": (23.6, -3), "ZMB": (26, -14.5), "ZAF": (23.5, -30), "ZWE": (29.8, -19), "MOZ": (38, -14.5),
    "MDG": (46.8, -19.5), "TZA": (34.8, -6.3), "IDN": (114, -0.8), "PHL": (121.2, 16.5), "MYS": (102.3, 4.2),
    "VNM": (105.4, 20.8), "MMR": (96, 21.5), "THA": (101, 15.5), "RUS": (95, 62), "KAZ": (67, 48),
    "MNG": (103.5, 46.7), "NOR": (9, 61.2), "GRL": (-41, 73), "NCL": (165.45, -21.45), "TUR": (35, 39),
    "SAU": (44.5, 24), "UKR": (31.5, 49), "TWN": (121, 23.7), "NAM": (17.2, -22.3), "ROW": (17, 26),
}  # fmt: skip

BORDER_BETWEEN_ACTORS, BORDER_IN_REST, BORDER_IN_UNION = 0, 1, 2


def equal_earth(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Equal Earth projection (Šavrič, Patterson, Jenny 2018): degrees to map units, [n, 2], y up.

    `lon` may run past the cut; it is taken relative to CENTRE_LON and not wrapped.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    x = 2 * np.sqrt(3) * np.radians(np.asarray(lon) - CENTRE_LON) * np.cos(theta) / (3 * slope)
    y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    return np.stack([x, y], axis=-1)


class Topology:
    """The source file: simplified arcs in whole quanta of longitude and latitude, and the countries' arc lists."""

    def __init__(self, path: Path) -> None:
        source = json.loads(path.read_text(encoding="utf-8"))
        self.scale = source["transform"]["scale"]
        self.offset = source["transform"]["translate"]
        self.turn = round(360 / self.scale[0])
        self.arcs = [self._simplified(np.cumsum(np.array(arc), axis=0)) for arc in source["arcs"]]
        self.countries = [
            (c["properties"]["name"], c["arcs"] if c["type"] == "MultiPolygon" else [c["arcs"]])
            for c in source["objects"]["countries"]["geometries"]
            if c["properties"]["name"] not in LEFT_OUT
        ]

    def degrees(self, points: np.ndarray) -> np.ndarray:
        return np.asarray(points) * self.scale + np.array(self.offset)

    def unwrapped(self, points: np.ndarray) -> np.ndarray:
        """The same points with jumps of a whole turn taken out, shifted to the side of the cut they belong to."""
        steps = np.diff(points[:, 0])
        jumps = np.where(steps > self.turn / 2, -self.turn, np.where(steps < -self.turn / 2, self.turn, 0))
        out = points.copy()
        out[1:, 0] += np.cumsum(jumps)
        middle = self.degrees(out)[:, 0].mean() - CENTRE_LON
        out[:, 0] -= self.turn * int(np.floor((middle + 180) / 360))
        return out

    def ring(self, arc_ids: list[int]) -> np.ndarray:
        """One closed ring without its repeated last point, [n, 2]."""
        parts = [self.arcs[i] if i >= 0 else self.arcs[~i][::-1] for i in arc_ids]
        return self.unwrapped(np.concatenate([p[:-1] for p in parts]))

    def _simplified(self, arc: np.ndarray) -> np.ndarray:
        lon_lat = self.degrees(self.unwrapped(arc))
        flat = lon_lat * np.array([np.cos(np.radians(lon_lat[:, 1].mean())), 1.0])
        keep = np.zeros(len(arc), dtype=bool)
        keep[[0, -1]] = True
        pending = [(0, len(arc) - 1)]
        if (arc[0] == arc[-1]).all() and len(arc) > 4:  # an island: split where it is widest, keep at least a triangle
            far = int(np.argmax(((flat - flat[0]) ** 2).sum(axis=1)))
            keep[[far, far // 2, (far + len(arc) - 1) // 2]] = True
            pending = [(0, far), (far, len(arc) - 1)]
        while pending:
            first, last = pending.pop()
            if last - first < 2:
                continue
            offset = _distance_to_chord(flat[first : last + 1])
            worst = int(np.argmax(offset))
            if offset[worst] > SIMPLIFY_DEG:
                keep[first + worst] = True
                pending += [(first, first + worst), (first + worst, last)]
        return arc[keep]


def _distance_to_chord(points: np.ndarray) -> np.ndarray:
    chord = points[-1] - points[0]
    from_start = points - points[0]
    length2 = float(chord @ chord)
    along = np.clip(from_start @ chord / length2, 0, 1) if length2 > 0 else np.zeros(len(points))
    return np.sqrt(((from_start - along[:, None] * chord) ** 2).sum(axis=1))


def dissolved(rings: list[np.ndarray]) -> list[np.ndarray]:
    """The outline of a set of rings: edges that two of them share in opposite directions vanish."""
    edges: set[tuple[Point, Point]] = set()
    for ring in rings:
        points = [(int(x), int(y)) for x, y in ring]
        for a, b in zip(points, points[1:] + points[:1], strict=True):
            if (b, a) in edges:
                edges.remove((b, a))
            elif a != b:
                edges.add((a, b))
    following: dict[Point, list[Point]] = defaultdict(list)
    for a, b in sorted(edges):
        following[a].append(b)
    outlines = []
    while following:
        start = next(iter(following))
        chain, here = [], start
        while here in following:
            chain.append(here)
            targets = following[here]
            step = targets.pop()
            if not targets:
                del following[here]
            here = step
        outlines.append(np.array(chain))
    return outlines


def signed_area(points: np.ndarray) -> float:
    x, y = points[:, 0], points[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def actor_rings(topology: Topology) -> list[tuple[str, np.ndarray]]:
    """Outer rings in map units with their actor, the largest first: enclaves are painted over what holds them."""
    by_actor: dict[str, list[np.ndarray]] = defaultdict(list)
    for name, polygons in topology.countries:
        for polygon in polygons:
            by_actor[ACTOR_OF_NAME.get(name, REST)] += [topology.ring(ring) for ring in polygon]
    kept = []
    for actor, rings in by_actor.items():
        for outline in dissolved(rings):
            degrees = topology.degrees(outline)
            # TopoJSON's outer rings run clockwise; the holes are filled by the nations inside them.
            if len(outline) >= 3 and -signed_area(degrees) > SMALLEST_RING_DEG2:
                kept.append((-signed_area(degrees), actor, equal_earth(degrees[:, 0], degrees[:, 1])))
    kept.sort(key=lambda entry: -entry[0])
    return [(actor, points) for _area, actor, points in kept]


def borders(topology: Topology) -> list[tuple[int, np.ndarray]]:
    """Lines between two countries in map units, with their kind."""
    users: dict[int, set[str]] = defaultdict(set)
    for name, polygons in topology.countries:
        for polygon in polygons:
            for ring in polygon:
                for arc in ring:
                    users[arc if arc >= 0 else ~arc].add(name)
    lines = []
    for arc, names in sorted(users.items()):
        actors = {ACTOR_OF_NAME.get(name, REST) for name in names}
        if len(names) < 2 or (len(actors) == 1 and not actors & {REST, "EUU"}):
            continue
        kind = BORDER_BETWEEN_ACTORS if len(actors) > 1 else BORDER_IN_REST if REST in actors else BORDER_IN_UNION
        degrees = topology.degrees(topology.unwrapped(topology.arcs[arc]))
        lines.append((kind, equal_earth(degrees[:, 0], degrees[:, 1])))
    return lines


def graticule() -> list[np.ndarray]:
    """Meridians and parallels every 30 degrees, and the outline of the map as the last line."""
    lat = np.linspace(-90, 90, 91)
    lon = np.linspace(CENTRE_LON - 180, CENTRE_LON + 180, 91)
    lines = [equal_earth(np.full_like(lat, m), lat) for m in range(-150, 181, 30)]
    lines += [equal_earth(lon, np.full_like(lon, p)) for p in (-60, -30, 0, 30, 60)]
    east, west = equal_earth(np.full_like(lat, lon[-1]), lat), equal_earth(np.full_like(lat, lon[0]), lat[::-1])
    return [*lines, np.concatenate([east, west, east[:1]])]


def packed(lines: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """All points in one int16 array [p, 2], and where each line starts, [len + 1]."""
    points = np.rint(np.concatenate(lines) * QUANTA_PER_UNIT).astype(np.int16)
    return points, np.cumsum([0, *(len(line) for line in lines)]).astype(np.int32)


def write_map(source: Path, target: Path) -> None:
    topology = Topology(source)
    rings = actor_rings(topology)
    lines = borders(topology)
    actors = list(LABEL_LON_LAT)
    ring_points, ring_start = packed([points for _actor, points in rings])
    border_points, border_start = packed([points for _kind, points in lines])
    graticule_points, graticule_start = packed(graticule())
    label_lon_lat = np.array([LABEL_LON_LAT[a] for a in actors], dtype=float)
    boxes = []
    for actor in actors:
        own = np.concatenate([points for a, points in rings if a == actor])
        boxes.append([*own.min(axis=0), *own.max(axis=0)])
    np.savez_compressed(
        target,
        quanta_per_unit=np.array(QUANTA_PER_UNIT),
        centre_lon=np.array(CENTRE_LON),
        actor=np.array(actors),
        actor_label=equal_earth(label_lon_lat[:, 0], label_lon_lat[:, 1]).astype(np.float32),
        actor_box=np.array(boxes, dtype=np.float32),
        ring_actor=np.array([actors.index(actor) for actor, _points in rings], dtype=np.int16),
        ring_point=ring_points,
        ring_start=ring_start,
        border_kind=np.array([kind for kind, _points in lines], dtype=np.uint8),
        border_point=border_points,
        border_start=border_start,
        graticule_point=graticule_points,
        graticule_start=graticule_start,
    )
    print(f"{len(rings)} rings, {len(ring_points)} points; {len(lines)} borders, {len(border_points)} points")
    print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the path of world-atlas' countries-50m.json as the only argument.")
    write_map(Path(sys.argv[1]), Path(__file__).with_name("world.npz"))
