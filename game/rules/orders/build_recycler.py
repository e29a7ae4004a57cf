"""A new recycling plant at home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from game.engine.axes import RECYCLE, TURNS_PER_YEAR
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.scrap import collection_share
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index
from game.rules.number import two_digits
from game.rules.orders._building import Building
from game.rules.personality import Personalities
from game.rules.site_wish import state_share
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, care, free_cash, want
from game.text import _


class BuildRecycler(Building):
    """Recycling capacity at home."""

    kind = "build_recycler"
    title = "Build recycling plant"
    summary = "Metal no rival can stop; taxpayers carry a plant that runs empty until enough old goods come back."
    lead = "the mineral's recycling lead time"
    icon = "recycle"
    stage = RECYCLE
    output = "refined metal"

    @classmethod
    def lead_turns(cls, calibration: Calibration) -> Index:
        """Turns from the decision to recycled output, [M]."""
        return calibration.baseline.recycler_lead

    @classmethod
    def capex_usd_per_tpa(cls, calibration: Calibration) -> Array:
        """Cost of one tonne of recycled metal a year, [M]."""
        return calibration.baseline.recycler_capex_usd_per_tpa

    @classmethod
    def room_t(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The scrap that will come back beyond what recyclers can already take, [A].

        Recycling starts from little, so builders do not limit it as they limit mines and refineries.
        """
        sites = (batch.w, batch.n, batch.mineral, RECYCLE)
        planned = world.capacity_t[sites] + world.pipeline_t[sites].sum(axis=-1)
        room: Array = np.maximum(cls.yearly_scrap_t(world, batch) - TURNS_PER_YEAR * planned, 0)
        return room

    @classmethod
    def yearly_scrap_t(cls, world: World, batch: Batch) -> Array:
        """Metal in goods that retire in the best year of the coming decade, [A]."""
        retiring = world.retiring_t[batch.w, batch.n, batch.mineral, : 10 * TURNS_PER_YEAR]
        yearly: Array = TURNS_PER_YEAR * retiring.max(axis=-1)
        return yearly

    @classmethod
    def possible(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Old goods come back at all."""
        possible: Flags = np.asarray(cls.yearly_scrap_t(world, batch) > 0)
        return possible

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Recover what retires at home and is not recovered yet."""
        w, b = s.world, s.baseline
        planned = w.capacity_t[..., RECYCLE] + s.capacity_coming_t[..., RECYCLE]
        coming_back = w.retiring_t[..., : 4 * TURNS_PER_YEAR].max(-1)
        collectable = collection_share(w.turn, s.calibration) * b.recovery * coming_back
        missing = np.maximum(collectable - planned, 0.0)
        limit = np.maximum(TURNS_PER_YEAR * (coming_back - planned), 0.0)
        wanted = np.minimum(0.5 * TURNS_PER_YEAR * missing, 0.95 * limit)
        purse = (0.3 * free_cash(s) + 0.1 * s.envelope_usd_bn[:, None]) * 1e9 * (free_cash(s) > 0)
        size = np.minimum(wanted, purse / (state_share(s)[..., None] * b.recycler_capex_usd_per_tpa))
        dear = np.clip(1.0 + w.expected_ln - s.calibration.long_run_ln, 0.0, 1.2)
        score = (
            want(p, "security") * care(s) * s.weight * ratio(missing, s.need_t) ** 0.5 * dear * (size > 0.02 * wanted)
        )
        return by_mineral(s, score * (1.0 - s.home_share), size, layer=RECYCLE, option=1)

    def impossible(self, view: NationView) -> Problem:
        """No scrap."""
        what = _(
            "no goods with {mineral} retire in {nation}", mineral=view.name(self.mineral), nation=view.name(view.iso3)
        )
        return self.problem("mineral", what, _("choose a mineral that your own goods contain"))

    def no_room(self, view: NationView, room: str) -> str:
        """Scrap is short."""
        if not room:
            return _("the plants you have or build can take all scrap of the coming ten years")
        return _("at most {room} a year: no more scrap comes back in the coming ten years", room=room)

    def objects(self, view: NationView) -> list[str]:
        """Mines that lose a market."""
        return [_("miners and refiners who lose a market")]

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """As for every site; a fifth of the returning scrap is proposed at most, as little of it is collected."""
        found = super().limits(view, name, given)
        if found is None:
            return None
        low, high, proposed = found
        return low, high, min(proposed, two_digits(high / 5))
