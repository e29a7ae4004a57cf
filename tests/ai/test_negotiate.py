from dataclasses import replace

import pytest

from game.ai.change import changes
from game.ai.negotiate import ROUNDS, WEIGHED, answers
from game.ai.outlook import Deal
from game.engine.view import Offer
from game.engine.world import World
from game.match.offer import compact_offers
from game.rules.compact import unpacked
from game.rules.orders.answer import Answer
from game.rules.terms import standard_clauses
from game.rules.treaty import treaties
from tests.ai.table import SEED, arena, deal, drafted, offtake, opening, outlook, seat


def offered(number: int = 1, round: int = 0) -> Offer:
    """Indonesia offers Korea nickel that Korea would rather buy on other terms."""
    clauses = tuple(clause.as_data() for clause in offtake("IDN", "KOR", "nickel", 0.1).clauses)
    return Offer(number, "IDN", "KOR", 0, "offtake", "IDN", "KOR", clauses, round=round)


def answered(*offers: Offer, world: World | None = None) -> list[Answer]:
    found = answers(
        world if world is not None else opening(),
        arena().calibration,
        arena().personalities,
        {seat(offers[0].receiver): offers},
        SEED,
    )
    return found[seat(offers[0].receiver)]


def test_a_mind_sends_back_an_offer_with_the_change_it_would_sign() -> None:
    (answer,) = answered(offered())
    assert answer.reply == "counter"
    assert answer.offer == 1
    assert {clause.kind for clause in answer.instead} >= {"deliver", "term", "price_rule", "penalty"}
    assert tuple(clause.as_data() for clause in answer.instead) != offered().clauses


def test_what_was_sent_back_twice_is_accepted_or_refused() -> None:
    (answer,) = answered(offered(round=ROUNDS))
    assert answer.reply in ("accept", "refuse")


def test_a_mind_signs_its_own_counter_proposal() -> None:
    (answer,) = answered(offered())
    again = replace(offered(), clauses=tuple(clause.as_data() for clause in answer.instead))
    assert answered(again)[0].reply == "accept"


@pytest.mark.parametrize("about", drafted(), ids=lambda about: about.treaty)
def test_habits_can_read_whatever_is_sent_back(about: Deal) -> None:
    axes = arena().calibration.axes
    first, second = axes.nations[about.first[0]], axes.nations[about.second[0]]
    for change in changes(outlook("JPN"), 0, about):
        clauses = tuple(clause.as_data() for clause in change.deal.clauses)
        offers = compact_offers((Offer(1, second, first, 0, about.treaty, first, second, clauses),), axes)
        assert offers is not None
        given = unpacked(int(offers.option[0, 0]))
        mineral, layer, size = int(offers.mineral[0, 0]), int(offers.layer[0, 0]), float(offers.tonnes[0, 0])
        read = standard_clauses(about.treaty, axes, mineral, layer, size, given.turns, given.fixed, given.percent)
        assert [clause.kind for clause in read] == list(treaties()[about.treaty].kinds)


def test_a_mind_that_would_never_be_agreed_with_refuses() -> None:
    clauses = tuple(clause.as_data() for clause in offtake("CHN", "USA", "graphite", 0.2).clauses)
    (answer,) = answered(Offer(1, "CHN", "USA", 0, "offtake", "CHN", "USA", clauses))
    assert answer.reply == "refuse"


def test_a_nation_without_standing_signs_nothing() -> None:
    clauses = tuple(clause.as_data() for clause in deal("joint_stockpile", "JPN", "USA", size=1.5).clauses)
    offer = Offer(1, "USA", "JPN", 0, "joint_stockpile", "JPN", "USA", clauses)
    assert answered(offer)[0].reply == "accept"
    world = opening().copy()
    world.standing[0, seat("JPN")] = 10.0
    assert answered(offer, world=world)[0].reply != "accept"


@pytest.mark.parametrize("count", [1, WEIGHED + 2])
def test_a_turn_has_time_for_a_few_offers(count: int) -> None:
    assert len(answered(*(offered(number) for number in range(1, count + 1)))) == min(count, WEIGHED)


def test_offers_of_persons_are_all_weighed_and_first() -> None:
    many = {seat("KOR"): [offered(number) for number in range(1, WEIGHED + 3)]}
    calibration, characters = arena().calibration, arena().personalities
    found = answers(opening(), calibration, characters, many, SEED, persons=["IDN"])
    assert len(found[seat("KOR")]) == WEIGHED + 2
    many[seat("CHN")] = [replace(offered(9), sender="JPN", receiver="CHN", seller="CHN", buyer="JPN")]
    found = answers(opening(), calibration, characters, many, SEED, persons=["JPN"])
    assert [answer.offer for answer in found[seat("CHN")]] == [9]


def test_empty_inboxes_need_no_futures() -> None:
    assert answers(opening(), arena().calibration, arena().personalities, {seat("KOR"): ()}, SEED) == {}


def test_answering_leaves_the_world_as_it_is_and_is_the_same_twice() -> None:
    before = opening().state_hash()
    assert answered(offered()) == answered(offered())
    assert opening().state_hash() == before
