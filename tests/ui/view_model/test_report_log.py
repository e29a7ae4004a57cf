"""The public log and its filters."""

from game.ui.view_model.report_log import (
    MOST_OF_A_KIND,
    concerning,
    count_number,
    log_minerals,
    log_models,
    log_nations,
)
from tests.ui.played import LONG, SHORT, scene_of


def test_own_orders_come_first_quiet_ones_included():
    rows = log_models(scene_of(SHORT, "JPN", 1))
    assert rows[0].is_mine
    assert rows[0].kind == "buy_stock"


def test_others_quiet_purchases_are_not_shown():
    scene = scene_of(LONG, "JPN", 4)
    hidden = [
        str(place)
        for place, line in enumerate(scene.match.report().log)
        if getattr(line.carried.order, "tempo", "") == "quiet" and line.carried.nation != "JPN"
    ]
    assert hidden
    assert not set(hidden) & {row.key for row in log_models(scene)}


def test_a_filter_by_mineral_leaves_only_orders_about_it():
    scene = scene_of(LONG, "JPN", 4)
    for mineral in log_minerals(scene):
        rows = log_models(scene, mineral=mineral)
        assert rows
        assert {row.mineral for row in rows} == {mineral}


def test_a_filter_by_nation_leaves_orders_it_gave_or_is_named_in():
    scene = scene_of(LONG, "JPN", 4)
    for nation in log_nations(scene):
        rows = log_models(scene, nation=nation)
        assert rows
        assert all(nation in (row.nation, row.partner) for row in rows)


def test_scripted_orders_are_marked():
    assert any(row.is_scripted for row in log_models(scene_of(SHORT, "JPN", 1)))


def test_what_concerns_the_seat_is_others_orders_of_several_kinds():
    rows = concerning(scene_of(LONG, "JPN", 4), 8)
    kinds = [row.kind for row in rows]
    assert rows
    assert not any(row.is_mine for row in rows)
    assert max(kinds.count(kind) for kind in kinds) <= MOST_OF_A_KIND


def test_the_count_says_how_many_the_filters_let_through():
    assert str(count_number(3, 3)) == "3 orders"
    assert str(count_number(2, 90)) == "2 of 90 orders"
