"""Personalities: weight vectors that say what a nation wants.

A nation has one, or a first and a second: a government that leans one way and is pulled the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WEIGHTS = ("price", "security", "revenue", "value_added", "standing", "standards", "leverage", "patience", "loyalty")
PILLARS = WEIGHTS[:7]

HEDGER = "hedger"  # by whose habit a caretaker acts
MIDDLING = 2.0  # weight of leverage up to which a nation presses nobody
TOP_WEIGHT = 5.0
FIRST_SHARE = 2.0 / 3.0  # of the weights of a nation with a first and a second personality


@dataclass(frozen=True)
class Personalities:
    """The character of every nation, as arrays over nations N."""

    names: tuple[str, ...]  # first personality by nation, "" for one that never acts
    weight: NDArray[np.float64]  # [N, 9] in the order of WEIGHTS, 0-5
    orders: frozenset[str] | None = None  # kinds of orders the level allows, None for all

    @property
    def acts(self) -> NDArray[np.bool_]:
        """Which nations give orders at all [N]."""
        return np.array([name != "" for name in self.names])

    @property
    def keenness(self) -> NDArray[np.float64]:
        """How keen nations are to use what others need from them [N], 0 to 1; 0 for a middling weight of leverage."""
        return np.maximum(self.of("leverage") - MIDDLING, 0.0) / (TOP_WEIGHT - MIDDLING)

    def of(self, weight: str) -> NDArray[np.float64]:
        """One weight of every nation [N]."""
        return self.weight[:, WEIGHTS.index(weight)]

    @property
    def discount(self) -> NDArray[np.float64]:
        """What a gain one turn later is worth against one now [N]: 0.6 for the least patient, 1 never reached."""
        return 0.5 + 0.09 * self.of("patience")


def personalities(
    nations: tuple[str, ...],
    named: Mapping[str, tuple[str, ...]],
    weights: Mapping[str, Mapping[str, float]],
    orders: frozenset[str] | None = None,
) -> Personalities:
    """Return the characters of `nations`: `named` gives each its first and perhaps its second personality, `weights`
    each personality its vector.

    A nation without a name, like the rest of the world, never acts. `orders` are the kinds allowed, None for all.
    """
    vector = {name: np.array([row[key] for key in WEIGHTS], dtype=np.float64) for name, row in weights.items()}
    weight = np.zeros((len(nations), len(WEIGHTS)))
    for position, nation in enumerate(nations):
        own = [vector[name] for name in named.get(nation, ())]
        if own:
            weight[position] = own[0] if len(own) == 1 else FIRST_SHARE * own[0] + (1.0 - FIRST_SHARE) * own[1]
    names = tuple(named[nation][0] if nation in named else "" for nation in nations)
    return Personalities(names, weight, orders)
