from game.engine.climate import hurdle_ln
from game.engine.fields import CAUSE, TREASURY
from game.rules.clauses.build_infrastructure import BuildInfrastructure
from tests.rules.agreeing import upheld
from tests.rules.play_world import calibration, play_world


def test_the_patron_pays_and_investors_ask_for_less_at_the_host():
    free, world = play_world(), upheld(BuildInfrastructure(usd_bn=0.2))
    assert world.posting[0, :, TREASURY, CAUSE["treaty_project"]].tolist() == [0.0, 0.0, 0.0, -0.2]
    assert 0 < world.infrastructure_usd_bn[0, 0] - free.infrastructure_usd_bn[0, 0] < 0.2
    assert hurdle_ln(world, calibration())[0, 0] < hurdle_ln(free, calibration())[0, 0]
