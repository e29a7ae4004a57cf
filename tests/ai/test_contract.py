import numpy as np
import pytest

from game.ai.contract import answers, leave, propose
from game.engine.calibrate import Calibration, calibrate
from game.engine.opening import opening_world
from game.engine.world import World
from game.forecast import ACCEPT, ANSWER_STEP, Offers, begun
from game.rules.asking import Askings, Row
from game.rules.catalog import KIND_CODE
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.penalty import Penalty
from game.rules.clauses.price_rule import PriceRule
from game.rules.clauses.term import Term
from game.rules.situation import Situation
from game.rules.terms import place_contracts, terms, write_treaty
from tests.ai.characters import small_characters
from tests.small_world import settled_baseline

NATIONS, REFINER, USER = 4, 1, 3
SELL_SIX_TURNS = 1 + 4 * 100 + 4096 * 6


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return calibrate(settled_baseline(NATIONS, 1))


@pytest.fixture
def world(calibration: Calibration) -> World:
    return begun(opening_world(calibration))


def offered(tonnes: float) -> Offers:
    """The refiner offers metal to the user."""
    asked = Askings.none(1, NATIONS, 1)
    asked.put((0, REFINER, 0), KIND_CODE["propose"], Row(0, 1, USER, SELL_SIX_TURNS, tonnes))
    return Offers.among(asked)


def worth(calibration: Calibration, world: World, tonnes: float) -> float:
    """What the offer is worth to the user."""
    found, askings = answers(Situation(world, calibration), small_characters(calibration.axes.nations), offered(tonnes))
    accepts = askings.option[0, USER] == ACCEPT + ANSWER_STEP * REFINER
    return float(found[0, USER][accepts].sum())


def signed(world: World, percent: int = 0) -> None:
    """An offtake of the refiner with the user, at a fixed price in per cent of the gate's or, without one, at it."""
    price = PriceRule(rule="fixed", percent=percent) if percent else PriceRule()
    clauses = (Deliver(mineral="m0", layer="refined", volume_t=20.0), Term(turns=8), price, Penalty())
    write_treaty(world, 0, 0, terms("offtake", clauses, world.axes, (REFINER,), (USER,)), 1, 8, np.arange(4))
    place_contracts(world, 0, 0)


def test_a_fair_offer_is_worth_accepting(calibration: Calibration, world: World) -> None:
    world.refined_flow_t[:, 0, REFINER, USER] *= 0.5
    assert worth(calibration, world, 20.0) > 0


def test_an_offer_from_a_nation_that_is_not_trusted_is_worth_nothing(calibration: Calibration, world: World) -> None:
    world.refined_flow_t[:, 0, REFINER, USER] *= 0.5
    world.trust[:, USER, REFINER] = 10.0
    assert worth(calibration, world, 20.0) == 0


def test_an_offer_of_more_than_could_be_used_is_worth_nothing(calibration: Calibration, world: World) -> None:
    world.refined_flow_t[:, 0, REFINER, USER] *= 0.5
    assert worth(calibration, world, float(world.need_t[0, USER].sum())) == 0


def test_nobody_but_the_receiver_answers(calibration: Calibration, world: World) -> None:
    found, _askings = answers(Situation(world, calibration), small_characters(calibration.axes.nations), offered(20.0))
    assert (np.delete(found[0], USER, axis=0) == 0).all()


def test_a_contract_whose_fixed_price_has_become_a_burden_is_left(calibration: Calibration, world: World) -> None:
    characters = small_characters(calibration.axes.nations)
    signed(world, percent=100)
    regret, _askings = leave(Situation(world, calibration), characters)
    assert (regret == 0).all()
    world.refinery_gate_ln[...] = 1.0
    regret, askings = leave(Situation(world, calibration), characters)
    assert regret[0, REFINER, 0] > 0
    assert regret[0, USER, 0] == 0
    assert askings.option[0, REFINER, 0] == 0  # slot 0, with notice


def test_a_contract_that_follows_the_market_is_kept_whatever_the_price(calibration: Calibration, world: World) -> None:
    signed(world)
    world.refinery_gate_ln[...] = 1.0
    assert (leave(Situation(world, calibration), small_characters(calibration.axes.nations))[0] == 0).all()


def test_a_proposal_goes_to_a_partner_that_is_trusted_and_not_under_contract(
    calibration: Calibration, world: World
) -> None:
    world.turn = 2  # the season of the refiner
    characters = small_characters(calibration.axes.nations)
    first = propose(Situation(world, calibration), characters)
    assert first.score[0, REFINER, 0] > 0
    chosen = int(first.partner[0, REFINER, 0])
    world.trust[:, REFINER, chosen] = world.trust[:, chosen, REFINER] = 10.0
    second = propose(Situation(world, calibration), characters)
    assert second.partner[0, REFINER, 0] != chosen
