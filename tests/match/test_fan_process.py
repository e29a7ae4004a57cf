import os
import queue
import time

import numpy as np
import pytest

from game.ai.habit import habit_policy
from game.engine.calibrate import Calibration, calibrate
from game.engine.opening import opening_world
from game.forecast import FAN_FUTURES, FIRST_FUTURES, Outset, fan_steps
from game.match.fan import outset_key
from game.match.fan_process import Fan, FanProcess, Message, Model, Task, Trouble, Workbench, serve
from game.rules.asking import Row
from game.rules.catalog import KIND_CODE
from tests.ai.characters import small_characters
from tests.small_world import small_baseline

NOTHING = ()
STOCK = ((KIND_CODE["buy_stock"], Row(mineral=0, option=1, size=2.0)),)
TAX = ((KIND_CODE["restrict_exports"], Row(mineral=0, layer=1, option=2, size=0.2)),)


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return calibrate(small_baseline(5, 1))


@pytest.fixture(scope="module")
def model(calibration: Calibration) -> Model:
    return Model("small", calibration, small_characters(calibration.axes.nations))


@pytest.fixture(scope="module")
def outset(calibration: Calibration) -> Outset:
    return Outset(opening_world(calibration), nation=4, seed=99)


def task(outset: Outset, number: int = 1, plans=(NOTHING, STOCK), turns: int = 2) -> Task:
    return Task(number, outset_key(outset), outset, plans, turns)


def turns_of(fan: Fan) -> int:
    return fan.figures["industry"].shape[1]


def crashing(connection) -> None:  # type: ignore[no-untyped-def]
    connection.recv()
    os._exit(7)


def crashing_once(connection) -> None:  # type: ignore[no-untyped-def]
    """Ends at its first task, and serves when started again."""
    mark = os.environ["FAN_TEST_MARK"]
    if os.path.exists(mark):
        serve(connection)
    else:
        open(mark, "w").close()
        crashing(connection)


class Heard:
    """A process and what it says."""

    def __init__(self, target=serve) -> None:  # type: ignore[no-untyped-def]
        self.messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.process = FanProcess(self.messages.put, target)

    def until(self, holds, seconds: float = 60.0) -> list[Message]:  # type: ignore[no-untyped-def]
        """Everything said up to the first message for which `holds`."""
        heard: list[Message] = []
        while not heard or not holds(heard[-1]):
            heard.append(self.messages.get(timeout=seconds))
        return heard

    def __enter__(self) -> "Heard":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.process.close()


def is_refined(message: Message) -> bool:
    return isinstance(message, Fan) and message.is_refined


def test_a_fan_grows_by_chunks_to_all_its_futures(model: Model, outset: Outset) -> None:
    bench = Workbench(model)
    fans = [fan for fan in bench.fans(task(outset)) if fan is not None and turns_of(fan) == 2]
    assert [fan.futures for fan in fans] == list(range(FIRST_FUTURES, FAN_FUTURES + 1, FIRST_FUTURES))
    assert fans[-1].figures["headline_ln"].shape == (2, 2, FAN_FUTURES, 1)
    np.testing.assert_array_equal(fans[-1].figures["n_minus_1"][:, :, :FIRST_FUTURES], fans[0].figures["n_minus_1"])


def test_the_first_futures_come_turn_by_turn(model: Model, outset: Outset) -> None:
    bench = Workbench(model)
    *_known, _last = bench.fans(task(outset, plans=(NOTHING,), turns=4))
    first = [fan for fan in bench.fans(task(outset, turns=4)) if fan is not None and fan.futures == FIRST_FUTURES]
    assert [turns_of(fan) for fan in first] == [1, 2, 3, 4]
    for fan in first:
        for name, values in fan.figures.items():
            np.testing.assert_array_equal(values, first[-1].figures[name][:, : turns_of(fan)], name)


def test_a_fan_is_what_its_futures_one_by_one_come_to(model: Model, outset: Outset) -> None:
    *_others, last = (fan for fan in Workbench(model).fans(task(outset)) if fan is not None)
    policy = habit_policy(model.personalities)
    alone = list(fan_steps(outset, model.calibration, policy, [STOCK], range(37, 38), 2))
    for turn in range(2):
        for name, values in alone[turn].items():
            np.testing.assert_array_equal(last.figures[name][1, turn, 37], values[0, 0], name)


def test_what_is_known_of_a_plan_is_not_computed_again(model: Model, outset: Outset) -> None:
    bench = Workbench(model)
    chunks = FAN_FUTURES // FIRST_FUTURES
    computed = len(list(bench.fans(task(outset))))
    assert computed == 2 * chunks
    assert len(list(bench.fans(task(outset, plans=(STOCK,))))) == chunks
    assert len(list(bench.fans(task(outset, turns=1)))) == chunks
    assert len(list(bench.fans(task(outset, plans=(STOCK, TAX))))) == computed


def test_the_process_answers_like_the_workbench_and_ends_when_closed(model: Model, outset: Outset) -> None:
    with Heard() as heard:
        assert not heard.process.is_running
        heard.process.ask(model, task(outset, 5))
        *_earlier, last = heard.until(is_refined)
        assert heard.process.is_running
    assert not heard.process.is_running
    *_others, expected = (fan for fan in Workbench(model).fans(task(outset, 5)) if fan is not None)
    assert isinstance(last, Fan)
    assert last.number == 5
    for name, values in expected.figures.items():
        np.testing.assert_array_equal(last.figures[name], values, name)


def test_a_newer_task_takes_the_place_of_an_older_one(model: Model, outset: Outset) -> None:
    with Heard() as heard:
        heard.process.ask(model, task(outset, 1, turns=40))
        heard.until(lambda message: message.number == 1)
        heard.process.ask(model, task(outset, 2, plans=(TAX,)))
        messages = heard.until(is_refined)
    assert messages[-1].number == 2
    assert not any(is_refined(message) and message.number == 1 for message in messages)


def test_a_task_that_cannot_be_computed_is_told_and_the_next_one_is_answered(model: Model, outset: Outset) -> None:
    wrong = ((KIND_CODE["buy_stock"], Row(mineral=0, option=1, size=2.0)), (1, None))
    with Heard() as heard:
        heard.process.ask(model, task(outset, 1, plans=(wrong,)))
        assert isinstance(heard.until(lambda _message: True)[-1], Trouble)
        heard.process.ask(model, task(outset, 2))
        assert heard.until(is_refined)[-1].number == 2


def test_a_process_that_crashes_is_reported_and_started_again_with_its_task(
    model: Model, outset: Outset, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAN_TEST_MARK", str(tmp_path / "mark"))
    with Heard(crashing_once) as heard:
        heard.process.ask(model, task(outset, 3))
        first, *_between, last = heard.until(is_refined)
    assert isinstance(first, Trouble)
    assert first.tries_again
    assert "7" in first.words
    assert last.number == 3


def test_a_task_at_which_the_process_crashes_twice_is_given_up(model: Model, outset: Outset) -> None:
    with Heard(crashing) as heard:
        heard.process.ask(model, task(outset, 3))
        first, second = heard.until(lambda message: isinstance(message, Trouble) and not message.tries_again)
        assert isinstance(first, Trouble)
        assert isinstance(second, Trouble)


def test_asking_and_dropping_never_wait_for_the_process(model: Model, outset: Outset) -> None:
    with Heard() as heard:
        began = time.perf_counter()
        for number in range(1, 40):
            heard.process.ask(model, task(outset, number))
            heard.process.drop()
        heard.process.ask(model, task(outset, 40))
        waited = time.perf_counter() - began
        assert heard.until(is_refined)[-1].number == 40
    assert waited < 0.5
