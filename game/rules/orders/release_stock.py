"""Metal given out of the public stockpile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import amount_field, choice_field, mineral_field
from game.rules.number import mass, two_digits
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import MONTHS_PER_TURN, Situation
from game.rules.wish import Wishes, by_mineral, want
from game.text import _

Receiver = Literal["spot", "users"]
RECEIVERS: tuple[Receiver, ...] = ("spot", "users")
USERS = 1


class ReleaseStock(Order):
    """Tonnes offered to the market, or delivered to users at home."""

    kind = "release_stock"
    title = "Stockpile release"
    summary = "Relief for short makers today; less cover for them tomorrow, and sellers learn how deep your stock is."
    lead = "this turn"
    icon = "release"
    group = "sourcing"
    options = len(RECEIVERS)

    mineral: str = mineral_field()
    amount_t: float = amount_field("Amount", "t")
    to: Receiver = choice_field("To", {"spot": "The market", "users": "Users at home"}, default="users")

    def row(self, axes: Axes) -> Row:
        """Mineral, receiver, tonnes."""
        return Row(axes.mineral_index[self.mineral], option=RECEIVERS.index(self.to), size=self.amount_t)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(mineral=axes.minerals[row.mineral], amount_t=row.size, to=RECEIVERS[row.option])

    @classmethod
    def available_t(cls, world: World, batch: Batch) -> Array:
        """Tonnes in the stockpile that no order of this turn has given out, [A]."""
        where = (batch.w, batch.n, batch.mineral)
        available: Array = world.public_stock_t[where] - world.release_spot_t[where] - world.release_users_t[where]
        return available

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The tonnes are there."""
        allowed: Flags = (batch.size > 0) & (batch.size <= cls.available_t(world, batch))
        return allowed

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The market costs nothing to serve; choosing who at home is served costs a point."""
        points: Array = np.where(batch.option == USERS, cls.capital, 0.0)
        return points

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Offer the tonnes."""
        for option, lever in enumerate((world.release_spot_t, world.release_users_t)):
            chosen = batch.picked(batch.option == option)
            np.add.at(lever, (chosen.w, chosen.n, chosen.mineral), chosen.size)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Sell from the public stock when the price runs away from what was expected, or users go short."""
        w = s.world
        dear = np.maximum(w.delivered_ln - w.expected_ln - 0.15, 0.0)
        need = want(p, "price") * 6.0 * dear + want(p, "security") * 10.0 * s.short_share
        tonnes = np.minimum(0.5 * w.public_stock_t, s.need_t / MONTHS_PER_TURN)
        has_some = s.public_months > 0.25
        return by_mineral(s, need * s.weight * has_some, tonnes)

    def obstacles(self, view: NationView) -> list[Problem]:
        """Too little in stock."""
        available = float(self.available_t(view.world, self.batch(view))[0])
        if self.amount_t <= available:
            return []
        if available <= 0:
            what = _("there is no {mineral} in the stockpile to release", mineral=view.name(self.mineral))
            return [self.problem("mineral", what, _("buy stock first: Stockpile purchase"))]
        what = _("{amount} is more than the stockpile holds", amount=mass(self.amount_t))
        return [self.problem("amount_t", what, _("at most {available}", available=mass(available)))]

    def describe(self, view: NationView) -> str:
        """Tonnes and receiver."""
        message = (
            "Stockpile release: {amount} of {mineral} to users at home"
            if self.to == "users"
            else "Stockpile release: {amount} of {mineral} to the market"
        )
        return _(message, amount=mass(self.amount_t), mineral=view.name(self.mineral))

    def objects(self, view: NationView) -> list[str]:
        """Those who sell it to you."""
        arrived = view.world.refined_flow_t[0, view.axes.mineral_index[self.mineral], :, view.nation].copy()
        arrived[view.nation] = 0
        largest = int(arrived.argmax())
        if arrived[largest] <= 0:
            return []
        return [_("{nation}, who sells you most of it", nation=view.name(view.axes.nations[largest]))]

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to all that is left; a fifth is proposed."""
        if name != "amount_t" or given.get("mineral") not in view.axes.mineral_index:
            return None
        available = float(
            cls.available_t(view.world, Batch.of(view.nation, Row(view.axes.mineral_index[given["mineral"]])))[0]
        )
        return two_digits(available / 100), available, two_digits(available / 5)
