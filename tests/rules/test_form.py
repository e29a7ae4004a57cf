import pytest

from game.problems import ProblemError
from game.rules.form import form_fields, order_from_values
from game.rules.orders.propose import Propose
from tests.rules.play_world import NATIONS, OFFER, play_view, play_world


def by_name(kind, values=None):
    return {field.name: field for field in form_fields(kind, play_view(), values)}


def test_bounds_units_and_steps_come_from_the_orders_fields():
    months = by_name("buy_stock")["months"]
    assert (months.low, months.high, months.step, months.unit, months.widget) == (0.5, 6.0, 0.5, "months", "number")
    assert by_name("buy_stock")["limit_percent"].is_whole


def test_an_amount_ends_where_the_view_says():
    stock = play_view().world.public_stock_t[0, 3]
    assert by_name("release_stock", {"mineral": "m1"})["amount_t"].high == stock[1]
    assert by_name("release_stock", {"mineral": "m0"})["amount_t"].high == stock[0]


def test_where_nothing_is_possible_the_form_still_makes_an_order_and_the_order_says_why():
    world = play_world()
    world.public_stock_t[...] = 0
    view = play_view(3, world)
    fields = form_fields("release_stock", view)
    order = order_from_values("release_stock", {field.name: field.default for field in fields})
    assert "no m0 in the stockpile" in order.problems(view)[0].what


def test_answers_given_are_kept():
    fields = by_name("buy_stock", {"mineral": "m1", "months": 4.5})
    assert (fields["mineral"].default, fields["months"].default) == ("m1", 4.5)


def test_a_proposal_asks_for_the_clauses_but_not_for_what_is_published():
    fields = by_name("propose")
    assert "deliver.volume_t" in fields
    assert fields["term.turns"].default == 6
    assert not any(name.startswith("penalty") for name in fields)
    values = {name: field.default for name, field in fields.items()} | {"term.turns": 9}
    order = order_from_values("propose", values)
    assert isinstance(order, Propose)
    assert [clause.kind for clause in order.clauses] == ["deliver", "term", "price_rule", "penalty"]
    assert order.clauses[1].turns == 9


def test_offers_and_contracts_are_chosen_by_what_they_say():
    ((number, text),) = by_name("answer")["offer"].choices
    assert number == OFFER.number
    assert "NAB" in text
    ((slot, text),) = by_name("leave")["treaty"].choices
    assert slot == 3
    assert "NAB, NAD: 20" in text


def test_wrong_answers_are_refused_all_at_once():
    with pytest.raises(ProblemError) as error:
        order_from_values("propose", {"partner": "NAB", "deliver.volume_t": -1, "term.turns": 99})
    assert {problem.where for problem in error.value.problems} >= {"propose.term.turns", "propose.deliver.volume_t"}


@pytest.mark.parametrize("kind", ["build_mine", "build_refinery", "release_stock", "restrict_exports", "propose"])
@pytest.mark.parametrize("nation", range(NATIONS))
def test_a_fresh_form_shows_an_order_that_could_be_given_if_there_is_one(kind, nation):
    view = play_view(nation)
    order = order_from_values(kind, {field.name: field.default for field in form_fields(kind, view)})
    assert order.problems(view) == []


def test_a_form_looks_for_the_mineral_that_can_be_had():
    world = play_world()
    world.public_stock_t[0, 3, 1] = 0
    assert by_start("release_stock", world) == "m0"
    world.public_stock_t[0, 3] = [0, 5]
    assert by_start("release_stock", world) == "m1"


def by_start(kind, world):
    return next(field.default for field in form_fields(kind, play_view(3, world)) if field.name == "mineral")
