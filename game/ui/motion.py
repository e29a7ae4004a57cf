"""What moves by itself: attributes on their way to a target, and widgets that want a steady beat."""

from __future__ import annotations

from dataclasses import dataclass

from game.ui.widgets.base import Widget


@dataclass(slots=True)
class _Motion:
    """One attribute on its way to a target."""

    widget: Widget
    attribute: str
    start: float
    target: float
    began_ms: int
    duration_ms: int


@dataclass(slots=True)
class _Ticker:
    """A widget whose `tick(now_ms)` is called every so often."""

    widget: Widget
    every_ms: float
    due_ms: float


class Motions:
    """All motions of a window; `advance` moves them. With `reduced` motion everything arrives at once."""

    def __init__(self, reduced: bool) -> None:
        self.reduced, self.now = reduced, 0
        self._motions: dict[tuple[int, str], _Motion] = {}
        self._tickers: dict[int, _Ticker] = {}

    @property
    def is_moving(self) -> bool:
        """Whether an attribute is on its way."""
        return bool(self._motions)

    def dues(self) -> list[float]:
        """When the next beats are."""
        return [ticker.due_ms for ticker in self._tickers.values()]

    def clear(self) -> None:
        """Stop everything."""
        self._motions.clear()
        self._tickers.clear()

    def animate(self, widget: Widget, attribute: str, target: float, duration_ms: int) -> None:
        """Move a number attribute of a widget to `target`, easing out; at once when motion is reduced."""
        key = (id(widget), attribute)
        if self.reduced or duration_ms <= 0:
            self._motions.pop(key, None)
            setattr(widget, attribute, target)
            widget.invalidate()
        else:
            start = float(getattr(widget, attribute))
            self._motions[key] = _Motion(widget, attribute, start, target, self.now, duration_ms)

    def start_ticker(self, widget: Widget, frames_per_second: float) -> None:
        """Call widget.tick(now_ms) so often from now on, while it is shown; not when motion is reduced."""
        if not self.reduced:
            self._tickers[id(widget)] = _Ticker(widget, 1000 / frames_per_second, self.now)

    def stop_ticker(self, widget: Widget) -> None:
        """Stop calling widget.tick."""
        self._tickers.pop(id(widget), None)

    def advance(self, now: int) -> None:
        """Move everything to where it is at `now`."""
        self.now = now
        for key, motion in list(self._motions.items()):
            share = min(1.0, (now - motion.began_ms) / motion.duration_ms)
            eased = 1 - (1 - share) ** 3
            setattr(motion.widget, motion.attribute, motion.start + (motion.target - motion.start) * eased)
            motion.widget.invalidate()
            if share >= 1:
                self._motions.pop(key, None)
        for ticker in list(self._tickers.values()):
            if ticker.widget.host is None:
                self.stop_ticker(ticker.widget)
            elif now >= ticker.due_ms:
                ticker.due_ms = max(ticker.due_ms + ticker.every_ms, now)
                ticker.widget.tick(now)  # type: ignore[attr-defined]
