"""How goods travel between nations, given which corridors are closed: distance, days, corridors passed, and the line.

With every corridor open a route is the one of the base year. A pair whose route uses a closed corridor goes the
cheapest other way (sea km + LAND_WEIGHT x land km, the rule the base year's ports were chosen by), over any port
its two nations have; the sea distance is the base year's times the ratio of the two lengths in the graph. No other
pair moves.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from game.engine.network import Flags, Floats, Ints, Network, Place

LAND_WEIGHT = 3.0  # a km by rail or road counts as three by sea when a port is chosen
SEA_KM_PER_DAY = 625.0  # 14 knots
LAND_KM_PER_DAY = 500.0
MOST_CORRECTION = 1.25  # the base distance may stretch or shrink a detour's length in the graph by this factor
DRAWN_STEP_KM = 250.0


@dataclass(frozen=True)
class FreightRates:
    """Costs per gross tonne, US$ of 2024.

    Sea: dry bulk in panamax and supramax ships costs about 0.002-0.004 $/t-km on long hauls and containers about
    0.004-0.01 (UNCTAD, Review of Maritime Transport 2023 and 2024; confidence estimate). Rail about 0.03 and lorry
    0.06-0.08 $/t-km, in southern Africa more (World Bank, Logistics Performance and Transport Prices in Africa;
    confidence estimate); land legs mix both. Handling: one port call or border terminal about 10 $/t (estimate).
    Insurance: share of the cargo's value, 0.1-0.3 % in calm seas (estimate).
    """

    sea_usd_per_t_km: float = 0.004
    land_usd_per_t_km: float = 0.045
    handling_usd_per_t: float = 10.0  # per port or terminal; a route has two
    insurance_share: float = 0.002


@dataclass(frozen=True, eq=False)
class Routes:
    """Every pair's route while `closed` corridors are closed. Axes [origin, destination] of N nations, C corridors."""

    network: Network
    closed: frozenset[str]
    km_sea: Floats  # [N, N] by sea; 0 for pairs that go overland
    km_land: Floats  # [N, N] by rail and road
    days: Floats  # [N, N] door to door
    use: Flags  # [N, N, C] corridors the route passes
    is_overland: Flags  # [N, N]
    reachable: Flags  # [N, N] False where no way is left; km and days are inf there
    origin_access: Ints  # [N, N] access used, -1 for pairs without a port
    destination_access: Ints  # [N, N]

    def legs(self, i: int, j: int) -> tuple[tuple[str, list[Place]], ...]:
        """The route for drawing, as ("land" | "sea", places (lon, lat)) in order; () when there is none.

        Longitudes run on past ±180°, so that no step jumps across the date line.
        """
        network = self.network
        if i == j or not self.reachable[i, j]:
            return ()
        if self.is_overland[i, j]:
            return (("land", list(network.overland_way[i, j])),)
        a, b = int(self.origin_access[i, j]), int(self.destination_access[i, j])
        parts = [
            ("land", list(network.access_way[a])),
            ("sea", _along_great_circles(network, self._sea_nodes(i, j))),
            ("land", list(reversed(network.access_way[b]))),
        ]
        drawn: list[tuple[str, list[Place]]] = []
        last = 0.0
        for kind, places in parts:
            if len(places) > 1:
                places = _run_on(places, after=last if drawn else None)
                last = places[-1][0]
                drawn.append((kind, places))
        return tuple(drawn)

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
            nodes = _base_sea_route(network, min(i, j), max(i, j))[1]
            if not set(nodes) & network.nodes_of(self.closed):
                return list(nodes if i < j else reversed(nodes))
        a, b = int(self.origin_access[i, j]), int(self.destination_access[i, j])
        return _sea(network, self.closed).nodes(int(network.access_node[a]), int(network.access_node[b]))


def freight_usd_per_t(
    routes: Routes, rates: FreightRates = FreightRates(), value_usd_per_t: Floats | float = 0.0
) -> Floats:
    """Freight and insurance [N, N] (or the broadcast of value's shape with it) in US$ per gross tonne shipped.

    `value_usd_per_t` is the value of one gross tonne of cargo. Zero on the diagonal, inf where nothing can pass.
    """
    distance = rates.sea_usd_per_t_km * routes.km_sea + rates.land_usd_per_t_km * routes.km_land
    cost = distance + 2 * rates.handling_usd_per_t + rates.insurance_share * np.asarray(value_usd_per_t)
    return np.where(np.eye(len(routes.network.nations), dtype=bool), 0.0, cost)


@lru_cache(maxsize=256)
def routes(network: Network, closed: frozenset[str] = frozenset()) -> Routes:
    """The routes of every pair while the corridors named in `closed` are closed. Pure; arrays are read-only."""
    unknown = sorted(closed - set(network.corridor_ids))
    if unknown:
        raise KeyError(f"no corridor is called {', '.join(unknown)}")
    result = _base_routes(network) if not closed else _rerouted(network, closed)
    for array in (result.km_sea, result.km_land, result.days, result.use, result.is_overland, result.reachable):
        array.flags.writeable = False
    return result


def _base_routes(network: Network) -> Routes:
    """The base year: sea and land km of the table, overland pairs without a ship."""
    overland = network.is_overland
    use = np.zeros((len(network.nations), len(network.nations), len(network.corridor_ids)), dtype=bool)
    for i, j in _pairs(network):
        use[i, j, list(_corridors_of(network, i, j, overland[i, j]))] = True
    return Routes(
        network=network,
        closed=frozenset(),
        km_sea=np.where(overland, 0.0, network.sea_km),
        km_land=np.where(overland, network.overland_km, network.land_km),
        days=network.days.copy(),
        use=use,
        is_overland=overland.copy(),
        reachable=np.ones_like(overland),
        origin_access=np.where(overland, -1, network.origin_access),
        destination_access=np.where(overland, -1, network.destination_access),
    )


def _corridors_of(network: Network, i: int, j: int, overland: bool) -> tuple[int, ...]:
    """Corridors of a pair's base route, by land and sea."""
    if overland:
        on_land: tuple[int, ...] = (int(network.overland_corridor[i, j]),)
        return tuple(c for c in on_land if c >= 0)
    ends = (network.origin_access[i, j], network.destination_access[i, j])
    on_land = tuple(int(network.access_corridor[a]) for a in ends)
    return (*network.sea_corridors[i][j], *(c for c in on_land if c >= 0))


def _rerouted(network: Network, closed: frozenset[str]) -> Routes:
    base = routes(network)
    shut = np.array([corridor in closed for corridor in network.corridor_ids])
    changed = {
        name: getattr(base, name).copy()
        for name in "km_sea km_land days use is_overland reachable origin_access destination_access".split()
    }
    for i, j in np.argwhere((base.use & shut).any(axis=2)):
        if i < j:
            _reroute_pair(network, closed, shut, changed, int(i), int(j))
    return Routes(network=network, closed=closed, **changed)


def _reroute_pair(
    network: Network, closed: frozenset[str], shut: Flags, changed: dict[str, Floats], i: int, j: int
) -> None:
    """Give the pair its next best way, in both directions."""
    plain_sea = bool(network.is_overland[i, j]) and not shut[list(_corridors_of(network, i, j, False))].any()
    if plain_sea:
        way: tuple[int, int, float] | None = (
            int(network.origin_access[i, j]),
            int(network.destination_access[i, j]),
            float(network.sea_km[i, j]),
        )
        passed: tuple[int, ...] = _corridors_of(network, i, j, False)
    else:
        way = _cheapest_way(network, closed, shut, i, j)
        passed = _corridors_passed(network, closed, way[0], way[1]) if way else ()
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


def _cheapest_way(
    network: Network, closed: frozenset[str], shut: Flags, i: int, j: int
) -> tuple[int, int, float] | None:
    """Accesses at both ends and sea km of the cheapest open way, None when there is none."""
    graph_km = _base_sea_route(network, i, j)[0]
    correction = float(network.sea_km[i, j]) / graph_km if graph_km > 0 else 1.0
    correction = min(max(correction, 1 / MOST_CORRECTION), MOST_CORRECTION)
    sea = _sea(network, closed)
    base_cost = float(network.sea_km[i, j] + LAND_WEIGHT * network.land_km[i, j])
    best: tuple[float, int, int, float] | None = None
    for a in _open_accesses(network, shut, i):
        for b in _open_accesses(network, shut, j):
            land_cost = LAND_WEIGHT * float(network.access_land_km[a] + network.access_land_km[b])
            km = correction * float(sea.km[network.access_node[a], network.access_node[b]])
            km = max(km, base_cost - land_cost)  # the table and the graph differ, but no closure shortens a way
            cost = km + land_cost
            if np.isfinite(cost) and (best is None or cost < best[0]):
                best = (cost, a, b, km)
    return best[1:] if best else None


def _open_accesses(network: Network, shut: Flags, nation: int) -> list[int]:
    corridor = network.access_corridor
    usable = (network.access_nation == nation) & ~((corridor >= 0) & shut[corridor])
    return [int(a) for a in np.flatnonzero(usable)]


def _corridors_passed(network: Network, closed: frozenset[str], a: int, b: int) -> tuple[int, ...]:
    nodes = set(_sea(network, closed).nodes(int(network.access_node[a]), int(network.access_node[b])))
    at_sea = [c for c, own in enumerate(network.corridor_nodes) if nodes & set(own)]
    on_land = [int(network.access_corridor[x]) for x in (a, b) if network.access_corridor[x] >= 0]
    return (*at_sea, *on_land)


def _pairs(network: Network) -> list[tuple[int, int]]:
    count = len(network.nations)
    return [(i, j) for i in range(count) for j in range(count) if i != j]


# --- the graph ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Sea:
    """All shortest sea ways while some nodes are closed: `km` [n, n], inf where there is none; lanes by node."""

    network: Network
    km: Floats
    lanes: tuple[list[tuple[int, float]], ...]  # [n] nodes that an open lane leads to, and its km

    def nodes(self, start: int, end: int) -> list[int]:
        """Nodes from start to end, both included; [start] when they are the same port."""
        way = [start]
        if _same_place(self.network, start, end):
            return way
        left, sea_nodes = self.km[:, end].tolist(), self.network.sea_nodes
        while way[-1] != end:
            open_lanes = ((to, km) for to, km in self.lanes[way[-1]] if to < sea_nodes or to == end)
            way.append(min(open_lanes, key=lambda lane: lane[1] + left[lane[0]])[0])
        return way


def _sea(network: Network, closed: frozenset[str]) -> _Sea:
    """The sea ways while corridors are closed; which land corridors are closed makes no difference to them."""
    at_sea = {name for name, nodes in zip(network.corridor_ids, network.corridor_nodes, strict=True) if nodes}
    return _sea_ways(network, frozenset(closed & at_sea), bool(closed))


@lru_cache(maxsize=64)
def _sea_ways(network: Network, closed: frozenset[str], spare: bool) -> _Sea:
    """Floyd and Warshall's algorithm; ports are never passed through, closed nodes not at all."""
    count = len(network.node_id)
    km = np.full((count, count), np.inf)
    closed_nodes = network.nodes_of(closed)
    open_lane = ~np.isin(network.lane, list(closed_nodes)).any(axis=1) & (spare | ~network.lane_is_spare)
    ends, lengths = network.lane[open_lane], network.lane_km[open_lane]
    km[ends[:, 0], ends[:, 1]] = km[ends[:, 1], ends[:, 0]] = lengths
    lanes = tuple([(int(to), float(row[to])) for to in np.flatnonzero(np.isfinite(row))] for row in km)
    np.fill_diagonal(km, 0.0)
    over = np.empty_like(km)
    for middle in range(network.sea_nodes):
        if middle not in closed_nodes:
            np.add(km[:, middle, None], km[None, middle, :], out=over)
            np.minimum(km, over, out=km)
    return _Sea(network, km, lanes)


def _same_place(network: Network, a: int, b: int) -> bool:
    return bool(network.node_lon[a] == network.node_lon[b] and network.node_lat[a] == network.node_lat[b])


@lru_cache(maxsize=4096)
def _base_sea_route(network: Network, i: int, j: int) -> tuple[float, tuple[int, ...]]:
    """Length in the graph and nodes of the base year's sea route, forced through its corridors in their order."""
    start, end = int(network.origin_node[i, j]), int(network.destination_node[i, j])
    if _same_place(network, start, end):
        return 0.0, (start,)
    wanted = network.sea_corridors[i][j]
    sea = _sea(network, frozenset())
    nodes = sea.nodes(start, end)
    if set(wanted) == {c for c, own in enumerate(network.corridor_nodes) if set(nodes) & set(own)}:
        return float(sea.km[start, end]), tuple(nodes)
    other = frozenset(c for k, c in enumerate(network.corridor_ids) if k not in wanted)
    banned = network.nodes_of(other) - {start, end}
    stages = [*(network.corridor_nodes[c] for c in wanted), (end,)]
    return _through_stages(network, start, stages, banned)


def _through_stages(
    network: Network, start: int, stages: list[tuple[int, ...]], banned: frozenset[int]
) -> tuple[float, tuple[int, ...]]:
    """The shortest way from start that touches one node of every stage in order, by Dijkstra over (stage, node)."""
    neighbours = _Neighbours.of(network)
    queue: list[tuple[float, int, int]] = [(0.0, 0, start)]
    came_from: dict[tuple[int, int], tuple[int, int]] = {}
    best: dict[tuple[int, int], float] = {(0, start): 0.0}
    while queue:
        km, stage, node = heapq.heappop(queue)
        if km > best[stage, node]:
            continue
        if stage == len(stages):
            return km, _way_back(came_from, (stage, node))
        steps = [(km, stage + 1, node)] if node in stages[stage] else []
        if node == start or node < network.sea_nodes:
            steps += [(km + length, stage, to) for to, length in neighbours.lanes[node] if to not in banned]
        for step in steps:
            if step[0] < best.get(step[1:], np.inf):
                best[step[1:]] = step[0]
                came_from[step[1:]] = (stage, node)
                heapq.heappush(queue, step)
    raise ValueError(f"no sea way from {network.node_id[start]} through its corridors to {stages[-1]}")


def _way_back(came_from: dict[tuple[int, int], tuple[int, int]], last: tuple[int, int]) -> tuple[int, ...]:
    way = [last[1]]
    while last in came_from:
        last = came_from[last]
        if last[1] != way[-1]:
            way.append(last[1])
    return tuple(reversed(way))


@dataclass(frozen=True, eq=False)
class _Neighbours:
    """For each node the lanes that leave it in the base year, as (node, km)."""

    network: Network

    @staticmethod
    @lru_cache(maxsize=8)
    def of(network: Network) -> _Neighbours:
        return _Neighbours(network)

    @cached_property
    def lanes(self) -> list[list[tuple[int, float]]]:
        found: list[list[tuple[int, float]]] = [[] for _ in self.network.node_id]
        base = ~self.network.lane_is_spare
        for (a, b), km in zip(self.network.lane[base], self.network.lane_km[base], strict=True):
            found[int(a)].append((int(b), float(km)))
            found[int(b)].append((int(a), float(km)))
        return found


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


def _unit_vector(lon: float, lat: float) -> Floats:
    x, y = np.radians(lon), np.radians(lat)
    return np.array([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def _run_on(places: list[Place], after: float | None) -> list[Place]:
    """The places with whole turns added so that no step jumps across the date line, nor the first from `after`."""
    before = [] if after is None else [after]
    lon = np.unwrap(before + [place[0] for place in places], period=360.0)[len(before) :]
    return [(float(x), place[1]) for x, place in zip(lon, places, strict=True)]
