"""Who sits where: persons, minds and habits, and the orders of those who are no persons."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Literal

from game.ai.habit import habit
from game.ai.mind import OnProgress, decide
from game.ai.negotiate import answers
from game.content.level import REST, Level
from game.engine.axes import Axes
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.match.offer import Diplomacy, compact_offers
from game.match.resolve import CONTROL, compact_json, orders_of, scripted_json
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.rules.catalog import read_order
from game.rules.orders._base import Order
from game.rules.orders.answer import Answer
from game.rules.orders.propose import Propose
from game.rules.personality import Personalities, personalities
from game.rules.uphold import begin
from game.text import _

Seat = Literal["person", "mind", "habit"]
SEATS: tuple[Seat, ...] = ("person", "mind", "habit")

Asked = list[tuple[str, str]]  # seat and order as JSON, in order


def all_seats(level: Level, chosen: Mapping[str, str]) -> dict[str, Seat]:
    """A seat for every nation but the rest of the world; who is not chosen is a mind.

    Raises ProblemError for a nation the level does not have or that no person may play, or a seat of unknown kind.
    """
    problems: list[Problem] = []
    nations = [nation for nation in level.nations if nation != REST]
    for nation, seat in chosen.items():
        if nation not in nations:
            problems.append(unknown_name(_("nation"), nation, nations))
        elif seat not in SEATS:
            problems.append(unknown_name(_("kind of seat"), seat, SEATS, nation))
        elif seat == "person" and nation not in level.seats:
            known = ", ".join(sorted(level.seats))
            what = _("{nation} cannot be played in {level}", nation=nation, level=level.id)
            problems.append(Problem("error", "", what, _("choose one of {names}", names=known)))
    if problems:
        raise ProblemError(problems)
    by_name: dict[str, Seat] = {seat: seat for seat in SEATS}
    return {nation: by_name[chosen.get(nation, "mind")] for nation in nations}


def characters(level: Level, calibration: Calibration) -> Personalities:
    """The personality of every nation of a level."""
    return personalities(calibration.axes.nations, level.characters, level.weights, level.orders)


def scripted(level: Level, turn: int, persons: Container[str]) -> Asked:
    """The level's own orders of a turn, but for nations that a person plays: those decide for themselves."""
    asked: Asked = []
    for row in level.scripted:
        if row["turn"] != turn or row["nation"] in persons:
            continue
        order = read_order(row["order"], f"{level.id}: scripted")
        asked.append((CONTROL, scripted_json(row["nation"], order)))
    return asked


def others(
    world: World,
    calibration: Calibration,
    characters: Personalities,
    diplomacy: Diplomacy,
    seats: Mapping[str, Seat],
    seed: int,
    on_progress: OnProgress | None = None,
) -> Asked:
    """What minds and habits ask for this turn, judging the same world as the persons; changes nothing.

    `on_progress(done, of)` is called as the minds think.
    """
    started = world.copy()
    begin(started, calibration)
    axes = calibration.axes
    offers = compact_offers(diplomacy.offers, axes)
    asked: Asked = []
    minds = [nation for nation, seat in seats.items() if seat == "mind"]
    positions = [axes.nation_index[nation] for nation in minds if characters.acts[axes.nation_index[nation]]]
    chosen = decide(started, calibration, characters, positions, seed, offers, on_progress=on_progress)
    inboxes = {position: diplomacy.inbox(axes.nations[position]) for position in positions}
    persons = [nation for nation, seat in seats.items() if seat == "person"]
    weighed = answers(started, calibration, characters, inboxes, seed, persons)
    for position in positions:
        own = weighed.get(position, [])
        answered = {answer.offer for answer in own}
        orders = [*own, *(order for order in orders_of(chosen, axes, position) if not _answers(order, answered))]
        asked += [(axes.nations[position], order.as_json()) for order in orders]
    habits = [axes.nation_index[nation] for nation, seat in seats.items() if seat == "habit"]
    if habits:
        usual = habit(started, calibration, characters, offers)
        for position in habits:
            asked += [(axes.nations[position], _habit_json(order, axes)) for order in orders_of(usual, axes, position)]
    return asked


def _answers(order: Order, offers: Container[int]) -> bool:
    """Whether an order answers one of some offers."""
    return isinstance(order, Answer) and order.offer in offers


def _habit_json(order: Order, axes: Axes) -> str:
    """A habit's order for the log: compact, but for a treaty, whose published clauses may change with its file."""
    return order.as_json() if isinstance(order, Propose) else compact_json(order.kind, order.row(axes))
