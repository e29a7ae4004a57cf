"""What the map says of corridors and ports: what is built, who waits, what insurers ask, where the way round leads."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from game.content.load import load_level
from game.engine.world import World
from game.match.match import Match
from game.ui import format as fmt
from game.ui.view_model.corridor import CorridorModel, corridors
from game.ui.view_model.scene import Scene

SEAT = "JPN"


@lru_cache(maxsize=1)
def played() -> Match:
    """The whole world before its first turn."""
    level = load_level("long_arc")
    return Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {SEAT: "person"}, seed=3)


def shown(change: Callable[[World], None] = lambda world: None, mineral: str = "copper") -> dict[str, CorridorModel]:
    """The corridors on the map after a change of the world."""
    match = played()
    scene = Scene(match, SEAT)
    world = match.world.copy()
    change(world)
    scene.__dict__["view"] = type(scene.view)(world, match.calibration, scene.nation)
    return {model.id: model for model in corridors(scene, mineral)}


def at(corridor: str) -> int:
    return played().calibration.baseline.network.corridor_ids.index(corridor)


def test_every_corridor_has_a_whole_tip() -> None:
    for model in shown().values():
        assert not model.tip.missing()
        assert "{" not in model.tip.meaning


def test_what_is_not_built_shows_when_it_opens_or_that_it_is_planned() -> None:
    seen = shown()
    assert seen["china_kyrgyz_uzbek"].detail == fmt.turn_date(14)
    assert "Under construction" in seen["china_kyrgyz_uzbek"].tip.meaning
    assert seen["imec"].detail == "planned"
    assert "Announced, not begun" in seen["imec"].tip.meaning
    assert seen["malacca"].detail == ""


def test_works_in_use_are_no_plan_any_more() -> None:
    def built(world: World) -> None:
        world.corridor_works_done[0, at("bioceanic")] = True
        world.corridor_capacity_t[0, at("bioceanic")] = 5e5

    model = shown(built).get("bioceanic")
    assert model is None or (model.detail == "" and "in use" in model.tip.meaning)


def test_a_port_shows_only_when_it_is_full_or_disturbed() -> None:
    assert "port_of_dar_es_salaam" not in shown()

    def disturbed(world: World) -> None:
        world.corridor_open[0, at("port_of_dar_es_salaam")] = 0.6

    def full(world: World) -> None:
        world.corridor_load[0, at("port_of_dar_es_salaam")] = 0.98

    assert "60%" in shown(disturbed)["port_of_dar_es_salaam"].tip.meaning
    assert shown(full)["port_of_dar_es_salaam"].name == "Dar Es Salaam"


def test_the_tip_says_what_insurers_ask_for_tension() -> None:
    def tense(world: World) -> None:
        axes = played().axes
        world.tension[0, axes.nation_index["CHN"], axes.nation_index["TWN"]] = 85.0

    calm, strained = shown()["south_china_sea"], shown(tense)["south_china_sea"]
    assert "Insurers" not in calm.tip.meaning
    assert "Insurers ask 0.9%" in strained.tip.meaning
    assert "85 of 100" in strained.tip.meaning


def test_the_tip_says_what_the_way_round_costs() -> None:
    assert "Going round costs" in shown()["suez"].tip.meaning


@pytest.mark.parametrize(("load", "told"), [(0.8, False), (1.0, True)])
def test_the_tip_says_who_waits(load: float, told: bool) -> None:
    def filled(world: World) -> None:
        world.corridor_load[0, at("tazara")] = load

    assert ("waits or does so" in shown(filled)["tazara"].tip.meaning) is told
