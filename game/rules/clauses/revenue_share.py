"""A share of resource income for the communities around the sites."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.field import number_field
from game.rules.number import percent
from game.text import _

WHOLE = 0.999  # of the share, from which the promise counts as kept


class RevenueShare(Clause):
    """The host gives at least this share of its resource income to communities, every turn."""

    kind = "revenue_share"
    title = "Revenue for communities"
    summary = "Communities accept the sites they live beside; the host's budget loses what they get."
    by = "first"
    size = "share"

    share: float = number_field("Share of resource income", "share", 0.05, 0.5, 0.05, 0.15)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Raise the communities' share to what was promised, as far as other uses leave room."""
        a, host = np.nonzero(rows.givers(world))
        at = (rows.w[a], host)
        room = np.maximum(1.0 - world.fund_share[at] - world.infrastructure_share[at], 0.0)
        np.maximum.at(world.community_share, at, np.minimum(rows.amount[a], room))

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """The share that communities had over the one promised."""
        kept = np.minimum(world.community_share[rows.w] / rows.amount[:, None], 1.0)
        return np.asarray(np.where(rows.givers(world) & (kept < WHOLE), kept, 1.0))

    def describe(self, name: Callable[[str], str]) -> str:
        """The share."""
        return _("{share} of resource income for communities", share=percent(self.share))
