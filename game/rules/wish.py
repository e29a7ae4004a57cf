"""What nations wish to order, kind by kind: the versions worth considering, each with a score.

A score near 1 says worth a turn's attention; 0 or less says not wanted. Scores are rules of thumb for habits and for
screening; minds weigh what is left by looking ahead. A nation reads public arrays and its own: never another's stock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rules.asking import NOBODY
from game.rules.personality import Personalities
from game.rules.situation import Situation

Array = NDArray[np.float64]
Index = NDArray[np.int64]

CARE_PER_ALARM, MOST_CARE = 6.0, 1.5
RESERVED_ENVELOPES = 0.25  # cash that is kept back


@dataclass(frozen=True)
class Wishes:
    """X versions of one kind of order for every nation, each array [W, N, X]; `size` in the order's own unit."""

    score: Array
    mineral: Index
    layer: Index
    partner: Index
    option: Index
    size: Array


def _wishes(shape: tuple[int, ...], score: Array, size: Array | float, **columns: NDArray[Any] | int) -> Wishes:
    whole = {
        name: np.broadcast_to(np.asarray(columns.get(name, default)), shape)
        for name, default in (("mineral", -1), ("layer", -1), ("partner", NOBODY), ("option", 0))
    }
    return Wishes(np.broadcast_to(score, shape), size=np.broadcast_to(size, shape), **whole)


def by_mineral(s: Situation, score: Array, size: Array | float = 0.0, **columns: NDArray[Any] | int) -> Wishes:
    """Return one version per mineral; `score`, `size` and columns broadcast to [W, N, M], columns left out keep the
    compact form's default."""
    shape = s.need_t.shape
    return _wishes(shape, score, size, mineral=np.arange(shape[2]), **columns)


def by_partner(s: Situation, score: Array, size: Array | float = 0.0, **columns: NDArray[Any] | int) -> Wishes:
    """Return one version per other nation, [W, N, partner]; the nation itself and the rest of the world are no
    partners."""
    nations = len(s.world.axes.nations)
    shape = (s.world.size, nations, nations)
    partners = ~np.eye(nations, dtype=np.bool_)
    if s.world.axes.rest_of_world is not None:
        partners[:, s.world.axes.rest_of_world] = False
    return _wishes(shape, score * partners, size, partner=np.arange(nations), **columns)


def alone(s: Situation, score: Array, size: Array | float = 0.0, **columns: NDArray[Any] | int) -> Wishes:
    """Return versions that name neither mineral nor partner, [W, N, X]; X is the length of `score`'s last axis."""
    shape = (*s.need_t.shape[:2], score.shape[-1])
    return _wishes(shape, score, size, **columns)


def together(*wishes: Wishes) -> Wishes:
    """Several lists of one kind of order as one."""
    return Wishes(*(np.concatenate([getattr(w, name) for w in wishes], -1) for name in Wishes.__dataclass_fields__))


def care(s: Situation) -> Array:
    """How much more a nation does for the safety of a mineral that others keep from it [W, N, M], 1 for none."""
    return np.asarray(1.0 + np.minimum(CARE_PER_ALARM * s.alarm, MOST_CARE) * (s.need_share > 0))


def want(p: Personalities, name: str) -> Array:
    """Return a weight as [1, N, 1], its middle value 1."""
    return p.of(name)[None, :, None] / 3.0


def free_cash(s: Situation) -> Array:
    """Cash a nation may spend this turn [W, N, 1]: what is above a quarter of an envelope."""
    return np.maximum(s.spendable_usd_bn - RESERVED_ENVELOPES * s.envelope_usd_bn, 0.0)[..., None]
