"""Emergency powers over metal: whose makers are served first and whose last, for one turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from game.engine.allocation import FIRST, LAST
from game.engine.axes import Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.fields import SUPPORT
from game.engine.measures.nation import product_weight
from game.engine.postings import post_at
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import product_field
from game.rules.number import percent
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, alone, want
from game.text import _

SUPPORT_LOSS = 1.0  # points: rationing is unpopular, and grey markets more so
SHORT = 0.985  # share of planned output below which makers are short


class AllocateSupply(Order):
    """This turn the makers of one product get what they lack, first of all from those of another."""

    kind = "allocate_supply"
    title = "Emergency allocation"
    summary = (
        "Makers you rank first keep working in a shortage; those ranked last stand still, and voters resent rationing."
    )
    lead = "this turn only"
    icon = "allocate"
    group = "sourcing"
    capital = 2.0
    needs = ("product",)

    first: str = product_field("Served first")
    last: str = product_field("Served last")

    def row(self, axes: Axes) -> Row:
        """First product, last product."""
        return Row(layer=axes.product_index[self.first], option=axes.product_index[self.last])

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(first=axes.products[row.layer], last=axes.products[row.option])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The nation makes both products of metal, and they are two."""
        products = len(calibration.axes.products)
        last = np.minimum(batch.option, products - 1)
        needed = world.need_t[batch.w, batch.n].sum(axis=1) > 0
        place = np.arange(len(batch))
        allowed: Flags = needed[place, batch.product] & needed[place, last] & (batch.product != last)
        return allowed & (batch.option < products)

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the ranks; the public is angry now."""
        world.supply_rank[batch.w, batch.n] = 0.0
        world.supply_rank[batch.w, batch.n, batch.product] = FIRST
        world.supply_rank[batch.w, batch.n, batch.option] = LAST
        post_at(world, SUPPORT, cls.kind, (batch.w, batch.n), -SUPPORT_LOSS)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Serve the most valuable makers that are short, at the cost of the least valuable that use the same metal."""
        w = s.world
        weight = product_weight(s.calibration)
        lost = np.maximum(SHORT - w.recipe_met_share, 0.0) * weight
        first = lost.argmax(-1)
        short = np.take_along_axis(w.bottleneck, first[..., None], 2)
        used = np.take_along_axis(w.use_t, np.maximum(short, 0)[..., None], 2)[:, :, 0]
        worth = np.where(used > 0, weight / np.maximum(used, 1e-12), np.inf)
        np.put_along_axis(worth, first[..., None], np.inf, 2)
        last = worth.argmin(-1)
        lacking = np.take_along_axis(lost, first[..., None], 2)[..., 0]
        other = np.isfinite(worth).any(-1) & (short[..., 0] >= 0)
        score = want(p, "security")[..., 0] * 120.0 * lacking * other
        return alone(s, score[..., None], layer=first[..., None], option=last[..., None])

    @classmethod
    def start(cls, view: NationView, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The makers that are shortest first, those of whom the nation has least last."""
        needed = view.world.need_t[0, view.nation].sum(axis=0) > 0
        made = [k for k, needs in enumerate(needed) if needs]
        if len(made) < 2:
            return {}
        first = min(made, key=lambda k: view.world.recipe_met_share[0, view.nation, k])
        weight = product_weight(view.calibration)[view.nation]
        last = min((k for k in made if k != first), key=lambda k: weight[k])
        return {"first": view.axes.products[first], "last": view.axes.products[last]}

    def obstacles(self, view: NationView) -> list[Problem]:
        """The same product twice, or one that is not made at home."""
        if self.first == self.last:
            what = _("{product} cannot be served first and last", product=view.name(self.first))
            return [self.problem("last", what, _("choose two products"))]
        for field, product in (("first", self.first), ("last", self.last)):
            if not view.world.need_t[0, view.nation, :, view.axes.product_index[product]].sum() > 0:
                what = _("{nation} makes no {product}", nation=view.name(view.iso3), product=view.name(product))
                return [self.problem(field, what, _("choose a product that your industry makes"))]
        return []

    def describe(self, view: NationView) -> str:
        """Both products, and what their makers could make last turn."""
        met = view.world.recipe_met_share[0, view.nation]
        return _(
            "Emergency allocation: metal for {first} first and {last} last "
            "(last turn they could make {met} and {other} of what they planned)",
            first=view.name(self.first),
            last=view.name(self.last),
            met=percent(float(met[view.axes.product_index[self.first]])),
            other=percent(float(met[view.axes.product_index[self.last]])),
        )

    def objects(self, view: NationView) -> list[str]:
        """Those who are served last, and voters."""
        return [_("makers of {product}", product=view.name(self.last)), _("voters")]
