"""Personalities: weight vectors that say what a nation wants, and which of the two played characters acts on them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WEIGHTS = ("price", "security", "revenue", "value_added", "standing", "standards", "leverage", "patience", "loyalty")
PILLARS = WEIGHTS[:7]

HEDGER = "hedger"
LEVERAGE_PLAYER = "leverage_player"

# Two characters are played; every other personality plays as the nearer one by Euclidean distance of its weights.
PLAYED_AS = {
    "fortress": LEVERAGE_PLAYER,
    "trader": HEDGER,
    "coalition_builder": HEDGER,
    "rentier": HEDGER,
    "upgrader": LEVERAGE_PLAYER,
    "hedger": HEDGER,
    "leverage_player": LEVERAGE_PLAYER,
    "steward": HEDGER,
    "opportunist": LEVERAGE_PLAYER,
}


@dataclass(frozen=True)
class Personalities:
    """The character of every nation, as arrays over nations N."""

    played: tuple[str, ...]  # hedger or leverage_player, by nation; "" for one that never acts
    weight: NDArray[np.float64]  # [N, 9] in the order of WEIGHTS, 0-5
    orders: frozenset[str] | None = None  # kinds of orders the level allows, None for all

    @property
    def acts(self) -> NDArray[np.bool_]:
        """Which nations give orders at all [N]."""
        return np.array([name != "" for name in self.played])

    @property
    def plays_leverage(self) -> NDArray[np.bool_]:
        """Which nations play the leverage-player [N]; the others that act are hedgers."""
        return np.array([name == LEVERAGE_PLAYER for name in self.played])

    def of(self, weight: str) -> NDArray[np.float64]:
        """One weight of every nation [N]."""
        return self.weight[:, WEIGHTS.index(weight)]

    @property
    def discount(self) -> NDArray[np.float64]:
        """What a gain one turn later is worth against one now [N]: 0.6 for the least patient, 1 never reached."""
        return 0.5 + 0.09 * self.of("patience")


def personalities(
    nations: tuple[str, ...],
    named: Mapping[str, str],
    weights: Mapping[str, Mapping[str, float]],
    orders: frozenset[str] | None = None,
) -> Personalities:
    """Return the characters of `nations`: `named` gives each its personality, `weights` each personality its vector.

    A nation without a name, like the rest of the world, never acts. `orders` are the kinds allowed, None for all.
    """
    played = tuple(PLAYED_AS[named[nation]] if nation in named else "" for nation in nations)
    rows = [[float(weights[name][key]) if name else 0.0 for key in WEIGHTS] for name in played]
    return Personalities(played, np.array(rows).reshape(len(nations), len(WEIGHTS)), orders)
