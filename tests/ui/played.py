"""Real matches for tests of screens, played once each: the seat's orders are few, the others act by habit."""

from __future__ import annotations

from functools import lru_cache

from game.content.load import load_level
from game.match.match import Match
from game.rules.catalog import read_order
from game.ui.screens.session import Session
from game.ui.view_model.scene import Scene

LONG, SHORT, BUYER = "long_arc", "first_shipment", "JPN"
QUIET_PURCHASE = {"kind": "buy_stock", "mineral": "rare_earths", "months": 1, "tempo": "quiet"}


@lru_cache(maxsize=4)
def _level(level: str):
    return load_level(level)


@lru_cache(maxsize=8)
def played(level: str, seat: str, turns: int) -> Match:
    """A match after so many turns; shared, so a test must not change it."""
    return fresh(level, seat, turns)


def fresh(level: str, seat: str, turns: int) -> Match:
    """A match of one's own after so many turns; the buyer gave an order in the first."""
    row = _level(level)
    seats = {nation: "habit" for nation in row.nations if nation != "ROW"} | {seat: "person"}
    match = Match.new(row, seats, seed=7)
    if turns and seat == BUYER:
        assert not match.submit(seat, read_order(QUIET_PURCHASE))
    for _turn in range(turns):
        match.end_turn()
    return match


def scene_of(level: str, seat: str, turns: int) -> Scene:
    """The seat's view of a shared match."""
    return Scene(played(level, seat, turns), seat)


def session_of(level: str, seat: str, turns: int) -> Session:
    """A session of its own on a shared match."""
    return Session(played(level, seat, turns), seat)
