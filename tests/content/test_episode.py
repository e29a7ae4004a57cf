"""Episode files: read as they stand, and precise about what is wrong with them."""

import copy

import numpy as np
import pytest
import yaml

from game.batch.hindcast import EPISODES
from game.content.episode import load_episodes
from game.problems import ProblemError

MINIMAL = {
    "id": "tin_2030",
    "mineral": "tin",
    "start": "2030-04",
    "shock": {"lever": "export_ban", "world_supply_removed_share": {"nominal": 0.3, "effective": 0.2}},
    "accept": {"monthly_peak_ratio": [1.1, 4.0]},
    "baseline": {"supply_share": {"IDN": 0.4, "REST": 0.6}},
}


def written(tmp_path, change=lambda episode: None):
    episode = copy.deepcopy(MINIMAL)
    change(episode)
    path = tmp_path / "episodes.yaml"
    path.write_text(yaml.safe_dump({"episodes": [episode]}, sort_keys=False), encoding="utf-8")
    return path


def problems(tmp_path, change):
    with pytest.raises(ProblemError) as caught:
        load_episodes(written(tmp_path, change))
    return [str(problem) for problem in caught.value.problems]


def raw():
    return yaml.safe_load(EPISODES.read_text(encoding="utf-8"))["episodes"]


def test_all_given_episodes_are_read_with_every_band():
    episodes = load_episodes(EPISODES)
    assert len(episodes) == 13
    for episode, source in zip(episodes, raw(), strict=True):
        bands = {name: [band.low, band.high] for name, band in episode.accept.items()}
        assert bands == {name: value for name, value in source["accept"].items() if name != "reasoning"}


def test_shock_and_baseline_are_taken_verbatim():
    for episode, source in zip(load_episodes(EPISODES), raw(), strict=True):
        for block in ("shock", "baseline"):
            model, given = getattr(episode, block), source[block]
            for name in type(model).model_fields:
                if name in given and name not in ("then", "world_supply_removed_share", "row_supply_removed_share"):
                    assert getattr(model, name) == given[name], (episode.id, name)
        for name in ("world_supply_removed_share", "row_supply_removed_share"):
            for key, value in source["shock"].get(name, {}).items():
                assert getattr(getattr(episode.shock, name), key) == value, (episode.id, name, key)


def test_what_an_episode_leaves_out_takes_its_default(tmp_path):
    (episode,) = load_episodes(written(tmp_path))
    assert episode.stage == "refined"
    assert episode.baseline.price_history_usd2024_per_t == {}
    assert episode.shock.duration_months is None
    assert episode.observed.ratio is None


def test_keys_nobody_asks_for_are_left_alone(tmp_path):
    def change(episode):
        episode["story"] = "long ago"
        episode["shock"]["rumours"] = ["many"]
        episode["accept"]["reasoning"] = "because"

    assert load_episodes(written(tmp_path, change))[0].story == "long ago"


def test_the_effective_share_may_change_with_the_months():
    (ban,) = [episode for episode in load_episodes(EPISODES) if episode.id == "co_drc_ban_2025"]
    share = ban.shock.world_supply_removed_share
    assert [share.effective_in(month) for month in (0, 7, 8, 30)] == [0.75, 0.75, 0.38, 0.38]


def _set(*path):
    def change(episode):
        *steps, key, value = path
        for step in steps:
            episode = episode[step]
        if value is None:
            del episode[key]
        else:
            episode[key] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set("accept", "monthly_peak_ratio", [4.0, 1.1]), ("turn the two around",)),
        (_set("accept", "monthly_peak_ratio", 3), ("monthly_peak_ratio", "3", "lowest and highest")),
        (_set("accept", "monthly_peak_ratio", [1, "two"]), ("lowest and highest",)),
        (_set("accept", "monthly_peak_ratio", [None, None]), ("lowest and highest",)),
        (_set("id", "two words"), ("two words", "one word")),
        (_set("start", "July 2010"), ("start", "July 2010", "year-month")),
        (_set("start", "2010-13"), ("2010-13", "no month")),
        (_set("baseline", "supply_share", {"IDN": 0.4, "REST": 0.4}), ("0.800", "sum to 1")),
        (_set("baseline", "supply_share", "IDN", "much"), ("much", "number")),
        (_set("baseline", "supply_share", "IDN", -0.4), ("-0.4", "at least 0")),
        (_set("shock", "lever", None), ("lever",)),
        (_set("shock", "world_supply_removed_share", "effective", 20), ("20", "at most 1")),
        (_set("shock", "demand_change", "a lot"), ("a lot",)),
        (_set("shock", "duration_months", -3), ("-3", "more than 0")),
        (_set("baseline", "price_history_usd2024_per_t", {2010: -5}), ("-5", "more than 0")),
        (_set("baseline", "supply_share", {}), ("supply_share",)),
        (_set("mineral", 7), ("mineral", "7")),
    ],
)
def test_a_malformed_episode_is_told_where_what_and_how_to_mend_it(tmp_path, change, words):
    found = problems(tmp_path, change)
    assert all(":" in line.split(" ")[0] for line in found)
    assert any(all(word in line for word in words) for line in found), found


def test_an_end_of_a_band_may_be_open(tmp_path):
    (episode,) = load_episodes(written(tmp_path, _set("accept", "monthly_peak_ratio", [1.2, None])))
    assert (episode.accept["monthly_peak_ratio"].low, episode.accept["monthly_peak_ratio"].high) == (1.2, np.inf)


def test_an_id_given_twice_is_refused(tmp_path):
    path = tmp_path / "twice.yaml"
    path.write_text(yaml.safe_dump({"episodes": [MINIMAL, MINIMAL]}), encoding="utf-8")
    with pytest.raises(ProblemError, match="stands twice"):
        load_episodes(path)


@pytest.mark.parametrize("text", ["", "episodes: []", "episodes:", "- a", "\t:", "episodes: {a: 1}"])
def test_a_file_that_holds_no_episodes_is_refused(tmp_path, text):
    path = tmp_path / "broken.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as caught:
        load_episodes(path)
    assert all(problem.where for problem in caught.value.problems)
