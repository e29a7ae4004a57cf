"""How goods travel between nations, given which corridors are closed: distance, days, corridors passed, and the line.

With every corridor open a route is the one of the base year. A pair whose route uses a closed corridor goes the
cheapest other way (sea km + LAND_WEIGHT x land km, the rule the base year's ports were chosen by), over any port
its two nations have; the sea distance is the base year's times the ratio of the two lengths in the graph. No other
pair moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from game.engine.network import Flags, Floats, Ints, Network, Place
from game.engine.sea_way import base_sea_route, sea_ways

LAND_WEIGHT = 3.0  # a km by rail or road counts as three by sea when a port is chosen
SEA_KM_PER_DAY = 625.0  # 14 knots
LAND_KM_PER_DAY = 500.0
RAIL_KM_PER_DAY = 650.0  # of block trains: China to Europe in about a fortnight
MOST_CORRECTION = 1.25  # the base distance may stretch or shrink a detour's length in the graph by this factor
DRAWN_STEP_KM = 250.0


@dataclass(frozen=True)
class FreightRates:
    """Costs per gross tonne, US$ of 2024.

    Sea: dry bulk in panamax and supramax ships costs about 0.002-0.004 $/t-km on long hauls and containers about
    0.004-0.01 (UNCTAD, Review of Maritime Transport 2023 and 2024; confidence estimate). Rail about 0.03 and lorry
    0.06-0.08 $/t-km, in southern Africa more (World Bank, Logistics Performance and Transport Prices in Africa;
    confidence estimate); land legs mix both. Handling: one port call or border terminal about 10 $/t (estimate).
    Insurance: share of the cargo's value, 0.1-0.3 % in calm seas (estimate). Interest on what a cargo is worth while it
    is under way: what traders of metals paid banks in 2024, 7 to 10 % (estimate).
    """

    sea_usd_per_t_km: float = 0.004
    land_usd_per_t_km: float = 0.045
    rail_usd_per_t_km: float = 0.03  # of long hauls in block trains
    handling_usd_per_t: float = 10.0  # per port or terminal; a route has two
    insurance_share: float = 0.002
    interest_a_year: float = 0.08  # on the cargo's value, for days more or less than in the base year


Way = tuple[int, int, float]  # accesses at both ends, sea km
Legs = tuple[tuple[str, list[Place]], ...]
"""Parts of a route for drawing: "land" or "sea", and places (lon, lat) in order."""


@dataclass(frozen=True, eq=False)
class Routes:
    """Every pair's route while `closed` corridors are closed and the works of those `done` are in use.

    Axes [origin, destination] of N nations, C corridors.
    """

    network: Network
    closed: frozenset[str]
    done: frozenset[str]
    km_sea: Floats  # [N, N] by sea; 0 for pairs that go overland
    km_land: Floats  # [N, N] by rail and road
    km_rail: Floats  # [N, N] part of it that goes by rail at its rate
    days: Floats  # [N, N] door to door
    use: Flags  # [N, N, C] corridors the route passes
    is_overland: Flags  # [N, N]
    reachable: Flags  # [N, N] False where no way is left; km and days are inf there
    origin_access: Ints  # [N, N] access used, -1 for pairs without a port
    destination_access: Ints  # [N, N]
    terminals: Floats  # [N, N] where goods are handled
    drawn: Mapping[tuple[int, int], Legs] = field(default_factory=dict)  # lines of pairs that do not go by their ports

    def legs(self, i: int, j: int) -> Legs:
        """The route for drawing, as ("land" | "sea", places (lon, lat)) in order; () when there is none.

        Longitudes run on past ±180°, so that no step jumps across the date line.
        """
        network = self.network
        if i == j or not self.reachable[i, j]:
            return ()
        if (i, j) in self.drawn:
            return _joined(self.drawn[i, j])
        if self.is_overland[i, j]:
            return (("land", list(network.overland_way[i, j])),)
        a, b = int(self.origin_access[i, j]), int(self.destination_access[i, j])
        parts = [
            ("land", list(network.access_way[a])),
            ("sea", _along_great_circles(network, self._sea_nodes(i, j))),
            ("land", list(reversed(network.access_way[b]))),
        ]
        return _joined(parts)

    def path(self, i: int, j: int) -> list[Place]:
        """All places of the legs in order, those where two legs meet once. Empty when there is no route."""
        path: list[Place] = []
        for _kind, places in self.legs(i, j):
            path += places[1:] if path else places
        return path

    def _sea_nodes(self, i: int, j: int) -> list[int]:
        network = self.network
        if self.origin_access[i, j] == network.origin_access[i, j] and (
            self.destination_access[i, j] == network.destination_access[i, j]
        ):
            nodes = base_sea_route(network, min(i, j), max(i, j))[1]
            if not set(nodes) & network.nodes_of(self.closed):
                return list(nodes if i < j else reversed(nodes))
        a, b = int(self.origin_access[i, j]), int(self.destination_access[i, j])
        return sea_ways(network, self.closed).nodes(int(network.access_node[a]), int(network.access_node[b]))


def freight_usd_per_t(
    routes: Routes, rates: FreightRates = FreightRates(), value_usd_per_t: Floats | float = 0.0
) -> Floats:
    """Freight and insurance [N, N] (or the broadcast of value's shape with it) in US$ per gross tonne shipped.

    `value_usd_per_t` is the value of one gross tonne of cargo. Zero on the diagonal, inf where nothing can pass.
    """
    cost = carriage_usd_per_t(routes, rates) + rates.insurance_share * np.asarray(value_usd_per_t)
    return np.where(np.eye(len(routes.network.nations), dtype=bool), 0.0, cost)


def carriage_usd_per_t(routes: Routes, rates: FreightRates) -> Floats:
    """Freight and handling without insurance [N, N] in US$ per gross tonne."""
    distance = rates.sea_usd_per_t_km * routes.km_sea + rates.land_usd_per_t_km * routes.km_land
    distance = distance - (rates.land_usd_per_t_km - rates.rail_usd_per_t_km) * routes.km_rail
    return np.asarray(distance + rates.handling_usd_per_t * routes.terminals)


@lru_cache(maxsize=256)
def routes(network: Network, closed: frozenset[str] = frozenset(), done: frozenset[str] = frozenset()) -> Routes:
    """The routes of every pair while the corridors named in `closed` are closed, on the ways of the base year and their
    detours; works `done` put part of them on rails. Pure; arrays are read-only."""
    unknown = sorted((closed | done) - set(network.corridor_ids))
    if unknown:
        raise KeyError(f"no corridor is called {', '.join(unknown)}")
    if done:
        result = with_rail(replace(routes(network, closed), done=done))
    else:
        result = _base_routes(network) if not closed else _rerouted(network, closed)
    for array in (result.km_sea, result.km_land, result.days, result.use, result.is_overland, result.reachable):
        array.flags.writeable = False
    return result


def with_rail(found: Routes, rail_km: Floats | None = None) -> Routes:
    """The routes with what works in use have put on rails, on top of the `rail_km` that went by rail anyway."""
    passages = found.network.passages
    moved = np.where([name in found.done for name in found.network.corridor_ids], passages.works_rail_km, 0.0)
    moving = np.flatnonzero(moved)
    before = np.zeros_like(found.km_rail) if rail_km is None else rail_km
    land = np.where(found.reachable, found.km_land, 0.0)
    rail = np.minimum(before + (found.use[:, :, moving] * moved[moving]).sum(2), land)
    days = found.days - (rail - before) * (1 / LAND_KM_PER_DAY - 1 / RAIL_KM_PER_DAY)
    return replace(found, km_rail=rail, days=days)


def _base_routes(network: Network) -> Routes:
    """The base year: sea and land km of the table, overland pairs without a ship."""
    overland = network.is_overland
    use = np.zeros((len(network.nations), len(network.nations), len(network.corridor_ids)), dtype=bool)
    for i, j in _pairs(network):
        use[i, j, list(_corridors_of(network, i, j, overland[i, j]))] = True
    return Routes(
        network=network,
        closed=frozenset(),
        done=frozenset(),
        km_sea=np.where(overland, 0.0, network.sea_km),
        km_land=np.where(overland, network.overland_km, network.land_km),
        km_rail=np.zeros_like(network.sea_km),
        days=network.days.copy(),
        use=use,
        is_overland=overland.copy(),
        reachable=np.ones_like(overland),
        origin_access=np.where(overland, -1, network.origin_access),
        destination_access=np.where(overland, -1, network.destination_access),
        terminals=np.full_like(network.sea_km, 2.0),
    )


def _corridors_of(network: Network, i: int, j: int, overland: bool) -> tuple[int, ...]:
    """Corridors of a pair's base route, by land and sea."""
    if overland:
        on_land: tuple[int, ...] = (int(network.overland_corridor[i, j]),)
        return tuple(c for c in on_land if c >= 0)
    ends = (int(network.origin_access[i, j]), int(network.destination_access[i, j]))
    on_land = tuple(int(network.access_corridor[a]) for a in ends)
    return (*network.sea_corridors[i][j], *(c for c in on_land if c >= 0), *network.harbours_of(*ends))


def _rerouted(network: Network, closed: frozenset[str]) -> Routes:
    """The routes after the last of the closed corridors has closed: only what passed it goes another way, for closing a
    corridor makes no way better. The order of the corridors is that of their names."""
    last = max(closed)
    before = routes(network, closed - {last}) if len(closed) > 1 else routes(network)
    shut = np.array([corridor in closed for corridor in network.corridor_ids])
    changed = {
        name: getattr(before, name).copy()
        for name in "km_sea km_land days use is_overland reachable origin_access destination_access".split()
    }
    for i, j in np.argwhere(before.use[:, :, network.corridor_ids.index(last)]).tolist():
        if i < j:
            _reroute_pair(network, closed, shut, changed, i, j)
    return replace(before, closed=closed, **changed)


def _reroute_pair(
    network: Network, closed: frozenset[str], shut: Flags, changed: dict[str, Floats], i: int, j: int
) -> None:
    """Give the pair its next best way, in both directions."""
    plain_sea = bool(network.is_overland[i, j]) and not shut[list(_corridors_of(network, i, j, False))].any()
    if plain_sea:
        way: Way | None = (
            int(network.origin_access[i, j]),
            int(network.destination_access[i, j]),
            float(network.sea_km[i, j]),
        )
        passed: tuple[int, ...] = _corridors_of(network, i, j, False)
    else:
        found = _detour(network, closed & _of_concern(network, i, j), i, j)
        way, passed = found if found else (None, ())
    changed["use"][i, j] = changed["use"][j, i] = False
    if way is None:
        for name in ("km_sea", "km_land", "days"):
            changed[name][i, j] = changed[name][j, i] = np.inf
        changed["reachable"][i, j] = changed["reachable"][j, i] = False
        return
    a, b, km = way
    land = float(network.access_land_km[a] + network.access_land_km[b])
    if plain_sea:
        land = float(network.land_km[i, j])
    more_days = (km - network.sea_km[i, j]) / SEA_KM_PER_DAY + (land - network.land_km[i, j]) / LAND_KM_PER_DAY
    if network.is_overland[i, j]:
        more_days += max(0.0, (network.land_km[i, j] - network.overland_km[i, j]) / LAND_KM_PER_DAY)
        more_days += network.sea_km[i, j] / SEA_KM_PER_DAY
    for x, y, first, second in ((i, j, a, b), (j, i, b, a)):
        changed["km_sea"][x, y], changed["km_land"][x, y] = km, land
        changed["days"][x, y] = max(1.0, network.days[x, y] + more_days)
        changed["is_overland"][x, y] = False
        changed["origin_access"][x, y], changed["destination_access"][x, y] = first, second
        changed["use"][x, y, list(passed)] = True


@lru_cache(maxsize=4096)
def _of_concern(network: Network, i: int, j: int) -> frozenset[str]:
    """The corridors whose closing can matter to a pair's way: those at sea, and what its accesses depend on."""
    own = {c for nation in (i, j) for _access, corridors in _accesses(network, nation) for c in corridors}
    at_sea = (c for c, nodes in enumerate(network.corridor_nodes) if nodes)
    return frozenset(network.corridor_ids[c] for c in (*at_sea, *own))


@lru_cache(maxsize=65536)
def _detour(network: Network, closed: frozenset[str], i: int, j: int) -> tuple[Way, tuple[int, ...]] | None:
    """The cheapest open way of a pair and the corridors it passes, None when there is none.

    The cheapest way while fewer are closed is it still, unless it passes what has closed since; and where there was no
    way, there is none. So few of the many sets of closed corridors need a search.
    """
    for name in sorted(closed) if len(closed) > 1 else ():
        before = _detour(network, closed - {name}, i, j)
        if before is None or network.corridor_ids.index(name) not in before[1]:
            return before
    shut = np.array([corridor in closed for corridor in network.corridor_ids])
    way = _cheapest_way(network, closed, shut, i, j)
    return (way, corridors_passed(network, closed, way[0], way[1])) if way else None


def _cheapest_way(network: Network, closed: frozenset[str], shut: Flags, i: int, j: int) -> Way | None:
    """Accesses at both ends and sea km of the cheapest open way, None when there is none."""
    graph_km = base_sea_route(network, i, j)[0]
    correction = float(network.sea_km[i, j]) / graph_km if graph_km > 0 else 1.0
    correction = min(max(correction, 1 / MOST_CORRECTION), MOST_CORRECTION)
    sea = sea_ways(network, closed)
    base_cost = float(network.sea_km[i, j] + LAND_WEIGHT * network.land_km[i, j])
    best: tuple[float, int, int, float] | None = None
    for a in open_accesses(network, shut, i):
        for b in open_accesses(network, shut, j):
            land_cost = LAND_WEIGHT * float(network.access_land_km[a] + network.access_land_km[b])
            km = correction * float(sea.km[network.access_node[a], network.access_node[b]])
            km = max(km, base_cost - land_cost)  # the table and the graph differ, but no closure shortens a way
            cost = km + land_cost
            if np.isfinite(cost) and (best is None or cost < best[0]):
                best = (cost, a, b, km)
    return best[1:] if best else None


def open_accesses(network: Network, shut: Flags, nation: int) -> list[int]:
    """The accesses of a nation that need no works and whose corridor is not shut."""
    return [access for access, corridors in _accesses(network, nation) if not any(shut[c] for c in corridors)]


@lru_cache(maxsize=256)
def _accesses(network: Network, nation: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The accesses of a nation that need no works, with the corridors that each depends on."""
    own = np.flatnonzero(network.access_nation == nation).tolist()
    return tuple((a, access_corridors(network, a)) for a in own if a not in network.works_accesses)


def access_corridors(network: Network, access: int) -> tuple[int, ...]:
    """The land corridor that an access depends on, if any, and the corridor that its port is."""
    corridor = int(network.access_corridor[access])
    return (*((corridor,) if corridor >= 0 else ()), *network.harbours_of(access))


def corridors_passed(network: Network, closed: frozenset[str], a: int, b: int) -> tuple[int, ...]:
    """Corridors of the shortest open way between two accesses."""
    at_sea = sea_ways(network, closed).corridors(int(network.access_node[a]), int(network.access_node[b]))
    return tuple(dict.fromkeys((*at_sea, *access_corridors(network, a), *access_corridors(network, b))))


def _pairs(network: Network) -> list[tuple[int, int]]:
    count = len(network.nations)
    return [(i, j) for i in range(count) for j in range(count) if i != j]


# --- lines to draw -----------------------------------------------------------------------------------------------


def _along_great_circles(network: Network, nodes: list[int]) -> list[Place]:
    """The nodes' places, with points between them wherever a lane is long."""
    places = [(float(network.node_lon[node]), float(network.node_lat[node])) for node in nodes]
    drawn = places[:1]
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(places):
        a, b = _unit_vector(lon_a, lat_a), _unit_vector(lon_b, lat_b)
        angle = float(np.arccos(np.clip(np.sum(a * b), -1.0, 1.0)))
        pieces = max(1, int(np.ceil(angle * 6371.0 / DRAWN_STEP_KM)))
        for k in range(1, pieces):
            share = k / pieces
            point = (np.sin((1 - share) * angle) * a + np.sin(share * angle) * b) / np.sin(angle)
            drawn.append((float(np.degrees(np.arctan2(point[1], point[0]))), float(np.degrees(np.arcsin(point[2])))))
        drawn.append((lon_b, lat_b))
    return drawn


def _joined(parts: Iterable[tuple[str, list[Place]]]) -> Legs:
    """The parts that are lines, each running on from the last across the date line."""
    drawn: list[tuple[str, list[Place]]] = []
    last = 0.0
    for kind, places in parts:
        if len(places) > 1:
            places = _run_on(places, after=last if drawn else None)
            last = places[-1][0]
            drawn.append((kind, places))
    return tuple(drawn)


def _unit_vector(lon: float, lat: float) -> Floats:
    x, y = np.radians(lon), np.radians(lat)
    return np.array([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def _run_on(places: list[Place], after: float | None) -> list[Place]:
    """The places with whole turns added so that no step jumps across the date line, nor the first from `after`."""
    before = [] if after is None else [after]
    lon = np.unwrap(before + [place[0] for place in places], period=360.0)[len(before) :]
    return [(float(x), place[1]) for x, place in zip(lon, places, strict=True)]
