from game.engine.axes import MINE
from game.engine.climate import site_hurdle_ln
from game.engine.cover_claim import settle_cover
from game.engine.fields import CAUSE, TREASURY
from game.rules.asking import Batch, Row
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

CoverRisk = ORDERS["cover_risk"]
COVER = CoverRisk(hosts=("NAA",), percent=80, reserve_usd_bn=0.002, turns=3)
REST = CAUSE["cover_risk"]


def test_investors_ask_for_less_in_the_hosts_and_build_more_there():
    free, covered = play_world(), given(3, COVER)
    relief = site_hurdle_ln(free, calibration()) - site_hurdle_ln(covered, calibration())
    assert relief[0, 0, 0] > 0.01
    assert relief[0, 1:].tolist() == [[0, 0]] * 3
    free, covered = moved(free, 2), moved(covered, 2)
    assert covered.pipeline_t[0, 0, :, MINE].sum() > free.pipeline_t[0, 0, :, MINE].sum()


def test_the_reserve_is_set_aside_and_comes_back_when_nothing_goes_wrong():
    world = moved(given(3, COVER))
    assert -0.002 < world.posting[0, 3, TREASURY, REST] < -0.0019  # firms pay their first premium
    world = moved(world, 3)
    assert 0.0 < world.posting[0, 3, TREASURY, REST] < 0.0001
    assert not world.cover_share.any()
    assert world.cover_reserve_usd_bn[0, 3] == 0


def test_firms_pay_premiums_and_claims_use_up_the_reserve_first_and_then_end_the_cover():
    setup, world = calibration(), given(3, COVER)
    before = world.copy()
    settle_cover(world, setup, before)
    assert world.posting[0, 3, TREASURY, REST] > 0
    assert world.cover_reserve_usd_bn[0, 3] == 0.002
    world.idled_t[0, 0, 0, MINE] += 0.01 * world.capacity_t[0, 0, 0, MINE]
    settle_cover(world, setup, before)
    assert 0 < world.cover_reserve_usd_bn[0, 3] < 0.002
    world.idled_t[0, 0, :, MINE] += 5.0 * world.capacity_t[0, 0, :, MINE]
    settle_cover(world, setup, before)
    assert world.cover_reserve_usd_bn[0, 3] == 0
    assert not world.cover_share.any()


def test_a_takeover_without_pay_is_a_claim():
    world = given(3, COVER)
    take_equity = ORDERS["take_equity"]
    take_equity.apply(world, calibration(), Batch.of(0, Row(0, MINE, option=0, size=1.0)))
    assert world.taken_usd_bn[0, 3, 0] > 0
    settle_cover(world, calibration(), world.copy())
    assert world.cover_reserve_usd_bn[0, 3] < 0.002


def test_a_nation_is_no_host_of_its_own():
    problem = CoverRisk(hosts=("NAD", "NAA"), reserve_usd_bn=0.001).problems(play_view(3))[0]
    assert "itself" in problem.what
    assert "off the list" in problem.hint
