"""What a nation's sites made."""

import pytest

from game.engine.axes import MINE, REFINE
from game.ui.view_model.report_output import outputs
from tests.ui.played import LONG, SHORT, scene_of


def test_outputs_are_tonnes_of_the_fields_and_their_share_of_capacity():
    scene = scene_of(LONG, "COD", 4)
    world, n = scene.past[-1], scene.nation
    rows = outputs(scene)
    assert {row.mineral for row in rows} >= {"cobalt", "copper"}
    for row in rows:
        mineral, stage = row.key.split(".")
        m = scene.mineral(mineral)
        made = (world.mined_t if int(stage) == MINE else world.refined_t)[0, n, m]
        assert row.tonnes.value == pytest.approx(made)
        assert row.used.value == pytest.approx(made / world.capacity_t[0, n, m, int(stage)])
        assert int(stage) in (MINE, REFINE)


def test_the_most_valuable_output_comes_first():
    scene = scene_of(LONG, "COD", 4)
    base = scene.baseline

    def value(row):
        mineral, stage = row.key.split(".")
        m = scene.mineral(mineral)
        price = base.ore_price_usd_per_t[m] if int(stage) == MINE else base.price_usd_per_t[m]
        return row.tonnes.value * price

    values = [value(row) for row in outputs(scene)]
    assert values == sorted(values, reverse=True)


def test_before_the_first_turn_nothing_was_made():
    assert outputs(scene_of(SHORT, "JPN", 0)) == []
