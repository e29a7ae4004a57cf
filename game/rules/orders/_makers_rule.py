"""What rules for the makers of one product have in common: a share that is asked of them, in steps."""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.asking import Batch, Row
from game.rules.field import product_field
from game.rules.orders._base import Order


class MakersRule(Order):
    """A subclass adds the field `share` and names the array [W, N, K] that keeps what is asked."""

    target: ClassVar[str]
    group = "sourcing"
    capital = 2.0
    needs = ("product",)

    product: str = product_field()

    def row(self, axes: Axes) -> Row:
        """Product, share."""
        return Row(layer=axes.product_index[self.product], size=float(dict(self)["share"]))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls.model_validate({"product": axes.products[row.layer], "share": row.size})

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Two points to ask for more, none to ask for less."""
        now = world.arrays[cls.target][batch.w, batch.n, batch.product]
        points: Array = np.where(batch.size > now, cls.capital, 0.0)
        return points
