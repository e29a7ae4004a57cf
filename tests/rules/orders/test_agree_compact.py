import pytest

from game.engine.fields import CAUSE, TREASURY
from game.engine.measures.care import licence
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

AgreeCompact = ORDERS["agree_compact"]
PACKAGE = AgreeCompact(mineral="m0", package_usd_bn=5e-5)


def test_a_compact_raises_acceptance_and_with_it_the_licence_of_whoever_uses_the_metal():
    free, agreed = moved(play_world(), 5), moved(given(0, PACKAGE), 5)
    assert agreed.social_licence[0, 0, 0] > free.social_licence[0, 0, 0] + 8
    assert licence(agreed, calibration())[0, 3] > licence(free, calibration())[0, 3]


def test_every_other_site_wants_the_same():
    free, agreed = moved(play_world(), 5), moved(given(0, PACKAGE), 5)
    assert agreed.social_licence[0, 0, 1] < free.social_licence[0, 0, 1]
    assert agreed.social_licence[0, 1, 0] == free.social_licence[0, 1, 0]


def test_it_is_paid_for_eight_turns_and_then_fades():
    world = moved(given(0, PACKAGE))
    assert world.posting[0, 0, TREASURY, CAUSE["agree_compact"]] == -5e-5
    last = moved(world, 7)
    after = moved(last, 3)
    assert after.posting[0, 0, TREASURY, CAUSE["agree_compact"]] == pytest.approx(8 * -5e-5)
    assert after.social_licence[0, 0, 0] < last.social_licence[0, 0, 0]


def test_more_than_communities_could_use_is_refused_and_so_is_a_second_compact():
    assert "at most" in AgreeCompact(mineral="m0", package_usd_bn=0.1).problems(play_view(0))[0].hint
    assert "in 8 turns" in PACKAGE.problems(play_view(0, given(0, PACKAGE)))[0].hint
    world = play_world()
    world.mined_t[0, 0] = world.refined_t[0, 0] = 0.0
    assert "no site" in PACKAGE.problems(play_view(0, world))[0].what


def test_other_communities_object():
    assert PACKAGE.objects(play_view(0))[0].startswith("communities at other sites")
