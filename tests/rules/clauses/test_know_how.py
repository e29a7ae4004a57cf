from game.engine.axes import SEPARATION
from game.engine.technology import step_odds
from game.rules.clauses.know_how import KnowHow
from tests.rules.agreeing import upheld
from tests.rules.play_world import calibration, play_world


def taught(lead):
    """Nation 0 is taught by nation 3, which is so many steps ahead."""
    world = play_world()
    world.know[...] = 1.0
    world.know[0, 3, SEPARATION] = 1.0 + lead
    return upheld(KnowHow(track="separation", chance=0.2), world=world)


def test_the_learner_has_a_chance_it_did_not_have_and_the_teacher_none():
    world = taught(2.0)
    odds = step_odds(world, calibration())[0, :, SEPARATION]
    world.taught_chance[...] = 0.0
    alone = step_odds(world, calibration())[0, :, SEPARATION]
    assert odds[0] > alone[0] + 0.15
    assert odds[3] == alone[3]


def test_who_knows_no_more_cannot_teach():
    assert taught(0.0).taught_chance.sum() == 0
