"""The hindcast: reading rules on made-up paths, and what the given episodes must show."""

import json
from dataclasses import replace

import numpy as np
import pytest
import yaml

from game.batch.hindcast import EPISODES, direction_is_right, echo, hindcast, load_all, table
from game.batch.hindcast_check import Outcome, checks, half_year_bands, turn_of
from game.batch.hindcast_course import course
from game.batch.hindcast_page import page
from game.cli.command import run
from game.content.episode import Episode
from game.content.episode_mineral import DEFAULT, mineral_row, shared_parameters


@pytest.fixture(scope="module")
def episodes():
    return load_all([])


@pytest.fixture(scope="module")
def result(episodes):
    return hindcast(episodes)


def made_up(accept, price, **blocks):
    """The outcome of an episode with these bands and this path of half-years after the start."""
    episode = Episode.model_validate(
        {
            "id": "made_up",
            "mineral": "tin",
            "start": "2010-07",
            "shock": {"lever": "export_ban"},
            "accept": accept,
            "baseline": {"supply_share": {"IDN": 1.0}},
            **blocks,
        }
    )
    path = np.array([1.0, *price])
    return Outcome(episode, path, 0.5 * path, np.linspace(0, 1, len(path)), path, 2.0)


def found(accept, price, **blocks):
    return {check.metric: check for check in checks(made_up(accept, price, **blocks))}


# --- reading rules ------------------------------------------------------------------------------------------------


def test_a_peak_is_held_to_the_yearly_low_and_the_monthly_high():
    check = found({"monthly_peak_ratio": [5, 16], "annual_ratio": [4, 13], "months_to_peak": [1, 30]}, [2, 4.5, 3, 1])
    assert (check["peak_ratio"].low, check["peak_ratio"].high) == (4, 16)
    assert check["peak_ratio"].model == 4.5
    assert check["peak_ratio"].inside
    assert "annual_ratio" not in check


def test_a_trough_is_held_to_the_monthly_low_and_the_yearly_high():
    check = found({"trough_ratio": [0.08, 0.35], "annual_ratio": [0.12, 0.4]}, [0.9, 0.38, 0.5])["trough_ratio"]
    assert (check.low, check.high, check.model) == (0.08, 0.4, 0.38)


def test_months_to_peak_is_inside_when_any_month_of_the_turn_is():
    price = [1.5, 3.0, 2.0, 1.0]  # the peak's turn is months 6 to 12
    for band, inside in (([1, 6], True), ([12, 20], True), ([8, 9], True), ([13, 20], False), ([0, 5], False)):
        assert found({"months_to_peak": band}, price)["months_to_peak"].inside is inside


def test_a_plateau_counts_from_its_beginning():
    assert found({"months_to_peak": [0, 6]}, [2.95, 3.0, 1.0])["months_to_peak"].inside


def test_a_month_is_read_in_the_turn_that_holds_it():
    assert [turn_of(month) for month in (0, 5, 6, 12, 59)] == [1, 1, 2, 3, 10]
    check = found({"ratio_at_12_months": [1, 9], "m12_after_peak_over_peak": [0, 1]}, [1, 4, 3, 2, 1])
    assert check["ratio_at_12_months"].model == 3
    assert check["m12_after_peak_over_peak"].model == pytest.approx(2 / 4)


def test_yearly_means_mix_half_years_by_their_months():
    observed = {"annual": {"base_year": 2010, "peak_year": 2011}}
    check = found({"annual_ratio": [1, 9]}, [2.0, 4.0, 6.0], observed=observed)["annual_ratio"]
    assert check.model == pytest.approx(5.0 / 1.5)


def test_a_peak_is_not_looked_for_where_the_price_was_later_seen_higher():
    observed = {"price_before": 10, "price_peak": 14, "months_to_peak": 2, "after_start": {"m12": 12, "m24": 20}}
    check = found({"monthly_peak_ratio": [1, 2]}, [1.4, 1.2, 1.1, 1.3, 5.0, 9.0], observed=observed)
    assert check["peak_ratio"].model == 1.4


def test_home_over_outside_refined_share_and_floor():
    accept = {
        "domestic_over_export_at_12_months": [0, 1],
        "indonesia_refined_share_after_6_months": [0, 1],
        "trough_ratio": [0, 1],
        "floor_over_long_run_cost": [0, 1],
        "first_6_months_ratio": [0, 1],
    }
    check = found(accept, [0.8, 0.6, 0.7, 0.9])
    assert check["domestic_over_export_at_12_months"].model == pytest.approx(0.5)
    assert check["indonesia_refined_share_after_6_months"].model == pytest.approx(0.5)
    assert check["floor_over_long_run_cost"].model == pytest.approx(0.6 / 2.0)
    assert check["first_6_months_ratio"].model == pytest.approx(0.8)


def test_an_unknown_band_is_named_and_not_counted():
    outcome = made_up({"colour_of_the_sky": [1, 2], "monthly_peak_ratio": [1, 2]}, [1.5, 1.2])
    assert [check.metric for check in checks(outcome)] == ["peak_ratio"]


def test_every_band_of_the_given_episodes_is_compared(episodes, result):
    assert len(result.checks) == sum(len(half_year_bands(episode)) for episode in episodes) == 37


# --- reading of shocks --------------------------------------------------------------------------------------------


def of(episodes, name):
    return next(episode for episode in episodes if episode.id == name)


def yearly(growth):
    return np.round(np.expm1(2 * growth), 3)


def test_a_single_demand_change_holds_for_the_first_year_alone(episodes):
    shaba = course(of(episodes, "co_shaba_1978"), 4)
    assert yearly(shaba.demand_ln).tolist() == [0.03, 0.21, 0.21, 0.03, 0.03]


def test_in_a_boom_demand_never_grows_below_trend(episodes):
    copper = course(of(episodes, "cu_china_2003_06"), 6)
    assert yearly(copper.demand_ln)[1:].tolist() == [0.08, 0.08, 0.025, 0.025, 0.025, 0.025]


def test_in_a_glut_committed_supply_is_demand_and_the_surplus(episodes):
    glut = course(of(episodes, "co_glut_2022_24"), 6)
    ahead = np.exp(np.cumsum(glut.supply_ln[1:]) - np.cumsum(glut.demand_ln[1:]))
    assert ahead[:4] == pytest.approx([1.075, 1.15, 1.15, 1.15])


def test_a_short_measure_counts_pro_rata_and_its_fear_in_full(episodes):
    licence = course(of(episodes, "gr_licence_2023"), 2)
    assert licence.removed[1:].tolist() == pytest.approx([0.05, 0.0])
    assert licence.feared[1:].tolist() == [0.6, 0.0]


def test_a_measure_announced_early_frightens_before_it_cuts(episodes):
    ban = course(of(episodes, "ni_ore_ban_2020"), 3)
    assert ban.removed[1:].tolist() == pytest.approx([0.0, 0.05, 0.05])
    assert (ban.feared[1:] == 0.1).all()


def with_shock(**shock):
    """A made-up episode of two suppliers with this shock."""
    return made_up({}, [1.0], shock=shock, baseline={"supply_share": {"IDN": 0.4, "REST": 0.6}}).episode


def test_without_an_effective_share_the_nominal_one_counts_and_without_either_the_stated_change():
    nominal = with_shock(lever="mine_flood", actor="IDN", world_supply_removed_share={"nominal": 0.1})
    stated = with_shock(lever="mine_flood", actor="IDN", change=-0.5)
    assert course(nominal, 2).removed[1:].tolist() == pytest.approx([0.1, 0.1])
    assert course(stated, 2).removed[1:].tolist() == pytest.approx([0.2, 0.2])


def test_lost_output_frightens_only_in_war_and_where_fear_is_stated():
    for lever, feared in (("mine_flood", 0.0), ("war", 0.3), ("export_quota", 0.3)):
        episode = with_shock(lever=lever, world_supply_removed_share={"nominal": 0.3, "effective": 0.1})
        assert course(episode, 1).feared[1] == feared


def test_a_loss_of_output_with_supply_in_its_name_is_no_glut():
    lost = course(with_shock(lever="supply_cut", world_supply_removed_share={"effective": 0.2}), 2)
    assert lost.removed[1:].tolist() == pytest.approx([0.2, 0.2])
    assert yearly(lost.supply_ln)[1] == pytest.approx(0.03)


def test_a_slump_of_demand_falls_below_trend():
    slump = course(with_shock(lever="demand_slump", demand_change={2010: -0.2}), 2)
    assert yearly(slump.demand_ln)[1] == pytest.approx(-0.2)


def test_several_actors_lose_output_together():
    episode = made_up({}, [1.0], shock={"lever": "strike", "actor": "ZAF+ZWE", "change": -0.5},
                      baseline={"supply_share": {"RUS": 0.4, "ZAF": 0.4, "ZWE": 0.1, "REST": 0.1}}).episode  # fmt: skip
    assert course(episode, 1).removed[1] == pytest.approx(0.25)
    assert hindcast([episode]).outcomes[0].price[1] > 1.3


def test_a_mineral_the_game_lacks_takes_the_default_row():
    assert mineral_row("tin") == DEFAULT
    assert mineral_row("palladium") == mineral_row("platinum_group") != DEFAULT


# --- the given episodes -------------------------------------------------------------------------------------------


def test_an_episode_comes_out_the_same_alone_and_among_others(episodes, result):
    for name in ("gr_licence_2023", "ni_ore_ban_2020"):
        alone = hindcast([of(episodes, name)])
        beside = next(outcome for outcome in result.outcomes if outcome.episode.id == name)
        assert alone.outcomes[0].price == pytest.approx(beside.price[: len(alone.outcomes[0].price)], rel=1e-6)


def test_at_least_four_fifths_of_the_checks_are_inside(result):
    assert result.hits >= 0.8 * len(result.checks)


def test_no_episode_fails_more_than_half_of_its_checks(episodes, result):
    for episode in episodes:
        assert np.mean([check.inside for check in result.of(episode.id)]) >= 0.5, episode.id


def test_no_peak_stands_above_one_and_a_half_times_its_band(result):
    for check in result.checks:
        if check.metric == "peak_ratio":
            assert check.model <= 1.5 * check.high, check


def test_every_price_moves_the_way_it_did(result):
    for outcome in result.outcomes:
        assert direction_is_right(outcome), outcome.episode.id


def test_the_controls_against_over_reaction_pass(result):
    for name in ("gr_licence_2023", "ni_lme_2022"):
        assert all(check.inside for check in result.of(name))


# A mechanism switched off by its constant, the figure that shows it, and what happens to the figure without it.
PROBES = (
    ("fear", {"fear_cover_months": 0.0}, "ni_lme_2022", "peak_ratio", "falls"),
    ("licence weaker than quota", {"licence_fear": 1.0}, "ga_licence_2023", "ratio_at_12_months", "rises"),
    ("leak", {"leak_share": 0.0}, "co_drc_ban_2025", "peak_ratio", "rises"),
    ("spare stock", {"spare_stock_elasticity": 0.65}, "co_drc_ban_2025", "first_6_months_ratio", "rises"),
    ("contagion", {"contagion": 0.0}, "ree_quota_2010", "domestic_over_export_at_peak", "falls"),
    ("stocks that answer to price", {"stock_elasticity": 0.2}, "ree_quota_2010", "peak_ratio", "rises"),
    ("slow substitution", {"substitution_speed": 0.0}, "co_shaba_1978", "m36_after_peak_over_peak", "rises"),
    ("investment", {"investment_turns": 1e6}, "li_boom_2015_18", "peak_ratio", "rises"),
    ("tight capacity", {"normal_utilisation": 0.85}, "cu_china_2003_06", "peak_ratio", "falls"),
    ("lagged supply", {"current_price_weight": 0.5}, "li_bust_2023_25", "trough_ratio", "falls"),
)


@pytest.mark.parametrize(("name", "constants", "episode", "metric", "effect"), PROBES, ids=[p[0] for p in PROBES])
def test_every_mechanism_has_an_effect_of_its_own(episodes, result, name, constants, episode, metric, effect):
    before = next(check.model for check in result.of(episode) if check.metric == metric)
    without = hindcast([of(episodes, episode)], replace(shared_parameters(), **constants))
    after = next(check.model for check in without.checks if check.metric == metric)
    assert after > 1.03 * before if effect == "rises" else after < before / 1.03, (before, after)


def test_no_second_peak_reaches_half_of_the_first(result):
    for outcome in result.outcomes:
        assert echo(outcome) < 0.5, outcome.episode.id


def test_an_echo_is_the_second_peak_over_the_first_in_logs():
    path = np.exp([1.0, 0.5, 0.2, 0.4, 0.1, 0.0])
    assert echo(made_up({"monthly_peak_ratio": [1, 9]}, path)) == pytest.approx(0.4)


def test_without_shock_and_history_a_market_stays_where_it_is():
    calm = Episode.model_validate(
        {
            "id": "calm",
            "mineral": "copper",
            "start": "2010-01",
            "shock": {"lever": "none"},
            "accept": {},
            "baseline": {"supply_share": {"CHL": 0.4, "REST": 0.6}, "trend_growth_per_year": 0.02},
        }
    )
    price = hindcast([calm]).outcomes[0].price[:11]
    assert price == pytest.approx(np.ones(11), abs=0.04)


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command_prints_every_check_and_a_total_line(capsys, result):
    assert run(["hindcast"]) == 0
    printed = capsys.readouterr().out
    assert printed.strip() == table(result)
    share = round(100 * result.hits / 37)
    assert printed.strip().splitlines()[-1] == f"{result.hits} of 37 checks inside their bands ({share} %)"


def test_json_holds_every_check(tmp_path, capsys, result):
    assert run(["hindcast", "--out", str(tmp_path / "x.json")]) == 0
    rows = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert len(rows) == len(result.checks)
    assert set(rows[0]) == {"episode", "metric", "model", "low", "high", "inside"}
    assert sum(row["inside"] for row in rows) == result.hits


def test_the_page_needs_no_network_and_shows_every_episode(result):
    text = page(result)
    assert "http" not in text
    assert text.count("<svg") == len(result.outcomes)
    assert all(outcome.episode.id in text for outcome in result.outcomes)


def test_an_unseen_mineral_with_little_known_about_it_runs(tmp_path, capsys):
    episode = {
        "id": "tin_2030", "mineral": "tin", "start": "2030-04", "accept": {"monthly_peak_ratio": [1.05, 9.0]},
        "shock": {
            "actor": "IDN", "lever": "export_ban", "world_supply_removed_share": {"nominal": 0.3, "effective": 0.2}
        },
        "baseline": {"supply_share": {"IDN": 0.4, "REST": 0.6}},
    }  # fmt: skip
    path = tmp_path / "tin.yaml"
    path.write_text(yaml.safe_dump({"episodes": [episode]}), encoding="utf-8")
    assert run(["hindcast", str(path)]) == 0
    assert "1 of 1 checks" in capsys.readouterr().out


def test_open_bands_and_no_bands_are_printed_and_drawn(tmp_path, capsys):
    episode = {
        "id": "Tin-2030", "mineral": "tin", "start": "2030-04", "shock": {"lever": "export_ban", "change": -0.5},
        "accept": {"monthly_peak_ratio": [1.05, None], "months_to_peak": [None, 12]},
        "baseline": {"supply_share": {"IDN": 0.4, "REST": 0.6}},
    }  # fmt: skip
    path = tmp_path / "tin.yaml"
    path.write_text(yaml.safe_dump({"episodes": [episode, episode | {"id": "calm", "accept": {}}]}), encoding="utf-8")
    assert run(["hindcast", str(path), "--out", str(tmp_path / "x.html")]) == 0
    assert "[1.05, open]" in capsys.readouterr().out
    assert run(["hindcast", str(path), "--out", str(tmp_path / "x.json")]) == 0
    rows = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert [row["high"] for row in rows] == [None, 12]


def test_a_malformed_file_gets_every_problem_and_no_traceback(tmp_path, capsys):
    text = EPISODES.read_text(encoding="utf-8").replace("lever: export_quota", "lever: [export_quota]", 1)
    path = tmp_path / "bad.yaml"
    path.write_text(text.replace("- 0.95\n    - 1.3", "- 1.95\n    - 1.3", 1), encoding="utf-8")
    assert run(["hindcast", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 2
    assert all("bad.yaml:" in line for line in printed.err.splitlines())


def test_an_output_of_another_kind_is_refused(capsys):
    assert run(["hindcast", "--out", "x.csv"]) == 2
    assert "x.csv" in capsys.readouterr().err


def test_the_parameters_are_those_of_the_game():
    from game.engine.baseline import Parameters

    assert shared_parameters() == Parameters()
