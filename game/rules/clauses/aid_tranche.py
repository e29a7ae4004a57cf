"""Money from one side to the other, as long as milestones are met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from game.engine.axes import Axes
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.climate import opening_integrity
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import number_field
from game.rules.number import money
from game.rules.payment import TRANSFER, due_usd_bn, hand_over, kept_share, pay
from game.text import _

MILESTONE_POINTS = 5.0  # of integrity that a host may have lost since 2024 without losing the tranche


class AidTranche(Clause):
    """A tranche each turn while the host's integrity stays near that of 2024 or above it."""

    kind = "aid_tranche"
    title = "Aid in tranches"
    summary = "The host gets steady money for keeping its house in order; the backer's treasury pays."
    by = "second"
    size = "usd_bn"

    usd_bn: float = number_field("Tranche", "US$ bn a turn", 0.005, 2.0, 0.005, 0.05)

    def numbers(self, axes: Axes) -> Numbers:
        """The tranche."""
        return Numbers(amount=self.usd_bn)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The aid."""
        return cls(usd_bn=numbers.amount)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Pay where milestones are met."""
        clean = world.integrity >= opening_integrity(calibration.baseline) - MILESTONE_POINTS
        met = (clean[rows.w] | ~rows.takers(world)).all(1)
        hand_over(world, rows, pay(world, calibration, rows, rows.amount * met, TRANSFER).sum(1))

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """The part that was paid."""
        return kept_share(world, rows)

    @classmethod
    def due_usd_bn(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """The payments still due."""
        return due_usd_bn(world, rows)

    def describe(self, name: Callable[[str], str]) -> str:
        """The tranche."""
        return _("{money} of aid a turn while milestones are met", money=money(self.usd_bn))
