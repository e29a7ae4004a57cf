"""Advisers are minds on the player's seat: legal orders of their desk, by their own aims, repeatable."""

import pytest

from game.ai.adviser import DESKS
from game.content.load import load_level
from game.match.advice import Advice, advice
from game.match.match import Match
from game.rules.catalog import ORDERS

GROUPS = {desk: group for desk, _name, group in DESKS}


def match_of(seat: str) -> Match:
    level = load_level("long_arc")
    return Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {seat: "person"}, seed=5)


@pytest.fixture(scope="module")
def found() -> tuple[Match, tuple[Advice, ...]]:
    match = match_of("JPN")
    return match, advice(match, "JPN")


def test_each_desk_gives_one_legal_order_of_its_folder(found: tuple[Match, tuple[Advice, ...]]) -> None:
    match, items = found
    assert len(items) >= 2
    assert len({item.desk for item in items}) == len(items)
    for item in items:
        assert ORDERS[item.order.kind].group == GROUPS[item.desk]
        assert item.order.problems(match.view("JPN")) == []


def test_it_serves_the_aims_of_the_desk_and_says_which(found: tuple[Match, tuple[Advice, ...]]) -> None:
    for item in found[1]:
        assert item.gain > 0
        assert item.reasons
        assert [abs(points) for _p, points in item.reasons] == sorted((abs(p) for _n, p in item.reasons), reverse=True)


def test_asking_changes_nothing_and_is_repeatable(found: tuple[Match, tuple[Advice, ...]]) -> None:
    match, items = found
    before = match.world.state_hash()
    assert advice(match, "JPN") == items
    assert match.world.state_hash() == before
    assert match.orders("JPN") == []


def test_a_producer_is_told_other_things_than_an_importer(found: tuple[Match, tuple[Advice, ...]]) -> None:
    other = match_of("COD")
    assert [i.order for i in advice(other, "COD")] != [i.order for i in found[1]]
