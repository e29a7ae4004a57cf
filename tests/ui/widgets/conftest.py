"""A desk with one widget on it, for tests of single widgets."""

import pytest

from game.ui import theme
from game.ui.screen import Screen
from game.ui.widgets.layout import Column
from tests.ui.pilot import Pilot


class Desk(Screen):
    """Shows what `make(hear)` builds; `heard` is what it told."""

    def __init__(self, make):
        super().__init__()
        self.make, self.heard = make, []

    def build(self, size):
        return Column(self.make(self.heard.append), pad=40, align="start")


@pytest.fixture
def desk():
    """A pilot before a desk with the widget that `make(hear)` returns."""
    yield lambda make: Pilot(Desk(make), (1280, 720))
    theme.use_scale(1.0)
