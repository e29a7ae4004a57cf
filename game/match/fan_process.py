"""Fans computed in one persistent process beside the window, so that neither drawing nor a turn ever waits for them.

The process is spawned when the first fan is asked for. It knows the calibrated model and what a seat believes, never
the game's own seed or world. The newest task alone counts: an older one is dropped between two of its turns, but what
it found is kept, so that going back to it costs nothing.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import numpy as np

from game.ai.habit import habit_policy
from game.engine.calibrate import Calibration
from game.forecast import FAN_FUTURES, FIRST_FUTURES, Figures, Outset, Plan, fan_steps
from game.rules.personality import Personalities
from game.text import _

KEPT_CHUNKS = 160  # of FIRST_FUTURES futures of one plan; about 50 kB each
ENDING_S = 2.0


@dataclass(frozen=True)
class Model:
    """What all fans of a match have in common. `key` names it."""

    key: str
    calibration: Calibration
    personalities: Personalities


@dataclass(frozen=True)
class Task:
    """A fan that is asked for: so many turns from an outset, under each of the plans. `key` names the outset.

    It is shown after FIRST_FUTURES futures and refined to `futures`, a multiple of them or fewer.
    """

    number: int
    key: str
    outset: Outset
    plans: tuple[Plan, ...]
    turns: int
    futures: int = FAN_FUTURES

    @property
    def chunks(self) -> list[range]:
        """The numbers of its futures, as far as they are computed at once."""
        chunk = min(FIRST_FUTURES, self.futures)
        return [range(first, first + chunk) for first in range(0, self.futures, chunk)]


@dataclass(frozen=True)
class Fan:
    """What the futures of a task came to so far: every array [P, T, F, ...], F futures under P plans over T turns.

    The first futures come turn by turn, T growing to the turns of the task; those after them come whole.
    """

    number: int
    figures: Figures
    is_refined: bool  # no more futures will come

    @property
    def futures(self) -> int:
        """How many futures it holds."""
        return int(next(iter(self.figures.values())).shape[2])


@dataclass(frozen=True)
class Trouble:
    """A fan that did not come: why, and whether it is being tried once more."""

    number: int
    words: str
    tries_again: bool = False


Message = Fan | Trouble


# ---- inside the process


@dataclass
class Workbench:
    """Computes tasks chunk by chunk and keeps the chunks of late."""

    model: Model | None = None
    chunks: OrderedDict[tuple[str, Plan, range], Figures] = field(default_factory=OrderedDict)

    def fans(self, task: Task) -> Iterator[Fan | None]:
        """Yield after every turn computed: the fan when it has grown, by a turn at first and later by a chunk."""
        found: list[list[Figures]] = []
        for chunk in task.chunks:
            missing = [plan for plan in task.plans if self._kept(task, plan, chunk) is None]
            if missing:
                for part in self._computed(task, missing, chunk):
                    yield Fan(task.number, _joined([part]), is_refined=False) if not found else None
            kept = [self._kept(task, plan, chunk) for plan in task.plans]
            found.append([figures for figures in kept if figures is not None])
            yield Fan(task.number, _joined(found), is_refined=len(found) == len(task.chunks))

    def _kept(self, task: Task, plan: Plan, chunk: range) -> Figures | None:
        """The chunk, cut to the turns asked for; None when it is not known that far."""
        figures = self.chunks.get((task.key, plan, chunk))
        if figures is None or len(next(iter(figures.values()))) < task.turns:
            return None
        self.chunks.move_to_end((task.key, plan, chunk))
        return {name: values[: task.turns] for name, values in figures.items()}

    def _computed(self, task: Task, missing: list[Plan], chunk: range) -> Iterator[list[Figures]]:
        """Compute a chunk under the plans that miss it; yield after each turn but the last what is known by plan."""
        assert self.model is not None
        policy = habit_policy(self.model.personalities)
        steps: list[Figures] = []
        for step in fan_steps(task.outset, self.model.calibration, policy, missing, chunk, task.turns):
            steps.append(step)
            if len(steps) < task.turns:
                yield [self._so_far(task, plan, chunk, missing, steps) for plan in task.plans]
        for plan in missing:
            self.chunks[task.key, plan, chunk] = _of_plan(steps, missing.index(plan))
        while len(self.chunks) > KEPT_CHUNKS:
            self.chunks.popitem(last=False)

    def _so_far(self, task: Task, plan: Plan, chunk: range, missing: list[Plan], steps: list[Figures]) -> Figures:
        """A plan's figures as far as all plans are known."""
        kept = self._kept(task, plan, chunk)
        if kept is None:
            return _of_plan(steps, missing.index(plan))
        return {name: values[: len(steps)] for name, values in kept.items()}


def _of_plan(steps: list[Figures], position: int) -> Figures:
    """One plan's figures [T, F, ...] of steps that hold several plans each."""
    return {name: np.stack([step[name][position] for step in steps]) for name in steps[0]}


def _joined(chunks: list[list[Figures]]) -> Figures:
    """Chunks of all plans, [chunk][plan] of arrays [T, F, ...], as arrays [P, T, F, ...]."""
    names = chunks[0][0]
    by_plan = list(zip(*chunks, strict=True))
    return {name: np.stack([np.concatenate([c[name] for c in parts], axis=1) for parts in by_plan]) for name in names}


def serve(connection: Connection) -> None:
    """Answer tasks until the other end of the connection is closed: what the process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window's process decides when this one ends
    bench = Workbench()
    fans: Iterator[Fan | None] = iter(())
    number, idle = 0, True
    try:
        while True:
            if idle or connection.poll():
                model, task = connection.recv()
                bench.model = model or bench.model
                fans, idle = (bench.fans(task), False) if task is not None else (iter(()), True)
                number = task.number if task is not None else 0
                continue
            try:
                fan = next(fans)
                idle = fan is not None and fan.is_refined
            except Exception as error:  # whatever kept this fan from being computed: the next may do
                connection.send(Trouble(number, f"{type(error).__name__}: {error}"))
                idle = True
                continue
            if fan is not None:
                connection.send(fan)
    except (EOFError, OSError):
        return


# ---- beside the window


class FanProcess:
    """The process as its owner sees it: `ask` for the newest task, hear of it by `on_message` from another thread.

    A process that ends by itself is started again with the task it was at; one that does so twice gives up the task.
    """

    def __init__(self, on_message: Callable[[Message], None], target: Callable[[Connection], None] = serve) -> None:
        self._on_message, self._target = on_message, target
        self._changed = threading.Condition()
        self._waiting: list[tuple[Model, Task | None]] = []  # at most the newest
        self._last: tuple[Model, Task] | None = None
        self._retried = 0
        self._known_model = ""
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._feeder: threading.Thread | None = None
        self._is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether the process has been started and lives."""
        return self._process is not None and self._process.is_alive()

    def ask(self, model: Model, task: Task) -> None:
        """Compute this task next; a task asked for before is dropped. Returns at once."""
        with self._changed:
            self._last = (model, task)
            self._put((model, task))

    def drop(self) -> None:
        """Compute nothing until the next task. Returns at once."""
        with self._changed:
            if self._last is not None:
                self._put((self._last[0], None))
                self._last = None

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
            process = self._process
        # Its end breaks the pipe, which frees who sends or listens.
        if process is not None:
            process.terminate()
            process.join(ENDING_S)
        if self._feeder is not None:
            self._feeder.join(ENDING_S)

    def _put(self, item: tuple[Model, Task | None]) -> None:
        if self._is_closed:
            return
        self._waiting[:] = [item]
        if self._feeder is None:
            # Sending waits until the process reads, and starting it takes a while: neither may hold up the window.
            self._feeder = threading.Thread(target=self._feed, daemon=True)
            self._feeder.start()
        self._changed.notify_all()

    def _feed(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_closed)
                if self._is_closed:
                    return
                model, task = self._waiting.pop()
            try:
                connection = self._connection or self._started()
            except OSError as error:
                self._on_message(Trouble(task.number if task else 0, str(error)))
                continue
            # A pipe that breaks is the end of the process: who listens at it reports that, and puts the task again.
            with suppress(OSError):
                connection.send((model if model.key != self._known_model else None, task))
                self._known_model = model.key

    def _started(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=self._target, args=(theirs,), name="fan", daemon=True)
        process.start()
        theirs.close()
        self._known_model = ""
        with self._changed:
            self._process, self._connection = process, ours
            if self._is_closed:
                process.terminate()
        threading.Thread(target=self._listen, args=(ours, process), daemon=True).start()
        return ours

    def _listen(self, connection: Connection, process: BaseProcess) -> None:
        try:
            while True:
                self._on_message(connection.recv())
        except (EOFError, OSError):
            # The connection is not closed here, where the feeder may be sending: it closes when nobody holds it.
            self._ended(process)

    def _ended(self, process: BaseProcess) -> None:
        """The process is gone; unless it was closed, start it again with the task it was at."""
        process.join(ENDING_S)
        with self._changed:
            if self._is_closed:
                return
            self._connection = None
            number = self._last[1].number if self._last is not None else 0
            tries_again = self._last is not None and self._retried != number
            if tries_again and self._last is not None:
                self._retried = number
                self._put(self._last)
        words = _("the process that computes forecasts ended with code {code}", code=process.exitcode)
        self._on_message(Trouble(number, words, tries_again))
