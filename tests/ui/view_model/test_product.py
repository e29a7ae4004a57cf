"""Products in the nation panel, computed without pygame."""

import pytest

from game.content.load import load_level
from game.match.match import Match
from game.ui.view_model.product import chain_value, products
from game.ui.view_model.scene import Scene


@pytest.fixture(scope="module")
def scene():
    level = load_level("long_arc")
    match = Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {"JPN": "person"}, seed=3)
    match.end_turn()
    return Scene(match, "JPN")


def test_every_product_shows_what_was_made_and_how_far_need_was_met(scene):
    rows = {row.product: row for row in products(scene, "JPN")}
    n = scene.position("JPN")
    assert set(rows) == set(scene.axes.products)
    for k, product in enumerate(scene.axes.products):
        need, bought = scene.world.product_need_usd_bn[0, n, k], scene.world.product_bought_usd_bn[0, n, k]
        assert rows[product].met.value == pytest.approx(bought / need)
        assert rows[product].made.value == pytest.approx(scene.world.product_made_usd_bn[0, n, k])


def test_makers_short_of_a_mineral_name_it(scene):
    n, k = scene.position("JPN"), scene.axes.products.index("batteries")
    cobalt = scene.axes.mineral_index["cobalt"]
    scene.world.arrays["bottleneck"] = scene.world.bottleneck.copy()
    scene.world.arrays["recipe_met_share"] = scene.world.recipe_met_share.copy()
    scene.world.bottleneck[0, n, k], scene.world.recipe_met_share[0, n, k] = cobalt, 0.8
    row = next(row for row in products(scene, "JPN") if row.product == "batteries")
    assert row.mineral == "cobalt"
    assert row.limit is not None
    assert "Cobalt" in row.limit.text
    assert row.limit.value == pytest.approx(0.8)
    scene.world.recipe_met_share[0, n, k] = 1.0
    assert next(row for row in products(scene, "JPN") if row.product == "batteries").limit is None


def test_makers_short_of_high_purity_say_so(scene):
    n, k = scene.position("JPN"), scene.axes.products.index("aerospace_defence")
    titanium = scene.axes.mineral_index["titanium"]
    for field in ("bottleneck", "recipe_met_share", "high_purity_met_share"):
        scene.world.arrays[field] = scene.world.arrays[field].copy()
    scene.world.bottleneck[0, n, k] = titanium
    scene.world.recipe_met_share[0, n, k] = scene.world.high_purity_met_share[0, n, titanium] = 0.5
    row = next(row for row in products(scene, "JPN") if row.product == "aerospace_defence")
    assert row.limit is not None
    assert row.limit.text.startswith("Pure titanium")


def test_the_value_of_a_chain_is_told_by_stage_and_owner(scene):
    found = chain_value(scene, scene.axes.mineral_index["cobalt"])
    parts = [float(word.rstrip("%,")) for word in found.text.split() if word.rstrip(",").endswith("%")]
    assert sum(parts) == pytest.approx(100, abs=1.5)
    assert parts[2] == pytest.approx(found.value, abs=1)
    assert found.tip.causes[0].text == "China"
