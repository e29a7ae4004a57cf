"""The score of a match: five pillars, none of them free."""

import numpy as np
import pytest

from game.content.load import load_level
from game.engine.measures.score import PILLARS, total
from game.match.match import Match
from game.match.score import Score, score, score_lines


@pytest.fixture(scope="module")
def match():
    level = load_level("first_shipment")
    match = Match.new(level, {nation: "habit" for nation in level.nations if nation != "ROW"} | {"JPN": "person"}, 4)
    match.end_turn()
    match.end_turn()
    return match


def test_five_pillars_lie_within_their_scale_and_the_total_among_them(match):
    found = score(match, "JPN", futures=4)
    assert set(found.pillar) == set(PILLARS)
    assert all(0.0 <= value <= 100.0 for value in found.pillar.values())
    assert min(found.pillar.values()) <= found.total <= max(found.pillar.values())
    assert found.total == pytest.approx(float(total({k: np.array([v]) for k, v in found.pillar.items()})[0]))


def test_the_same_game_scores_the_same_again_and_is_left_as_it_was(match):
    before = match.world.state_hash()
    assert score(match, "JPN", futures=4) == score(match, "JPN", futures=4)
    assert match.world.state_hash() == before


def test_an_emptied_stockpile_and_closed_sites_show_in_what_is_left_behind(match):
    whole = score(match, "CHN", futures=4).pillar["legacy"]
    n = match.axes.nation_index["CHN"]
    world = match.history[-1]
    spoiled = world.copy()
    spoiled.capacity_t[:, n] = 0.0
    spoiled.commercial_stock_t[:, n] = 0.0
    match.history[-1] = spoiled
    try:
        assert score(match, "CHN", futures=4).pillar["legacy"] < whole - 1.0
    finally:
        match.history[-1] = world


def test_the_score_is_told_a_pillar_a_line():
    found = Score({"security": 71.24, "legacy": 5.0}, 18.9)
    match = Match.new(load_level("first_shipment"), {"JPN": "person"}, 4)
    assert score_lines(match, "JPN", found) == [
        "Score of Japan after 2024, 0-100",
        "   71.2  Security",
        "    5.0  Legacy",
        "   18.9  Total",
    ]


def test_a_game_without_a_turn_has_no_score():
    match = Match.new(load_level("first_shipment"), {"JPN": "person"}, 4)
    with pytest.raises(ValueError, match="resolved turn"):
        score(match, "JPN", futures=2)
