from dataclasses import replace

import numpy as np

from game.engine.axes import SEABED, TRACKS
from game.engine.phases.technology import technology
from game.engine.technology import Technology
from game.engine.turn import Keys
from game.rules.clauses.moratorium import Moratorium
from tests.rules.agreeing import upheld
from tests.rules.play_world import calibration, play_world


def able():
    """The calibration with every nation sure to learn to lift ore from the seabed."""
    setup = Technology(
        start=np.zeros((4, len(TRACKS))),
        effort=np.ones(4),
        openness=np.full(4, 100.0),
        odds=np.ones((len(TRACKS), 5)),
        effect=np.where(np.arange(len(TRACKS)) == SEABED, 1.0, 0.0),
        substitution_odds=np.zeros(5),
        seabed_t=np.full((4, 2), 500.0),
    )
    base = calibration().baseline
    return replace(calibration(), baseline=replace(base, technology=setup))


def test_members_leave_the_seabed_closed_and_others_open_it():
    for world, found in ((play_world(), [1000.0] * 4), (upheld(Moratorium()), [0.0, 1000.0, 1000.0, 0.0])):
        technology(world, able(), Keys(3, (0,)))
        assert world.found_t[0].sum(1).tolist() == found
