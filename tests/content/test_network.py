"""The files on lanes, ports and routes: they build a network, and every slip in them is named."""

from __future__ import annotations

import copy
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.content.build_routes import build_routes
from game.content.network import FILES, _read, build_network, network_from
from game.files import LEVELS
from game.problems import ProblemError

SHARED = LEVELS / "_shared"
NATIONS = ("CHN", "COD", "ZMB", "EUU")


@cache
def _files() -> dict[str, Any]:
    return {name: _read(SHARED / f"{name}.yaml") for name in FILES}


def content() -> dict[str, Any]:
    return copy.deepcopy(_files())


def problems(broken: dict[str, Any]) -> str:
    with pytest.raises(ProblemError) as caught:
        network_from(broken, NATIONS)
    return str(caught.value)


def test_the_network_keeps_the_order_of_the_nations_it_is_asked_for() -> None:
    net = network_from(content(), NATIONS)
    assert net.nations == NATIONS
    assert net.sea_km.shape == (4, 4)
    assert set(net.access_nation) == {0, 1, 2, 3}


def test_the_generated_files_are_what_the_sources_give(tmp_path: Path) -> None:
    build_routes(SHARED / "sources", tmp_path)
    for name in ("corridors", "ports", "transport"):
        assert (tmp_path / f"{name}.yaml").read_text(encoding="utf-8") == (
            (SHARED / f"{name}.yaml").read_text(encoding="utf-8")
        )


def test_a_misspelt_node_corridor_and_port_are_all_named_at_once() -> None:
    broken = content()
    broken["sea_lanes"]["lanes"].append(["dover", "finistere"])
    pair = next(row for row in broken["transport"] if row["pair"] == ["EUU", "CHN"])
    pair["corridors"][0] = "gibraltr"
    pair["ports"][1] = "shanghai"
    text = problems(broken)
    assert "finistere" in text
    assert "did you mean finisterre?" in text
    assert "gibraltr" in text
    assert "shanghai" in text


def test_a_missing_pair_is_named() -> None:
    broken = content()
    broken["transport"] = [row for row in broken["transport"] if row["pair"] != ["COD", "ZMB"]]
    assert "no route between COD and ZMB" in problems(broken)


def test_a_place_off_the_globe_is_named() -> None:
    broken = content()
    broken["sea_lanes"]["nodes"]["dover"] = [51.0, 151.0]
    assert "is no place on Earth" in problems(broken)


def test_a_missing_figure_is_named_with_its_file() -> None:
    broken = content()
    del next(row for row in broken["transport"] if row["pair"] == ["EUU", "CHN"])["sea_km"]
    assert "transport.yaml" in problems(broken)


def test_an_unreadable_file_is_one_problem(tmp_path: Path) -> None:
    for name in FILES:
        shutil.copy(SHARED / f"{name}.yaml", tmp_path)
    (tmp_path / "ports.yaml").write_text("- {nation: USA", encoding="utf-8")
    with pytest.raises(ProblemError, match=r"ports\.yaml: this file cannot be read"):
        build_network(tmp_path, NATIONS)


def test_a_way_that_waits_for_works_where_none_are_planned_is_named() -> None:
    broken = content()
    broken["land_routes"]["long_hauls"] = [
        {
            "nations": ["CHN", "EUU"],
            "corridors": ["trans_siberian"],
            "needs": ["trans_siberian"],
            "days": 20,
            "legs": [],
        }
    ]
    assert "waits for works at trans_siberian, where none are planned" in problems(broken)


def test_a_long_haul_keeps_its_lengths_and_legs() -> None:
    haul = next(haul for haul in network_from(content(), NATIONS).long_hauls if haul.needs)
    assert haul.nations == (0, 3)
    assert haul.rail_km == haul.land_km == 8500
    assert [kind for kind, _places in haul.legs] == ["land", "sea", "land", "sea", "land"]


def test_routes_of_an_older_save_know_no_other_ways_and_no_works() -> None:
    old = content()
    del old["land_routes"]["long_hauls"]
    for row in old["corridors"].values():
        row.pop("works", None)
        row.pop("ports", None)
    old["land_routes"]["to_port"] = [way for way in old["land_routes"]["to_port"] if not way.get("works")]
    net = network_from(old, NATIONS)
    assert net.long_hauls == ()
    assert not net.passages.has_works.any()


def test_a_port_of_two_harbours_and_one_that_no_file_knows_are_named() -> None:
    broken = content()
    broken["harbours"]["port_of_beira"]["ports"].append("odesa")
    broken["harbours"]["port_of_callao"]["ports"].append("calao_matarani")
    text = problems(broken)
    assert "port_of_beira and port_of_odesa both say that they are odesa" in text
    assert "did you mean callao_matarani?" in text


def test_a_port_with_the_id_of_a_corridor_needs_a_harbour_of_its_own() -> None:
    broken = content()
    broken["harbours"]["port_of_walvis_bay"]["ports"].remove("walvis_bay")
    assert "the port walvis_bay has the id of a corridor" in problems(broken)


def test_ports_of_one_place_are_one_harbour_and_all_others_their_own() -> None:
    net = network_from(content(), NATIONS)
    walvis = {net.harbour[k] for k, name in enumerate(net.node_id) if name in ("walvis_bay", "walvis_bay_namibia")}
    assert walvis == {net.corridor_ids.index("port_of_walvis_bay")}
    assert net.corridor_kind[net.harbour[net.node_id.index("busan_gwangyang")]] == "port"
    assert net.harbours == sum(kind == "port" for kind in net.corridor_kind) - 2, (
        "Chancay and the Atacama are corridors"
    )
