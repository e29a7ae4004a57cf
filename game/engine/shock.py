"""Shocks: a plant, use, exports, a stock, a corridor or peace hit from outside for some turns, on top of all else.

A shock changes only what the engine takes in (capacity out of use, the deviation of use, an export limit, the stock
before the turn, how much of a corridor is open, tension), in its own turns alone. What it changed for a turn is put
back when goods have changed hands, so nothing of it lasts but its consequences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.baseline import Array
from game.engine.world import World

Kind = Literal["mine", "refine", "recycle", "use", "export", "stock", "corridor", "tension"]
STAGE: dict[Kind, int] = {"mine": MINE, "refine": REFINE, "recycle": RECYCLE}
LEAST_USE = 1e-6  # of ordinary use; the clearing takes logs of it

# What a shock changes before the clearing and gives back after it. A larger outage stays told: it is drawn anew.
LENT = ("capacity_t", "demand_shock_ln", "export_quota_t", "export_target")


@dataclass(frozen=True)
class Shock:
    """What is hit, by how much (-0.5: halved), from which turn on and for how many turns.

    A corridor has no nation or mineral; it is shut, or open in part. A stock is hit once, before its turn. Tension
    between a nation and another is raised to `change`, 0 to 100, where it was lower.
    """

    kind: Kind
    change: float = -1.0
    start: int = 1
    turns: int = 1
    mineral: int = -1
    nation: int = -1
    corridor: int = -1
    other: int = -1

    def holds(self, turn: int) -> bool:
        """Whether a turn is one of its turns."""
        return self.start <= turn < self.start + self.turns


def exports_t(world: World, nation: int, mineral: int) -> Array:
    """Tonnes a nation ships abroad this turn by layer (ore, refined), [W, L]."""
    flows = np.stack([world.ore_flow_t[:, mineral, nation], world.refined_flow_t[:, mineral, nation]], axis=1)
    return np.asarray(flows.sum(2) - flows[:, :, nation])


class Shocks:
    """Shocks on one batch of worlds: call `begin` before each turn is resolved, `on_phase` after each of its phases."""

    def __init__(self, shocks: Sequence[Shock]) -> None:
        self._shocks = tuple(shocks)
        self._usual_exports: dict[Shock, Array] = {}
        self._lent: dict[str, NDArray[Any]] = {}
        self._shut_from: dict[int, tuple[Array, Array]] = {}
        self._calm: dict[tuple[int, int], Array] = {}  # part of the tension of a pair that is there without shocks
        self._worn: dict[tuple[int, int], Array] = {}  # the tension without shocks

    def begin(self, world: World) -> None:
        """Hit stocks before the turn after `world` is resolved, in place, and remember the usual exports."""
        turn = world.turn + 1
        for shock in self._shocks:
            if shock.start != turn:
                continue
            if shock.kind == "stock":
                for name in ("commercial_stock_t", "public_stock_t"):
                    world.arrays[name][:, shock.nation, shock.mineral] *= 1.0 + shock.change
            elif shock.kind == "export":
                self._usual_exports[shock] = exports_t(world, shock.nation, shock.mineral)

    def on_phase(self, name: str, moved: World) -> None:
        """Hit what holds for a turn before the clearing, and give it back after goods have changed hands."""
        now = [shock for shock in self._shocks if shock.holds(moved.turn)]
        if name == "construction":
            for shock in now:
                if shock.kind == "corridor":
                    self._shut(shock, moved)
                elif shock.kind == "tension":
                    self._strain(shock, moved)
        elif name == "passage":
            for shock in now:
                if shock.kind == "tension":
                    self._strain_again(shock, moved)
        elif name == "demand" and now:
            self._lent |= {field: moved.arrays[field].copy() for field in LENT}
            for shock in now:
                self._hit(shock, moved)
        elif name == "stocks":
            for field, values in self._lent.items():
                moved.arrays[field][...] = values
            for corridor, (is_open, closed) in self._shut_from.items():
                moved.corridor_open[:, corridor], moved.corridor_closed_turns[:, corridor] = is_open, closed
            for pair, tension in self._worn.items():
                moved.tension[:, *pair] = tension
            self._lent, self._shut_from, self._calm, self._worn = {}, {}, {}, {}

    def _shut(self, shock: Shock, moved: World) -> None:
        """Shut a corridor before insurers look at it, and remember what it would be without."""
        corridor = shock.corridor
        is_open, closed = moved.corridor_open[:, corridor], moved.corridor_closed_turns[:, corridor]
        if corridor not in self._shut_from:
            without = (np.where(closed == 1.0, 1.0, is_open), np.maximum(closed - 1.0, 0.0))
            self._shut_from[corridor] = without
        moved.corridor_open[:, corridor] = np.minimum(self._shut_from[corridor][0], 1.0 + shock.change)
        moved.corridor_closed_turns[:, corridor] = 2.0  # the turn's own passage counts one off and opens what is over

    def _strain(self, shock: Shock, moved: World) -> None:
        """Raise tension before the odds of corridors are drawn, and remember what part of it was there without."""
        pair = (shock.nation, shock.other)
        raised = np.maximum(moved.tension[:, *pair], shock.change)
        self._calm[pair] = self._calm.get(pair, 1.0) * moved.tension[:, *pair] / raised
        moved.tension[:, *pair] = raised

    def _strain_again(self, shock: Shock, moved: World) -> None:
        """Raise what has worn off again, for insurers and trade; what there would be without has worn off too."""
        pair = (shock.nation, shock.other)
        if pair not in self._worn:
            self._worn[pair] = self._calm[pair] * moved.tension[:, *pair]
        moved.tension[:, *pair] = np.maximum(moved.tension[:, *pair], shock.change)

    def _hit(self, shock: Shock, moved: World) -> None:
        at = (slice(None), shock.nation, shock.mineral)
        if shock.kind in STAGE:
            stage = STAGE[shock.kind]
            if shock.change < 0:
                working = (1.0 - moved.outage_share[at][:, stage]) * (1.0 + shock.change)
                moved.outage_share[(*at, stage)] = 1.0 - working
            else:
                moved.capacity_t[(*at, stage)] *= 1.0 + shock.change
        elif shock.kind == "use":
            moved.demand_shock_ln[at] += np.log(max(1.0 + shock.change, LEAST_USE))
        elif shock.kind == "export":
            limit = (1.0 + shock.change) * self._usual_exports[shock]
            moved.export_quota_t[at] = np.minimum(moved.export_quota_t[at], limit)
            moved.export_target[at] = np.arange(len(moved.axes.nations)) != shock.nation
