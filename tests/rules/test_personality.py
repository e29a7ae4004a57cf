import numpy as np
import pytest

from game.content.load import load_level
from game.rules.personality import HEDGER, LEVERAGE_PLAYER, PLAYED_AS, WEIGHTS, personalities


@pytest.fixture(scope="module")
def weights() -> dict[str, dict[str, float]]:
    return load_level("long_arc").weights


def test_every_personality_plays_as_the_nearer_of_the_two(weights: dict[str, dict[str, float]]) -> None:
    vector = {name: np.array([row[key] for key in WEIGHTS]) for name, row in weights.items()}
    assert set(PLAYED_AS) == set(weights)
    for name, played in PLAYED_AS.items():
        other = HEDGER if played == LEVERAGE_PLAYER else LEVERAGE_PLAYER
        assert np.linalg.norm(vector[name] - vector[played]) <= np.linalg.norm(vector[name] - vector[other])


def test_a_nation_without_a_name_never_acts(weights: dict[str, dict[str, float]]) -> None:
    found = personalities(("JPN", "ROW"), {"JPN": "trader"}, weights)
    assert found.acts.tolist() == [True, False]
    assert found.played == (HEDGER, "")
    assert found.of("price").tolist() == [weights[HEDGER]["price"], 0.0]


def test_the_patient_discount_less(weights: dict[str, dict[str, float]]) -> None:
    found = personalities(("A", "B"), {"A": "hedger", "B": "leverage_player"}, weights)
    assert 0 < found.discount[1] < found.discount[0] < 1


def test_both_characters_are_played_in_the_long_arc() -> None:
    level = load_level("long_arc")
    played = {PLAYED_AS[row["name"]] for row in level.personalities.values()}
    assert played == {HEDGER, LEVERAGE_PLAYER}
