"""Money from one side to the other, as long as milestones are met."""

from __future__ import annotations

from collections.abc import Callable

from game.engine.calibrate import Calibration
from game.engine.climate import opening_integrity
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._paid import PaidClause
from game.rules.field import number_field
from game.rules.number import money
from game.rules.payment import TRANSFER, hand_over, pay
from game.text import _

MILESTONE_POINTS = 5.0  # of integrity that a host may have lost since 2024 without losing the tranche


class AidTranche(PaidClause):
    """A tranche each turn while the host's integrity stays near that of 2024 or above it."""

    kind = "aid_tranche"
    title = "Aid in tranches"
    summary = "The host gets steady money for keeping its house in order; the backer's treasury pays."
    by = "second"
    size = "usd_bn"

    usd_bn: float = number_field("Tranche", "US$ bn a turn", 0.005, 2.0, 0.005, 0.05)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Pay where milestones are met."""
        clean = world.integrity >= opening_integrity(calibration.baseline) - MILESTONE_POINTS
        met = (clean[rows.w] | ~rows.takers(world)).all(1)
        hand_over(world, rows, pay(world, calibration, rows, rows.amount * met, TRANSFER).sum(1))

    def describe(self, name: Callable[[str], str]) -> str:
        """The tranche."""
        return _("{money} of aid a turn while milestones are met", money=money(self.usd_bn))
