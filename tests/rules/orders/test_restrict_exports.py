import numpy as np
import pytest

from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

RestrictExports = ORDERS["restrict_exports"]
EXPORTER, LAYER = 1, 1
BANS = ("ban", "full_ban")


def measure(name, **values):
    return RestrictExports(mineral="m0", layer="refined", measure=name, **values)


def exports(world):
    flows = world.refined_flow_t[0, 0, EXPORTER].copy()
    flows[EXPORTER] = 0
    return flows


def test_a_quota_lets_through_its_share_of_last_turns_exports():
    start = play_world()
    world = given(EXPORTER, measure("quota", strength=0.4))
    assert world.export_quota_t[0, EXPORTER, 0, LAYER] == pytest.approx(0.6 * exports(start).sum())
    assert exports(moved(world)).sum() <= 0.6 * exports(start).sum() * (1 + 1e-3)


def test_a_licence_cuts_less_than_a_quota_and_a_quota_less_than_a_ban():
    sold = [exports(moved(given(EXPORTER, measure(name, strength=0.4)))).sum() for name in ("licence", "quota", "ban")]
    assert exports(moved(play_world())).sum() > sold[0] > sold[1] > sold[2] == 0


def test_a_ban_on_named_nations_leaves_the_others_alone():
    after = exports(moved(given(EXPORTER, measure("ban", targets=("NAD",)))))
    assert after[3] == 0
    assert after[0] > 0
    assert after[2] > 0


def test_a_tax_makes_it_dearer_abroad_and_fills_the_treasury():
    calm, taxed = moved(play_world()), moved(given(EXPORTER, measure("tax", strength=0.2)))
    assert taxed.delivered_ln[0, 3, 0] > calm.delivered_ln[0, 3, 0]
    assert taxed.treasury_usd_bn[0, EXPORTER] > calm.treasury_usd_bn[0, EXPORTER]


def goods_abroad(world):
    flow = world.product_flow_usd_bn[0, :, EXPORTER].copy()
    flow[:, EXPORTER] = 0
    return flow


def test_a_ban_holds_back_goods_made_of_the_metal_only_where_it_says_so():
    calm, bare, full = (moved(world) for world in (play_world(), *(given(EXPORTER, measure(name)) for name in BANS)))
    assert goods_abroad(bare).sum() > 0.5 * goods_abroad(calm).sum() > 0
    assert goods_abroad(full).sum() < 1e-3 * goods_abroad(calm).sum()
    assert full.product_bought_usd_bn[0, 3].sum() < bare.product_bought_usd_bn[0, 3].sum()
    assert (exports(full) == exports(bare)).all()


def test_goods_are_held_back_from_the_nations_named_and_only_while_the_ban_holds():
    world = given(EXPORTER, measure("full_ban", targets=("NAD",), turns=1))
    assert world.export_goods[0, EXPORTER, 0].tolist() == [False, True]
    during = goods_abroad(moved(world))
    assert during[:, 3].sum() < 1e-3 * goods_abroad(play_world())[:, 3].sum()
    assert during[:, 0].sum() > 0
    assert not moved(world, 2).export_goods.any()


def test_a_ban_with_goods_takes_a_point_more():
    view = play_view(EXPORTER, play_world())
    assert measure("full_ban").price(view)[1] == measure("ban").price(view)[1] + 1


def test_a_measure_ends_after_its_turns():
    world = given(EXPORTER, measure("ban", turns=2))
    assert exports(moved(world, 1)).sum() == 0
    assert 0 < exports(moved(world, 2)).sum() < 0.5 * exports(world).sum()
    assert np.isinf(moved(world, 3).export_quota_t[0, EXPORTER, 0, LAYER])


def test_lifting_restores_trade_and_takes_one_point():
    world = given(EXPORTER, measure("ban", turns=9))
    lift = measure("none")
    assert lift.price(play_view(EXPORTER, world.copy())) == (0, 1)
    world = given(EXPORTER, lift, world)
    assert np.isinf(world.export_quota_t[0, EXPORTER, 0, LAYER])
    assert not world.export_target[0, EXPORTER, 0, LAYER].any()
    assert exports(moved(world)).sum() > 0


def test_naming_nations_takes_two_points_more():
    view = play_view(EXPORTER)
    assert measure("quota").price(view) == (0, 2)
    assert measure("quota", targets=("NAD",)).price(view) == (0, 4)


def test_who_sells_nothing_there_has_nothing_to_restrict():
    world = play_world()
    world.refined_flow_t[0, 0, EXPORTER, 3] = 0
    problem = measure("quota", targets=("NAD",)).problems(play_view(EXPORTER, world))[0]
    assert "no m0" in problem.what
    assert measure("ban", targets=("NAD",)).problems(play_view(EXPORTER, world)) == [
        *measure("tax", targets=("NAD",)).problems(play_view(EXPORTER, world))
    ]


def test_the_hardest_hit_buyers_object_first():
    objections = measure("ban").objects(play_view(EXPORTER))
    largest = play_view().axes.nations[int(exports(play_world()).argmax())]
    assert objections[0].startswith(largest)


def test_a_licence_frightens_less_than_a_quota_and_a_quota_less_than_a_ban():
    def price(name):
        return moved(given(EXPORTER, measure(name, strength=0.4))).headline_ln[0, 0]

    def feared(name):
        return given(EXPORTER, measure(name, strength=0.4)).export_feared_t[0, EXPORTER, 0, LAYER]

    shipped = exports(play_world()).sum()
    assert feared("licence") == pytest.approx(0.3 * 0.4 * shipped)
    assert feared("quota") == pytest.approx(0.4 * shipped)
    assert feared("ban") == pytest.approx(shipped)
    assert feared("tax") == 0
    assert 0 < price("licence") < price("quota") < price("ban")


def test_a_measure_renewed_while_it_holds_keeps_its_age_and_its_cut():
    world = given(EXPORTER, measure("quota", strength=0.5))
    first, since = world.export_cut_t[0, EXPORTER, 0, LAYER], world.export_since[0, EXPORTER, 0, LAYER]
    later = moved(world, 2)
    renewed = given(EXPORTER, measure("ban", turns=6), later)
    assert renewed.export_since[0, EXPORTER, 0, LAYER] == since == world.turn + 1
    assert renewed.export_cut_t[0, EXPORTER, 0, LAYER] == pytest.approx(2 * first, rel=0.05)
