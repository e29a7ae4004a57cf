"""A pool that insures investors in members' territories."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._paid import PaidClause
from game.rules.field import number_field
from game.rules.number import money
from game.rules.payment import PROJECT, pay
from game.text import _

ASSURANCE_PER_ROOT = 0.15  # ln that investors ask for less, for the square root of a billion dollars in the pool
MOST_ASSURANCE_LN = 0.10


class RiskPool(PaidClause):
    """Premiums of all members cover investors in the risky ones: the worse a member is governed, the more it gains."""

    kind = "risk_pool"
    title = "Risk pool"
    summary = "Investors dare to go to risky members; safe members pay premiums for the others."
    by = "each"
    size = "usd_bn"

    usd_bn: float = number_field("Premium of each", "US$ bn a turn", 0.005, 0.5, 0.005, 0.02)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Pay premiums, and assure investors."""
        pool = pay(world, calibration, rows, rows.amount, PROJECT).sum(1)
        a, member = np.nonzero(rows.givers(world))
        risk = 1.0 - calibration.baseline.governance[member]
        assured = np.minimum(ASSURANCE_PER_ROOT * np.sqrt(pool[a]), MOST_ASSURANCE_LN) * risk
        np.maximum.at(world.assurance_ln, (rows.w[a], member), assured)

    def describe(self, name: Callable[[str], str]) -> str:
        """The premium."""
        return _("{money} a turn from each insures investors", money=money(self.usd_bn))
