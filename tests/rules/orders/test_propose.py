import pytest

from game.rules.catalog import ORDERS
from game.rules.offtake import offtake
from tests.rules.play_world import play_view, play_world


def test_a_proposal_takes_a_point_and_moves_nothing_but_that():
    assert offtake("NAB", "buy", "m0", "refined", 15.0, 6).price(play_view()) == (0, 1)


def test_volume_is_bounded_by_what_the_seller_has_free_and_the_buyer_uses():
    view = play_view()
    values = {"partner": "NAB", "role": "buy", "deliver.mineral": "m0", "deliver.layer": "refined"}
    _low, high, proposed = ORDERS["propose"].limits(view, "deliver.volume_t", values)
    assert offtake("NAB", "buy", "m0", "refined", proposed, 6).problems(view) == []
    assert offtake("NAB", "buy", "m0", "refined", high, 6).problems(view) == []
    assert "at most" in offtake("NAB", "buy", "m0", "refined", 1.1 * high, 6).problems(view)[0].hint
    need = view.world.need_t[0, 3, 0].sum()
    assert high <= need - 20.0  # the contract in force is counted


def test_without_standing_nobody_signs():
    world = play_world()
    world.standing[0, 3] = 19.0
    assert "no one signs" in offtake("NAB", "buy", "m0", "refined", 15.0, 6).problems(play_view(3, world))[0].what


def test_nobody_signs_with_a_nation_without_standing():
    world = play_world()
    world.standing[0, 1] = 19.0
    (problem,) = offtake("NAB", "buy", "m0", "refined", 15.0, 6).problems(play_view(3, world))
    assert (problem.where, problem.hint) == ("propose.partner", "choose another partner")


def test_a_bundle_that_lacks_a_clause_is_refused():
    whole = offtake("NAB", "buy", "m0", "refined", 15.0, 6)
    order = whole.model_copy(update={"clauses": whole.clauses[:2]})
    assert "lacks the clause 'price_rule'" in order.problems(play_view())[0].what


def test_ore_can_be_sold_to_who_refines():
    assert offtake("NAB", "sell", "m0", "ore", 5.0, 4).problems(play_view(0)) == []
    world = play_world()
    world.capacity_t[0, 1, 0, 1] = 0
    assert "could use" in offtake("NAB", "sell", "m0", "ore", 5.0, 4).problems(play_view(0, world))[0].what


@pytest.mark.parametrize("role", ["buy", "sell"])
def test_the_wording_says_who_does_what(role):
    text = offtake("NAB", role, "m0", "refined", 15.0, 6, price_percent=120).describe(play_view())
    assert ("buy from NAB" if role == "buy" else "sell to NAB") in text
    assert "120%" in text
