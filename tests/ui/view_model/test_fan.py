"""Fans as screens show them."""

import numpy as np
import pytest

from game.forecast import Figures
from game.rules.catalog import read_order
from game.ui.view_model.effect import effect
from game.ui.view_model.fan import FanState, market_turns, place, price_fan, tells_more
from tests.ui.played import LONG, QUIET_PURCHASE, scene_of

AHEAD, FUTURES = 6, 8


@pytest.fixture(scope="module")
def scene():
    return scene_of(LONG, "JPN", 1)


def figures(scene, turns=AHEAD, futures=FUTURES, rise=0.0) -> Figures:
    """Futures of which number f ends at f hundredths above today, plus `rise`."""
    minerals = len(scene.axes.minerals)
    spread = 0.01 * np.arange(futures) + rise
    by_mineral = np.broadcast_to(spread[None, :, None], (turns, futures, minerals)).copy()
    alone = np.broadcast_to(50.0 + 100.0 * spread, (turns, futures)).copy()
    names = ("n_minus_1", "value_captured", "industry", "standing", "treasury_usd_bn")
    return dict.fromkeys(names, alone) | {
        "headline_ln": by_mineral, "delivered_ln": by_mineral, "months_of_cover": by_mineral + 1.0,
    }  # fmt: skip


def test_while_nothing_is_known_the_note_says_that_futures_are_computed(scene):
    model = price_fan(scene, 0, FanState((None,), AHEAD, FUTURES))
    assert model.without is None
    assert "Computing" in model.note.text
    assert model.is_asked


def test_a_fan_that_failed_says_why(scene):
    model = price_fan(scene, 0, FanState((None,), AHEAD, FUTURES, "no memory"))
    assert "no memory" in model.note.text


def test_a_band_starts_from_todays_price_and_holds_its_percentiles(scene):
    model = price_fan(scene, 0, FanState((figures(scene),), AHEAD, FUTURES))
    today = scene.price_path(0)[-1]
    assert model.without is not None
    assert model.without.low[0] == model.without.high[0] == today
    base = scene.baseline.price_usd_per_t[0]
    ends = base * np.exp(0.01 * np.arange(FUTURES))
    assert model.without.low[-1] == pytest.approx(np.percentile(ends, 10))
    assert model.without.median[-1] == pytest.approx(np.median(ends))
    assert model.without.xs == tuple(place(scene.turn + ahead) for ahead in range(AHEAD + 1))


def test_what_orders_change_is_told_future_by_future(scene):
    both = (figures(scene), figures(scene, rise=0.02))
    model = price_fan(scene, 0, FanState(both, AHEAD, FUTURES))
    assert model.with_orders is not None
    assert model.change is not None
    assert model.change.value == pytest.approx(np.expm1(0.02))
    assert "+2%" in model.change.text
    assert "to" not in model.change.text  # alike in every future: no range


def test_plans_are_compared_in_the_futures_known_under_both(scene):
    state = FanState((figures(scene, futures=16), figures(scene, turns=2)), AHEAD, 16)
    assert (state.turns, state.futures) == (2, FUTURES)
    assert state.values(0, "headline_ln").shape[:2] == (2, FUTURES)
    assert not state.is_refined


def test_going_further_tells_more_than_holding_more(scene):
    short, long = figures(scene, turns=2, futures=16), figures(scene, turns=6, futures=8)
    assert tells_more(long, short, 6)
    assert not tells_more(long, short, 2)


def test_an_order_is_told_by_the_numbers_it_is_about(scene):
    order = read_order(QUIET_PURCHASE)
    model = effect(scene, order, FanState((figures(scene), figures(scene, rise=0.01)), AHEAD, FUTURES))
    assert model is not None
    assert [fan.words.split(",")[0] for fan in model.fans] == ["World price", "N-1 security", "Treasury"]
    assert model.rows[0].change.value == pytest.approx(np.expm1(0.01))


def test_rows_wait_until_the_futures_have_come_to_when_the_order_shows(scene):
    order = read_order({"kind": "build_refinery", "mineral": "lithium", "size": 5000.0})
    state = FanState((figures(scene, turns=2), figures(scene, turns=2)), 8, FUTURES)
    model = effect(scene, order, state)
    assert model is not None
    assert model.rows == ()
    assert len(model.fans) == 3


def test_no_turn_beyond_the_levels_last_is_forecast():
    seen = scene_of("first_shipment", "JPN", 4)
    assert market_turns(seen) == min(6, seen.level.turns - 4)
