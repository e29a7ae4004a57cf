import numpy as np
import pytest

from game.ai.value import pillars, score
from game.engine.axes import REFINE
from game.engine.calibrate import Calibration, calibrate
from game.engine.opening import opening_world
from game.engine.world import World
from game.rules.personality import PILLARS
from tests.ai.characters import small_characters
from tests.small_world import settled_baseline

USER = 3


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return calibrate(settled_baseline(4, 2))


@pytest.fixture
def world(calibration: Calibration) -> World:
    return opening_world(calibration)


def points(calibration: Calibration, world: World, pillar: str, nation: int = USER) -> float:
    return float(pillars(world, calibration)[0, nation, PILLARS.index(pillar)])


def test_dearer_metal_costs_a_user_in_the_price_pillar(calibration: Calibration, world: World) -> None:
    before = points(calibration, world, "price")
    world.delivered_ln[:, USER] += 0.2
    assert points(calibration, world, "price") == pytest.approx(before - 20.0)


def test_need_that_is_not_met_costs_security(calibration: Calibration, world: World) -> None:
    before = points(calibration, world, "security")
    world.unmet_t[:, USER] = 0.1 * world.need_t[:, USER].sum(-1)
    assert points(calibration, world, "security") < before - 10.0


def test_public_cover_counts_up_to_six_months(calibration: Calibration, world: World) -> None:
    need = world.need_t[:, USER].sum(-1)
    found = []
    for turns in (0.0, 0.5, 1.0, 2.0):
        world.public_stock_t[:, USER] = turns * need
        found.append(points(calibration, world, "security"))
    assert found[0] < found[1] < found[2] == pytest.approx(found[3])


def test_hoarded_cash_adds_little_and_debt_costs(calibration: Calibration, world: World) -> None:
    envelope = calibration.baseline.gdp_usd_bn[USER] * calibration.parameters.envelope_gdp_share
    found = []
    for envelopes in (-1.0, 0.0, 1.0, 5.0, 6.0):
        world.treasury_usd_bn[:, USER] = envelopes * envelope
        found.append(points(calibration, world, "revenue"))
    steps = np.diff(found)
    assert (steps > 0).all()
    assert steps[0] > 10.0
    assert steps[-1] < 0.5


def test_a_refinery_under_construction_counts_before_it_opens_and_the_sooner_the_more(
    calibration: Calibration, world: World
) -> None:
    before = points(calibration, world, "value_added")
    later, sooner = world.copy(), world.copy()
    later.pipeline_t[:, USER, 0, REFINE, 10] = 50.0
    sooner.pipeline_t[:, USER, 0, REFINE, 2] = 50.0
    assert before < points(calibration, later, "value_added") < points(calibration, sooner, "value_added")


def test_cheap_at_home_and_dear_abroad_is_leverage_for_who_sells(calibration: Calibration, world: World) -> None:
    refiner = 1
    before = points(calibration, world, "leverage", refiner)
    world.headline_ln[...] += 0.3
    assert points(calibration, world, "leverage", refiner) > before


def test_the_score_weighs_the_pillars_by_personality(calibration: Calibration, world: World) -> None:
    characters = small_characters(calibration.axes.nations)
    expected = sum(points(calibration, world, name, 0) * characters.of(name)[0] for name in PILLARS)
    assert score(world, calibration, characters)[0, 0] == pytest.approx(expected)
