from game.engine.axes import MINE
from game.engine.climate import hurdle_ln
from game.rules.catalog import ORDERS
from game.rules.clauses.stabilise import ASSURANCE_LN, Stabilise
from tests.rules.agreeing import agreed, upheld
from tests.rules.giving import moved
from tests.rules.play_world import calibration, play_view, play_world


def test_the_host_cannot_change_its_royalty_and_others_can():
    order = ORDERS["set_royalty"](mineral="m0", rate=0.2, windfall=0.0)
    world = agreed(Stabilise())
    assert "treaty" in order.problems(play_view(0, world))[0].what
    assert not any("treaty" in problem.what for problem in order.problems(play_view(3, world)))


def test_investors_ask_for_less_and_build_more_at_the_host():
    free, bound = play_world(), upheld(Stabilise())
    asked = hurdle_ln(free, calibration()) - hurdle_ln(bound, calibration())
    assert abs(asked[0, 0] - ASSURANCE_LN) < 1e-12
    assert asked[0, 3] == 0
    coming = [moved(world).pipeline_t[0, 0, 0, MINE].sum() for world in (free, bound)]
    assert coming[1] > coming[0]
