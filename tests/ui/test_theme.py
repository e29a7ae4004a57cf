"""The palette can be read, and every size passes through one scale."""

import pytest

from game.ui import theme


@pytest.fixture(autouse=True)
def _reference_scale():
    yield
    theme.use_scale(1.0)


@pytest.mark.parametrize(
    ("size", "factor", "scale"),
    [
        ((1280, 720), 1.0, 0.75),
        ((1920, 1080), 1.0, 1.0),
        ((2560, 1440), 1.0, 1.35),
        ((3840, 2160), 1.0, 2.0),
        ((3840, 1080), 1.0, 1.0),
        ((1920, 1080), 1.25, 1.25),
        ((1920, 1080), 9.0, 2.0),
        ((1024, 640), 2.0, 1.2),  # more would leave no room for a screen
    ],
)
def test_the_scale_fits_the_window_in_steps_of_a_twentieth(size, factor, scale):
    assert theme.window_scale(size, factor) == pytest.approx(scale)


def test_type_never_falls_under_thirteen_pixels_while_lengths_do():
    theme.use_scale(0.75)
    assert theme.type_px(14) == 13
    assert theme.px(14) < 13


@pytest.mark.parametrize("surface", [theme.PANEL, theme.CARD, theme.BAR, theme.WINDOW])
@pytest.mark.parametrize("ink", [theme.HIGH, theme.TEXT, theme.MID])
def test_text_on_every_surface_has_the_contrast_of_small_print(surface, ink):
    assert theme.contrast(ink, surface) >= 4.5


@pytest.mark.parametrize("mineral", sorted(theme.MINERAL_COLORS))
def test_a_mineral_chip_stands_out_and_its_symbol_can_be_read(mineral):
    color = theme.MINERAL_COLORS[mineral]
    assert theme.contrast(color, theme.PANEL) >= 3.0
    assert theme.contrast(theme.text_on(color), color) >= 4.0


def test_a_change_is_coloured_by_its_meaning():
    assert theme.tone_of_change(3, better=1) == "good"
    assert theme.tone_of_change(3, better=-1) == "bad"
    assert theme.tone_of_change(0, better=1) == "mid"
