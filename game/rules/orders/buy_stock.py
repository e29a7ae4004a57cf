"""Metal bought for the public stockpile."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import TURNS_PER_YEAR, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import MONTHS_PER_YEAR, NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON, price_usd_bn_per_t
from game.rules.field import choice_field, mineral_field, number_field
from game.rules.number import mass, money
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, care, free_cash, want
from game.text import _

MONTHS_PER_TURN = MONTHS_PER_YEAR // TURNS_PER_YEAR

Tempo = Literal["quiet", "open"]
TEMPOS: tuple[Tempo, ...] = ("quiet", "open")
TURNS_OF_TEMPO = np.array([3, 1])
LEAST_LIMIT_PERCENT, MOST_LIMIT_PERCENT = 105, 500
DEFAULT_LIMIT_PERCENT = 200  # of today's price: the least that is no bid for a market in panic
PRECAUTION = 4.0  # more stock wanted, and wanted sooner, per share of supply that is feared lost


class BuyStock(Order):
    """Months of use bought at the market, paid on delivery at the price of the day, up to a limit."""

    kind = "buy_stock"
    title = "Stockpile purchase"
    summary = "Buys your makers time in a crisis; lifts the price for every buyer now, and taxpayers carry the storage."
    lead = "this turn; bought quietly, over three turns"
    icon = "stock"
    group = "sourcing"

    mineral: str = mineral_field()
    months: float = number_field("Months of use", "months", 0.5, 6.0, 0.5, 1.0)
    tempo: Tempo = choice_field(
        "Tempo", {"quiet": "Quiet, over three turns", "open": "Open, this turn"}, default="quiet"
    )
    limit_percent: int = number_field(
        "Highest price", "% of today's", LEAST_LIMIT_PERCENT, MOST_LIMIT_PERCENT, 5, DEFAULT_LIMIT_PERCENT
    )

    def row(self, axes: Axes) -> Row:
        """Mineral; months; tempo and limit in one number (a limit of 0 stands for the default)."""
        option = TEMPOS.index(self.tempo) + 2 * self.limit_percent
        return Row(axes.mineral_index[self.mineral], option=option, size=self.months)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        limit = row.option // 2 or DEFAULT_LIMIT_PERCENT
        return cls(
            mineral=axes.minerals[row.mineral], months=row.size, tempo=TEMPOS[row.option % 2], limit_percent=limit
        )

    @classmethod
    def tonnes(cls, world: World, batch: Batch) -> Array:
        """Tonnes each asking buys, [A]: months of what users need at ordinary prices."""
        need = world.need_t[batch.w, batch.n, batch.mineral].sum(axis=-1)
        amount: Array = need * batch.size / MONTHS_PER_TURN
        return amount

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is a use to store for."""
        limit = batch.option // 2
        limited = (limit == 0) | ((limit >= LEAST_LIMIT_PERCENT) & (limit <= MOST_LIMIT_PERCENT))
        allowed: Flags = (cls.tonnes(world, batch) > 0) & (batch.size >= 0.5) & (batch.size <= 6) & limited
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The purchase at today's price, in equal parts over the turns of its tempo."""
        price = price_usd_bn_per_t(world, calibration, (batch.w, batch.n))[np.arange(len(batch)), batch.mineral]
        turns = cls._turns(batch)
        is_due = np.arange(HORIZON) < turns[:, None]
        outlays: Array = is_due * (cls.tonnes(world, batch) * price / turns)[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Order the tonnes; the newest limit holds for every purchase of the mineral still to come."""
        turns = cls._turns(batch)
        is_due = np.arange(world.purchase_t.shape[-1]) < turns[:, None]
        each = is_due * (cls.tonnes(world, batch) / turns)[:, None]
        where = (batch.w, batch.n, batch.mineral)
        world.purchase_t[where] += each
        given = batch.option // 2
        limit = np.where(given > 0, given, DEFAULT_LIMIT_PERCENT) / 100
        world.purchase_limit_ln[where] = world.delivered_ln[where] + np.log(limit)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Fill the public stock up to a target, more where supply is feared lost, while it is not dear."""
        w = s.world
        alarm = 1.0 + PRECAUTION * w.fear_share
        target = (1.0 + 2.0 * want(p, "security")) * care(s) * alarm
        lacking = np.maximum(target - s.public_months - MONTHS_PER_TURN * ratio(w.purchase_t.sum(-1), s.need_t), 0.0)
        cheap = np.clip(1.0 + 2.0 * (w.expected_ln - w.delivered_ln), 0.0, 1.5)
        month_usd_bn = s.need_t / MONTHS_PER_TURN * s.price_usd_bn_per_t
        affordable = 0.3 * ratio(free_cash(s), month_usd_bn)
        months = np.minimum(np.minimum(lacking, 1.0), affordable)
        score = want(p, "security") * s.weight * 2.0 * lacking / target * cheap * alarm
        score = score * (s.short_share < 0.01) * (months >= 0.5)
        halves: Array = np.floor(2.0 * months)
        return by_mineral(s, score, 0.5 * halves)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No use."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        what = _(
            "{nation} uses no {mineral}: there is nothing to store for",
            nation=view.name(view.iso3),
            mineral=view.name(self.mineral),
        )
        return [self.problem("mineral", what, _("choose a mineral that your industry uses"))]

    def describe(self, view: NationView) -> str:
        """Tonnes, tempo and the cost at today's price."""
        batch = self.batch(view)
        usd_bn, _points = self.price(view)
        message = (
            "Stockpile purchase: {amount} of {mineral} over {turns} turns, about {money}"
            if self.tempo == "quiet"
            else "Stockpile purchase: {amount} of {mineral} at once, about {money}"
        )
        amount = mass(float(self.tonnes(view.world, batch)[0]))
        turns = int(self._turns(batch)[0])
        return _(message, amount=amount, mineral=view.name(self.mineral), turns=turns, money=money(usd_bn))

    def objects(self, view: NationView) -> list[str]:
        """Those who buy at the same market."""
        need = view.world.need_t[0, :, view.axes.mineral_index[self.mineral]].sum(axis=-1)
        others = [view.name(view.axes.nations[n]) for n in np.argsort(-need) if n != view.nation and need[n] > 0]
        return [_("{nations}, who buy at the same market", nations=", ".join(others[:3]))] if others else []

    @staticmethod
    def _turns(batch: Batch) -> Index:
        turns: Index = TURNS_OF_TEMPO[batch.option % 2]
        return turns
