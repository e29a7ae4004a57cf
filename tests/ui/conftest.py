"""Forecasts in tests of the window: real ones from a real process, but of few futures, ended with the test."""

from __future__ import annotations

import pytest

from game.match.fan_process import FanProcess
from game.ui import fan


@pytest.fixture(autouse=True)
def _small_fans(monkeypatch):
    started = []

    class Ended(FanProcess):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            started.append(self)

    monkeypatch.setattr(fan, "FanProcess", Ended)
    monkeypatch.setattr(fan.Fans, "futures", 2)
    yield
    for process in started:
        process.close()
