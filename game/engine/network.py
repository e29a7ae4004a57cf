"""The network goods travel on: sea lanes, ports, corridors, and the route of every pair of nations in the base year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

Place = tuple[float, float]
"""Longitude and latitude in degrees."""

PATH_ALLOWANCE = 1.02  # ships' courses against great circles, the figure behind the sea distances of transport.csv


@dataclass(frozen=True, eq=False)
class Passages:
    """What can pass each corridor, who holds it, how it is disturbed and what may still be built. Axis: C corridors.

    Works are all that is planned at a corridor that is not built, or not to its end. They come into use at once, in the
    turn that the world's `corridor_works_turn` says; what nobody builds waits for somebody who does.
    """

    capacity_t: Floats  # [C] gross tonnes of ore and metal a year
    headroom: Floats  # [C] times the base year's traffic that can pass at least; inf without limit
    has_works: Flags  # [C] whether anything is planned
    works_turn: Ints  # [C] turn in which works under way come into use, 0 where none are under way
    works_t: Floats  # [C] gross tonnes a year that they add
    works_usd_bn: Floats  # [C] what they cost
    works_turns: Ints  # [C] turns that they take
    works_rail_km: Floats  # [C] km of the way that then go by rail instead of by lorry
    owners: tuple[tuple[int, ...], ...]  # [C] nations that hold the corridor
    closing_odds: Floats  # [C] chance a year of an event
    open_share: Floats  # [C] share of the capacity that an event leaves
    closed_turns: Floats  # [C] mean turns that an event lasts
    neighbours: Flags  # [C, C] whose closing makes a corridor's insurance dear
    war_risk: Floats  # [C] share of the cargo's value that insurance then asks for a passage

    @classmethod
    def calm(cls, corridors: int) -> Passages:
        """Corridors without limit, owner or chance."""
        none, never = np.zeros(corridors), np.zeros(corridors, dtype=np.int64)
        return cls(
            capacity_t=none,
            headroom=np.full(corridors, np.inf),
            has_works=np.zeros(corridors, dtype=bool),
            works_turn=never,
            works_t=none,
            works_usd_bn=none,
            works_turns=never,
            works_rail_km=none,
            owners=((),) * corridors,
            closing_odds=none,
            open_share=none,
            closed_turns=np.ones(corridors),
            neighbours=np.zeros((corridors, corridors), dtype=bool),
            war_risk=none,
        )


@dataclass(frozen=True)
class LongHaul:
    """A way between two nations besides that of the base year, by rail or round the ice: taken while the other is shut,
    or from the turn on in which all the works it `needs` are in use, where it is cheaper then."""

    nations: tuple[int, int]
    corridors: tuple[int, ...]  # that it passes
    needs: tuple[int, ...]  # corridors of which the works must be in use; () where it was there in the base year
    sea_km: float
    land_km: float
    rail_km: float  # part of it by rail
    days: float  # door to door
    terminals: float  # ports, border and rail terminals where goods are handled
    legs: tuple[tuple[Literal["land", "sea"], tuple[Place, ...]], ...]  # drawn from the first nation to the second


@dataclass(frozen=True, eq=False)
class Network:
    """Axes: n nodes (sea nodes first, then ports), E lanes, C corridors, N nations, A accesses (ways to a port).

    A pair is [origin, destination]; the network is the same in both directions. Positions that do not exist are -1.
    """

    nations: tuple[str, ...]

    node_id: tuple[str, ...]
    node_lon: Floats  # [n] degrees east
    node_lat: Floats  # [n] degrees north
    sea_nodes: int  # nodes before this one lie at sea; routes pass ports only at their ends
    lane: Ints  # [E, 2] nodes
    lane_km: Floats  # [E] great circle x PATH_ALLOWANCE
    lane_is_spare: Flags  # [E] used only while some corridor is closed

    corridor_ids: tuple[str, ...]
    corridor_kind: tuple[str, ...]  # strait, canal, rail, road or port
    corridor_lon: Floats  # [C]
    corridor_lat: Floats  # [C]
    corridor_nodes: tuple[tuple[int, ...], ...]  # [C] sea nodes that vanish when it closes; () for land corridors
    passages: Passages

    access_nation: Ints  # [A]
    access_node: Ints  # [A] the port's node
    access_land_km: Floats  # [A] from the main mining area to the port
    access_corridor: Ints  # [A] land corridor the way to the port depends on, -1 none
    access_way: tuple[tuple[Place, ...], ...]  # [A] places from the mining area to the port, () when not drawn

    origin_access: Ints  # [N, N] access used at the origin, -1 on the diagonal
    destination_access: Ints  # [N, N]
    sea_km: Floats  # [N, N] by sea between the two ports
    land_km: Floats  # [N, N] to the port at the origin and from the port at the destination
    overland_km: Floats  # [N, N] without any ship, nan where there is no such way
    is_overland: Flags  # [N, N] neighbours whose goods go overland by default
    overland_corridor: Ints  # [N, N] land corridor the overland way depends on, -1 none
    overland_way: dict[tuple[int, int], tuple[Place, ...]]  # places from origin to destination
    sea_corridors: tuple[tuple[tuple[int, ...], ...], ...]  # [N][N] corridors of the sea route, in order
    days: Floats  # [N, N] door to door

    long_hauls: tuple[LongHaul, ...] = ()
    works_accesses: frozenset[int] = field(default_factory=frozenset)  # accesses that need their corridor's works
    harbour: Mapping[int, int] = field(default_factory=dict)  # port node -> the corridor that the port itself is
    harbours: int = 0  # the last corridors, which are ports alone

    @property
    def origin_node(self) -> Ints:
        """The port node [N, N] where a pair's goods are loaded, -1 on the diagonal."""
        return np.where(self.origin_access >= 0, self.access_node[self.origin_access], -1)

    @property
    def destination_node(self) -> Ints:
        """The port node [N, N] where a pair's goods are landed, -1 on the diagonal."""
        return np.where(self.destination_access >= 0, self.access_node[self.destination_access], -1)

    def harbours_of(self, *accesses: int) -> tuple[int, ...]:
        """The corridors that the ports of these accesses are."""
        nodes = (int(self.access_node[access]) for access in accesses)
        return tuple(dict.fromkeys(self.harbour[node] for node in nodes if node in self.harbour))

    def nodes_of(self, corridors: frozenset[str]) -> frozenset[int]:
        """The sea nodes that belong to these corridors."""
        return frozenset(
            node
            for corridor, nodes in zip(self.corridor_ids, self.corridor_nodes, strict=True)
            if corridor in corridors
            for node in nodes
        )


def great_circle_km(lon_a: Floats, lat_a: Floats, lon_b: Floats, lat_b: Floats) -> Floats:
    """Distance in km on a sphere of 6,371 km radius; degrees in."""
    a, b = np.radians(lat_a), np.radians(lat_b)
    half_lat, half_lon = (b - a) / 2, np.radians(np.asarray(lon_b) - lon_a) / 2
    h = np.sin(half_lat) ** 2 + np.cos(a) * np.cos(b) * np.sin(half_lon) ** 2
    return np.asarray(2 * 6371.0 * np.arcsin(np.sqrt(np.clip(h, 0, 1))), dtype=np.float64)
