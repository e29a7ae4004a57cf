"""What a nation leaves behind: a caretaker plays on from the final state while all others act by habit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from game.ai.habit import habit_policy
from game.engine.calibrate import Calibration
from game.engine.measures.score import prosperity, security
from game.engine.turn import Keys
from game.engine.world import World
from game.forecast import Offers, Policy, batches, future_keys, unfold
from game.rules.personality import HEDGER, Personalities

Array = NDArray[np.float64]

CARETAKER_TURNS = 8
FUTURES = 64
BATCH = 16  # futures at a time: all turns of a batch are held at once
WORST_SHARE = 0.1
PURPOSE = "legacy"


def legacy(
    world: World,
    calibration: Calibration,
    personalities: Personalities,
    caretaker: Sequence[float],
    nation: int,
    is_producer: NDArray[np.bool_],
    seed: int,
    offers: Offers | None = None,
    futures: int = FUTURES,
) -> float:
    """The pillar Legacy of one nation from the final world of a game (a batch of one), 0-100.

    `caretaker` are the weights of the Hedger, by whose habit the nation acts for eight more turns in each of `futures`
    worlds of their own chance. Of Security and Prosperity over those turns, the mean of all futures and the mean of the
    worst tenth count alike.
    """
    policy = habit_policy(with_caretaker(personalities, caretaker, nation))
    keys = future_keys(seed, PURPOSE, world.turn, futures)
    found = [
        _played_on(world, calibration, policy, Keys(keys.seed, keys.worlds[rows]), offers, nation, is_producer)
        for rows in batches(futures, BATCH)
    ]
    return mean_and_worst(np.concatenate(found))


def legacies(
    world: World,
    calibration: Calibration,
    personalities: Personalities,
    caretaker: Sequence[float],
    is_producer: NDArray[np.bool_],
    seed: int,
    futures: int,
) -> Array:
    """The pillar Legacy of every nation of the final world of one game, [N]: all seats hand over to caretakers at once.

    That needs one set of futures instead of one for each nation, which is what many games can afford.
    """
    everyone = personalities
    for nation in np.flatnonzero(personalities.acts):
        everyone = with_caretaker(everyone, caretaker, int(nation))
    policy = habit_policy(everyone)
    keys = future_keys(seed, PURPOSE, world.turn, futures)
    found = [
        _played_on(world, calibration, policy, Keys(keys.seed, keys.worlds[rows]), None, slice(None), is_producer)
        for rows in batches(futures, BATCH)
    ]
    value = np.concatenate(found)
    return np.array([mean_and_worst(value[..., n]) for n in range(value.shape[-1])])


def with_caretaker(personalities: Personalities, caretaker: Sequence[float], nation: int) -> Personalities:
    """The characters with a Hedger of weights `caretaker` in the place of one nation."""
    names = list(personalities.names)
    names[nation] = HEDGER
    weight = personalities.weight.copy()
    weight[nation] = caretaker
    return replace(personalities, names=tuple(names), weight=weight)


def mean_and_worst(value: Array) -> float:
    """Mean over the last axis of the mean of all futures and the mean of their worst tenth, from [futures, pillars]."""
    worst = max(1, round(WORST_SHARE * len(value)))
    ordered = np.sort(value, axis=0)
    return float(np.mean((value.mean(0) + ordered[:worst].mean(0)) / 2.0))


def _played_on(
    world: World,
    calibration: Calibration,
    policy: Policy,
    keys: Keys,
    offers: Offers | None,
    nation: int | slice,
    is_producer: NDArray[np.bool_],
) -> Array:
    """Security and Prosperity of the nation, or of all, over the caretaker's turns, [futures, 2] or [futures, 2, N]."""
    start = world.repeated(len(keys.worlds))
    waiting = offers.picked(np.zeros(start.size, dtype=np.int64)) if offers is not None else None
    history = [start, *unfold(start, calibration, policy, keys, CARETAKER_TURNS, offers=waiting)]
    return np.stack([pillar(history, calibration, is_producer)[:, nation] for pillar in (security, prosperity)], axis=1)
