"""Every actor of the world has a flag, 4:3."""

import pytest

from game.files import ASSETS
from game.ui.flags import flag, round_flag


def test_forty_actors_have_a_picture_of_their_own():
    assert len(list((ASSETS / "flags").glob("*.png"))) == 40
    assert (ASSETS / "flags" / "LICENSE-flag-icons.txt").is_file()


@pytest.mark.parametrize("nation", ["EUU", "USA", "COD", "NCL", "GRL", "ROW"])
def test_a_flag_is_four_to_three_with_clear_corners(nation):
    surface = flag(nation, 30)
    assert surface.get_size() == (40, 30)
    assert surface.get_at((0, 0)).a < 128
    assert surface.get_at((20, 15)).a > 250


def test_stars_that_use_elements_draw_are_there():
    """The European stars are drawn by reference in the source; a plain field of blue would be the known loss."""
    surface = flag("EUU", 72)
    assert len({tuple(surface.get_at((x, 13)))[:3] for x in range(30, 66)}) > 2


def test_a_round_flag_is_a_disc():
    surface = round_flag("JPN", 24)
    assert surface.get_size() == (24, 24)
    assert surface.get_at((0, 0)).a == 0
