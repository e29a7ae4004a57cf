"""Other ways than those of the base year: nothing goes there before works are in use or the usual way is shut."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.axes import REFINED
from game.engine.calibrate import Calibration, calibrate
from game.engine.corridor import traffic_t
from game.engine.opening import opening_world
from game.engine.way import Pattern, pattern, ways

NOTHING: frozenset[str] = frozenset()
NEW_WAYS = ("lobito", "tazara", "bioceanic", "mongolia_gashuun", "china_kyrgyz_uzbek", "imec")


@cache
def calibration() -> Calibration:
    return calibrate(build_baseline(load_level("long_arc")))


def found(shut: str = "", done: str = "") -> Pattern:
    return pattern(calibration(), frozenset(shut.split()), frozenset(done.split()))


def position(nation: str) -> int:
    return calibration().axes.nation_index[nation]


def passed(at: Pattern, mineral: str, origin: str, destination: str) -> set[str]:
    """Corridors that refined metal passes, ports left out."""
    i, j = position(origin), position(destination)
    way = at.routes_of(calibration().axes.mineral_index[mineral], REFINED, i, j)
    net = way.network
    return {net.corridor_ids[c] for c in np.flatnonzero(way.use[i, j]) if net.corridor_kind[c] != "port"}


def test_with_nothing_shut_and_nothing_built_every_way_is_that_of_the_base_year() -> None:
    base = found()
    assert base.other is None
    assert base.freight_ln is calibration().base_freight_ln
    assert base.trade_ln is calibration().trade_ln


def test_a_corridor_that_is_not_built_carries_nothing() -> None:
    world, network = opening_world(calibration()), calibration().baseline.network
    unbuilt = [network.corridor_ids.index(name) for name in ("china_kyrgyz_uzbek", "bioceanic", "imec")]
    assert (world.corridor_capacity_t[:, unbuilt] == 0).all()
    for shut in ("", "suez bab_el_mandeb", "kazakh_china_rail"):
        world.corridor_open[...] = [name not in shut.split() for name in network.corridor_ids]
        way = ways(world, calibration())
        assert traffic_t(world, calibration(), way, np.array(unbuilt)).sum() == 0


@pytest.mark.parametrize("corridor", NEW_WAYS)
def test_when_works_come_into_use_freight_falls_for_some_and_rises_for_nobody(corridor: str) -> None:
    change = found(done=corridor).freight_ln - found().freight_ln
    assert change.max() <= 1e-12
    assert change.min() < -1e-3
    trade = found(done=corridor).trade_ln - found().trade_ln
    assert np.nan_to_num(trade, nan=0.0).max() > 0.01


def test_works_that_add_room_alone_change_no_freight() -> None:
    for corridor in ("middle_corridor", "northern_sea_route"):
        assert np.array_equal(found(done=corridor).freight_ln, found().freight_ln)


def test_zambia_ships_to_europe_over_lobito_once_its_line_is_built() -> None:
    assert "walvis_bay" in passed(found(), "copper", "ZMB", "EUU")
    assert "lobito" in passed(found(done="lobito"), "copper", "ZMB", "EUU")
    assert "lobito" not in passed(found(shut="lobito", done="lobito"), "copper", "ZMB", "EUU")


def test_argentina_ships_to_china_over_the_pacific_once_the_andes_are_crossed() -> None:
    assert passed(found(), "lithium", "ARG", "CHN") == {"magellan"}
    then = passed(found(done="bioceanic"), "lithium", "ARG", "CHN")
    assert "bioceanic" in then
    assert "magellan" not in then


def test_a_railway_is_taken_while_the_sea_is_shut_by_cargo_dear_enough_to_be_in_a_hurry() -> None:
    shut = found(shut="suez")
    assert "trans_siberian" in passed(shut, "platinum_group", "CHN", "EUU")
    assert "trans_siberian" not in passed(shut, "silicon", "CHN", "EUU")
    assert "trans_siberian" not in passed(found(), "platinum_group", "CHN", "EUU")


def test_kazakhstan_reaches_china_through_the_mountains_when_its_border_is_shut() -> None:
    by_sea, by_rail = (found("kazakh_china_rail", done) for done in ("", "china_kyrgyz_uzbek"))
    assert passed(by_rail, "copper", "KAZ", "CHN") == {"china_kyrgyz_uzbek"}
    i, j = position("KAZ"), position("CHN")
    assert (by_rail.freight_ln[:, :, i, j] < by_sea.freight_ln[:, :, i, j]).all()
    drawn = by_rail.routes_of(0, REFINED, i, j).path(i, j)
    assert any(abs(lon - 76.0) < 1 and abs(lat - 39.5) < 1 for lon, lat in drawn)


def test_russia_goes_past_the_ice_only_when_its_railway_is_shut() -> None:
    assert passed(found(), "nickel", "RUS", "JPN") >= {"trans_siberian"}
    assert passed(found(shut="trans_siberian"), "nickel", "RUS", "JPN") == {"northern_sea_route"}


def test_every_other_way_is_the_same_in_both_directions_and_drawn_without_jumps() -> None:
    other = found("suez trans_siberian", " ".join(NEW_WAYS)).other
    assert other is not None
    for name in ("km_sea", "km_land", "km_rail", "days", "terminals", "use"):
        array = getattr(other, name)
        assert (array == array.swapaxes(0, 1)).all(), name
    for i, j in other.drawn:
        path = np.array(other.path(i, j))
        assert np.abs(np.diff(path[:, 0])).max() < 60
        assert np.allclose(path[:, 1], np.array(other.path(j, i))[::-1, 1])


def test_what_shuts_one_after_the_other_leaves_the_ways_that_shutting_both_at_once_does() -> None:
    """Routes are found one closure after another in the order of names, so any two sets that are equal agree."""
    both = found("suez panama malacca").main
    one_less = found("panama malacca").main
    suez = both.network.corridor_ids.index("suez")
    moved = (both.km_sea != one_less.km_sea) | (both.use != one_less.use).any(2)
    assert moved.any()
    assert not (moved & ~one_less.use[:, :, suez]).any()
    assert not both.use[:, :, [both.network.corridor_ids.index(name) for name in both.closed]].any()
