import numpy as np
import pytest

from game.content.load import load_level
from game.engine.fields import FIELDS
from game.engine.rng import GAME_WORLD, stream
from game.match.fan import outset_key, outset_of, plan_of
from game.match.match import Match
from game.rules.catalog import read_order
from game.rules.orders.buy_stock import BuyStock

BUYER = "JPN"


@pytest.fixture(scope="module")
def match() -> Match:
    level = load_level("first_shipment")
    seats = {nation: "habit" for nation in level.nations if nation != "ROW"} | {BUYER: "person"}
    match = Match.new(level, seats, seed=7)
    match.end_turn()
    return match


def test_futures_start_from_what_the_seat_believes(match: Match) -> None:
    outset = outset_of(match, BUYER)
    seen = match.view(BUYER).world
    for field in FIELDS:
        if field.name == "public_stock_t":
            continue
        np.testing.assert_array_equal(outset.believed.arrays[field.name], seen.arrays[field.name], field.name)
    others = [n for n in range(len(match.axes.nations)) if n != outset.nation]
    changed = Match.new(match.level, match.seats, seed=7)
    changed.end_turn()
    changed.world.purchase_t[:, others] += 12_345.0
    changed.world.public_stock_t[:, others] += 12_345.0
    assert outset_key(outset_of(changed, BUYER)) == outset_key(outset)
    changed.world.capacity_t[:, others] *= 2
    assert outset_key(outset_of(changed, BUYER)) != outset_key(outset)


def test_no_chance_of_a_fan_is_the_games(match: Match) -> None:
    outset = outset_of(match, BUYER)
    assert outset.seed != match.seed
    for turn in range(match.turn + 1, match.turn + 9):
        game = {stream(match.seed, world, turn, "demand").random() for world in range(GAME_WORLD, 65)}
        fan = {stream(outset.seed, world, turn, "demand").random() for world in range(1, 65)}
        assert not game & fan, turn


def test_a_plan_holds_the_orders_in_their_compact_form(match: Match) -> None:
    order = read_order({"kind": "buy_stock", "mineral": "rare_earths", "months": 1, "tempo": "quiet"})
    ((kind, row),) = plan_of([order], match.axes)
    assert isinstance(order, BuyStock)
    assert BuyStock.from_row(match.axes, row) == order
    assert kind >= 0


def test_a_nation_knows_only_the_offers_it_made_or_got(match: Match) -> None:
    for nation in match.axes.nations:
        assert all(nation in offer.parties for offer in match.offers(nation))
        offers = match.offers(nation)
        assert all(offer in offers for offer in match.inbox(nation))


def test_books_are_kept_on_what_others_are_seen_to_buy_and_release(match: Match) -> None:
    outset = outset_of(match, BUYER)
    opening, bought = match.history[0].public_stock_t, match.world.purchased_t - match.world.released_t
    others = np.arange(len(match.axes.nations)) != outset.nation
    np.testing.assert_allclose(outset.believed.public_stock_t[:, others], (opening + bought)[:, others], atol=1e-6)
    np.testing.assert_array_equal(
        outset.believed.public_stock_t[:, outset.nation], match.world.public_stock_t[:, outset.nation]
    )
