"""Other ways than those of the base year: by rail over continents, past the ice, through works come into use.

Such a way is open to a pair of nations while the way of the base year is shut, or for good once all works that it needs
are in use. Each mineral and layer takes it where it is the cheaper for it: freight, insurance and the interest on the
cargo's value while it is under way (`way.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np

from game.engine.network import LongHaul, Network
from game.engine.routes import (
    LAND_KM_PER_DAY,
    MOST_CORRECTION,
    SEA_KM_PER_DAY,
    FreightRates,
    Legs,
    Routes,
    access_corridors,
    corridors_passed,
    open_accesses,
    routes,
    with_rail,
)
from game.engine.sea_way import base_sea_route, sea_ways

Pair = tuple[int, int]

USUAL_CARGO_USD_PER_T = 10_000.0  # value by which the best of several other ways is chosen, that of refined copper
RATES = FreightRates()


@dataclass(frozen=True)
class _Other:
    """One other way of a pair, from its first nation to its second."""

    km_sea: float
    km_land: float
    km_rail: float
    days: float
    terminals: float
    corridors: tuple[int, ...]
    legs: Legs = ()  # drawn; () for a way between ports
    accesses: Pair = (-1, -1)


def other_routes(base: Routes, main: Routes) -> Routes | None:
    """The best other way of every pair that has one while the corridors of `main` are shut and its works in use; pairs
    without keep their way in `main`. None where nobody has one. `base` are the routes of the base year."""
    best: dict[Pair, _Other] = {}
    for pair, other in _others(base, main):
        if pair not in best or _cost(other) < _cost(best[pair]):
            best[pair] = other
    return _changed(main, best) if best else None


def _others(base: Routes, main: Routes) -> Iterator[tuple[Pair, _Other]]:
    """Yield the other ways that are open now, each with its pair of nations, the lower position first."""
    network = main.network
    shut, done = (np.array([name in chosen for name in network.corridor_ids]) for chosen in (main.closed, main.done))
    for haul in network.long_hauls:
        if shut[list(haul.corridors)].any() or not done[list(haul.needs)].all():
            continue
        if haul.needs or (base.use[haul.nations] & shut).any():
            yield _of_haul(haul)
    for access in sorted(network.works_accesses):
        if done[network.access_corridor[access]] and not shut[list(access_corridors(network, access))].any():
            yield from _through_access(network, main.closed, access)


def _of_haul(haul: LongHaul) -> tuple[Pair, _Other]:
    (i, j), legs = haul.nations, haul.legs
    if i > j:
        i, j = j, i
        legs = tuple((kind, tuple(reversed(places))) for kind, places in reversed(legs))
    drawn = tuple((kind, list(places)) for kind, places in legs)
    way = _Other(haul.sea_km, haul.land_km, haul.rail_km, haul.days, haul.terminals, haul.corridors, drawn)
    return (i, j), way


@lru_cache(maxsize=512)
def _through_access(network: Network, closed: frozenset[str], access: int) -> tuple[tuple[Pair, _Other], ...]:
    """The best ways of a nation to all others over one of its accesses while corridors are closed."""
    base, nation = routes(network), int(network.access_nation[access])
    shut = np.array([name in closed for name in network.corridor_ids])
    km = sea_ways(network, closed).km
    found = []
    for other in range(len(network.nations)):
        pair = (min(nation, other), max(nation, other))
        graph_km = base_sea_route(network, *pair)[0] if other != nation else 0.0
        correction = float(network.sea_km[pair]) / graph_km if graph_km > 0 else 1.0
        correction = min(max(correction, 1 / MOST_CORRECTION), MOST_CORRECTION)
        best: tuple[float, int, _Other] | None = None
        for end in open_accesses(network, shut, other) if other != nation else ():
            sea = correction * float(km[network.access_node[access], network.access_node[end]])
            way = _between(base, pair, (access, end), sea)
            if np.isfinite(sea) and (best is None or _cost(way) < best[0]):
                best = (_cost(way), end, way)
        if best is not None:
            ends = (access, best[1]) if nation < other else (best[1], access)
            found.append((pair, replace(best[2], corridors=corridors_passed(network, closed, *ends), accesses=ends)))
    return tuple(found)


def _between(base: Routes, pair: Pair, accesses: Pair, km: float) -> _Other:
    """A way between two ports; its days are the pair's by sea in the base year and those of the km that it differs."""
    network = base.network
    land = float(network.access_land_km[accesses[0]] + network.access_land_km[accesses[1]])
    days = float(network.days[pair]) + (km - float(base.km_sea[pair])) / SEA_KM_PER_DAY
    days += (land - float(base.km_land[pair])) / LAND_KM_PER_DAY
    return _Other(km, land, 0.0, max(1.0, days), 2.0, ())


def _cost(other: _Other) -> float:
    freight = RATES.sea_usd_per_t_km * other.km_sea + RATES.land_usd_per_t_km * (other.km_land - other.km_rail)
    freight += RATES.rail_usd_per_t_km * other.km_rail
    return (
        freight
        + RATES.handling_usd_per_t * other.terminals
        + (RATES.interest_a_year / 365.0 * other.days * USUAL_CARGO_USD_PER_T)
    )


def _changed(main: Routes, best: dict[Pair, _Other]) -> Routes:
    """The routes with the other ways in the place of the pairs' own."""
    names = "km_sea km_land days use is_overland reachable origin_access destination_access terminals".split()
    arrays = {name: getattr(main, name).copy() for name in names}
    rail = np.zeros_like(main.km_rail)
    drawn: dict[Pair, Legs] = {}
    for (i, j), other in best.items():
        for (x, y), ends in zip(product((i, j), repeat=2), ((), other.accesses, other.accesses[::-1], ()), strict=True):
            if x == y:
                continue
            arrays["km_sea"][x, y], arrays["km_land"][x, y] = other.km_sea, other.km_land
            arrays["days"][x, y], arrays["terminals"][x, y] = other.days, other.terminals
            arrays["use"][x, y] = False
            arrays["use"][x, y, list(other.corridors)] = True
            arrays["is_overland"][x, y], arrays["reachable"][x, y] = False, True
            arrays["origin_access"][x, y], arrays["destination_access"][x, y] = ends
        rail[i, j] = rail[j, i] = other.km_rail
        if other.legs:
            drawn[i, j] = other.legs
            drawn[j, i] = tuple((kind, list(reversed(places))) for kind, places in reversed(other.legs))
    return with_rail(replace(main, **arrays, drawn=drawn), rail)
