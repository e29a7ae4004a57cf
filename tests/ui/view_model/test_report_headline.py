"""Headlines: ranked by what is at stake, and never more than what a price, order, treaty, site or posting says."""

import pytest

from game.rules.orders.restrict_exports import RestrictExports
from game.ui.view_model.headline import made_less_used_t
from game.ui.view_model.report_headline import MOST, headlines
from tests.ui.played import LONG, SHORT, scene_of


def test_headlines_come_in_order_of_weight_and_not_too_many():
    rows = headlines(scene_of(LONG, "JPN", 4))
    weights = [row.weight for row in rows]
    assert 0 < len(rows) <= MOST
    assert weights == sorted(weights, reverse=True)
    assert len({row.key for row in rows}) == len(rows)


def test_the_scripted_delay_of_the_main_supplier_is_the_first_headline_of_the_first_turn():
    scene = scene_of(SHORT, "JPN", 1)
    first = headlines(scene)[0]
    assert (first.kind, first.nation, first.mineral) == ("measure", "CHN", "rare_earths")
    assert first.effect.value < 0
    log = scene.match.report().log
    assert any(line.text in "".join(map(str, first.detail)) for line in log if line.carried.nation == "CHN")


def test_a_dearer_mineral_is_bad_for_who_uses_more_than_it_makes():
    scene = scene_of(LONG, "JPN", 4)
    net = made_less_used_t(scene)
    prices = [row for row in headlines(scene) if row.kind == "price"]
    assert prices
    for row in prices:
        change = next(price for price in scene.report.prices if price.mineral == row.mineral)
        money = net[scene.mineral(row.mineral)] * (change.after - change.before) / 1e9
        assert row.effect.value == pytest.approx(money)


def test_every_measure_in_the_headlines_stands_in_the_log_and_concerns_the_seat():
    for level, seat, turns in ((LONG, "JPN", 4), (LONG, "COD", 4), (SHORT, "JPN", 2)):
        scene = scene_of(level, seat, turns)
        for row in headlines(scene):
            if row.kind == "measure":
                order = scene.match.report().log[int(row.key.partition(".")[2])].carried.order
                assert isinstance(order, RestrictExports)
                assert not order.targets or seat in order.targets


def test_sites_at_home_were_dated_to_open_in_the_turn():
    scene = scene_of(LONG, "COD", 4)
    sites = [row for row in headlines(scene) if row.kind == "site" and row.nation == "COD"]
    for row in sites:
        _kind, mineral, stage = row.key.split(".")
        assert scene.before.pipeline_t[0, scene.nation, scene.mineral(mineral), int(stage), 0] > 0


def test_there_is_no_news_before_the_first_turn():
    assert headlines(scene_of(SHORT, "JPN", 0)) == []
