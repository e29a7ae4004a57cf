"""The graph of sea lanes: shortest ways between ports while corridors are closed, and the ways of the base year."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from game.engine.network import Floats, Network


@dataclass(frozen=True, eq=False)
class SeaWays:
    """All shortest sea ways while some nodes are closed: `km` [n, n], inf where there is none; lanes by node."""

    network: Network
    km: Floats
    lanes: tuple[list[tuple[int, float]], ...]  # [n] nodes that an open lane leads to, and its km
    found: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)  # corridors passed, as far as asked for

    def corridors(self, start: int, end: int) -> tuple[int, ...]:
        """Sea corridors of the shortest way from start to end."""
        if (start, end) not in self.found:
            nodes = set(self.nodes(start, end))
            own = self.network.corridor_nodes
            self.found[start, end] = tuple(c for c, theirs in enumerate(own) if not nodes.isdisjoint(theirs))
        return self.found[start, end]

    def nodes(self, start: int, end: int) -> list[int]:
        """Nodes from start to end, both included; [start] when they are the same port."""
        way = [start]
        if same_place(self.network, start, end):
            return way
        left, sea_nodes = self.km[:, end].tolist(), self.network.sea_nodes
        while way[-1] != end:
            open_lanes = ((to, km) for to, km in self.lanes[way[-1]] if to < sea_nodes or to == end)
            way.append(min(open_lanes, key=lambda lane: lane[1] + left[lane[0]])[0])
        return way


def sea_ways(network: Network, closed: frozenset[str]) -> SeaWays:
    """The sea ways while corridors are closed; which land corridors are closed makes no difference to them."""
    return _all_ways(network, closed & _at_sea(network), bool(closed))


@lru_cache(maxsize=8)
def _at_sea(network: Network) -> frozenset[str]:
    return frozenset(name for name, nodes in zip(network.corridor_ids, network.corridor_nodes, strict=True) if nodes)


@lru_cache(maxsize=128)
def _all_ways(network: Network, closed: frozenset[str], spare: bool) -> SeaWays:
    """Floyd and Warshall's algorithm among the sea nodes; ports, which are never passed through, join at their lanes.

    Closed nodes are passed by nobody.
    """
    count, sea = len(network.node_id), network.sea_nodes
    km = np.full((count, count), np.inf)
    closed_nodes = network.nodes_of(closed)
    open_lane = ~np.isin(network.lane, list(closed_nodes)).any(axis=1) & (spare | ~network.lane_is_spare)
    ends, lengths = network.lane[open_lane], network.lane_km[open_lane]
    km[ends[:, 0], ends[:, 1]] = km[ends[:, 1], ends[:, 0]] = lengths
    lanes = tuple([(int(to), float(row[to])) for to in np.flatnonzero(np.isfinite(row))] for row in km)
    np.fill_diagonal(km, 0.0)
    at_sea = km[:sea, :sea].copy()
    over = np.empty_like(at_sea)
    for middle in range(sea):
        if middle not in closed_nodes:
            np.add(at_sea[:, middle, None], at_sea[None, middle, :], out=over)
            np.minimum(at_sea, over, out=at_sea)
    km[:sea, :sea] = at_sea
    for port in range(sea, count):
        out = [(to, length) for to, length in lanes[port] if to < sea]
        if out:
            nodes, first = (np.array(column) for column in zip(*out, strict=True))
            km[port, :sea] = km[:sea, port] = (first[:, None] + at_sea[nodes]).min(0)
    for port in range(sea, count):
        out = [(to, length) for to, length in lanes[port] if to < sea]
        if out:
            nodes, first = (np.array(column) for column in zip(*out, strict=True))
            km[port, sea:] = np.minimum(km[port, sea:], (first[:, None] + km[nodes, sea:]).min(0))
    return SeaWays(network, km, lanes)


def same_place(network: Network, a: int, b: int) -> bool:
    return bool(network.node_lon[a] == network.node_lon[b] and network.node_lat[a] == network.node_lat[b])


@lru_cache(maxsize=4096)
def base_sea_route(network: Network, i: int, j: int) -> tuple[float, tuple[int, ...]]:
    """Length in the graph and nodes of the base year's sea route, forced through its corridors in their order."""
    start, end = int(network.origin_node[i, j]), int(network.destination_node[i, j])
    if same_place(network, start, end):
        return 0.0, (start,)
    wanted = network.sea_corridors[i][j]
    sea = sea_ways(network, frozenset())
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
