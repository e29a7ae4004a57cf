from game.engine.axes import EXTRACTION
from game.engine.technology import leak_odds, own_odds
from game.rules.catalog import ORDERS
from tests.rules.giving import given
from tests.rules.play_world import calibration, play_view, play_world

SetOpenness = ORDERS["set_openness"]
CLOSED, FREE = SetOpenness(level="closed"), SetOpenness(level="free")


def _leader():
    world = play_world()
    world.know[:, 1] = 4.0
    return world


def test_a_leader_that_closes_keeps_its_rivals_behind_for_longer():
    opened, closed = given(1, FREE, _leader()), given(1, CLOSED, _leader())
    far = leak_odds(opened, calibration())[0, 2, EXTRACTION]
    assert far > 3 * leak_odds(closed, calibration())[0, 2, EXTRACTION] > 0


def test_who_is_open_takes_in_more_and_researches_faster():
    opened, closed = given(2, FREE, _leader()), given(2, CLOSED, _leader())
    assert leak_odds(opened, calibration())[0, 2, EXTRACTION] > 1.5 * leak_odds(closed, calibration())[0, 2, EXTRACTION]
    assert (own_odds(opened, calibration())[0, 2] >= own_odds(closed, calibration())[0, 2]).all()


def test_the_level_in_force_is_refused():
    assert "already" in CLOSED.problems(play_view(1, given(1, CLOSED)))[0].what


def test_researchers_object_to_closing_and_hawks_to_opening():
    assert CLOSED.objects(play_view(1)) == ["researchers and universities"]
    assert "hawks" in FREE.objects(play_view(1))
    assert "by leak" in FREE.describe(play_view(1))
