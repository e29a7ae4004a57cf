"""Purchases that members make as one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.field import mineral_field, number_field
from game.rules.number import percent
from game.text import _

MOST_SAVING_LN = 0.05  # of the price, for a pool that buys all there is to buy


class PoolVolume(Clause):
    """Members buy a share of their imports of a mineral by one tender and on one form.

    The saving grows with the share and with the square root of the pool's part in world imports.
    """

    kind = "pool_volume"
    title = "Pooled purchases"
    summary = "Members buy cheaper together; each takes the common grade, and small buyers outside are served later."
    by = "each"
    size = "share"

    mineral: str = mineral_field()
    share: float = number_field("Pooled", "share of imports", 0.1, 1.0, 0.1, 0.4)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """What each member saves on metal from abroad."""
        home = np.arange(world.refined_flow_t.shape[2])
        imports = world.refined_flow_t.sum(2) - world.refined_flow_t[:, :, home, home]  # [W, M, N]
        bought = imports[rows.w, rows.mineral]
        members, total = rows.givers(world), bought.sum(1)
        part = (bought * members).sum(1) / np.where(total > 0, total, 1.0)
        saving = MOST_SAVING_LN * rows.amount * np.sqrt(part)
        a, member = np.nonzero(members)
        np.maximum.at(world.procurement_ln, (rows.w[a], member, rows.mineral[a]), saving[a])

    def describe(self, name: Callable[[str], str]) -> str:
        """Share and mineral."""
        return _("{share} of imports of {mineral} bought together", share=percent(self.share),
                 mineral=name(self.mineral))  # fmt: skip
