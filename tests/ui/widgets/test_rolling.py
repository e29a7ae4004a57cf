"""Figures of the top bar roll when a rebuild finds others, within their time, and not at all with reduced motion."""

import pytest

from game.ui import audit, theme
from game.ui.screen import Screen
from game.ui.tip import number
from game.ui.widgets.layout import Column
from game.ui.widgets.metric import Metric
from game.ui.widgets.rolling import RollingLabel
from tests.ui.pilot import FRAME_MS, Pilot


class Purse(Screen):
    """A metric and a label of one figure."""

    def __init__(self):
        super().__init__()
        self.money = 100.0

    def build(self, size):
        value = number(self.money, "count", title="Purse", meaning="Coins", source="test")
        return Column(
            Metric("Purse", value, id="metric", worded=lambda x: f"{x:.0f}"),
            RollingLabel(value, "label", lambda x: f"{x:.0f}", weight=400, tone="high"),
            pad=40,
        )


@pytest.fixture
def pilot():
    yield Pilot(Purse(), (1280, 720))
    theme.use_scale(1.0)


def figures(pilot):
    return [int(line.text) for line in audit.shown_texts(pilot.window.root) if line.text.isdigit()]


def test_a_figure_rolls_to_its_new_value_and_comes_to_rest_there(pilot):
    pilot.window.screen.money = 200.0
    pilot.window.screen.rebuild()
    seen = []
    for _frame in range(theme.ROLL_MS // FRAME_MS + 3):
        pilot.post()
        seen.append(figures(pilot)[0])
        assert len(set(figures(pilot))) == 1
    assert 100 <= seen[0] < 200
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert seen[-1] == 200
    assert not pilot.window.motions.is_moving


def test_a_rebuild_on_the_way_lets_it_roll_on_from_where_it_is(pilot):
    pilot.window.screen.money = 200.0
    pilot.window.screen.rebuild()
    pilot.run(theme.ROLL_MS // 3)
    there = figures(pilot)[0]
    pilot.window.screen.rebuild()
    pilot.post()
    assert there <= figures(pilot)[0] < 200


def test_the_tip_explains_the_value_it_rolls_to(pilot):
    pilot.window.screen.money = 200.0
    pilot.window.screen.rebuild()
    pilot.run(FRAME_MS * 3)
    assert pilot.widget("metric").number_now().value == 200.0


def test_with_reduced_motion_the_new_value_stands_at_once(pilot):
    pilot.window.reduce_motion = True
    pilot.window.screen.money = 200.0
    pilot.window.screen.rebuild()
    pilot.post()
    assert figures(pilot) == [200, 200]
    assert not pilot.window.motions.is_moving
