"""Grades on the market page: what is pure, what must be, and where that hurts."""

from functools import lru_cache

import numpy as np
import pytest

from game.content.load import load_level
from game.match.match import Match
from game.ui.view_model.purity import purity
from game.ui.view_model.scene import Scene


@lru_cache(maxsize=1)
def opened() -> Match:
    level = load_level("long_arc")
    return Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {"JPN": "person"}, seed=3)


def grades(seat: str, mineral: str):
    scene = Scene(opened(), seat)
    return purity(scene, scene.axes.mineral_index[mineral])


def test_only_minerals_of_which_makers_ask_for_a_grade_show_one() -> None:
    assert grades("JPN", "copper") is None
    assert grades("JPN", "gallium") is not None


def test_the_notch_stands_beyond_the_pure_part_where_makers_refine_the_rest_themselves() -> None:
    model = grades("JPN", "gallium")
    assert 0 < model.pure < model.needed <= 1
    assert model.tone == "warn"
    assert "themselves" in model.number.tip.meaning


def test_enough_of_high_purity_is_no_warning() -> None:
    model = grades("JPN", "nickel")
    assert model.pure > model.needed
    assert model.tone == "high"


def test_the_notch_is_red_where_makers_could_not_get_their_grade(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(opened(), "JPN")
    m = scene.axes.mineral_index["gallium"]
    met = np.ones_like(scene.world.high_purity_met_share)
    met[0, scene.nation, m] = 0.6
    monkeypatch.setitem(scene.world.arrays, "high_purity_met_share", met)
    model = purity(scene, m)
    assert model is not None
    assert model.tone == "bad"
    assert "60%" in model.number.tip.meaning
