"""A fund for research that members pay into together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Self

import numpy as np

from game.engine.axes import TRACKS, Axes
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Numbers
from game.rules.clauses._paid import PaidClause
from game.rules.field import TRACK_NAMES, number_field, track_field
from game.rules.number import money
from game.rules.payment import PROJECT, pay
from game.text import _

Track = Literal["extraction", "separation", "clean_processing", "recycling", "seabed"]

CHANCE_PER_ROOT = 0.12  # of a step a turn, for the square root of a billion dollars in the fund
MOST_CHANCE = 0.3


class ResearchFund(PaidClause):
    """Every member has the same chance of a step from the joint fund, the more so the more open it is itself."""

    kind = "research_fund"
    title = "Research fund"
    summary = "Members find the next step sooner together; a breakthrough belongs to all, rivals among them included."
    by = "each"
    size = "usd_bn"

    track: Track = track_field(default="clean_processing")
    usd_bn: float = number_field("Paid in by each", "US$ bn a turn", 0.005, 1.0, 0.005, 0.05)

    def numbers(self, axes: Axes) -> Numbers:
        """Track and money."""
        return Numbers(layer=TRACKS.index(self.track), amount=self.usd_bn)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The fund."""
        return cls.model_validate({"track": TRACKS[numbers.layer], "usd_bn": numbers.amount})

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Pay in, and share the chance."""
        fund = pay(world, calibration, rows, rows.amount, PROJECT).sum(1)
        a, member = np.nonzero(rows.givers(world))
        open_share = world.openness[rows.w[a], member] / 100.0
        chance = np.minimum(CHANCE_PER_ROOT * np.sqrt(fund[a]), MOST_CHANCE) * open_share
        np.maximum.at(world.taught_chance, (rows.w[a], member, rows.layer[a]), chance)

    def describe(self, name: Callable[[str], str]) -> str:
        """Track and money."""
        track = _(TRACK_NAMES[self.track]).lower()
        return _("{money} a turn from each for research in {track}", money=money(self.usd_bn), track=track)
