"""A new refinery at home."""

from __future__ import annotations

import numpy as np

from game.engine.axes import REFINE
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index
from game.rules.orders._building import Building
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
