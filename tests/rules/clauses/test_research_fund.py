from game.engine.axes import CLEAN_PROCESSING
from game.engine.fields import CAUSE, TREASURY
from game.engine.technology import step_odds
from game.rules.clauses.research_fund import ResearchFund
from tests.rules.agreeing import upheld
from tests.rules.play_world import calibration

FUND = ResearchFund(track="clean_processing", usd_bn=0.1)


def test_all_members_pay_and_all_come_closer_to_the_next_step():
    world = upheld(FUND)
    assert world.posting[0, :, TREASURY, CAUSE["treaty_project"]].tolist() == [-0.1, 0.0, 0.0, -0.1]
    odds = step_odds(world, calibration())[0, :, CLEAN_PROCESSING]
    world.taught_chance[...] = 0.0
    alone = step_odds(world, calibration())[0, :, CLEAN_PROCESSING]
    assert ((odds > alone) == [True, False, False, True]).all()


def test_a_larger_fund_finds_more_and_a_closed_member_takes_less():
    pair, three = upheld(FUND), upheld(FUND, second=(2, 3))
    assert three.taught_chance[0, 0, CLEAN_PROCESSING] > pair.taught_chance[0, 0, CLEAN_PROCESSING]
    three.openness[0, 0] = 10.0
    closed = upheld(FUND, second=(2, 3), world=_closed())
    assert closed.taught_chance[0, 0, CLEAN_PROCESSING] < three.taught_chance[0, 3, CLEAN_PROCESSING]


def _closed():
    from tests.rules.play_world import play_world

    world = play_world()
    world.openness[0, 0] = 10.0
    return world
