"""Notices: one said twice stands once, a long one wraps and stays as long as reading it takes."""

import pytest

from game.ui import audit, theme
from game.ui.component_sheet import ChartSheet
from game.ui.toast import TOAST_MS, Toast
from tests.ui.pilot import FRAME_MS, Pilot

LONG = "The folder of saved games cannot be read: permission denied — make the folder readable, " * 2


@pytest.fixture
def pilot():
    yield Pilot(ChartSheet(), (1280, 720))
    theme.use_scale(1.0)


def test_a_notice_said_again_stands_once_and_for_longer(pilot):
    for _time in range(3):
        pilot.window.toast("Order given.", "good")
        pilot.run(TOAST_MS // 2)
    assert len(pilot.window.toasts._toasts) == 1
    pilot.run(TOAST_MS // 2 + 2 * FRAME_MS)
    assert pilot.window.toasts.due_ms is None


def test_a_long_notice_wraps_and_is_not_cut(pilot):
    toast = Toast(LONG, "bad")
    wide, high = toast.wanted(1000)
    toast.layout(toast.rect.__class__(0, 0, wide, high))
    lines = audit.shown_texts(toast)
    assert len(lines) > 1
    assert not any(line.is_cut for line in lines)
    assert toast.duration_ms > TOAST_MS
