"""The world's files are what the script makes of the source tables, and hold what the source tables say."""

import csv
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from game.content.build_world import SHARED, write_world
from game.content.load import load_level
from game.engine.baseline import Parameters

SOURCES = SHARED / "sources"


def rows(name):
    """Rows of a source table."""
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def world():
    """The tables of the long arc."""
    return load_level("long_arc").world


def test_building_the_world_again_gives_the_same_bytes(tmp_path):
    shutil.copytree(SOURCES, tmp_path / "sources")
    for path in write_world(tmp_path):
        assert path.read_bytes() == (SHARED / path.name).read_bytes(), f"{path.name}: run game.content.build_world"


@pytest.mark.parametrize(
    ("table", "source", "column"),
    [
        ("mined", "mine_production", "production_2024"),
        ("refined_secondary", "refined_production", "secondary_2024"),
        ("consumption", "consumption", "consumption_2024"),
        ("direct_use", "direct_use", "tonnes_2024"),
    ],
)
def test_every_figure_of_a_site_is_the_source_tables(world, table, source, column):
    for row in rows(source):
        cell = getattr(world, table).get(row["mineral"], {}).get(row["nation"])
        assert (cell.value if cell else 0) == float(row[column])


def test_refined_and_synthetic_output_together_are_the_source_tables(world):
    for row in rows("refined_production"):
        made = [table.get(row["mineral"], {}).get(row["nation"]) for table in (world.refined_primary, world.synthetic)]
        assert sum(cell.value for cell in made if cell) == pytest.approx(float(row["primary_2024"]))


def test_the_balance_of_every_mineral_holds_within_the_rounding_of_its_published_ratio(world):
    for row in rows("balances"):
        mineral = row["mineral"]
        ore = sum(cell.value for cell in world.mined[mineral].values())
        ore -= sum(cell.value for cell in world.direct_use.get(mineral, {}).values())
        ratio = float(row["refined_per_ore_unit"])
        assert ore * ratio == pytest.approx(float(row["primary_refined_2024"]), rel=2e-4)
        assert world.minerals[mineral].refined_per_ore.value == pytest.approx(ratio, abs=5.1e-5)


def test_products_grow_differently_and_their_total_hits_the_published_multiple(world):
    short = {"stated_policies": "steps", "announced_pledges": "aps", "net_zero": "nze"}
    for row in rows("minerals"):
        share = world.product_share[row["id"]]
        for scenario, name in short.items():
            for k, year in ((0, 2030), (2, 2040)):
                growth = world.demand[scenario][row["id"]]
                total = sum(share[product].value * growth[product].values[k] for product in share)
                whole = sum(cell.value for cell in share.values())
                assert total / whole == pytest.approx(float(row[f"demand_{year}_{name}"]), rel=1e-4)
    batteries, alloys = (world.demand["stated_policies"]["lithium"][k] for k in ("batteries", "steel_alloys_other"))
    assert batteries.values[0] > 1.5 * alloys.values[0]


def test_every_constant_of_the_engine_has_a_row_with_its_default_in_range(world):
    for item in fields(Parameters):
        if item.type is float or item.type == "float":
            row = world.parameters[item.name]
            assert row.low <= row.value <= row.high


def test_prices_are_yearly_and_none_is_later_than_2024():
    assert {row["year"] for row in rows("annual_prices")} == {str(year) for year in range(2005, 2025)}
    assert len(rows("annual_prices")) == 20 * 11


def test_nothing_in_the_world_names_a_place_on_the_web():
    for path in Path(SHARED).rglob("*.*"):
        assert "http" not in path.read_text(encoding="utf-8"), path
