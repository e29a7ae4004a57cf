"""A duty of makers to take back the metal in what retires of their product."""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.maker_duty import retiring_share
from game.engine.measures.nation import product_weight
from game.engine.scrap import collection_share
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch
from game.rules.field import number_field
from game.rules.number import mass, percent
from game.rules.orders._makers_rule import MakersRule
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, alone, want
from game.text import _

LEAST, MOST = 0.2, 0.8
WISHED = 0.6
THOROUGH = 3.5  # weight of standards from which a nation wishes for the most


class MandateCollection(MakersRule):
    """Makers take back a share of the metal in a product's retired goods; 0% lifts the rule."""

    kind = "mandate_collection"
    title = "Recycling mandate"
    summary = "Recyclers get your urban mine and miners a rival; makers pay, and it yields only as old goods retire."
    lead = "from this turn, in steps over up to four turns"
    icon = "collection"
    target = "collection_target_share"

    share: float = number_field("Metal taken back", "share", 0.0, MOST, 0.05, 0.5)

    @classmethod
    def retiring_t(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Metal in goods of the product that will retire at all, by mineral, tonnes [A, M]."""
        in_use = world.retiring_t[batch.w, batch.n].sum(axis=-1)
        return np.asarray(in_use * retiring_share(calibration)[batch.n, :, batch.product])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Goods with metal in them retire, and the rule would change."""
        retire = cls.retiring_t(world, calibration, batch).sum(axis=-1) > 0
        changes = world.collection_target_share[batch.w, batch.n, batch.product] != batch.size
        bounded = (batch.size == 0) | ((batch.size >= LEAST) & (batch.size <= MOST))
        allowed: Flags = retire & changes & bounded
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the rule."""
        world.collection_target_share[batch.w, batch.n, batch.product] = batch.size

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Set a rule where much more would come back than does, worth much beside what is used."""
        w, base = s.world, s.baseline
        usual = collection_share(w.turn, s.calibration)[None, ..., None]
        share = np.where(p.of("standards") > THOROUGH, MOST, WISHED)[None, :, None]
        target = w.collection_target_share
        more = np.maximum(share[..., None] - np.maximum(usual, target[:, :, None]), 0.0) * base.recovery[:, None]
        thrown = w.scrap_t[..., None] * retiring_share(s.calibration) * more
        worth = (thrown * s.price_usd_bn_per_t[..., None]).sum(2)
        used = (s.need_t * s.price_usd_bn_per_t).sum(-1)[..., None]
        makes = 0.2 + np.sqrt(product_weight(s.calibration))
        eager = want(p, "standards") * want(p, "security")
        score = eager * makes * 8.0 * np.minimum(ratio(worth, used), 0.2) * (share > target + LEAST)
        return alone(s, score, share, layer=np.arange(score.shape[-1]))

    def obstacles(self, view: NationView) -> list[Problem]:
        """Nothing retires, no change, or a share too small to organise."""
        batch = self.batch(view)
        if not self.retiring_t(view.world, view.calibration, batch).sum() > 0:
            what = _("no {product} retire in {nation}", product=view.name(self.product), nation=view.name(view.iso3))
            return [self.problem("product", what, _("choose a product that your people and firms buy"))]
        if view.world.collection_target_share[0, view.nation, batch.product[0]] == self.share:
            what = _("makers must take back {share} already", share=percent(self.share))
            return [self.problem("share", what, _("choose another share; 0% lifts the rule"))]
        if 0 < self.share < LEAST:
            what = _("{share} is too little to organise", share=percent(self.share))
            return [self.problem("share", what, _("at least {share}, or 0% to lift it", share=percent(LEAST)))]
        return []

    def describe(self, view: NationView) -> str:
        """The share, the usual one, and what comes back next."""
        if self.share == 0:
            return _("Recycling mandate for {product} lifted", product=view.name(self.product))
        k = view.axes.product_index[self.product]
        retiring = retiring_share(view.calibration)[view.nation, :, k] * view.world.retiring_t[0, view.nation, :, 0]
        mineral = int((retiring * view.baseline.price_usd_per_t).argmax())
        usual = collection_share(view.world.turn, view.calibration)[view.nation, mineral]
        return _(
            "Recycling mandate: {share} of the metal in retired {product} is taken back "
            "(of {mineral}, {usual} are collected today; {amount} retire next turn)",
            share=percent(self.share),
            product=view.name(self.product),
            mineral=view.name(view.axes.minerals[mineral]),
            usual=percent(float(usual)),
            amount=mass(float(retiring[mineral])),
        )

    def objects(self, view: NationView) -> list[str]:
        """The makers who pay for it."""
        if self.share == 0:
            return [_("recyclers")]
        return [_("makers of {product}", product=view.name(self.product)), _("miners")]

    def turns_until_effect(self, view: NationView) -> int:
        """Turns until the whole rule is in force."""
        now = view.world.collection_reached_share[0, view.nation, view.axes.product_index[self.product]]
        return max(int(np.ceil(abs(self.share - now) / view.parameters.collection_step - 1e-9)) - 1, 0)
