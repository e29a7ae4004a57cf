"""A stock that every member holds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.purse import envelope_usd_bn
from game.engine.world import World
from game.rules.budget import price_usd_bn_per_t
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause
from game.rules.field import mineral_field, number_field
from game.text import _

RAMP_TURNS = 8  # until the whole stock is held
LARGEST_STEP_MONTHS = 0.5  # bought in one turn
SPENT_ENVELOPES = 0.25  # on it in one turn, and never out of debt
NEAR = 0.9  # of the stock due, from which the promise counts as kept
MONTHS_PER_TURN = 6.0


class ContributeStock(Clause):
    """Every member buys until it holds so many months of its need, over eight turns and as its treasury allows."""

    kind = "contribute_stock"
    title = "Stock contributions"
    summary = "Every member is covered for a squeeze; treasuries pay for metal that lies still and lifts the price."
    by = "each"
    size = "months"

    mineral: str = mineral_field()
    months: float = number_field("Stock of each", "months of its need", 0.5, 6.0, 0.5, 1.5)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Order what is missing this turn, beside what the nation orders itself."""
        a, member = np.nonzero(rows.givers(world))
        place = (rows.w[a], member, rows.mineral[a])
        need = world.need_t[place].sum(-1)
        short = (
            _due_t(world, rows, world.turn + 1)[a, member]
            - world.public_stock_t[place]
            - world.purchase_t[place].sum(-1)
        )
        price = price_usd_bn_per_t(world, calibration)[place]
        cash = np.minimum(world.treasury_usd_bn, SPENT_ENVELOPES * envelope_usd_bn(calibration))[rows.w[a], member]
        most = np.minimum(LARGEST_STEP_MONTHS * need / MONTHS_PER_TURN, np.maximum(cash, 0.0) / price)
        np.add.at(world.purchase_t[..., 0], place, np.clip(short, 0.0, most))

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """Stock held over what was due by now."""
        due = NEAR * _due_t(world, rows, world.turn)
        held = world.public_stock_t.swapaxes(1, 2)[rows.w, rows.mineral]
        part = np.where(rows.givers(world) & (due > 0), held / np.where(due > 0, due, 1.0), 1.0)
        return np.asarray(np.minimum(part, 1.0))

    def describe(self, name: Callable[[str], str]) -> str:
        """Months and mineral."""
        return _("each holds {n:g} months of its need of {mineral}", n=self.months, mineral=name(self.mineral))


def _due_t(world: World, rows: Rows, turn: int) -> Array:
    """Tonnes that each nation should hold after a turn as a member, [A, N]."""
    age = np.clip((turn - world.treaty_since[rows.w, rows.p] + 1.0) / RAMP_TURNS, 0.0, 1.0)
    need = world.need_t.sum(-1).swapaxes(1, 2)[rows.w, rows.mineral]
    return np.asarray((age * rows.amount)[:, None] * need / MONTHS_PER_TURN)
