"""Session: a match being played at this window, and what its player is looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.problems import Problem
from game.rules.orders._base import Order
from game.ui.view_model.first_look import Look, first_look
from game.ui.view_model.last_look import keep_look, last_look
from game.ui.view_model.scene import Scene

if TYPE_CHECKING:
    from game.match.advice import Advice
    from game.match.match import Match

LENSES = ("dependency", "production", "price", "trust")


class Session:
    """The match, the seat of the person here, and the choices that outlive a screen: mineral, nation, lens, page.

    `scene` is made anew whenever the match changed. While a turn resolves nothing else may touch the match.
    """

    def __init__(self, match: Match, seat: str) -> None:
        self.match, self.seat = match, seat
        start = self._start()
        self.mineral, self.lens, self.stage = start.mineral, start.lens, start.stage
        self._kept = (match.path, start)
        self.selected: str | None = None
        self.page = "map"
        self.nation_tab = "overview"
        self.price_view = "causes"
        self.diplomacy_view = "web"
        self.report_seen = match.turn
        self.is_resolving = False
        self._scene: Scene | None = None
        self._advice: tuple[int, tuple[Advice, ...]] | None = None

    def _start(self) -> Look:
        """What was looked at when this save was left, else what suits the seat."""
        last = last_look(self.match.path)
        if last is not None and last.mineral in self.match.axes.minerals and last.lens in LENSES:
            return last
        return first_look(Scene(self.match, self.seat))

    def keep_look(self) -> None:
        """Remember beside the save what is looked at, if that has changed."""
        now = (self.match.path, Look(self.mineral, self.lens, self.stage))
        if now[0] is not None and now != self._kept:
            keep_look(*now)
            self._kept = now

    @property
    def scene(self) -> Scene:
        """The match as this seat sees it now."""
        if self._scene is None:
            self._scene = Scene(self.match, self.seat)
        return self._scene

    @property
    def advice(self) -> tuple[Advice, ...] | None:
        """What the advisers said this turn; None before they were asked."""
        return self._advice[1] if self._advice is not None and self._advice[0] == self.match.turn else None

    def keep_advice(self, found: tuple[Advice, ...]) -> None:
        """Remember what the advisers said, for the turn."""
        self._advice = self.match.turn, found

    def refresh(self) -> None:
        """The match has changed: read it anew."""
        self._scene = None

    def submit(self, order: Order) -> list[Problem]:
        """Give an order; what is in the way, if anything."""
        problems = self.match.submit(self.seat, order)
        self.refresh()
        return problems

    def undo(self) -> bool:
        """Take back the last order."""
        return self._changed(self.match.undo(self.seat))

    def redo(self) -> bool:
        """Give again what was taken back last."""
        return self._changed(self.match.redo(self.seat))

    def remove(self, position: int) -> bool:
        """Take back one order of the list."""
        return self._changed(self.match.remove(self.seat, position))

    def _changed(self, did: bool) -> bool:
        if did:
            self.refresh()
        return did
