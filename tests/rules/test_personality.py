import numpy as np
import pytest

from game.content.load import load_level
from game.rules.personality import HEDGER, WEIGHTS, personalities


@pytest.fixture(scope="module")
def weights() -> dict[str, dict[str, float]]:
    return load_level("long_arc").weights


def test_a_second_personality_pulls_a_third(weights: dict[str, dict[str, float]]) -> None:
    found = personalities(("A", "B", "C"), {"A": ("upgrader", "leverage_player"), "B": ("upgrader",)}, weights)
    first, second = (np.array([weights[name][key] for key in WEIGHTS]) for name in ("upgrader", "leverage_player"))
    np.testing.assert_allclose(found.weight, [(2 * first + second) / 3, first, 0 * first])


def test_only_who_likes_leverage_is_keen_on_it(weights: dict[str, dict[str, float]]) -> None:
    found = personalities(tuple(weights), {name: (name,) for name in weights}, weights)
    keen = dict(zip(weights, found.keenness, strict=True))
    assert keen["leverage_player"] == 1.0
    assert 0 < keen["upgrader"] < 1
    assert keen["steward"] == keen["hedger"] == keen["fortress"] == 0.0


def test_a_nation_without_a_name_never_acts(weights: dict[str, dict[str, float]]) -> None:
    found = personalities(("JPN", "ROW"), {"JPN": ("trader",)}, weights)
    assert found.acts.tolist() == [True, False]
    assert found.names == ("trader", "")
    assert found.of("price").tolist() == [weights["trader"]["price"], 0.0]


def test_the_patient_discount_less(weights: dict[str, dict[str, float]]) -> None:
    found = personalities(("A", "B"), {"A": (HEDGER,), "B": ("leverage_player",)}, weights)
    assert 0 < found.discount[1] < found.discount[0] < 1


def test_all_nine_personalities_have_a_nation_but_the_opportunist() -> None:
    level = load_level("long_arc")
    held = {name for names in level.characters.values() for name in names}
    assert set(level.weights) - held == {"opportunist"}
