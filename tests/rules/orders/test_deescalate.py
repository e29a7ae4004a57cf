from game.engine.world import World
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

Deescalate = ORDERS["deescalate"]
ONE, OTHER = 0, 3  # NAA is tense with NAD


def tense() -> World:
    world = play_world()
    world.tension[0, ONE, OTHER] = world.tension[0, OTHER, ONE] = 60.0
    world.trust_scar[0, ONE, OTHER] = -10.0
    world.trust[0, ONE, OTHER] = 35.0
    return world


def test_a_statement_calms_mends_trust_and_makes_shipping_cheaper():
    before = tense()
    after = given(OTHER, Deescalate(target="NAA", way="statement"), before.copy())
    assert after.tension[0, ONE, OTHER] == after.tension[0, OTHER, ONE] == 52.0
    assert after.trust[0, ONE, OTHER] > before.trust[0, ONE, OTHER]
    assert after.trust_scar[0, ONE, OTHER] > before.trust_scar[0, ONE, OTHER]
    calm, still = moved(after), moved(before)
    assert calm.tension[0, ONE, OTHER] < still.tension[0, ONE, OTHER]


def test_hawks_at_home_dislike_all_but_the_hotline():
    support = play_world().support[0, OTHER]
    assert given(OTHER, Deescalate(target="NAA"), tense()).support[0, OTHER] == support
    assert given(OTHER, Deescalate(target="NAA", way="statement"), tense()).support[0, OTHER] < support
    assert Deescalate(target="NAA", way="statement").objects(play_view(OTHER, tense())) == ["hawks at home"]


def test_a_pause_lifts_what_one_holds_against_the_other_and_leaves_the_rest():
    ban = ORDERS["restrict_exports"](
        mineral="m0", layer="refined", measure="quota", strength=0.5, targets=("NAC", "NAD"), turns=9
    )
    world = given(1, ban, tense())
    world.tension[0, 1, OTHER] = 30.0
    after = given(1, Deescalate(target="NAD", way="pause"), world)
    assert not after.export_target[0, 1, 0, 1, OTHER]
    assert after.export_target[0, 1, 0, 1, 2]
    after = given(1, Deescalate(target="NAC", way="hotline"), _tense_with_the_other(after))
    assert after.export_target[0, 1, 0, 1, 2]


def _tense_with_the_other(world: World) -> World:
    world.tension[0, 1, 2] = 20.0
    return world


def test_a_statement_needs_some_trust_and_a_mediator_a_friend_of_both():
    world = tense()
    world.trust[0, ONE, OTHER] = 10.0
    (problem,) = Deescalate(target="NAA", way="statement").problems(play_view(OTHER, world))
    assert "trusts you too little" in problem.what
    assert "hotline" in problem.hint
    world.trust[...] = 40.0
    (problem,) = Deescalate(target="NAA", way="mediator").problems(play_view(OTHER, world))
    assert "both you and" in problem.what
    world.trust[0, ONE, 1] = world.trust[0, OTHER, 1] = 70.0
    assert Deescalate(target="NAA", way="mediator").problems(play_view(OTHER, world)) == []


def test_without_tension_there_is_nothing_to_talk_down():
    (problem,) = Deescalate(target="NAB").problems(play_view(OTHER))
    assert "no tension" in problem.what
