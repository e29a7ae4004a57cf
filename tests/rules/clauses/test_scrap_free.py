import numpy as np

from game.engine.scrap import shared_scrap
from game.rules.clauses.scrap_free import ScrapFree
from tests.rules.agreeing import SLOT, upheld


def test_members_are_in_one_corridor():
    world = upheld(ScrapFree())
    assert world.scrap_club[0].tolist() == [SLOT, -1, -1, SLOT]


def test_scrap_goes_to_members_plants_first_and_none_is_lost():
    offered = np.array([[[10.0], [0.0], [0.0], [0.0]]])
    room = np.array([[[2.0], [4.0], [0.0], [6.0]]])
    open_market = shared_scrap(offered, room)[0, :, 0]
    corridor = shared_scrap(offered, room, np.array([[0, -1, -1, 0]]))[0, :, 0]
    assert corridor[3] == 6.0 > open_market[3]
    assert corridor[1] == 2.0 < open_market[1]
    assert corridor.sum() == open_market.sum() == 10.0
