import numpy as np
import pytest

from game.ai.habit import habit, habit_policy
from game.engine.calibrate import Calibration, calibrate
from game.engine.fields import FIELDS
from game.engine.opening import opening_world
from game.engine.rng import GAME_WORLD, stream
from game.engine.turn import Keys
from game.engine.world import World
from game.forecast import (
    ACCEPT,
    ANSWER,
    ANSWER_STEP,
    Offers,
    Outset,
    band,
    batches,
    begun,
    fan_steps,
    future_keys,
    futures,
    seen_from,
    signed,
    watched,
)
from game.rules.asking import Askings, Row
from game.rules.catalog import KIND_CODE
from game.rules.orders.propose import Propose
from tests.ai.characters import small_characters
from tests.small_world import small_baseline


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return calibrate(small_baseline(5, 1))


@pytest.fixture(scope="module")
def opening(calibration: Calibration) -> World:
    return opening_world(calibration, 4)


def test_no_stream_of_a_future_is_one_of_the_game() -> None:
    for turn in range(1, 5):
        keys = future_keys(7, "mind", turn, 8)
        assert GAME_WORLD not in keys.worlds
        for world in keys.worlds:
            for ahead in range(1, 5):
                future = stream(keys.seed, world, turn + ahead, "demand").random(4)
                game = stream(7, GAME_WORLD, turn + ahead, "demand").random(4)
                assert not np.array_equal(future, game)


def test_futures_of_different_turns_and_purposes_do_not_share_chance() -> None:
    seeds = {future_keys(7, purpose, turn, 1).seed for purpose in ("mind", "fan") for turn in range(20)}
    assert len(seeds) == 40


def test_a_future_alone_is_the_same_as_in_a_batch(calibration: Calibration, opening: World) -> None:
    policy = habit_policy(small_characters(calibration.axes.nations))
    keys = future_keys(1, "fan", 0, 4)
    together = futures(opening, calibration, policy, keys, 3)
    alone = futures(opening.picked(slice(2, 3)), calibration, policy, Keys(keys.seed, keys.worlds[2:3]), 3)
    for one, many in zip(alone, together, strict=True):
        for field in FIELDS:
            np.testing.assert_array_equal(one.arrays[field.name][0], many.arrays[field.name][2], field.name)


def test_with_common_chance_equal_orders_give_equal_futures(calibration: Calibration, opening: World) -> None:
    policy = habit_policy(small_characters(calibration.axes.nations))
    last = futures(opening, calibration, policy, future_keys(1, "mind", 0, 4, common=True), 2)[-1]
    assert len({last.state_hash(w) for w in range(4)}) == 1


def test_the_first_turn_follows_the_orders_given(calibration: Calibration, opening: World) -> None:
    policy = habit_policy(small_characters(calibration.axes.nations))
    first = Askings.none(4, 5, 1)
    first.put((0, 4, 0), KIND_CODE["buy_stock"], Row(mineral=0, option=1, size=2.0))
    after = futures(opening, calibration, policy, future_keys(1, "mind", 0, 4, common=True), 1, first)[0]
    assert after.public_stock_t[0, 4, 0] > 0
    assert (after.public_stock_t[1:, 4, 0] == 0).all()


def test_the_world_that_is_looked_ahead_from_stays_as_it_is(calibration: Calibration, opening: World) -> None:
    before = opening.state_hash(1)
    policy = habit_policy(small_characters(calibration.axes.nations))
    futures(opening, calibration, policy, future_keys(1, "fan", 0, 4), 2)
    assert opening.state_hash(1) == before


@pytest.mark.parametrize(("worlds", "sizes"), [(1, [1]), (64, [64]), (65, [32, 33]), (130, [43, 44, 43])])
def test_batches_are_even_and_at_most_64(worlds: int, sizes: list[int]) -> None:
    found = [rows.stop - rows.start for rows in batches(worlds)]
    assert sorted(found) == sorted(sizes)
    assert sum(found) == worlds


def test_an_accepted_offer_becomes_a_contract_for_its_term(calibration: Calibration, opening: World) -> None:
    axes = calibration.axes
    world = begun(opening.picked(slice(0, 1)))
    proposal = Askings.none(1, 5, 2)
    row = Row(mineral=0, layer=1, partner=4, option=1 + 4 * 100 + 4096 * 3, size=25.0)  # nation 1 sells for three turns
    assert Propose.from_row(axes, row).role == "sell"
    proposal.put((0, 1, 0), KIND_CODE["propose"], row)
    answer = Askings.none(1, 5, 1)
    answer.put((0, 4, 0), ANSWER, Row(option=ACCEPT + ANSWER_STEP * 1, size=1.0))
    signed(world, calibration, Offers.among(proposal), answer)
    assert (world.contract_seller[0] >= 0).sum() == 1
    slot = int(np.flatnonzero(world.contract_seller[0] >= 0)[0])
    assert (world.contract_seller[0, slot], world.contract_buyer[0, slot]) == (1, 4)
    assert world.contract_t[0, slot] == 25.0
    assert world.contract_until[0, slot] == world.turn + 3
    assert world.trust[0, 4, 1] > 50 or world.trust_posting[0, 4, 1].sum() > 0


def test_an_offer_to_somebody_else_is_not_signed(calibration: Calibration, opening: World) -> None:
    world = begun(opening.picked(slice(0, 1)))
    proposal = Askings.none(1, 5, 1)
    proposal.put((0, 1, 0), KIND_CODE["propose"], Row(mineral=0, layer=1, partner=4, option=1 + 400 + 4096, size=25.0))
    answer = Askings.none(1, 5, 1)
    answer.put((0, 3, 0), ANSWER, Row(option=ACCEPT + ANSWER_STEP * 1, size=1.0))
    signed(world, calibration, Offers.among(proposal), answer)
    assert (world.contract_seller[0] < 0).all()


def test_a_habit_is_a_policy(calibration: Calibration, opening: World) -> None:
    characters = small_characters(calibration.axes.nations)
    started = begun(opening)
    np.testing.assert_array_equal(
        habit_policy(characters)(started, calibration, None).kind, habit(started, calibration, characters).kind
    )


BUY = ((KIND_CODE["buy_stock"], Row(mineral=0, option=1, size=2.0)),)


def test_the_futures_of_a_fan_differ_between_plans_by_the_orders_alone(
    calibration: Calibration, opening: World
) -> None:
    outset = Outset(opening.picked(slice(0, 1)), nation=4, seed=5)
    policy = habit_policy(small_characters(calibration.axes.nations))
    first, *_steps, step = steps = list(fan_steps(outset, calibration, policy, [(), (), BUY], range(8), 3))
    for values in (values for found in steps for values in found.values()):
        np.testing.assert_array_equal(values[0], values[1])
    assert (first["headline_ln"][2] >= first["headline_ln"][0]).all()
    assert (step["months_of_cover"][2] > step["months_of_cover"][0]).all()
    assert len(np.unique(step["headline_ln"][0])) == 8


def test_a_stress_test_in_a_plan_shows_the_futures_in_which_that_nation_sells_nothing(
    calibration: Calibration, opening: World
) -> None:
    outset = Outset(opening.picked(slice(0, 1)), nation=4, seed=5)
    policy = habit_policy(small_characters(calibration.axes.nations))
    test = ((KIND_CODE["audit"], Row(partner=1, option=2)),)
    free, (first, *_steps, last) = (
        list(fan_steps(outset, calibration, policy, plans, range(4), 4)) for plans in ([()], [(), test])
    )
    np.testing.assert_array_equal(first["industry"][0], free[0]["industry"][0])
    assert (first["industry"][1] < first["industry"][0] - 1).all()
    assert (last["headline_ln"][1] > last["headline_ln"][0]).all()


def test_stocks_that_an_audit_has_shown_are_believed_as_they_are(calibration: Calibration, opening: World) -> None:
    past = opening.picked(slice(0, 1))
    past.public_stock_t[0, 1, 0] = 321.0
    past.purchased_t[0, 1, 0] = 50.0
    past.stock_audit_until[0, 4, 1] = past.turn + 6
    assert seen_from([past], calibration, 4).public_stock_t[0, 1, 0] == 321.0
    assert seen_from([past], calibration, 3).public_stock_t[0, 1, 0] != 321.0


def test_the_seat_of_a_fan_gives_no_order_of_its_own(calibration: Calibration, opening: World) -> None:
    asked: list[int] = []

    def eager(world: World, _calibration: Calibration, _offers: Offers | None) -> Askings:
        askings = Askings.none(world.size, 5, 1)
        askings.put((slice(None), 4, 0), KIND_CODE["buy_stock"], Row(mineral=0, option=1, size=2.0))
        asked.append(world.turn)
        return askings

    outset = Outset(opening.picked(slice(0, 1)), nation=4, seed=5)
    *_steps, last = fan_steps(outset, calibration, eager, [()], range(2), 3)
    idle = fan_steps(outset, calibration, lambda w, c, o: Askings.none(w.size, 5, 1), [()], range(2), 3)
    *_steps, expected = idle
    assert asked == [0, 1, 2]
    np.testing.assert_array_equal(last["treasury_usd_bn"], expected["treasury_usd_bn"])


def test_an_outset_is_not_changed_by_its_fan(calibration: Calibration, opening: World) -> None:
    outset = Outset(opening.picked(slice(0, 1)), nation=4, seed=5)
    before = outset.believed.state_hash()
    list(fan_steps(outset, calibration, habit_policy(small_characters(calibration.axes.nations)), [BUY], range(2), 2))
    assert outset.believed.state_hash() == before


def test_a_fan_watches_prices_and_the_seats_own_numbers(opening: World) -> None:
    found = watched(opening, 4)
    assert found["headline_ln"].shape == found["delivered_ln"].shape == found["months_of_cover"].shape == (4, 1)
    np.testing.assert_array_equal(found["treasury_usd_bn"], opening.treasury_usd_bn[:, 4])


def test_a_band_holds_four_fifths_of_its_futures() -> None:
    low, _lower, median, _upper, high = band(np.arange(101.0))
    assert (low, median, high) == (10.0, 50.0, 90.0)
