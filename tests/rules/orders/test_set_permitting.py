import numpy as np

from game.engine.axes import MINE, TURNS_PER_YEAR
from game.engine.permit import stop_chance
from game.engine.world import World
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

SetPermitting = ORDERS["set_permitting"]
FAST, CONSENT = SetPermitting(regime="fast"), SetPermitting(regime="consent")
MINE_ORDER = ORDERS["build_mine"](mineral="m0", size=100.0)


def _opening(world: World) -> int:
    """Turns ahead at which the large new mine of nation 0 opens."""
    return int(np.isclose(world.pipeline_t[0, 0, 0, MINE], 100.0 / TURNS_PER_YEAR, rtol=0.3).argmax())


def test_fast_permits_open_a_mine_two_turns_sooner_and_consent_two_turns_later():
    standard = _opening(given(0, MINE_ORDER))
    assert _opening(given(0, MINE_ORDER, given(0, FAST))) == standard - 2
    assert _opening(given(0, MINE_ORDER, given(0, CONSENT))) == standard + 2
    assert MINE_ORDER.turns_until_effect(play_view(0, given(0, FAST))) == standard - 2


def test_what_firms_decide_comes_sooner_under_fast_permits():
    fast, standard = moved(given(0, FAST)), moved(play_world())
    assert fast.pipeline_t[0, 0, 0, MINE, :3].sum() > standard.pipeline_t[0, 0, 0, MINE, :3].sum()
    np.testing.assert_allclose(fast.pipeline_t.sum(-1), standard.pipeline_t.sum(-1), rtol=0.15)


def test_a_rushed_mine_loses_its_neighbours_and_courts_stop_it_more_often():
    rushed = given(0, MINE_ORDER, given(0, FAST))
    assert rushed.social_licence[0, 0, 0] < play_world().social_licence[0, 0, 0] - 2
    court, _blockade = stop_chance(rushed, calibration())
    assert court[0, 0, 0] == 0.12
    assert court[0, 0, 1] == court[0, 1, 0] == 0.0
    rushed.rushed_share[...] = 1.0
    stopped = sum(moved(rushed.repeated(30)).stopped_share[:, 0, 0] > 0.9)
    assert 0 < stopped < 12


def test_a_mine_with_consent_keeps_its_neighbours():
    assert given(0, MINE_ORDER, given(0, CONSENT)).social_licence[0, 0, 0] > play_world().social_licence[0, 0, 0]


def test_sites_are_blockaded_only_when_acceptance_fell_below_what_it_was():
    world = play_world()
    assert not any(chance.any() for chance in stop_chance(world, calibration()))
    world.social_licence[0, 2] = 10.0
    assert stop_chance(world, calibration())[1][0, 2, 0] > 0.3


def test_the_regime_in_force_is_refused():
    assert "already" in SetPermitting(regime="standard").problems(play_view(0))[0].what


def test_neighbours_object_to_haste_and_builders_to_waiting():
    assert "those who live around the sites" in FAST.objects(play_view(0))
    assert CONSENT.objects(play_view(0)) == ["firms that wait to build"]
