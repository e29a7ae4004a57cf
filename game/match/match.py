"""One game being played: a level, a seed and an order log. `submit` and `end_turn` are its one door."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from game.content.build import build_baseline
from game.content.level import Level
from game.content.network import passage_rows
from game.content.old_level import level_of_save
from game.engine.axes import Axes, turn_date
from game.engine.calibrate import Calibration, calibrate
from game.engine.explain import Step, opening_step
from game.engine.opening import opening_world
from game.engine.phases.society import falls_again
from game.engine.turn import PHASES
from game.engine.view import NationView, Offer
from game.engine.world import World
from game.match.header import Header
from game.match.log import Entry, OrderLog
from game.match.offer import Diplomacy, Signed
from game.match.old_state import LABELS_KEY, Fitted, fitted, labels_as_data, listed
from game.match.report import TurnReport
from game.match.resolve import CONTROL, Carried, State, found, ordered, planned, read_entry, resolve
from game.match.save import Save
from game.match.seat import Asked, Seat, all_seats, characters, others, scripted
from game.match.snapshot import Snapshot
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.rules.orders._base import Order
from game.rules.orders.answer import Answer
from game.text import _

OnProgress = Callable[[str, int, int], None]


class Match:
    """A level in play, from its start to `turn`. Orders given now belong to turn `turn + 1`.

    `history[t]` is the world after turn t; its worlds are never changed.
    """

    def __init__(self, level: Level, seats: Mapping[str, Seat], seed: int, calibration: Calibration) -> None:
        """A match at its start. Callers want `new` or `load`."""
        self.level = level
        self.seats = dict(seats)
        self.seed = seed
        self.calibration = calibration
        self.log = OrderLog()
        self.history: list[World] = [opening_world(calibration)]
        opening = Diplomacy.opening(self.history[0], calibration.baseline.treaties.names)
        self._diplomacy: list[Diplomacy] = [opening]
        self._reports: dict[int, TurnReport] = {}
        self._characters = characters(level, calibration)
        self._names = _names(level)
        self._save: Save | None = None
        self.notes: tuple[Problem, ...] = ()  # what a player should know of the save this was loaded from

    @classmethod
    def new(cls, level: Level, seats: Mapping[str, str], seed: int = 1) -> Self:
        """A new match; nations without a seat in `seats` are minds. Raises ProblemError for seats that cannot be."""
        return cls(level, all_seats(level, seats), seed, calibrate(build_baseline(level)))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Continue a saved match, with the orders of its open turn. Raises ProblemError; the file stays as it is."""
        save = Save.open(path)
        try:
            level, lacking = level_of_save(save.level_text)
            seats = all_seats(level, save.header.options.get("seats", {}))
            match = cls(level, seats, save.header.seed, calibrate(build_baseline(level)))
            match._take_over(save, lacking)
        except BaseException:
            save.close()
            raise
        return match

    # ---- what there is to know

    @property
    def turn(self) -> int:
        """The last resolved turn, 0 at the start."""
        return len(self.history) - 1

    @property
    def date(self) -> str:
        """The half-year of the last resolved turn; 2024 at the start."""
        return turn_date(self.turn)

    @property
    def axes(self) -> Axes:
        """The ids along the axes."""
        return self.calibration.axes

    @property
    def world(self) -> World:
        """The world after the last resolved turn."""
        return self.history[-1]

    @property
    def path(self) -> Path | None:
        """The file that every order and turn is written to; None before the first save."""
        return self._save.path if self._save else None

    @property
    def over(self) -> bool:
        """Whether the level's last turn is resolved, or the government of every person has fallen for good."""
        return self.turn >= self.level.turns or (bool(self.persons) and all(map(self.has_fallen, self.persons)))

    def has_fallen(self, nation: str) -> bool:
        """Whether a nation's government has fallen a second time, which ends the game for its seat."""
        position = self.axes.nation_index[nation]
        return any(bool(falls_again(world)[0, position]) for world in self.history)

    @property
    def persons(self) -> tuple[str, ...]:
        """The nations that persons play."""
        return tuple(nation for nation, seat in self.seats.items() if seat == "person")

    def name(self, name_id: str) -> str:
        """What a nation, mineral or product is called."""
        return self._names.get(name_id, name_id)

    def inbox(self, nation: str) -> tuple[Offer, ...]:
        """The offers that wait for a nation's answer, those it has answered this turn included."""
        return self._diplomacy[-1].inbox(nation)

    def offers(self, nation: str) -> tuple[Offer, ...]:
        """The open offers that a nation made or got; what others offer each other is not its business."""
        every = self._diplomacy[-1].offers
        return tuple(offer for offer in every if nation in offer.parties)

    def treaties(self, nation: str | None = None) -> tuple[Signed, ...]:
        """What was ever signed, by one nation or by all."""
        every = self._diplomacy[-1].treaties
        return tuple(treaty for treaty in every if nation is None or nation in treaty.bound)

    def view(self, nation: str) -> NationView:
        """What a nation sees of the world after the last resolved turn."""
        return self._view(self.world, nation, self.inbox(nation))

    def plan(self, nation: str) -> NationView:
        """What a nation sees with its orders of this turn carried out: new orders are judged and priced by it."""
        orders = self.orders(nation)
        world = planned(State(self.world, self._diplomacy[-1]), self.calibration, nation, orders)
        answered = {order.offer for order in orders if isinstance(order, Answer)}
        return self._view(world, nation, tuple(offer for offer in self.inbox(nation) if offer.number not in answered))

    def report(self, turn: int | None = None) -> TurnReport:
        """The report of a turn, the last by default."""
        number = self.turn if turn is None else turn
        if number not in self._reports:
            self._reports[number] = self._written_report(number)
        return self._reports[number]

    # ---- orders

    def orders(self, nation: str) -> list[Order]:
        """A nation's orders of the turn being played, in order."""
        return [read_entry(entry, self.axes)[1] for entry in self._pending(nation)]

    def submit(self, nation: str, order: Order) -> list[Problem]:
        """Add an order, unless something is in the way: then return what, and change nothing."""
        if nation not in self.persons:
            return [unknown_name(_("seat of a person"), nation, self.persons, order.kind)]
        if self.turn >= self.level.turns:
            what = _("the level's {turns} turns are over", turns=self.level.turns)
            return [Problem("error", order.kind, what, _("start a new game"))]
        if self.has_fallen(nation):
            what = _("the government of {nation} has fallen twice", nation=self.name(nation))
            return [Problem("error", order.kind, what, _("start a new game"))]
        problems = order.problems(self.plan(nation))
        if not problems:
            self._journal(self.log.submit(self.turn + 1, nation, order.as_json()))
        return problems

    def undo(self, nation: str) -> bool:
        """Take back the nation's last order; False when there is none."""
        entry = self.log.undo(self.turn + 1, nation)
        self._journal(entry)
        return entry is not None

    def redo(self, nation: str) -> bool:
        """Give again what was taken back last; False when there is nothing."""
        entry = self.log.redo(self.turn + 1, nation)
        self._journal(entry)
        return entry is not None

    def remove(self, nation: str, position: int) -> bool:
        """Take back the order at a position of `orders`; False when there is none."""
        pending = self._pending(nation)
        if not 0 <= position < len(pending):
            return False
        self._journal(self.log.remove(self.turn + 1, pending[position].seq))
        return True

    # ---- turns

    def end_turn(self, on_progress: OnProgress | None = None) -> TurnReport:
        """Let everybody else decide, carry out all orders, move the world on, save, and report what changed.

        `on_progress(step, done, of)` is called as the turn proceeds: first with the step "minds", then with each of
        PHASES. Raises ProblemError when the save cannot be written; the match is then as it was.
        """
        tell = on_progress or (lambda _step, _done, _of: None)
        turn = self.turn + 1
        # What fails below must leave no trace, so the turn is written into a copy of the log first.
        log = OrderLog(self.log.entries())
        for seat, order in self._asked(turn, tell):
            log.submit(turn, seat, order)
        entries = log.commit(turn)
        before = State(self.world, self._diplomacy[-1])
        phases = {name: position for position, name in enumerate(PHASES)}

        def on_phase(name: str, _world: World) -> None:
            tell(name, phases[name] + 1, len(PHASES))

        after, carried = resolve(before, self.calibration, entries, self.seed, on_phase)
        if self._save:
            self._save.end_turn(entries, _snapshot(after))
        self.log = log
        self.history.append(after.world)
        self._diplomacy.append(after.diplomacy)
        self._reports[turn] = self._report(turn, carried)
        return self._reports[turn]

    # ---- files

    def save_to(self, path: Path) -> None:
        """Write the match to a new file, which every later order and turn is written to. Raises ProblemError."""
        if self._save:
            self._save.copy(path)
            self._save.close()
            self._save = Save.open(path)
            return
        header = Header.of(self.level.id, self.seed, self.persons, {"seats": self.seats})
        states = [State(world, diplomacy) for world, diplomacy in zip(self.history, self._diplomacy, strict=True)]
        save = Save.create(path, header, self.level.as_text(), _snapshot(states[0]))
        for turn, state in enumerate(states[1:], start=1):
            save.end_turn(self.log.entries(turn), _snapshot(state))
        for entry in self.log.entries(self.turn + 1):
            save.record(entry)
        self._save = save

    def close(self) -> None:
        """Close the file; the match can still be looked at."""
        if self._save:
            self._save.close()
            self._save = None

    # ---- inside

    def _asked(self, turn: int, tell: OnProgress) -> Asked:
        """What the script, minds and habits ask for in a turn."""
        tell("minds", 0, 1)
        asked = scripted(self.level, turn, self.persons)
        asked += others(
            self.world,
            self.calibration,
            self._characters,
            self._diplomacy[-1],
            self.seats,
            self.seed,
            lambda done, of: tell("minds", done, of),
        )
        tell("minds", 1, 1)
        return asked

    def _view(self, world: World, nation: str, inbox: tuple[Offer, ...]) -> NationView:
        position = self.axes.nation_index[nation]
        return NationView(world, self.calibration, position, inbox, self.level.orders, self._names)

    def _pending(self, nation: str) -> list[Entry]:
        return self.log.pending(self.turn + 1, nation)

    def _journal(self, entry: Entry | None) -> None:
        if self._save and entry is not None:
            self._save.record(entry)

    def _take_over(self, save: Save, lacking: tuple[str, ...]) -> None:
        """Take history, log and open orders from a save whose level lacked these figures."""
        self.log = OrderLog(save.entries())
        start = self.history[0]
        for turn in range(save.turn + 1):
            snapshot = save.snapshot(turn)
            state = fitted(snapshot, start, save.path)
            diplomacy = Diplomacy.from_data(json.loads(snapshot.records))
            self.history[turn:] = [state.world]
            self._diplomacy[turn:] = [diplomacy]
            self.notes = _notes(save.path, state, lacking)
        self._save = save

    def _written_report(self, turn: int) -> TurnReport:
        """A report made again from the log: which orders were carried out is found by carrying them out."""
        if not 1 <= turn <= self.turn:
            what = _("there is no report of turn {turn}", turn=turn)
            raise ProblemError(Problem("error", "", what, _("turns 1 to {last} are resolved", last=self.turn)))
        return self._report(turn, self._ordered(turn)[1])

    def _ordered(self, turn: int) -> tuple[World, list[Carried]]:
        """The world with the orders of a resolved turn written into it, and what became of them."""
        before = State(self.history[turn - 1], self._diplomacy[turn - 1])
        return ordered(before, self.calibration, self.log.entries(turn))

    def _step(self, turn: int) -> Step:
        """A resolved turn as its clearing found it and as it was left, from the log."""
        if not turn:
            return opening_step(self.history[0], self.calibration)
        return Step(found(self._ordered(turn)[0], self.calibration, self.seed), self.history[turn])

    def _report(self, turn: int, carried: list[Carried]) -> TurnReport:
        before, after = self.history[turn - 1 : turn + 1]
        offers = self._diplomacy[turn - 1].offers

        def steps() -> tuple[Step, Step]:
            return self._step(turn - 1), self._step(turn)

        return TurnReport(self.calibration, before, after, tuple(carried), self._names, steps, offers)


def _notes(path: Path, state: Fitted, lacking: tuple[str, ...]) -> tuple[Problem, ...]:
    """That an older version of the game wrote a save, and what that means."""
    if not state.is_older and not lacking:
        return ()
    what = _("an older version of the game wrote this save")
    parts = {
        _("what it lacks begins as at the level's start ({names})", names=listed(state.lacking)): state.lacking,
        _("figures it lacks are this version's ({names})", names=listed(lacking)): lacking,
        _("what is gone is left out ({names})", names=listed(state.gone)): state.gone,
    }
    return (Problem("warning", str(path), what, "; ".join(part for part, names in parts.items() if names)),)


def _snapshot(state: State) -> Snapshot:
    world = state.world
    records = state.diplomacy.as_data() | {LABELS_KEY: labels_as_data()}
    return Snapshot(world.turn, world.arrays, world.state_hash(), json.dumps(records))


def _names(level: Level) -> dict[str, str]:
    """What ids of nations, minerals, products and corridors are called."""
    nations = {nation: level.nation(nation).name for nation in level.nations if nation in level.world.nations}
    minerals = {mineral: level.mineral(mineral).name for mineral in level.minerals}
    corridors = {corridor: row["name"] for corridor, row in passage_rows(level.routes).items()}
    return corridors | nations | minerals | {product: level.product(product).name for product in level.products}


__all__ = ["CONTROL", "Match"]
