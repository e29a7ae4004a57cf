from collections import Counter

import numpy as np
import pytest

from game.ai.habit import habit
from game.batch.simulate import Arena, Step, played
from game.content.load import load_level
from game.engine.calibrate import Calibration, calibrate
from game.engine.fields import ORDER_CAUSES
from game.engine.opening import opening_world
from game.engine.turn import Keys
from game.engine.world import World
from game.forecast import begun
from game.rules.carry import carry_out
from game.rules.catalog import ORDERS
from tests.ai.characters import small_characters
from tests.small_world import small_baseline

COLUMNS = ("kind", "mineral", "layer", "partner", "option", "size")
TURNS = 20


@pytest.fixture(scope="module")
def arena() -> Arena:
    return Arena(load_level("long_arc"))


@pytest.fixture(scope="module")
def game(arena: Arena) -> list[Step]:
    return list(played(arena, Keys(3, (0,)), TURNS))


@pytest.fixture(scope="module")
def small() -> tuple[Calibration, World]:
    calibration = calibrate(small_baseline(6, 2))
    return calibration, begun(opening_world(calibration, 3))


def test_every_kind_of_order_is_used(game: list[Step]) -> None:
    kinds = Counter(ORDER_CAUSES[kind] for step in game[1:] for kind in step.orders.kind.ravel() if kind >= 0)
    assert set(kinds) == set(ORDERS)


def test_nothing_a_habit_asks_for_is_refused(arena: Arena, game: list[Step]) -> None:
    for step in game[:6]:
        started = begun(step.world, arena.calibration)
        asked = habit(started, arena.calibration, arena.personalities)
        done = carry_out(started, arena.calibration, asked)
        assert (done == (asked.kind >= 0)).all()


def test_every_nation_with_a_stake_acts_at_least_every_fourth_turn(arena: Arena, game: list[Step]) -> None:
    base = arena.calibration.baseline
    stake = (base.mined_t + base.refined_primary_t + base.consumption_t).sum(1) > 0
    acts = np.stack([(step.orders.kind[0] >= 0).any(-1) for step in game[1:]])  # [T, N]
    for n, nation in enumerate(base.axes.nations):
        if stake[n] and arena.personalities.acts[n]:
            assert all(acts[t : t + 4, n].any() for t in range(TURNS - 3)), nation


def test_the_rest_of_the_world_gives_no_orders(arena: Arena, game: list[Step]) -> None:
    rest = arena.calibration.axes.rest_of_world
    assert all((step.orders.kind[:, rest] < 0).all() for step in game[1:])


def test_a_habit_is_the_same_alone_as_in_a_batch(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    characters = small_characters(calibration.axes.nations)
    together = habit(world, calibration, characters)
    alone = habit(world.picked(slice(1, 2)), calibration, characters)
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(together, name)[1], getattr(alone, name)[0])


def test_a_habit_leaves_the_world_as_it_is(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    before = world.state_hash()
    habit(world, calibration, small_characters(calibration.axes.nations))
    assert world.state_hash() == before


def test_a_habit_asks_for_no_order_that_the_level_forbids(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    asked = habit(world, calibration, small_characters(calibration.axes.nations, frozenset({"buy_stock"})))
    used = set(asked.kind[asked.kind >= 0].tolist())
    assert used == {ORDER_CAUSES.index("buy_stock")}


def test_a_hedger_caps_a_supplier_that_holds_nearly_all(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    world = world.picked(slice(0, 1))
    world.political_capital[...] = 10
    world.refined_flow_t[:, :, 2:, 0] = 0.0  # nation 0, a hedger, now buys from nation 1 and from home alone
    world.refined_flow_t[:, :, 0, 0] = 0.01 * world.refined_flow_t[:, :, 1, 0]
    asked = habit(world, calibration, small_characters(calibration.axes.nations))
    assert ORDER_CAUSES.index("cap_sourcing") in asked.kind[0, 0]


def test_a_leverage_player_restricts_what_it_dominates_and_a_hedger_does_not(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    world = world.picked(slice(0, 1))
    world.political_capital[...] = 10
    world.standing[...] = 70
    asked = habit(world, calibration, small_characters(calibration.axes.nations))
    restricts = (asked.kind[0] == ORDER_CAUSES.index("restrict_exports")).any(-1)
    assert restricts[1]  # refines seven tenths of the world's metal
    assert not restricts[::2].any()


def test_a_stock_is_released_when_the_price_runs_away(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    world = world.picked(slice(0, 1))
    world.political_capital[...] = 10
    world.public_stock_t[...] = world.need_t.sum(-1)
    world.delivered_ln[...] = world.expected_ln + 1.0
    asked = habit(world, calibration, small_characters(calibration.axes.nations))
    users = world.need_t[0].sum((-1, -2)) > 0
    assert (asked.kind[0] == ORDER_CAUSES.index("release_stock")).any(-1)[users].all()
