"""A line chart rounds its axes and reads out what the pointer or the arrows are at."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.ui import audit, theme
from game.ui.chart.bar import Step, Waterfall
from game.ui.chart.line_chart import LineChart, Series, nice_ticks
from game.ui.screen import Screen
from game.ui.tip import Tip, number
from game.ui.widgets.panel import Panel
from tests.ui.pilot import Pilot

TIP = Tip("Price", meaning="Yearly mean", unit="US$ a tonne", source="test")


class Board(Screen):
    """A chart in a panel."""

    def __init__(self, *series):
        super().__init__()
        self.series = series

    def build(self, size):
        chart = LineChart(self.series, TIP, x_label=lambda x: f"{x:.0f}", y_label=lambda y: f"{y:.0f}", grow=1)
        return Panel(chart, title="Price")


@pytest.fixture
def board():
    yield lambda *series: Pilot(Board(*series), (1280, 720))
    theme.use_scale(1.0)


@given(low=st.floats(-1e9, 1e9), span=st.floats(1e-3, 1e9))
def test_ticks_enclose_the_values_and_are_few(low, span):
    ticks = nice_ticks(low, low + span)
    slack = 1e-6 * max(span, abs(low))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 9


def test_the_cross_hair_reads_the_nearest_place_and_arrows_move_it(board):
    pilot = board(Series("Now", (2020, 2021, 2022, 2023), (5, 7, 6, 8)))
    chart = pilot.widget("chart")
    pilot.point(chart.screen_rect.center)
    assert chart.cross in (2021, 2022)
    pilot.key("tab", "right", "right", "right", "right")
    assert chart.cross == 2023
    assert [value for _, value in chart.values_at(2023)] == [8]


@pytest.mark.parametrize("ys", [(), (5.0,), (3.0, 3.0), (math.nan, 2.0), (math.nan, math.nan), (-4.0, 1e9)])
def test_a_chart_of_little_or_odd_data_draws_and_explains_its_axes(board, ys):
    pilot = board(Series("Odd", tuple(range(len(ys))), ys))
    pilot.point(pilot.widget("chart").screen_rect.center)
    assert audit.numbers_without_tip(pilot.window.root) == []


def test_the_bars_of_a_waterfall_join_from_start_to_end():
    def step(value):
        return Step("x", number(value, "usd_per_t", title="x", meaning="x", source="x", signed=True))

    levels = Waterfall(step(100), [step(30), step(-10)], step(120))._levels()
    assert [span[1] for span in levels] == [100, 130, 120, 120]
    assert [span[0] for span in levels[1:3]] == [100, 130]
    assert levels[0][0] == levels[3][0] < 100


@pytest.mark.parametrize("ys", [(58.404, 58.43, 58.41), (0.0, 0.004, 0.001), (1.0, 1.0, 1.0), (3.0, 900.0, 4.0)])
def test_no_two_places_of_the_axis_have_one_label(ys):
    series = [Series("a", (1.0, 2.0, 3.0), ys)]
    chart = LineChart(series, TIP, x_label=str, y_label=lambda y: f"{y:.2f}", from_zero=False)
    labels = [chart.y_label(y) for y in chart.y_ticks]
    assert len(set(labels)) == len(labels) or len(labels) == 2
