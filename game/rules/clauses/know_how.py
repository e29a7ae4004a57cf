"""Knowledge taught by one side to the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Self

import numpy as np

from game.engine.axes import TRACKS, Axes
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import TRACK_NAMES, number_field, track_field
from game.rules.number import percent
from game.text import _

Track = Literal["extraction", "separation", "clean_processing", "recycling", "seabed"]


class KnowHow(Clause):
    """Engineers are trained and plants shown, as long as the teacher knows more on the track than the learner."""

    kind = "know_how"
    title = "Know-how"
    summary = "The learner takes steps it would take years to find; the teacher loses part of its lead."
    by = "second"
    size = "chance"

    track: Track = track_field(default="separation")
    chance: float = number_field("Chance of a step", "share a turn", 0.05, 0.4, 0.05, 0.15)

    def numbers(self, axes: Axes) -> Numbers:
        """Track and chance."""
        return Numbers(layer=TRACKS.index(self.track), amount=self.chance)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The lessons."""
        return cls.model_validate({"track": TRACKS[numbers.layer], "chance": numbers.amount})

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """The chance of a step, for those behind their teacher."""
        a, teacher, learner = rows.pair_list(world)
        w, track = rows.w[a], rows.layer[a]
        behind = world.know[w, learner, track] < world.know[w, teacher, track]
        np.maximum.at(world.taught_chance, (w, learner, track), np.where(behind, rows.amount[a], 0.0))

    def describe(self, name: Callable[[str], str]) -> str:
        """Track and chance."""
        return _("lessons in {track}, {chance} chance of a step a turn",
                 track=_(TRACK_NAMES[self.track]).lower(), chance=percent(self.chance))  # fmt: skip
