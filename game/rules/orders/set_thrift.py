"""A standard that tells the makers of a product to use less metal in it."""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.fields import SUPPORT
from game.engine.measures.nation import product_weight
from game.engine.postings import post_at
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch
from game.rules.field import number_field
from game.rules.number import percent
from game.rules.orders._makers_rule import MakersRule
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, alone, want
from game.text import _

LEAST, MOST = 0.05, 0.25
SUPPORT_PER_SHARE = 8.0  # points lost when makers must save all metal of a product that is all a nation makes
STEP = 0.05  # of a nation's wish

# How hard a mineral presses on its users, for wishes.
DEAR_FROM, PER_LN, PER_ALARM, PER_SHORT = 0.25, 1.0, 3.0, 4.0


class SetThrift(MakersRule):
    """Makers at home must do with less metal in each unit of a product; 0% lifts the standard."""

    kind = "set_thrift"
    title = "Thrift standard"
    summary = (
        "Your industry needs less metal at once; its makers and buyers pay for costlier products, suppliers sell less."
    )
    lead = "from this turn, in steps over one to four turns"
    icon = "thrift"
    target = "thrift_target_share"

    share: float = number_field("Metal saved", "share", 0.0, MOST, STEP, 0.1)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The nation makes the product of metal, and the standard would change."""
        makes = world.need_t[batch.w, batch.n, :, batch.product].sum(axis=-1) > 0
        changes = world.thrift_target_share[batch.w, batch.n, batch.product] != batch.size
        bounded = (batch.size == 0) | ((batch.size >= LEAST) & (batch.size <= MOST))
        allowed: Flags = makes & changes & bounded
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the standard; makers who must save more are angry now."""
        at = (batch.w, batch.n, batch.product)
        more = np.maximum(batch.size - world.thrift_target_share[at], 0.0)
        world.thrift_target_share[at] = batch.size
        weight = product_weight(calibration)[batch.n, batch.product]
        post_at(world, SUPPORT, cls.kind, (batch.w, batch.n), -SUPPORT_PER_SHARE * more * weight)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Tighten where a product's metal is short, dear or kept back by others; loosen when that is over."""
        w = s.world
        dear = np.maximum(w.delivered_ln - DEAR_FROM, 0.0)
        pressed = PER_LN * dear + PER_ALARM * s.alarm + PER_SHORT * s.short_share
        felt = (pressed[..., None] * s.calibration.makers.recipe_weight).sum(2)
        target = w.thrift_target_share
        wanted = np.clip(0.25 * felt, 0.0, MOST)
        gap = wanted - target
        makes = w.need_t.sum(2) > 0
        eager = np.sqrt(product_weight(s.calibration)) * makes * want(p, "security")
        tighten = eager * 4.0 * np.maximum(gap - STEP, 0.0)
        loosen = eager * want(p, "price") * 3.0 * np.maximum(-gap - 2.5 * STEP, 0.0)
        size = np.round(STEP * np.round(wanted / STEP), 2)
        score = np.maximum(tighten, loosen) * (size != target)
        return alone(s, score, size, layer=np.arange(score.shape[-1]))

    def obstacles(self, view: NationView) -> list[Problem]:
        """No makers, no change, or a standard too small to notice."""
        k = view.axes.product_index[self.product]
        if not view.world.need_t[0, view.nation, :, k].sum() > 0:
            what = _("{nation} makes no {product}", nation=view.name(view.iso3), product=view.name(self.product))
            return [self.problem("product", what, _("choose a product that your industry makes"))]
        if view.world.thrift_target_share[0, view.nation, k] == self.share:
            what = _("the standard is {share} already", share=percent(self.share))
            return [self.problem("share", what, _("choose another share; 0% is no standard"))]
        if 0 < self.share < LEAST:
            what = _("{share} is too little for a standard", share=percent(self.share))
            return [self.problem("share", what, _("at least {share}, or 0% to lift it", share=percent(LEAST)))]
        return []

    def describe(self, view: NationView) -> str:
        """Metal saved, and what the product will cost more."""
        if self.share == 0:
            return _("Thrift standard for {product} lifted", product=view.name(self.product))
        return _(
            "Thrift standard: {share} less metal in {product}, which cost {dearer} more to make",
            share=percent(self.share),
            product=view.name(self.product),
            dearer=percent(view.parameters.thrift_cost * self.share**2),
        )

    def objects(self, view: NationView) -> list[str]:
        """The makers, and who sells them most of what the product needs most."""
        if self.share == 0:
            return []
        found = [_("makers of {product}", product=view.name(self.product))]
        k = view.axes.product_index[self.product]
        mineral = int(view.calibration.makers.recipe_weight[:, k].argmax())
        arrived = view.world.refined_flow_t[0, mineral, :, view.nation].copy()
        arrived[view.nation] = 0
        largest = int(arrived.argmax())
        if arrived[largest] > 0:
            seller, name = view.name(view.axes.nations[largest]), view.name(view.axes.minerals[mineral])
            found.append(_("{nation}, who sells you most of the {mineral} in them", nation=seller, mineral=name))
        return found

    def turns_until_effect(self, view: NationView) -> int:
        """Turns until the whole standard is in force."""
        now = view.world.thrift_share[0, view.nation, view.axes.product_index[self.product]]
        return max(int(np.ceil(abs(self.share - now) / view.parameters.thrift_step - 1e-9)) - 1, 0)
