"""Every icon draws, inside its square, in the colour asked for."""

import pygame
import pytest

from game.ui.icons import icon, icon_names


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_leaves_marks_inside_its_grid(name):
    surface = icon(name, 48, (10, 200, 30))
    box = surface.get_bounding_rect()
    assert box.width > 4 or box.height > 4
    assert pygame.Rect(0, 0, 48, 48).contains(box)
    assert 0.002 < pygame.mask.from_surface(surface, 100).count() / 48**2 < 0.6


def test_an_unknown_icon_is_an_error_of_ours():
    with pytest.raises(KeyError):
        icon("no_such_icon", 18, (0, 0, 0))
