from dataclasses import replace

import numpy as np
import pytest

from game.ai.choice import COLUMNS
from game.ai.habit import habit
from game.ai.mind import TIERS, decide
from game.ai.value import score
from game.batch.fact.lever import restrict
from game.batch.simulate import Arena, Step, played, replaced
from game.content.load import load_level
from game.engine.calibrate import Calibration, calibrate
from game.engine.fields import FIELDS, ORDER_CAUSES
from game.engine.opening import opening_world
from game.engine.turn import Keys
from game.engine.world import World
from game.forecast import ANSWER, REFUSE, Offers, begun, turned
from game.rules.asking import Askings, Row
from game.rules.carry import carry_out
from game.rules.catalog import KIND_CODE, ORDERS
from tests.ai.characters import small_characters
from tests.small_world import small_baseline

NATIONS = 5


@pytest.fixture(scope="module")
def small() -> tuple[Calibration, World]:
    calibration = calibrate(small_baseline(NATIONS, 2))
    world = begun(opening_world(calibration))
    world.political_capital[...] = 8
    return calibration, world


def thought(calibration: Calibration, world: World, nations: list[int], **more: int) -> Askings:
    seed = more.pop("seed", 5)
    return decide(world, calibration, small_characters(calibration.axes.nations), nations, seed, **more)


def same(one: Askings, other: Askings) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("kind", *COLUMNS))


def test_removing_the_look_ahead_changes_orders(small: tuple[Calibration, World]) -> None:
    everybody = list(range(NATIONS))
    assert not same(thought(*small, everybody), thought(*small, everybody, depth=0))


def test_a_mind_decides_the_same_twice(small: tuple[Calibration, World]) -> None:
    assert same(thought(*small, [0, 3]), thought(*small, [0, 3]))


def test_nations_that_do_not_think_ask_for_nothing(small: tuple[Calibration, World]) -> None:
    found = thought(*small, [2])
    assert (np.delete(found.kind[0], 2, axis=0) == -1).all()


def test_nothing_a_mind_asks_for_is_refused(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    found = thought(calibration, world, list(range(NATIONS)))
    done = carry_out(world.copy(), calibration, found)
    assert (done == (found.kind >= 0)).all()


def test_thinking_leaves_the_world_as_it_is(small: tuple[Calibration, World]) -> None:
    before = small[1].state_hash()
    thought(*small, [0, 1])
    assert small[1].state_hash() == before


def test_what_others_hide_changes_no_order_of_a_mind(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    hidden = [field.name for field in FIELDS if field.seen_by != "public" and field.dtype is np.float64]
    other = world.copy()
    for name in hidden:
        other.arrays[name][:, 1:] += 7.0
    assert same(thought(calibration, world, [0]), thought(calibration, other, [0]))


def test_an_offer_that_a_mind_does_not_want_is_refused(small: tuple[Calibration, World]) -> None:
    calibration, world = small
    distrustful = world.copy()
    distrustful.trust[...] = 0.0
    proposal = Askings.none(1, NATIONS, 1)
    proposal.put((0, 1, 0), KIND_CODE["propose"], Row(mineral=0, layer=1, partner=0, option=1 + 400 + 4096, size=5.0))
    offers = Offers.among(proposal)
    found = decide(distrustful, calibration, small_characters(calibration.axes.nations), [0], 5, offers)
    answers = found.option[0, 0][found.kind[0, 0] == ANSWER]
    assert answers.tolist() == [REFUSE + 16 * 1]


def test_a_mind_looks_at_most_four_turns_and_eight_bundles_ahead() -> None:
    assert all(1 <= tier.turns <= 4 and 2 <= tier.bundles <= 8 for tier in TIERS)


def total(arena: Arena, nation: str, steps: list[Step]) -> float:
    """What a nation got out of a game by its own weights."""
    n = arena.calibration.axes.nation_index[nation]
    return sum(float(score(s.world, arena.calibration, arena.personalities)[0, n]) for s in steps[1:])


@pytest.fixture(scope="module")
def arena() -> Arena:
    return Arena(load_level("long_arc"))


def test_a_mind_does_better_than_an_idle_nation(arena: Arena) -> None:
    keys = Keys(2, (0,))
    busy = total(arena, "JPN", list(played(arena, keys, 3, minds=["JPN"])))
    assert busy > total(arena, "JPN", list(played(arena, keys, 3, idle=["JPN"])))


PLAYED = ("JPN", "IND", "KAZ", "CHN", "RUS", "USA")
SEEDS = range(1, 21)
TURNS = 8


@pytest.mark.long
@pytest.mark.parametrize("nation", PLAYED)
def test_the_mind_beats_do_nothing_in_four_seeds_of_five(arena: Arena, nation: str) -> None:
    won = 0
    for seed in SEEDS:
        keys = Keys(seed, (0,))
        busy = total(arena, nation, list(played(arena, keys, TURNS, minds=[nation])))
        won += busy > total(arena, nation, list(played(arena, keys, TURNS, idle=[nation])))
    assert won >= 0.8 * len(SEEDS)


@pytest.mark.long
@pytest.mark.parametrize("nation", PLAYED)
def test_an_export_stop_by_the_main_supplier_changes_the_next_two_turns(arena: Arena, nation: str) -> None:
    axes = arena.calibration.axes
    n = axes.nation_index[nation]
    *_, before = played(arena, Keys(4, (0,)), 3)
    supplier = main_supplier(arena, before.world, n)
    usual, stopped = (next_turns(arena, before.world, n, supplier, stops) for stops in (False, True))
    for calm, alarmed in zip(usual, stopped, strict=True):
        assert not same(calm, alarmed)


def main_supplier(arena: Arena, world: World, nation: int) -> int:
    """The foreign supplier from whom a nation buys most, by value."""
    flow = world.refined_flow_t[0, :, :, nation].copy()
    flow[:, nation] = 0.0
    value = flow * arena.calibration.baseline.price_usd_per_t[:, None]
    return int(value.sum(0).argmax())


def next_turns(arena: Arena, world: World, nation: int, supplier: int, stops: bool) -> list[Askings]:
    """A mind's orders in the two turns after the one in which its supplier stopped selling to it, or did not."""
    calibration, characters = arena.calibration, arena.personalities
    found = []
    started = begun(world)
    if stops:
        axes = calibration.axes
        names = axes.nations[supplier], axes.nations[nation]
        for mineral in axes.minerals:
            restrict(names[0], mineral, "ban", targets=names[1:], start=started.turn + 1, turns=6)(started, calibration)
    everybody = habit(started, calibration, characters)
    started = begun(turned(started, calibration, everybody, Keys(4, (0,)), None))
    for turn in range(2):
        own = decide(started, calibration, characters, [nation], seed=turn)
        found.append(replace(own))
        everybody = replaced(habit(started, calibration, characters), own, [nation])
        started = begun(turned(started, calibration, everybody, Keys(4, (0,)), None))
    return found


@pytest.mark.long
def test_minds_use_every_kind_of_order_and_all_nations_act(arena: Arena) -> None:
    steps = list(played(arena, Keys(1, (0,)), 12, minds=arena.calibration.axes.nations))
    kinds = {ORDER_CAUSES[kind] for step in steps[1:] for kind in step.orders.kind.ravel() if kind >= 0}
    assert kinds == set(ORDERS)
    base = arena.calibration.baseline
    stake = (base.mined_t + base.refined_primary_t + base.consumption_t).sum(1) > 0
    acts = np.stack([(step.orders.kind[0] >= 0).any(-1) for step in steps[1:]])
    for n in np.flatnonzero(stake & arena.personalities.acts):
        assert all(acts[t : t + 4, n].any() for t in range(len(acts) - 3)), base.axes.nations[n]
