from game.engine.fear import stock_for_fear
from game.rules.clauses.consult import Consult
from tests.rules.agreeing import upheld
from tests.rules.play_world import calibration, play_world


def test_members_hoard_less_out_of_fear_and_outsiders_as_before():
    afraid = play_world()
    afraid.fear_share[...] = 0.3
    calm = upheld(Consult(calm=0.5), world=afraid.copy())
    wanted = [stock_for_fear(world, calibration())[0, :, 0] for world in (afraid, calm)]
    assert wanted[1][0] < wanted[0][0]
    assert wanted[1][3] < wanted[0][3]
    assert wanted[1][1] == wanted[0][1]


def test_tension_between_members_wears_off_faster():
    tense = play_world()
    tense.tension[...] = 40.0
    world = upheld(Consult(), world=tense)
    assert world.tension[0, 0, 3] == world.tension[0, 3, 0] == 32.0
    assert world.tension[0, 0, 1] == 40.0
