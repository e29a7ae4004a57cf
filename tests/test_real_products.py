"""The third stage of the chain in the real world of the long arc."""

import numpy as np
import pytest

from game.content.build import build_baseline
from game.content.level import Level
from game.content.load import load_level
from game.engine.axes import MINE, REFINED
from game.engine.calibrate import Calibration, calibrate
from game.engine.ledger import check
from game.engine.opening import opening_world
from game.engine.phases.manufacture import manufacture
from game.engine.turn import Keys, advance, begin_turn
from game.engine.value import chain_share, owned_usd_bn, value_added_usd_bn
from game.engine.world import World


@pytest.fixture(scope="module")
def level() -> Level:
    return load_level("long_arc")


@pytest.fixture(scope="module")
def calibration(level: Level) -> Calibration:
    return calibrate(build_baseline(level))


def turns_on(world: World, calibration: Calibration, turns: int) -> World:
    for _turn in range(turns):
        begin_turn(world)
        after = advance(world, calibration, Keys(1, (0,) * world.size))
        assert check(world, after, calibration) == []
        world = after
    return world


def test_2024_is_an_equilibrium_of_the_product_markets(calibration: Calibration):
    world = opening_world(calibration)
    sold = world.product_flow_usd_bn.copy()
    manufacture(world, calibration)
    np.testing.assert_allclose(world.product_flow_usd_bn, sold, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(world.product_delivered_ln, 0.0, atol=1e-6)
    assert (world.bottleneck == -1).all()


def test_net_zero_wants_more_batteries_than_stated_policies_and_makers_build_for_it(level: Level):
    ends = []
    for scenario in ("stated_policies", "announced_pledges", "net_zero"):
        fitted = calibrate(build_baseline(level.under(scenario)))
        ends.append(turns_on(opening_world(fitted), fitted, 10))
    k = ends[0].axes.products.index("batteries")
    for field in ("product_need_usd_bn", "maker_capacity_usd_bn", "product_bought_usd_bn"):
        stated, pledged, zero = (float(world.arrays[field][0, :, k].sum()) for world in ends)
        assert stated < pledged < zero, field


def test_a_ban_on_rare_earths_is_a_shortage_of_magnets_where_they_are_made_without_a_mine(calibration: Calibration):
    world = opening_world(calibration, 2)
    china, japan = (world.axes.nation_index[name] for name in ("CHN", "JPN"))
    rare, k = world.axes.mineral_index["rare_earths"], world.axes.products.index("magnets_motors_wind")
    world.export_quota_t[1, china, rare, REFINED] = 0.0
    world.export_target[1, china, rare, REFINED] = np.arange(len(world.axes.nations)) != china
    world.export_until[1, china, rare, REFINED] = 9
    world = turns_on(world, calibration, 2)
    free, shut = world.picked(np.array([0])), world.picked(np.array([1]))
    assert shut.bottleneck[0, japan, k] == rare
    assert shut.recipe_met_share[0, japan, k] < free.recipe_met_share[0, japan, k] - 0.02
    assert shut.product_made_usd_bn[0, japan, k] < free.product_made_usd_bn[0, japan, k]
    assert shut.recipe_met_share[0, china, k] > 0.99
    assert shut.product_made_usd_bn[0, china, k] > free.product_made_usd_bn[0, china, k]


def test_cobalt_of_congo_follows_its_copper(calibration: Calibration):
    world = opening_world(calibration, 2)
    congo, copper, cobalt = (
        world.axes.nation_index["COD"], world.axes.mineral_index["copper"], world.axes.mineral_index["cobalt"],
    )  # fmt: skip
    world.mined_t[1, congo, copper] *= 0.5
    world = turns_on(world, calibration, 1)
    able = world.host_output_share[:, congo, cobalt]
    assert able == pytest.approx([1.0, 1.0 - 0.97 * 0.5])
    assert world.mined_t[1, congo, cobalt] < 0.6 * world.mined_t[0, congo, cobalt]
    assert world.capacity_t[1, congo, cobalt, MINE] == pytest.approx(world.capacity_t[0, congo, cobalt, MINE])


def test_most_of_congos_cobalt_ore_earns_for_foreign_owners_and_products_earn_most(calibration: Calibration):
    world = opening_world(calibration)
    congo, china, cobalt = (
        world.axes.nation_index["COD"], world.axes.nation_index["CHN"], world.axes.mineral_index["cobalt"],
    )  # fmt: skip
    place = chain_share(value_added_usd_bn(world, calibration))[0, :, cobalt]
    owner = chain_share(owned_usd_bn(world, calibration))[0, :, cobalt]
    assert place.sum() == pytest.approx(100.0)
    assert owner.sum() == pytest.approx(100.0)
    assert owner[congo, 0] < 0.5 * place[congo, 0]
    assert owner[china, 0] > place[china, 0]
    assert place[:, 2].sum() > 50.0


def test_thirty_turns_of_the_whole_world_keep_the_books_of_products(calibration: Calibration):
    world = turns_on(opening_world(calibration), calibration, 30)
    assert (world.product_bought_usd_bn <= 1.5 * world.product_need_usd_bn).all()
    met = world.product_bought_usd_bn.sum(1) / world.product_need_usd_bn.sum(1)
    assert (met > 0.8).all()
    assert (np.abs(world.product_delivered_ln) < 1.0).all()
    np.testing.assert_allclose(world.variant_share.sum(-1), 1.0)


def test_without_plants_abroad_what_one_maker_lacks_others_can_not_all_make_up(calibration: Calibration):
    world = opening_world(calibration, 2)
    china, k = world.axes.nation_index["CHN"], world.axes.products.index("batteries")
    world.maker_capacity_usd_bn[1, china, k] *= 0.5
    world = turns_on(world, calibration, 1)
    abroad = np.arange(len(world.axes.nations)) != china
    assert (world.product_delivered_ln[1, :, k] > world.product_delivered_ln[0, :, k] + 0.1).all()
    made = world.product_made_usd_bn[:, abroad, k].sum(1)
    assert made[1] > made[0]
    whole = world.product_made_usd_bn[..., k].sum(1)
    assert whole[1] < 0.9 * whole[0]


def test_a_level_of_one_mineral_makes_all_products():
    fitted = calibrate(build_baseline(load_level("first_shipment")))
    world = turns_on(opening_world(fitted), fitted, 4)
    assert np.isfinite(world.product_delivered_ln).all()
    assert (world.product_made_usd_bn.sum(1) > 0).all()
