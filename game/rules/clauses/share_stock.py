"""Stockpiles that members open to one another in a squeeze."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np

from game.engine.axes import Axes
from game.engine.calibrate import Calibration
from game.engine.fields import TREASURY
from game.engine.postings import post_at
from game.engine.world import World
from game.rules.budget import USD_PER_BN
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import mineral_field, number_field
from game.rules.payment import TRANSFER
from game.text import _

SHORT = 0.05  # of need that is not met, from which a member counts as hit
GIVEN = 0.5  # of its stock that a member gives in one turn
MONTHS_PER_TURN = 6.0


class ShareStock(Clause):
    """Members that are not hit themselves send metal from their stockpiles to those that are, by need.

    A member is hit when metal costs so much more than expected, or a part of its need was not met. It pays the price
    that was expected before the squeeze.
    """

    kind = "share_stock"
    title = "Shared stocks"
    summary = "Whoever is hit alone is helped by all; when all are hit at once, nobody gets anything."
    by = "each"
    size = "months"

    mineral: str = mineral_field()
    trigger: int = number_field("Price over what was expected", "%", 10, 100, 10, 30)
    months: float = number_field("Given at most", "months of need", 0.25, 3.0, 0.25, 1.0)

    def numbers(self, axes: Axes) -> Numbers:
        """Mineral, trigger and months."""
        return Numbers(axes.mineral_index[self.mineral], option=self.trigger, amount=self.months)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The promise."""
        return cls(mineral=axes.minerals[numbers.mineral], trigger=numbers.option, months=numbers.amount)

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Move metal and money, and hand the metal to users; treaty after treaty, as stocks grow less."""
        for k in range(len(rows)):
            _share(world, calibration, rows.picked(np.array([k])))

    def describe(self, name: Callable[[str], str]) -> str:
        """Trigger and months."""
        return _("stocks of {mineral} are shared when it costs {trigger}% more than expected, {months:g} months each",
                 mineral=name(self.mineral), trigger=self.trigger, months=self.months)  # fmt: skip


def _share(world: World, calibration: Calibration, row: Rows) -> None:
    """One treaty's stocks of one mineral."""
    w, m = int(row.w[0]), int(row.mineral[0])
    member = row.givers(world)[0]
    need = world.need_t[w, :, m].sum(-1)
    dear = world.delivered_ln[w, :, m] - world.expected_ln[w, :, m] > np.log1p(row.option[0] / 100.0)
    hit = member & (dear | (world.unmet_t[w, :, m] > SHORT * need)) & (need > 0)
    held = np.where(member & ~hit, GIVEN * world.public_stock_t[w, :, m], 0.0)
    wanted = np.where(hit, row.amount[0] * need / MONTHS_PER_TURN, 0.0)
    moved = min(float(held.sum()), float(wanted.sum()))
    if moved <= 0:
        return
    given, taken = moved * held / held.sum(), moved * wanted / wanted.sum()
    world.public_stock_t[w, :, m] += taken - given
    world.release_users_t[w, :, m] += taken
    price = calibration.baseline.price_usd_per_t[m] * np.exp(world.expected_ln[w, :, m]) / USD_PER_BN
    cost = taken * price
    nation = np.flatnonzero(member)
    paid = given / moved * cost.sum() - cost
    post_at(world, TREASURY, TRANSFER, (np.full(len(nation), w), nation), paid[nation])
