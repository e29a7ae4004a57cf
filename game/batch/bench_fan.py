"""Speed of fans, as a player waits for them: from a warm process that knows the fan without the orders."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass

from game.batch.figure import Figure
from game.content.level import REST, Level
from game.forecast import FAN_FUTURES, FAN_TURNS, FIRST_FUTURES, Plan
from game.match.fan import outset_key, outset_of, plan_of
from game.match.fan_process import Fan, FanProcess, Message, Model, Task
from game.match.match import Match
from game.match.seat import characters
from game.rules.catalog import read_order
from game.text import _

PLAYED = 2  # turns before the fan
FIRST_LIMIT_S = 0.5
ANSWER_S = 300.0
ORDER = {"kind": "buy_stock", "months": 1.0, "tempo": "quiet"}


@dataclass(frozen=True)
class Waits:
    """Seconds from asking until the first band, until it covers all turns, and until all futures are in."""

    first_s: float
    whole_s: float
    refined_s: float


def fan_figures(level: Level) -> list[Figure]:
    """What a player waits for after adding an order."""
    waits = fan_waits(level)
    world_turns = FAN_FUTURES * FAN_TURNS
    return [
        Figure(_("fan: first band of {n} futures", n=FIRST_FUTURES), waits.first_s, "s", limit=FIRST_LIMIT_S),
        Figure(_("  the same over all {n} turns", n=FAN_TURNS), waits.whole_s, "s"),
        Figure(_("  refined to {n} futures", n=FAN_FUTURES), waits.refined_s, "s"),
        Figure(_("  world-turns of futures by habits in a second"), world_turns / waits.refined_s, ""),
    ]


def fan_waits(level: Level, futures: int = FAN_FUTURES) -> Waits:
    """Play a few turns by habits, ask a process for the fan without orders, and time that with one."""
    seat = level.default_nation
    seats = {nation: "habit" for nation in level.nations if nation != REST} | {seat: "person"}
    match = Match.new(level, seats, seed=1)
    for _turn in range(PLAYED):
        match.end_turn()
    outset = outset_of(match, seat)
    model = Model(level.id, match.calibration, characters(level, match.calibration))
    plan = plan_of([read_order({**ORDER, "mineral": match.axes.minerals[0]})], match.axes)
    messages: queue.SimpleQueue[tuple[float, Message]] = queue.SimpleQueue()
    process = FanProcess(lambda message: messages.put((time.perf_counter(), message)))
    try:
        plans: tuple[Plan, ...]
        for number, plans in enumerate((((),), ((), plan)), start=1):
            task = Task(number, outset_key(outset), outset, plans, FAN_TURNS, futures)
            began = time.perf_counter()
            process.ask(model, task)
            heard = _heard(messages, number)
    finally:
        process.close()
    return _waits(began, heard)


def _heard(messages: queue.SimpleQueue[tuple[float, Message]], number: int) -> list[tuple[float, Fan]]:
    """When each fan of a task came, up to the last."""
    found: list[tuple[float, Fan]] = []
    while not found or not found[-1][1].is_refined:
        at, message = messages.get(timeout=ANSWER_S)
        if not isinstance(message, Fan):
            raise RuntimeError(message.words)
        if message.number == number:
            found.append((at, message))
    return found


def _waits(began: float, heard: list[tuple[float, Fan]]) -> Waits:
    whole = next(at for at, fan in heard if fan.figures["industry"].shape[1] == FAN_TURNS)
    return Waits(heard[0][0] - began, whole - began, heard[-1][0] - began)
