import pytest

from game.rules.catalog import ORDERS
from game.rules.orders.answer import changed_clauses
from tests.rules.play_world import OFFER, play_view, play_world

Answer = ORDERS["answer"]


def test_answering_costs_nothing():
    assert Answer(offer=OFFER.number, reply="refuse").price(play_view()) == (0, 0)


def test_without_standing_an_offer_can_be_refused_but_not_accepted():
    world = play_world()
    world.standing[0, 3] = 19.0
    accept, refuse = (Answer(offer=OFFER.number, reply=reply) for reply in ("accept", "refuse"))
    assert "no one signs" in accept.problems(play_view(3, world))[0].what
    assert refuse.problems(play_view(3, world)) == []


def test_only_an_offer_in_ones_own_inbox_can_be_answered():
    assert Answer(offer=OFFER.number, reply="accept").problems(play_view(3)) == []
    assert "inbox is empty" in Answer(offer=OFFER.number, reply="accept").problems(play_view(2))[0].hint


@pytest.mark.parametrize(
    ("change", "value", "kind", "changed"),
    [
        ("volume", 7.5, "deliver", {"volume_t": 7.5}),
        ("turns", 9.0, "term", {"turns": 9}),
        ("price", 85.0, "price_rule", {"rule": "fixed", "percent": 85}),
    ],
)
def test_a_counter_changes_one_clause(change, value, kind, changed):
    clauses = changed_clauses(OFFER.clauses, change, value)
    for before, after in zip(OFFER.clauses, clauses, strict=True):
        assert after == ({**before, **changed} if before["kind"] == kind else before)


@pytest.mark.parametrize(("change", "value"), [("turns", 31), ("turns", 0.2), ("price", 20), ("price", 300)])
def test_a_counter_out_of_bounds_is_none(change, value):
    assert changed_clauses(OFFER.clauses, change, value) is None
