from game.engine.climate import hurdle_ln
from game.engine.fields import CAUSE, TREASURY
from game.rules.clauses.risk_pool import RiskPool
from tests.rules.agreeing import upheld
from tests.rules.play_world import calibration, play_world


def test_all_pay_and_the_worst_governed_member_gains_most():
    free, world = play_world(), upheld(RiskPool(usd_bn=0.1))
    assert world.posting[0, :, TREASURY, CAUSE["treaty_project"]].tolist() == [-0.1, 0.0, 0.0, -0.1]
    gained = (hurdle_ln(free, calibration()) - hurdle_ln(world, calibration()))[0]
    assert gained[0] > gained[3] > 0
    assert gained[1] == gained[2] == 0
