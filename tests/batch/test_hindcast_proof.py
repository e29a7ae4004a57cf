"""The proof of the hindcast: how draws are made and scored, and what the stored figures must show."""

import json

import numpy as np
import pytest

from game.batch.hindcast import EPISODES, default_row, hindcast, load_all
from game.batch.hindcast_check import Check
from game.batch.hindcast_proof import FITTED, PROOF, Draw, distance, drawn, left_out, main
from game.content.episode_mineral import DEFAULT, parameter_ranges, shared_parameters
from game.engine.baseline import Parameters


@pytest.fixture(scope="module")
def stored():
    return json.loads(PROOF.read_text(encoding="utf-8"))


def test_a_draw_moves_the_fitted_constants_alone_and_stays_in_their_ranges():
    ranges, base, one = parameter_ranges(), shared_parameters(), drawn(1, 7)
    for name in Parameters.__dataclass_fields__:
        if name in FITTED:
            assert ranges[name][0] <= getattr(one, name) <= ranges[name][1]
        else:
            assert getattr(one, name) == getattr(base, name)
    assert drawn(1, 7) == one != drawn(1, 8)


def test_distance_is_in_logs_of_price_or_years_of_timing():
    assert distance(Check("e", "peak_ratio", 2.0, 1.0, 3.0)) == 0
    assert distance(Check("e", "peak_ratio", 6.0, 1.0, 3.0)) == pytest.approx(np.log(2))
    assert distance(Check("e", "peak_ratio", 0.5, 1.0, 3.0)) == pytest.approx(np.log(2))
    assert distance(Check("e", "months_to_peak", 24.0, 1.0, 6.0)) == pytest.approx(1.5)


def test_the_set_for_an_episode_is_chosen_without_it():
    episodes = load_all([])[:2]
    good_for_first = Draw(Parameters(), np.array([0.0, 5.0]), np.array([4, 0]))
    good_for_second = Draw(Parameters(), np.array([5.0, 0.0]), np.array([0, 5]))
    rows = left_out(episodes, [good_for_first, good_for_second])
    assert [row["inside"] for row in rows] == [0, 0]


def test_the_default_row_keeps_whether_a_metal_is_a_by_product():
    assert default_row("copper") == DEFAULT
    assert default_row("cobalt").is_by_product


def test_the_stored_result_is_what_the_command_writes():
    rows = json.loads(EPISODES.with_name("result.json").read_text(encoding="utf-8"))
    now = [check.as_row() for check in hindcast(load_all([])).checks]
    hint = "run python main.py hindcast --out levels/_episodes/result.json, then game.content.build_almanac"
    assert [(row["episode"], row["metric"], row["inside"]) for row in rows] == [
        (row["episode"], row["metric"], row["inside"]) for row in now
    ], hint
    assert [row["model"] for row in rows] == pytest.approx([row["model"] for row in now], rel=1e-3), hint


def test_the_stored_proof_belongs_to_this_version(stored):
    fitted, plain = hindcast(load_all([])), hindcast(load_all([]), row_of=default_row)
    hint = "run python -m game.batch.hindcast_proof, then game.content.build_almanac"
    assert (stored["inside"], stored["default_row_inside"]) == (fitted.hits, plain.hits), hint
    assert stored["checks"] == len(fitted.checks)


def test_the_score_holds_up_outside_the_fit(stored):
    assert stored["drawn_mean_share"] >= 0.70
    assert stored["default_row_inside"] >= 0.65 * stored["checks"]
    assert stored["direction_right"] == len(stored["left_out"])


def test_the_proof_is_a_command(tmp_path, capsys):
    target = tmp_path / "proof.json"
    assert main(["2", str(target)]) == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    assert found["draws"] == 2
    assert sum(row["of"] for row in found["left_out"]) == found["checks"] == 37
