"""Every number of every turn has at most six causes, which add up to its change."""

import pytest

from game.content.load import load_level
from game.engine.acts import KINDS
from game.engine.explain import CAUSE_GROUPS
from game.engine.rng import stream
from game.match.cause import GROUP_TITLES
from game.match.match import Match
from game.match.number import number_names, why
from game.match.why import ACT_TITLES, ORDER_OF
from game.rules.catalog import ORDERS

TURNS = 4
PAIRS = 60


def played(turns, seed):
    """A game by habits but for two persons, one of whom stops selling rare earths to the other in the second turn."""
    level = load_level("long_arc")
    seats = {nation: "habit" for nation in level.nations if nation != "ROW"} | {"JPN": "person", "CHN": "person"}
    match = Match.new(level, seats, seed)
    for turn in range(1, turns + 1):
        if turn == 2:
            ban = {"measure": "ban", "targets": ("JPN",), "turns": 4}
            order = ORDERS["restrict_exports"](mineral="rare_earths", layer="refined", **ban)
            assert match.submit("CHN", order) == []
            quiet = ORDERS["buy_stock"](mineral="rare_earths", months=6.0, tempo="quiet")
            assert match.submit("JPN", quiet) == []
        match.end_turn()
    return match


@pytest.fixture(scope="module")
def match():
    return played(TURNS, 11)


def drawn(match, pairs, seed):
    """Random numbers of random nations in random turns, each kind of number as often as any other."""
    nations = match.axes.nations
    kinds = {}
    for name in number_names(match):
        kinds.setdefault(name.partition(":")[0], []).append(name)
    chance = stream(seed, 0, 0, "pairs")
    for _pair in range(pairs):
        names = list(kinds.values())[int(chance.integers(len(kinds)))]
        name = names[int(chance.integers(len(names)))]
        yield name, nations[int(chance.integers(len(nations)))], int(chance.integers(1, match.turn + 1))


def assert_adds_up(match, name, nation, turn):
    found = why(match, name, nation, turn).change
    assert len(found.causes) <= 6, (name, nation, turn)
    assert not any(cause.name in ("other", "version") for cause in found.causes)
    assert all(cause.title and cause.label for cause in found.causes)
    total = sum(cause.amount for cause in found.causes)
    assert total == pytest.approx(found.after - found.before, abs=1e-9), (name, nation, turn)
    return bool(found.causes)


def test_the_causes_of_random_numbers_in_random_turns_add_up(match):
    moved = sum(assert_adds_up(match, *pair) for pair in drawn(match, PAIRS, 1))
    assert moved > PAIRS / 2


@pytest.mark.long
def test_the_causes_of_two_hundred_random_numbers_in_long_games_add_up():
    moved = 0
    for seed in (21, 22):
        match = played(12, seed)
        moved += sum(assert_adds_up(match, *pair) for pair in drawn(match, 100, seed))
    assert moved > 100


def test_a_loaded_game_explains_its_turns_as_the_game_did_that_was_saved(match, tmp_path):
    match.save_to(tmp_path / "game.chokepoint")
    match.close()
    again = Match.load(tmp_path / "game.chokepoint")
    again.close()
    for name, nation, turn in drawn(match, 12, 2):
        assert why(again, name, nation, turn) == why(match, name, nation, turn)


def test_a_bar_is_labelled_with_the_order_that_moved_it_most(match):
    causes = {cause.name: cause for cause in why(match, "home_price:rare_earths", "JPN", 2).change.causes}
    assert causes["policy"].label.startswith("China: Export ban of Rare earths")
    assert causes["policy"].amount > 0


def test_who_bought_quietly_is_told_to_the_buyer_alone(match):
    def words(nation):
        causes = why(match, "price:rare_earths", nation, 2).change.causes
        acts = [act for cause in causes if cause.name == "stocks" for act in cause.acts]
        return [act.title for act in acts if act.name in ("purchase", "buy_stock")]

    assert any("Japan" in title for title in words("JPN"))
    assert not any("Japan" in title for title in words("KOR"))


def test_the_first_turn_is_told_against_calendar_2024(match):
    found = why(match, "price:cobalt", "JPN", 1).change
    assert found.before == match.calibration.baseline.price_usd_per_t[match.axes.mineral_index["cobalt"]]
    assert found.causes


def test_every_kind_of_act_has_words():
    assert set(KINDS) == {*ACT_TITLES, *CAUSE_GROUPS}
    assert set(ORDER_OF) <= set(KINDS)
    assert set(CAUSE_GROUPS) <= set(GROUP_TITLES)
