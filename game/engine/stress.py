"""Stress test: the markets cleared once more with all exports of one nation cut off, and what that does to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Array
from game.engine.turn import Keys, advance, begin_turn
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

Index = NDArray[np.int64]

CUT_TURNS = 8


def cut_off(world: World, rows: Index, partner: Index, turns: int = CUT_TURNS) -> None:
    """Ban all exports of `partner` [A] from worlds `rows` [A] for some turns, contracts included, in place."""
    nations = np.arange(len(world.axes.nations))
    world.export_quota_t[rows, partner] = 0.0
    world.export_cut_t[rows, partner] = 0.0
    world.export_until[rows, partner] = world.turn + turns
    world.export_target[rows, partner] = (nations != partner[:, None])[:, None, None]
    world.contract_t[rows] = np.where(world.contract_seller[rows] == partner[:, None], 0.0, world.contract_t[rows])


def stressed_industry(world: World, calibration: Calibration, rows: Index, nation: Index, partner: Index) -> Array:
    """Industry of `nation` [A] of worlds `rows` [A] after one turn without what `partner` [A] sells, [A].

    Chance is the same for every world and none of a game's own: a test tells nothing of the true future.
    """
    tested = world.picked(rows)
    begin_turn(tested)
    each = np.arange(len(rows), dtype=np.int64)
    cut_off(tested, each, partner)
    after = advance(tested, calibration, Keys(0, (0,) * len(rows)))
    return np.asarray(after.industry[each, nation])
