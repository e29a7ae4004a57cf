"""Fans for the screens: asks the process beside the window, keeps what came, and tells who looks at it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from game.forecast import FAN_FUTURES, Figures, Outset, Plan
from game.match.fan import outset_key, outset_of, plan_of
from game.match.fan_process import Fan, FanProcess, Message, Model, Task, Trouble
from game.rules.orders._base import Order
from game.ui.view_model.fan import FanState, tells_more

if TYPE_CHECKING:
    from game.match.match import Match
    from game.ui.view_model.scene import Scene

KEPT_PLANS = 24
Look = Callable[[], None]


class Fans:
    """One fan at a time is asked for, that of the screen on top. `post` calls back in the thread of the window."""

    futures = FAN_FUTURES  # of a refined fan

    def __init__(self, post: Callable[[Callable[[], None]], None], on_trouble: Callable[[Trouble], None]) -> None:
        self._post, self._on_trouble = post, on_trouble
        self._process: FanProcess | None = None
        self._known: OrderedDict[tuple[str, Plan], Figures] = OrderedDict()
        self._match: Match | None = None
        self._model: Model | None = None
        self._models = 0
        self._outset: tuple[tuple[int, str], Outset, str] | None = None
        self._task: Task | None = None
        self._look: Look | None = None
        self._trouble = ""

    @property
    def is_started(self) -> bool:
        """Whether a fan was ever asked for."""
        return self._process is not None

    @property
    def is_busy(self) -> bool:
        """Whether the fan that is looked at is still growing."""
        return self._look is not None and not self._trouble and not self.state().is_refined

    def ask(self, scene: Scene, plans: Sequence[Sequence[Order]], turns: int, look: Look | None) -> FanState:
        """Ask for the fan of the scene's seat under each plan; `look` is called whenever there is news of it.

        Returns what is known of it already. A fan asked for before is dropped. Without `look` it is computed so that it
        is known when somebody looks.
        """
        model, outset, key = self._start(scene)
        compact = tuple(plan_of(orders, scene.axes) for orders in plans)
        asked = (key, compact, turns)
        self._look = look
        if self._task is None or (self._task.key, self._task.plans, self._task.turns) != asked or self._trouble:
            number = self._task.number + 1 if self._task else 1
            self._task = Task(number, key, outset, compact, turns, self.futures)
            self._trouble = ""
            if not self.state().is_refined:
                self._started().ask(model, self._task)
        return self.state()

    def state(self) -> FanState:
        """What is known of the fan that was asked for last."""
        if self._task is None:
            return FanState((), wanted=0)
        task = self._task
        found = tuple(self._known.get((task.key, plan)) for plan in task.plans)
        return FanState(found, task.turns, task.futures, self._trouble)

    def drop(self) -> None:
        """Nobody looks at a fan any more, or a turn needs the machine."""
        self._task, self._look = None, None
        if self._process is not None:
            self._process.drop()

    def close(self) -> None:
        """End the process."""
        self.drop()
        if self._process is not None:
            self._process.close()
            self._process = None

    def _start(self, scene: Scene) -> tuple[Model, Outset, str]:
        """The match's model and the seat's outset, made once a turn."""
        if self._match is not scene.match or self._model is None:
            self._models += 1
            self._match, self._outset = scene.match, None
            self._model = Model(str(self._models), scene.calibration, scene.characters)
        when = (scene.turn, scene.seat)
        if self._outset is None or self._outset[0] != when:
            outset = outset_of(scene.match, scene.seat)
            self._outset = (when, outset, f"{self._models}/{outset_key(outset)}")
        return self._model, self._outset[1], self._outset[2]

    def _started(self) -> FanProcess:
        if self._process is None:
            self._process = FanProcess(lambda message: self._post(lambda: self._hear(message)))
        return self._process

    def _hear(self, message: Message) -> None:
        task = self._task
        if task is None or message.number != task.number:
            return
        if isinstance(message, Fan):
            self._keep(task, message)
        elif not message.tries_again:
            self._trouble = message.words
        if isinstance(message, Trouble):
            self._on_trouble(message)
        if self._look is not None:
            self._look()

    def _keep(self, task: Task, fan: Fan) -> None:
        for position, plan in enumerate(task.plans):
            figures = {name: values[position] for name, values in fan.figures.items()}
            known = self._known.get((task.key, plan))
            if known is None or tells_more(figures, known, task.turns):
                self._known[task.key, plan] = figures
            self._known.move_to_end((task.key, plan))
        while len(self._known) > KEPT_PLANS:
            self._known.popitem(last=False)
