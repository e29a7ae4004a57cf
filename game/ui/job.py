"""Work in a thread beside the window, so that a long turn shows progress and the window stays alive."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

Report = Callable[[Any], None]


class Jobs:
    """Starts threads and hands their progress, results and errors back where `deliver` is called.

    `wake` is called from the thread whenever something waits to be delivered.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.running = 0

    def start(
        self,
        work: Callable[[Report], Any],
        on_done: Callable[[Any], None],
        on_progress: Callable[[Any], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `work(report)` in a thread; without `on_error` its exception is raised where `deliver` is called."""
        self.running += 1

        def report(progress: Any) -> None:
            if on_progress is not None:
                self.post(lambda: on_progress(progress))

        def run() -> None:
            try:
                result = work(report)
            except Exception as error:  # handed over whole: the window must hear of every kind
                self.post(lambda error=error: self._fail(error, on_error))  # type: ignore[misc]
            else:
                self.post(lambda: self._finish(result, on_done))

        threading.Thread(target=run, daemon=True).start()

    def post(self, call: Callable[[], None]) -> None:
        """Call this from where `deliver` is called; may be used by any thread."""
        self._waiting.put(call)
        self._wake()

    def _finish(self, result: Any, on_done: Callable[[Any], None]) -> None:
        self.running -= 1
        on_done(result)

    def _fail(self, error: Exception, on_error: Callable[[Exception], None] | None) -> None:
        self.running -= 1
        if on_error is None:
            raise error
        on_error(error)

    def deliver(self) -> None:
        """Call back everything that waits, in order."""
        while not self._waiting.empty():
            self._waiting.get()()
