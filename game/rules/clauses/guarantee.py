"""Protection of one side by the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.field import number_field
from game.rules.number import percent
from game.text import _

ASSURANCE_LN = 0.05  # that investors ask for less in a protected nation
RESPONSE_TENSION = 3.0  # points a turn that answering coercion adds


class Guarantee(Clause):
    """Protectors buy less from whoever holds export measures of the treaty's time against a protected member."""

    kind = "guarantee"
    title = "Guarantee"
    summary = "Coercing the protected costs sales to their protectors; these pay more, and tension rises."
    by = "second"
    size = "response"

    response: float = number_field("Price put on the coercer's goods", "share", 0.02, 0.3, 0.02, 0.1)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Assure investors in the protected nation; answer coercion."""
        pairs = rows.pairs(world)  # [A, protector, protected]
        a, protected = np.nonzero(pairs.any(1))
        np.maximum.at(world.assurance_ln, (rows.w[a], protected), ASSURANCE_LN)
        held = (np.isfinite(world.export_quota_t) | (world.export_tax > 0)) & (world.export_until > world.turn)
        w, n, m, layer = np.nonzero(held)
        if not len(w):
            return
        nations = pairs.shape[1]
        latest = np.full((world.size, nations, nations), -1.0)  # [W, coercer, target]
        since = np.where(world.export_target[w, n, m, layer], world.export_since[w, n, m, layer][:, None], -1.0)
        np.maximum.at(latest, (w, n), since)
        coerced = latest[rows.w] >= world.treaty_since[rows.w, rows.p][:, None, None]
        answer = np.zeros((world.size, nations, nations))  # [W, protector, coercer]
        for k in range(len(rows)):
            hit = (pairs[k][:, None] & coerced[k][None]).any(2) & ~rows.members(world)[k]
            np.maximum(answer[rows.w[k]], rows.amount[k] * hit, out=answer[rows.w[k]])
        if answer.any():
            world.alliance_ln[...] -= np.log1p(answer).swapaxes(1, 2)
            world.tension[...] = np.minimum(world.tension + RESPONSE_TENSION * (answer > 0), 100.0)

    def describe(self, name: Callable[[str], str]) -> str:
        """The response."""
        return _("protectors put {share} on the goods of whoever coerces the protected", share=percent(self.response))
