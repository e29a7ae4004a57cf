"""A level becomes arrays: balances of 2024, growth, histories, projects and ties, over the nations in play."""

import math
from dataclasses import fields

import numpy as np
import pytest

from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.axes import SYNTHETIC_PLANT

HEAD = """id: {folder}
title: A level
summary: For a test.
turns: 12
default_nation: JPN
"""


@pytest.fixture(scope="module")
def level():
    """The long arc."""
    return load_level("long_arc")


@pytest.fixture(scope="module")
def baseline(level):
    """Its arrays."""
    return build_baseline(level)


def built(folder, text):
    """Build a level made of the usual head and `text`."""
    path = folder / "level.yaml"
    path.write_text(HEAD.format(folder=folder.name) + text, encoding="utf-8")
    return build_baseline(load_level(path))


def test_the_long_arc_has_all_actors_minerals_and_products(baseline):
    axes = baseline.axes
    assert (len(axes.nations), len(axes.minerals), len(axes.products)) == (40, 10, 7)
    assert axes.rest_of_world == 39


def test_no_array_has_a_hole(baseline):
    for item in fields(baseline):
        array = getattr(baseline, item.name)
        if isinstance(array, np.ndarray) and item.name not in ("mine_utilisation", "mine_cost_spread", "reserves_t"):
            assert np.isfinite(array).all(), item.name


def test_ore_and_refined_metal_balance_exactly(baseline):
    ore = baseline.mined_t.sum(0) - baseline.direct_use_t.sum(0)
    np.testing.assert_allclose(ore * baseline.refined_per_ore, baseline.refined_primary_t.sum(0), rtol=1e-12)
    made = baseline.refined_primary_t + baseline.refined_secondary_t + baseline.synthetic_t
    np.testing.assert_allclose(made.sum(0) - baseline.consumption_t.sum(0), baseline.stock_change_t, atol=1e-6)


def test_shares_sum_to_one(baseline):
    np.testing.assert_allclose(baseline.product_share.sum(1), 1)
    np.testing.assert_allclose(baseline.manufacturing_share.sum(0), 1)
    np.testing.assert_allclose(baseline.final_share.sum(0), 1)
    assert baseline.product_value.sum() == pytest.approx(1)


def test_a_years_multiple_is_the_mean_of_its_two_turns_and_growth_fades_at_last(level, baseline):
    lithium, batteries = baseline.axes.mineral_index["lithium"], baseline.axes.product_index["batteries"]
    path = baseline.demand_multiple[:, lithium, batteries]
    published = level.world.demand["stated_policies"]["lithium"]["batteries"].values
    assert math.sqrt(path[11] * path[12]) == pytest.approx(published[0], rel=0.01)
    assert math.sqrt(path[31] * path[32]) == pytest.approx(published[2], rel=0.01)
    growth = np.diff(np.log(path))
    assert path[0] == 1
    assert (np.diff(growth[33:]) < 0).all()
    assert growth[-1] > 0


def test_history_ends_with_2024_as_the_unit_and_lithium_has_its_peak_in_2022(baseline):
    assert (baseline.history_ln[-1] == 0).all()
    assert len(baseline.history_ln) >= 8
    lithium = baseline.history_ln[:, baseline.axes.mineral_index["lithium"]]
    assert lithium.argmax() == len(lithium) - 3


def test_plants_for_synthetic_graphite_are_told_from_refineries(level, baseline):
    row = level.world.projects["btr_tangier_anode"]
    graphite = baseline.axes.mineral_index["graphite"]
    synthetic = (baseline.project_mineral == graphite) & (baseline.project_stage == SYNTHETIC_PLANT)
    row_of_it = synthetic & (baseline.project_nation == baseline.axes.rest_of_world) & (baseline.project_turn == 6)
    assert row.adds == {"synthetic": 60000}
    assert 42000 in baseline.project_t[row_of_it]


def test_projects_start_in_the_second_half_of_their_year_and_count_by_likelihood(level, baseline):
    row = level.world.projects["resolution_copper"]
    likelihood = level.world.project_stages[row.stage].likelihood
    usa, copper = baseline.axes.nation_index["USA"], baseline.axes.mineral_index["copper"]
    mine = (baseline.project_nation == usa) & (baseline.project_mineral == copper) & (baseline.project_stage == 0)
    at = mine & (baseline.project_turn == (row.expected_year - 2024) * 2)
    assert baseline.project_t[at].sum() == pytest.approx(row.capacity * likelihood)
    assert baseline.project_turn.min() >= 1


def test_running_plants_without_a_stated_rise_add_nothing(level):
    assert level.world.projects["weda_bay_mine"].adds == {}
    assert level.world.projects["balama"].adds == {}


def test_trust_is_the_base_and_its_notes_within_the_bounds(baseline):
    for pair, notes in baseline.trust_note.items():
        whole = 50 + sum(points for _label, points in notes)
        assert baseline.trust[pair] == pytest.approx(min(max(whole, 5), 95), abs=0.05)


def test_allies_trust_each_other_more_than_rivals_and_measures_cost_trust_one_way(baseline):
    at = baseline.axes.nation_index
    trust = baseline.trust
    assert trust[at["JPN"], at["AUS"]] > 75
    assert trust[at["UKR"], at["RUS"]] < 15
    assert trust[at["USA"], at["CHN"]] < trust[at["CHN"], at["USA"]]  # the ban of December 2024 names one of them


def test_nations_left_out_are_added_to_the_rest_of_the_world(tmp_path, baseline):
    folded = built(tmp_path, "use: {minerals: [cobalt, copper], nations: [JPN, COD]}\n")
    assert folded.axes.nations == ("JPN", "COD", "ROW")
    minerals = [baseline.axes.mineral_index[name] for name in ("cobalt", "copper")]
    for name in ("mined_t", "refined_primary_t", "refined_secondary_t", "consumption_t", "direct_use_t"):
        whole, part = getattr(baseline, name)[:, minerals], getattr(folded, name)
        np.testing.assert_allclose(part.sum(0), whole.sum(0))
        np.testing.assert_array_equal(part[0], whole[baseline.axes.nation_index["JPN"]])
    assert folded.gdp_usd_bn.sum() == pytest.approx(baseline.gdp_usd_bn.sum())
    np.testing.assert_allclose(folded.final_share.sum(0), 1)
    assert baseline.governance.min() < folded.governance[2] < baseline.governance.max()


def test_a_level_changes_any_figure_by_its_ids_and_leaves_the_others(tmp_path, baseline):
    changed = built(
        tmp_path, "world: {minerals: {lithium: {price: {value: 20000}}}, parameters: {momentum: {value: 0}}}\n"
    )
    lithium = baseline.axes.mineral_index["lithium"]
    assert changed.price_usd_per_t[lithium] == 20000
    assert changed.parameters.momentum == 0
    others = np.arange(10) != lithium
    np.testing.assert_array_equal(changed.price_usd_per_t[others], baseline.price_usd_per_t[others])


def test_a_total_ban_of_all_2024_closes_its_arcs_and_a_later_one_does_not(tmp_path):
    text = "world: {restrictions: {gallium_chn_ban_2024_12_03: {start: 2023-06-01, severity: 1, targets: [IND]}}}\n"
    closed = built(tmp_path, text)
    china, india = (closed.axes.nation_index[name] for name in ("CHN", "IND"))
    gallium = closed.axes.mineral_index["gallium"]
    assert not closed.refined_open[gallium, china, india]
    assert (~closed.refined_open).sum() == 1
    assert closed.ore_open.all()


def test_leads_are_turns_and_cover_is_half_years(baseline):
    copper = baseline.axes.mineral_index["copper"]
    assert baseline.mine_lead[copper] == 12
    assert baseline.investment_lead[copper] == 10
    assert baseline.stock_cover[copper] == pytest.approx(0.25)
    assert baseline.host[baseline.axes.mineral_index["cobalt"]].tolist() == [
        copper,
        baseline.axes.mineral_index["nickel"],
    ]
