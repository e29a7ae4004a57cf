"""The audit finds what a reader would miss: unexplained figures, cut and overlapping words."""

import pytest

from game.ui import audit, theme
from game.ui.component_sheet import ChartSheet, ComponentSheet
from game.ui.screen import Screen
from game.ui.tip import Number, Tip, number
from game.ui.widgets.button import Button
from game.ui.widgets.label import Label
from game.ui.widgets.layout import Column, Row, Scroll, Spacer, Stack
from tests.ui.pilot import Pilot

WHOLE = number(0.62, "share", title="Security", meaning="Demand met", source="field n1")


class Plain(Screen):
    """Shows one widget."""

    def __init__(self, widget):
        super().__init__()
        self.widget = widget

    def build(self, size):
        return self.widget


@pytest.fixture
def root_of():
    yield lambda widget: Pilot(Plain(widget), (1280, 720)).window.root
    theme.use_scale(1.0)


def test_a_figure_written_as_a_bare_string_is_found(root_of):
    assert audit.numbers_without_tip(root_of(Label("62 of 100"))) == ["Label: '62 of 100' has no tooltip"]


def test_a_figure_with_half_an_explanation_is_found(root_of):
    half = Number("62%", Tip("Security", meaning="Demand met"))
    assert "no unit, source" in audit.numbers_without_tip(root_of(Label(half)))[0]


def test_an_explained_figure_passes(root_of):
    assert audit.numbers_without_tip(root_of(Label(["You keep ", WHOLE, " of it"]))) == []


def test_a_figure_scrolled_out_of_sight_is_found_too(root_of):
    column = Column(*(Label("words") for _ in range(80)), Label("7", "last"))
    assert len(audit.numbers_without_tip(root_of(Scroll(column, "scroll")))) == 1


def test_cut_and_overlapping_words_are_found(root_of):
    stack = Stack().add_at(Label("a long sentence that is cut", width=60), 0, 0).add_at(Label("over it"), 0, 0)
    root = root_of(stack)
    assert len(audit.cut_texts(root)) == 1
    assert len(audit.overlapping_texts(root)) == 1


def test_a_control_outside_the_window_is_found_but_not_one_that_can_be_scrolled_in(root_of):
    wide = Row(Label("words", width=2000), Button("Far away", "far"))
    assert audit.unreachable_controls(root_of(wide)) == ["Button in 'far' leaves the window"]
    long = Column(*(Label("words") for _ in range(80)), Button("Far down", "down"))
    assert audit.unreachable_controls(root_of(Scroll(long, "scroll"))) == []


def test_a_list_too_low_to_read_is_found(root_of):
    rows = Column(*(Label("words") for _ in range(20)))
    low = Column(Scroll(rows, "list"), Spacer(height=900))
    assert len(audit.squeezed_windows(root_of(low))) == 1
    assert audit.squeezed_windows(root_of(Scroll(Column(Label("words")), "short"))) == []


@pytest.mark.parametrize("sheet", [ComponentSheet, ChartSheet])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
def test_the_sheets_explain_every_figure_and_cut_nothing(sheet, size):
    root = Pilot(sheet(), size).window.root
    assert audit.numbers_without_tip(root) == []
    assert audit.cut_texts(root) == []
    assert audit.overlapping_texts(root) == []
    assert audit.outlying_texts(root) == []
    theme.use_scale(1.0)
