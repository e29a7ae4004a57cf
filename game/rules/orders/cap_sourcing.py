"""A ceiling on the share of a mineral that users may buy from one foreign supplier."""

from __future__ import annotations

from typing import Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import mineral_field, number_field
from game.rules.number import percent
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_mineral, want
from game.text import _

SUPPLIER_LIMIT = 0.60  # a nation's wish for the highest share of one supplier
MOST_CAPS = 1  # that a nation keeps up at once
CAP_STEP = 0.10  # by which a cap is tightened at once


class CapSourcing(Order):
    """No foreign supplier may deliver more than a share of the ordinary use of refined metal; 100% lifts the cap."""

    kind = "cap_sourcing"
    title = "Sourcing cap"
    summary = (
        "Your makers survive if one supplier stops; until then they pay dearer inputs, and the capped supplier notices."
    )
    lead = "this turn, until changed"
    icon = "cap"
    group = "sourcing"

    mineral: str = mineral_field()
    share: float = number_field("Largest share of ordinary use from one supplier", "share", 0.4, 1.0, 0.05, 0.6)

    def row(self, axes: Axes) -> Row:
        """Mineral, share."""
        return Row(axes.mineral_index[self.mineral], size=self.share)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(mineral=axes.minerals[row.mineral], share=row.size)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The nation uses the mineral, and the cap would change."""
        uses = world.need_t[batch.w, batch.n, batch.mineral].sum(axis=-1) > 0
        changes = world.sourcing_cap_share[batch.w, batch.n, batch.mineral] != batch.size
        allowed: Flags = uses & changes & (batch.size >= 0.4) & (batch.size <= 1)
        return allowed

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """One point to set a cap, none to lift it."""
        points: Array = np.where(batch.size < 1, cls.capital, 0.0)
        return points

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the cap."""
        world.sourcing_cap_share[batch.w, batch.n, batch.mineral] = batch.size

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Tighten where one supplier holds too much at a small price gap; lift what hurts or has done its work."""
        w = s.world
        gap = w.delivered_ln - w.headline_ln[:, None]
        cap, share = w.sourcing_cap_share, s.main_share
        few = (cap < 1.0).sum(-1, keepdims=True) < MOST_CAPS
        loose = (cap > share - 0.02) & (few | (cap < 1.0)) & (s.short_share < 0.02) & (gap < 0.2)
        tighten = want(p, "security") * s.weight * (share - SUPPLIER_LIMIT) / 0.1 * loose
        hurt = np.maximum(gap - 0.35, 0.0) + 5.0 * s.short_share + np.maximum(SUPPLIER_LIMIT - CAP_STEP - share, 0.0)
        lift = want(p, "price") * s.weight * 4.0 * hurt * (cap < 1.0)
        size = np.where(lift > tighten, 1.0, np.clip(np.minimum(cap, share) - CAP_STEP, SUPPLIER_LIMIT, 1.0))
        return by_mineral(s, np.maximum(tighten, lift), np.asarray(np.round(size, 2), dtype=np.float64))

    def obstacles(self, view: NationView) -> list[Problem]:
        """No use, or no change."""
        mineral = view.axes.mineral_index[self.mineral]
        if not view.world.need_t[0, view.nation, mineral].sum() > 0:
            what = _("{nation} uses no {mineral}", nation=view.name(view.iso3), mineral=view.name(self.mineral))
            return [self.problem("mineral", what, _("choose a mineral that your industry uses"))]
        if view.world.sourcing_cap_share[0, view.nation, mineral] == self.share:
            what = _("the cap is {share} already", share=percent(self.share))
            return [self.problem("share", what, _("choose another share; 100% is no cap"))]
        return []

    def describe(self, view: NationView) -> str:
        """The cap and the largest share today."""
        if self.share == 1:
            return _("Sourcing cap on {mineral} lifted", mineral=view.name(self.mineral))
        shares = self._shares(view)
        largest = int(shares.argmax())
        return _(
            "Sourcing cap: {mineral} at most {share} of ordinary use from one supplier (last turn {nation} {today})",
            mineral=view.name(self.mineral),
            share=percent(self.share),
            nation=view.name(view.axes.nations[largest]),
            today=percent(float(shares[largest])),
        )

    def objects(self, view: NationView) -> list[str]:
        """The suppliers above the cap, and the makers who buy from them."""
        shares = self._shares(view)
        over = [int(s) for s in np.argsort(-shares) if shares[s] > self.share]
        named = [
            _(
                "{nation}, who sells you {share} of ordinary use",
                nation=view.name(view.axes.nations[s]),
                share=percent(float(shares[s])),
            )
            for s in over
        ]
        return [*named, _("makers who pay more")] if named else []

    def _shares(self, view: NationView) -> Array:
        """What each foreign supplier delivered last turn as a share of ordinary use, as the cap counts, [N]."""
        mineral = view.axes.mineral_index[self.mineral]
        need = float(view.world.need_t[0, view.nation, mineral].sum())
        shares: Array = view.world.refined_flow_t[0, mineral, :, view.nation] / max(need, 1e-12)
        shares[view.nation] = 0
        return shares
