"""Routes: the base year is the table's; closing a corridor moves the right pairs, and only those."""

from __future__ import annotations

import csv
from functools import cache

import numpy as np
import pytest

from game.content.network import build_network
from game.engine.network import Network
from game.engine.routes import FreightRates, Routes, freight_usd_per_t, routes
from game.engine.sea_way import base_sea_route
from game.files import LEVELS

SHARED = LEVELS / "_shared"


@cache
def rows() -> list[dict[str, str]]:
    with (SHARED / "sources" / "transport.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def network() -> Network:
    return build_network(SHARED, tuple(dict.fromkeys([row["origin"] for row in rows()] + ["ROW"])))


def position(nation: str) -> int:
    return network().nations.index(nation)


def corridors(result: Routes, origin: str, destination: str) -> set[str]:
    used = np.flatnonzero(result.use[position(origin), position(destination)])
    return {network().corridor_ids[c] for c in used}


def is_at_sea(corridor: str) -> bool:
    return bool(network().corridor_nodes[network().corridor_ids.index(corridor)])


def test_with_everything_open_km_days_and_sea_corridors_are_the_tables() -> None:
    base = routes(network())
    for row in rows():
        i, j = position(row["origin"]), position(row["destination"])
        land = float(row["land_km_origin"]) + float(row["land_km_destination"])
        expected = (float(row["sea_km"]), land, set(filter(None, row["chokepoints_on_route"].split(";"))))
        if row["default_mode"] == "land":
            expected = (0.0, float(row["overland_km"]), set())
        for a, b in ((i, j), (j, i)):
            names = {c for c in corridors(base, network().nations[a], network().nations[b]) if is_at_sea(c)}
            assert (base.km_sea[a, b], base.km_land[a, b], names) == expected
            assert base.days[a, b] == float(row["est_days"])


def test_the_graph_agrees_with_the_tables_sea_distances() -> None:
    error = [
        abs(base_sea_route(network(), i, j)[0] / network().sea_km[i, j] - 1)
        for i in range(40)
        for j in range(i + 1, 40)
        if network().sea_km[i, j] > 0
    ]
    assert np.median(error) < 0.05
    assert np.percentile(error, 95) < 0.2


def test_a_base_route_passes_its_corridors_and_no_other() -> None:
    net = network()
    for i in range(40):
        for j in range(i + 1, 40):
            nodes = set(base_sea_route(net, i, j)[1])
            passed = {c for c, own in enumerate(net.corridor_nodes) if nodes & set(own)}
            if net.sea_km[i, j] > 0:
                assert passed == set(net.sea_corridors[i][j])


def test_closing_malacca_moves_the_pairs_that_use_it_and_no_other() -> None:
    base, closed = routes(network()), routes(network(), frozenset({"malacca"}))
    malacca = network().corridor_ids.index("malacca")
    uses = base.use[:, :, malacca]
    assert not closed.use[:, :, malacca].any()
    dearer = (closed.km_sea + 3 * closed.km_land) - (base.km_sea + 3 * base.km_land)
    assert (dearer[uses] > -1e-6).all()
    assert (dearer[uses] > 1).mean() > 0.8
    for name in ("km_sea", "km_land", "days", "use"):
        assert (getattr(closed, name)[~uses] == getattr(base, name)[~uses]).all()


@pytest.mark.parametrize(("origin", "destination"), [("COD", "CHN"), ("EUU", "JPN"), ("IND", "KOR"), ("TZA", "CHN")])
def test_closing_malacca_moves_km_corridors_and_the_drawn_line(origin: str, destination: str) -> None:
    base, closed = routes(network()), routes(network(), frozenset({"malacca"}))
    i, j = position(origin), position(destination)
    assert closed.km_sea[i, j] > base.km_sea[i, j]
    assert "sunda_lombok" in corridors(closed, origin, destination)
    in_malacca = [(lon, lat) for lon, lat in base.path(i, j) if 98 < lon < 102 and 2 < lat < 6]
    assert in_malacca
    assert not [(lon, lat) for lon, lat in closed.path(i, j) if 98 < lon < 102 and 2 < lat < 6]


def test_detours_agree_with_the_tables_distances_when_closed() -> None:
    main = (("suez", "bab_el_mandeb"), ("malacca",), ("panama",), ("taiwan_strait",))
    error = []
    for row in rows():
        if not row["sea_km_if_chokepoint_closed"] or row["default_mode"] == "land":
            continue
        passed = set(row["chokepoints_on_route"].split(";"))
        shut = next(frozenset(group) for group in main if passed & set(group))
        km = routes(network(), shut).km_sea[position(row["origin"]), position(row["destination"])]
        error.append(abs(km / float(row["sea_km_if_chokepoint_closed"]) - 1))
    assert len(error) > 300
    assert np.median(error) < 0.05
    assert np.percentile(error, 90) < 0.12


def test_no_sea_corridor_cuts_a_nation_off() -> None:
    for corridor in filter(is_at_sea, network().corridor_ids):
        assert routes(network(), frozenset({corridor})).reachable.all(), corridor


def test_a_closed_railway_sends_a_nation_to_another_port() -> None:
    base, closed = routes(network()), routes(network(), frozenset({"tazara"}))
    i, j = position("COD"), position("CHN")
    assert "tazara" in corridors(base, "COD", "CHN")
    assert closed.origin_access[i, j] != base.origin_access[i, j]
    assert closed.km_land[i, j] > 0


def test_neighbours_trade_by_sea_when_their_railway_is_closed() -> None:
    base, closed = routes(network()), routes(network(), frozenset({"kazakh_china_rail"}))
    i, j = position("KAZ"), position("CHN")
    assert base.is_overland[i, j]
    assert base.km_sea[i, j] == 0
    assert not closed.is_overland[i, j]
    assert closed.km_sea[i, j] > 0


def test_a_nation_without_any_way_left_is_unreachable_and_costs_without_end() -> None:
    everything = frozenset(network().corridor_ids)
    shut = routes(network(), everything)
    i, j = position("ZMB"), position("CHN")
    assert not shut.reachable[i, j]
    assert np.isinf(freight_usd_per_t(shut)[i, j])
    assert shut.path(i, j) == []


def test_every_route_is_the_same_in_both_directions() -> None:
    for shut in (frozenset[str](), frozenset({"suez"})):
        result = routes(network(), shut)
        for name in ("km_sea", "km_land", "days", "use", "reachable"):
            array = getattr(result, name)
            assert (array == array.swapaxes(0, 1)).all()


def test_a_path_runs_from_the_origin_to_the_destination_without_jumps() -> None:
    for shut in (frozenset[str](), frozenset({"malacca", "suez"})):
        result = routes(network(), shut)
        for i, j in ((0, 2), (2, 0), (15, 2), (1, 3), (29, 2), (7, 6)):
            path = np.array(result.path(i, j))
            assert np.abs(np.diff(path[:, 0])).max() < 45
            there = result.path(j, i)
            assert np.allclose(path[:, 1], np.array(there)[::-1, 1])


def test_the_copper_belts_way_begins_on_land_and_goes_on_by_sea() -> None:
    legs = routes(network()).legs(position("COD"), position("CHN"))
    assert [kind for kind, _places in legs] == ["land", "sea"]
    assert np.allclose(legs[0][1][-1], legs[1][1][0], atol=0.2)


def test_freight_grows_with_distance_and_is_nothing_at_home() -> None:
    base, closed = routes(network()), routes(network(), frozenset({"suez"}))
    cost, dearer = freight_usd_per_t(base), freight_usd_per_t(closed)
    i, j = position("EUU"), position("CHN")
    assert (np.diag(cost) == 0).all()
    assert dearer[i, j] > cost[i, j] > 2 * FreightRates().handling_usd_per_t
    assert np.allclose(freight_usd_per_t(base, value_usd_per_t=1000.0)[i, j] - cost[i, j], 2.0)


def test_an_unknown_corridor_is_named() -> None:
    with pytest.raises(KeyError, match="atlantis"):
        routes(network(), frozenset({"atlantis"}))
