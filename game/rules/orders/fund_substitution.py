"""Public money for research into doing without a mineral in a product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import PROGRAMME, PROGRAMME_TURNS
from game.engine.technology import STEPS, funded_multiple, substitution_odds
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, mineral_field, number_field, product_field
from game.rules.number import money, percent, two_digits
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, alone, free_cash, want
from game.text import _

LEAST_TURNS, MOST_TURNS = 4, PROGRAMME_TURNS
MOST_USD_BN = 2.0  # a turn
WISHED_TURNS = 6
EXPOSED = 0.5  # share of one supplier from which a nation would rather do without
CASH_SHARE, ENVELOPE_SHARE = 0.1, 0.15


class FundSubstitution(Order):
    """Raises the odds, published each turn, that makers learn to do without part of a mineral in a product."""

    kind = "fund_substitution"
    title = "Substitution research"
    summary = (
        "May free makers everywhere of a mineral for good; may never land, taxpayers pay, and its miners lose a market."
    )
    lead = "from this turn; steps come by chance"
    icon = "substitution"
    group = "sourcing"
    needs = ("mineral", "product")

    mineral: str = mineral_field()
    product: str = product_field()
    size_usd_bn: float = amount_field("Money", "US$ bn a turn")
    turns: int = number_field("For", "turns", LEAST_TURNS, MOST_TURNS, 1, WISHED_TURNS)

    def row(self, axes: Axes) -> Row:
        """Mineral, product, turns, money a turn."""
        return Row(axes.mineral_index[self.mineral], axes.product_index[self.product], -1, self.turns, self.size_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        product = axes.products[row.layer]
        return cls(mineral=axes.minerals[row.mineral], product=product, size_usd_bn=row.size, turns=row.option)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The product is made of the mineral, and there is a step left to take."""
        used = calibration.baseline.product_share[batch.mineral, batch.product] > 0
        left = world.substitution_step[batch.w, batch.mineral, batch.product] < STEPS
        bounded = (batch.option >= LEAST_TURNS) & (batch.option <= MOST_TURNS)
        allowed: Flags = used & left & bounded & (batch.size > 0) & (batch.size <= MOST_USD_BN)
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The same each turn."""
        outlays: Array = (np.arange(HORIZON) < batch.option[:, None]) * batch.size[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Promise the money, and let research reckon with it."""
        promised = cls.outlays(world, calibration, batch)
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind]] += promised
        place = (batch.w, batch.mineral, batch.product)
        np.add.at(world.substitution_usd_bn, place, promised[:, :MOST_TURNS])

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Research away what comes from one supplier, is kept back, or is dear, where much of it goes."""
        w, calibration = s.world, s.calibration
        exposed = np.maximum(s.main_share - EXPOSED, 0.0) + 3.0 * s.alarm + np.maximum(w.delivered_ln - 0.3, 0.0)
        used = calibration.makers.recipe_weight * calibration.baseline.product_share
        left = (w.substitution_step < STEPS) / (1.0 + funded_multiple(w.substitution_usd_bn.sum(-1), calibration))
        fruitful = np.sqrt(used) * left * (w.substitution_usd_bn[..., 1] < MOST_USD_BN)
        patient = p.of("patience")[None, :, None] / 3.0
        eager = want(p, "security") * patient * s.weight * exposed
        share = w.need_t / np.maximum(s.need_t, 1e-12)[..., None]
        score = 2.0 * eager[..., None] * fruitful[:, None] * np.sqrt(np.minimum(share, 1.0))
        running = w.commitment_usd_bn[..., PROGRAMME[cls.kind], :].sum(-1)
        fresh = 1.0 / (1.0 + 4.0 * running / s.envelope_usd_bn)
        cash = CASH_SHARE * free_cash(s)[..., 0] / WISHED_TURNS + ENVELOPE_SHARE * s.envelope_usd_bn
        size = np.minimum(cash, MOST_USD_BN / 2) * (free_cash(s)[..., 0] > 0)
        minerals, products = score.shape[2:]
        flat = (score * fresh[..., None, None]).reshape(*score.shape[:2], -1)
        mineral, product = np.divmod(np.arange(minerals * products), products)
        return alone(s, flat, size[..., None], mineral=mineral, layer=product, option=WISHED_TURNS)

    def obstacles(self, view: NationView) -> list[Problem]:
        """Nothing to replace, nothing left to learn, or more money than laboratories can use."""
        m, k = view.axes.mineral_index[self.mineral], view.axes.product_index[self.product]
        names = {"mineral": view.name(self.mineral), "product": view.name(self.product)}
        if not view.baseline.product_share[m, k] > 0:
            what = _("there is no {mineral} in {product}", **names)
            return [self.problem("product", what, _("choose a product that is made of it"))]
        if view.world.substitution_step[0, m, k] >= STEPS:
            what = _("makers have learnt all there is about doing without {mineral} in {product}", **names)
            return [self.problem("product", what, _("choose another product or mineral"))]
        if self.size_usd_bn > MOST_USD_BN:
            what = _("laboratories cannot use {size} a turn", size=money(self.size_usd_bn))
            return [self.problem("size_usd_bn", what, _("at most {most}", most=money(MOST_USD_BN)))]
        return []

    def describe(self, view: NationView) -> str:
        """Money, turns, and the chance of the next step with it and without."""
        m, k = view.axes.mineral_index[self.mineral], view.axes.product_index[self.product]
        odds = float(substitution_odds(view.world, view.calibration)[0, m, k])
        paid = view.world.substitution_usd_bn[0, m, k, 0]
        more = funded_multiple(paid + self.size_usd_bn, view.calibration) / funded_multiple(paid, view.calibration)
        return _(
            "Substitution research: {size} a turn for {turns} turns on {product} with less {mineral}; "
            "chance of a step {chance} a turn instead of {before}",
            size=money(self.size_usd_bn),
            turns=self.turns,
            product=view.name(self.product),
            mineral=view.name(self.mineral),
            chance=percent(min(odds * float(more), 1.0)),
            before=percent(odds),
        )

    def objects(self, view: NationView) -> list[str]:
        """Who refines most of the mineral."""
        refined = view.world.refined_t[0, :, view.axes.mineral_index[self.mineral]]
        largest = int(refined.argmax())
        nation = view.name(view.axes.nations[largest])
        return [_("{nation}, who refines most of it", nation=nation)] if refined[largest] > 0 else []

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to what laboratories can use and the treasury bears; a quarter of it is proposed."""
        if name != "size_usd_bn":
            return None
        unit = Batch.of(view.nation, Row(0, 0, option=int(given.get("turns", WISHED_TURNS)), size=1.0))
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        most = min(float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0]), MOST_USD_BN)
        return two_digits(most / 1000), two_digits(most), two_digits(most / 4)
