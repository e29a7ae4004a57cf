"""A new refinery at home."""

from __future__ import annotations

import numpy as np

from game.engine.axes import REFINE, TURNS_PER_YEAR
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index
from game.rules.orders._building import Building
from game.rules.personality import Personalities
from game.rules.site_wish import appetite, site_size, state_share
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, care, want
from game.text import _


class BuildRefinery(Building):
    """Refining capacity at home."""

    kind = "build_refinery"
    title = "Build refinery"
    summary = "Breaks the chokepoint for your makers; neighbours get dirt, taxpayers a target for price wars."
    lead = "the mineral's refinery lead time"
    icon = "refinery"
    stage = REFINE
    output = "refined metal"

    @classmethod
    def lead_turns(cls, calibration: Calibration) -> Index:
        """Turns from the decision to refined output, [M]."""
        return calibration.baseline.refinery_lead

    @classmethod
    def capex_usd_per_tpa(cls, calibration: Calibration) -> Array:
        """Cost of one tonne of refined metal a year, [M]."""
        return calibration.baseline.refinery_capex_usd_per_tpa

    @classmethod
    def possible(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Somebody mines the ore it would refine."""
        possible: Flags = np.asarray(world.mined_t[batch.w, :, batch.mineral].sum(axis=-1) > 0)
        return possible

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Refine at home what is mined at home, and what home needs from one supplier."""
        w, b = s.world, s.baseline
        own, coming = w.capacity_t[..., REFINE], s.capacity_coming_t[..., REFINE]
        ore = w.mined_t * s.calibration.ratio
        unrefined = np.maximum(ore - own - coming, 0.0)
        exposed = np.maximum(s.need_t - own - coming, 0.0) * s.main_share
        wanted = TURNS_PER_YEAR * (0.10 * own + 0.2 * unrefined + 0.2 * exposed)
        size = site_size(s, REFINE, wanted, b.refinery_capex_usd_per_tpa, b.refinery_lead, state_share(s))
        margin = np.clip(0.8 + w.expected_margin_ln, 0.2, 1.5)
        upgrade = want(p, "value_added") * np.sqrt(s.market_weight * ratio(unrefined, ore)) * 3.0
        for_safety = want(p, "security") * s.weight * ratio(exposed, s.need_t) * 1.5 * care(s)
        paying, safe = appetite(s, REFINE, b.refinery_lead)
        score = (upgrade * paying + for_safety * safe) * margin * (size > 0.02 * wanted)
        return by_mineral(s, score, size, layer=REFINE, option=1)

    def impossible(self, view: NationView) -> Problem:
        """No ore in the world."""
        what = _("there is no trade in ore of {mineral}", mineral=view.name(self.mineral))
        return self.problem("mineral", what, _("choose a mineral that somebody mines"))

    def objects(self, view: NationView) -> list[str]:
        """Neighbours of the site, and those who refine most of it today."""
        refined = view.world.refined_t[0, :, view.axes.mineral_index[self.mineral]]
        largest = int(refined.argmax())
        found = [_("neighbours of the site")]
        if largest != view.nation and refined[largest] > 0:
            found.append(_("{nation}, who refines most of it", nation=view.name(view.axes.nations[largest])))
        return found
