"""What nations that wish for new sites have in common: how large, how urgent, and what the state has to pay."""

import numpy as np

from game.engine.axes import TURNS_PER_YEAR
from game.engine.climate import governance
from game.rules.situation import Situation
from game.rules.wish import Array, Index, free_cash

BUILDERS_WORLD_SHARE = 0.29  # of the world's capacity that one nation can have under construction


def site_size(s: Situation, stage: int, wanted_tpa: Array, capex: Array, turns: Index, share: Array) -> Array:
    """Tonnes a year that are wanted, have builders, and can be paid out of cash and a part of the coming envelopes."""
    w = s.world
    own, coming = w.capacity_t[..., stage], s.capacity_coming_t[..., stage]
    room = TURNS_PER_YEAR * np.maximum(own + BUILDERS_WORLD_SHARE * own.sum(1, keepdims=True) - coming, 0.0)
    cash = free_cash(s)
    purse = 0.4 * cash + 0.2 * s.envelope_usd_bn[:, None] * turns * (cash > 0)
    affordable = purse * 1e9 / (np.maximum(share, 0.3)[..., None] * capex)
    return np.asarray(np.minimum(np.minimum(wanted_tpa, room), affordable))


def appetite(s: Situation, stage: int, turns: Index) -> tuple[Array, Array]:
    """How far the world has room for more of a stage, 0-1: where it must pay, and where it is for safety [W, 1, M]."""
    room = s.room(stage, turns)
    return np.clip((room + 0.08) / 0.16, 0.0, 1.0), np.clip((room + 0.35) / 0.35, 0.0, 1.0)


def state_share(s: Situation) -> Array:
    """Share of a site's cost that the state has to pay [W, N]: more where governance is weak."""
    return np.clip(1.0 - governance(s.world, s.calibration), 0.3, 0.9)
