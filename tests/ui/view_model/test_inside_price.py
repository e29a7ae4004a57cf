"""Prices inside nations are shown where they part from the world's."""

import numpy as np
import pytest

from game.content.load import load_level
from game.match.match import Match
from game.ui.view_model.inside_price import inside_prices
from game.ui.view_model.scene import Scene


@pytest.fixture(scope="module")
def match():
    level = load_level("first_shipment")
    seat = level.row.default_nation
    return Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {seat: "person"}, seed=1)


def parted(match, gaps):
    """The inside prices of the first mineral when nations' delivered prices part by the given logs."""
    seat = match.level.row.default_nation
    scene = Scene(match, seat)
    world = scene.world
    before = world.delivered_ln.copy(), world.headline_ln.copy()
    world.delivered_ln.flags.writeable = world.headline_ln.flags.writeable = True
    try:
        world.headline_ln[...] = 0.0
        world.delivered_ln[...] = 0.0
        for nation, gap in gaps.items():
            world.delivered_ln[0, world.axes.nations.index(nation)] = gap
        return inside_prices(scene, 0)
    finally:
        world.delivered_ln[...], world.headline_ln[...] = before


def test_where_all_pay_alike_nothing_is_shown(match):
    assert parted(match, {}) == []
    assert parted(match, {match.level.row.default_nation: 0.01}) == []


def test_ones_own_price_comes_first_and_says_how_far_it_is_from_the_worlds(match):
    seat = match.level.row.default_nation
    found = parted(match, {seat: 0.1, "CHN": -0.5})
    assert [row.nation for row in found] == [seat, "CHN"]
    assert found[1].gap == pytest.approx(np.expm1(-0.5))
    assert all(row.price.tip.missing() == [] for row in found)
    assert "Cheaper inside" in found[1].price.tip.meaning
