"""Scene: a match as one seat sees it now. Every view model starts here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import Axes
from game.engine.view import NationView
from game.engine.world import World

if TYPE_CHECKING:
    from game.content.level import Level
    from game.engine.baseline import Baseline
    from game.engine.calibrate import Calibration
    from game.match.match import Match
    from game.match.report import SeatReport
    from game.rules.personality import Personalities

Array = NDArray[np.float64]


@dataclass(eq=False)
class Scene:
    """The match and the seat; what others keep to themselves is read through the seat's view alone.

    Of the worlds in `past`, only public fields and the seat's own rows may be shown.
    """

    match: Match
    seat: str

    @property
    def level(self) -> Level:
        """The level in play."""
        return self.match.level

    @property
    def axes(self) -> Axes:
        """The ids along the axes."""
        return self.match.axes

    @property
    def calibration(self) -> Calibration:
        """The calibrated model."""
        return self.match.calibration

    @property
    def baseline(self) -> Baseline:
        """The calibrated year."""
        return self.match.calibration.baseline

    @cached_property
    def view(self) -> NationView:
        """What the seat sees of the world after the last resolved turn."""
        return self.match.view(self.seat)

    @cached_property
    def plan(self) -> NationView:
        """The same with the seat's orders of this turn carried out."""
        return self.match.plan(self.seat)

    @property
    def world(self) -> World:
        """The world as seen after the last resolved turn."""
        return self.view.world

    @cached_property
    def past(self) -> list[World]:
        """The worlds after each resolved turn, turn 0 first."""
        return self.match.history[: self.turn + 1]

    @property
    def before(self) -> World | None:
        """The world one turn earlier; None at the start."""
        return self.past[-2] if len(self.past) > 1 else None

    @cached_property
    def characters(self) -> Personalities:
        """The personality of every nation."""
        from game.match.seat import characters

        return characters(self.level, self.calibration)

    @cached_property
    def turn(self) -> int:
        """The last resolved turn."""
        return self.match.turn

    @cached_property
    def report(self) -> SeatReport | None:
        """What the last turn brought the seat; None before the first."""
        return self.match.report().seat(self.seat) if self.turn else None

    @property
    def nation(self) -> int:
        """Position of the seat."""
        return self.axes.nation_index[self.seat]

    def position(self, iso3: str) -> int:
        """Position of a nation."""
        return self.axes.nation_index[iso3]

    def mineral(self, name: str) -> int:
        """Position of a mineral."""
        return self.axes.mineral_index[name]

    def name(self, name_id: str) -> str:
        """What a nation or mineral is called."""
        return self.match.name(name_id)

    def price_series(self, mineral: int) -> list[float]:
        """The mineral's world price, US$ per t (2024 money): years before 2024, then every half-year."""
        return [*self.price_history(mineral)[:-1], *self.price_path(mineral)]

    def price_history(self, mineral: int) -> list[float]:
        """Real annual prices up to 2024, oldest first, US$ per t."""
        known = self.baseline.price_usd_per_t[mineral] * np.exp(self.baseline.history_ln[:, mineral])
        return [float(price) for price in known if np.isfinite(price)]

    def price_path(self, mineral: int) -> list[float]:
        """The price after each resolved turn, turn 0 (2024) first, US$ per t."""
        base = float(self.baseline.price_usd_per_t[mineral])
        return [base * float(np.exp(world.headline_ln[0, mineral])) for world in self.past]
