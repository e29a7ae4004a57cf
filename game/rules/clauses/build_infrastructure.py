"""Roads, power and water that one side builds in the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.revenue import LEAST_BUILT
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._paid import PaidClause
from game.rules.field import number_field
from game.rules.number import money
from game.rules.payment import PROJECT, pay
from game.text import _


class BuildInfrastructure(PaidClause):
    """The patron builds and pays; what stands makes the host cheaper to invest in. Part is lost where integrity is low.

    Repayment in tonnes is a delivery in the same treaty.
    """

    kind = "build_infrastructure"
    title = "Infrastructure"
    summary = "The host gets roads and power it could not pay for; it owes tonnes for years, whatever they are worth."
    by = "second"
    size = "usd_bn"

    usd_bn: float = number_field("Building", "US$ bn a turn", 0.01, 3.0, 0.01, 0.2)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Pay, and add what gets built to the host's infrastructure."""
        paid = pay(world, calibration, rows, rows.amount, PROJECT).sum(1)
        a, host = np.nonzero(rows.takers(world))
        useful = LEAST_BUILT + (1.0 - LEAST_BUILT) * world.integrity[rows.w[a], host] / 100.0
        np.add.at(world.infrastructure_usd_bn, (rows.w[a], host), useful * paid[a])

    def describe(self, name: Callable[[str], str]) -> str:
        """The outlay."""
        return _("{money} a turn of roads, power and water", money=money(self.usd_bn))
