"""Forecasts as the window asks for them."""

import time

import numpy as np
import pytest

from game.match.fan_process import FanProcess, Trouble
from game.rules.catalog import read_order
from game.ui import fan as fan_module
from game.ui.chart.line_chart import LineChart
from game.ui.fan import Fans
from game.ui.view_model.fan import WITH, WITHOUT
from tests.ui.played import QUIET_PURCHASE, SHORT, fresh, scene_of
from tests.ui.playing import Player

PURCHASE = read_order(QUIET_PURCHASE)


class Looked:
    """Fans whose news are counted, delivered where `wait` is called."""

    def __init__(self) -> None:
        self.calls, self.news, self.troubles = [], 0, []
        self.fans = Fans(self.calls.append, self.troubles.append)

    def look(self) -> None:
        self.news += 1

    def wait(self, until, seconds: float = 60.0) -> None:  # type: ignore[no-untyped-def]
        ends = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < ends, "it took too long"
            while self.calls:
                self.calls.pop(0)()
            time.sleep(0.005)


@pytest.fixture
def looked():
    looked = Looked()
    yield looked
    looked.fans.close()


def test_a_fan_comes_while_the_window_goes_on(looked):
    scene = scene_of(SHORT, "JPN", 1)
    began = time.perf_counter()
    assert looked.fans.ask(scene, [[], [PURCHASE]], 3, looked.look).futures == 0
    assert time.perf_counter() - began < 0.5
    assert looked.fans.is_busy
    looked.wait(lambda: looked.fans.state().is_refined)
    assert looked.news == 3  # a turn each time
    state = looked.fans.state()
    m = scene.mineral("rare_earths")
    bought = state.values(WITH, "months_of_cover")[..., m] - state.values(WITHOUT, "months_of_cover")[..., m]
    assert (bought[-1] > 0).all()


def test_what_was_computed_once_is_known_at_once(looked):
    scene = scene_of(SHORT, "JPN", 1)
    looked.fans.ask(scene, [[], [PURCHASE]], 3, looked.look)
    looked.wait(lambda: looked.fans.state().is_refined)
    assert looked.fans.ask(scene, [[PURCHASE]], 2, looked.look).is_refined
    assert not looked.fans.ask(scene, [[PURCHASE]], 4, looked.look).is_refined


def test_a_fan_nobody_looks_at_is_computed_without_being_waited_for(looked):
    scene = scene_of(SHORT, "JPN", 1)
    looked.fans.ask(scene, [[]], 2, None)
    assert not looked.fans.is_busy
    looked.wait(lambda: looked.fans.state().is_refined)
    assert looked.fans.ask(scene, [[]], 2, looked.look).is_refined


def test_another_turn_is_another_fan(looked):
    match = fresh(SHORT, "JPN", 1)
    from game.ui.view_model.scene import Scene

    looked.fans.ask(Scene(match, "JPN"), [[]], 2, looked.look)
    looked.wait(lambda: looked.fans.state().is_refined)
    before = looked.fans.state().values(0, "headline_ln")
    match.end_turn()
    assert looked.fans.ask(Scene(match, "JPN"), [[]], 2, looked.look).futures == 0
    looked.wait(lambda: looked.fans.state().is_refined)
    assert not np.array_equal(before, looked.fans.state().values(0, "headline_ln"))


def test_a_fan_that_cannot_be_computed_says_why_and_can_be_asked_for_again(looked, monkeypatch):
    class Broken(FanProcess):
        def ask(self, model, task):
            self._on_message(Trouble(task.number, "no memory"))

    scene = scene_of(SHORT, "JPN", 1)
    monkeypatch.setattr(fan_module, "FanProcess", Broken)
    looked.fans.ask(scene, [[]], 2, looked.look)
    looked.wait(lambda: looked.news == 1)
    assert looked.fans.state().trouble == "no memory"
    assert not looked.fans.is_busy
    monkeypatch.undo()
    looked.fans.close()
    assert looked.fans.ask(scene, [[]], 2, looked.look).trouble == ""


@pytest.fixture(params=[(1280, 720)])
def player(request):
    return Player(request.param)


def test_the_market_shows_the_forecast_and_orders_part_it(player):
    player.start_game()
    player.key("f3")
    player.settle()
    chart = player.widget("price_chart")
    assert isinstance(chart, LineChart)
    player.wait(lambda: any(series.bands for series in chart.series))
    assert [series.name for series in chart.series if series.bands] == ["Forecast"]
    player.match.submit("JPN", PURCHASE)
    player.game.session.refresh()
    player.game.rebuild()
    player.wait(lambda: sum(bool(s.bands) for s in player.widget("price_chart").series) == 2)
    assert "change" not in player.widget("fan_change").runs[0].text
    player.app.end()


def test_the_form_of_an_order_shows_three_small_fans(player):
    player.start_game()
    player.click("nav.orders")
    player.settle()
    player.click("order.buy_stock")
    player.wait(lambda: sum(isinstance(w, LineChart) for w in player.widget("futures").walk()) == 3)
    player.app.end()


def test_leaving_the_page_drops_the_forecast(player):
    player.start_game()
    player.key("f3")
    player.settle()
    assert player.app.is_forecasting
    player.key("f2")
    player.settle()
    assert not player.app.is_forecasting
