"""Advisers: four characters who look at the player's seat, each from one desk, and say what they would order first.

They are minds like any other: the wishes of their character, legal orders only, futures that start from what the seat
knows, in which all others act by habit. They disagree because they want different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from game.ai.choice import COLUMNS, Choice
from game.ai.habit import habit, habit_policy
from game.ai.mind import hands_off
from game.ai.value import pillars
from game.engine.calibrate import Calibration
from game.engine.view import believed_world
from game.engine.world import World
from game.forecast import Offers, future_keys, picked_askings, unfold
from game.rules.asking import Row
from game.rules.catalog import KINDS, ORDERS
from game.rules.personality import PILLARS, WEIGHTS, Array, Personalities

# Desk, the character that sits there, the folder of orders it holds.
DESKS = (
    ("trade", "trader", "sourcing"),
    ("industry", "upgrader", "industry"),
    ("foreign_affairs", "coalition_builder", "statecraft"),
    ("land_and_people", "steward", "resources"),
)
CANDIDATES = 3  # of a desk, followed into the future
TURNS = 3
MOST_REASONS = 3
LEAST_REASON = 0.05  # points below which a reason is left out
PURPOSE = "adviser"


@dataclass(frozen=True)
class Counsel:
    """What one desk would order: the kind and its compact form, and by which of its aims, in points."""

    desk: str
    kind: str
    row: Row
    gain: float
    reasons: tuple[tuple[str, float], ...]  # pillar and points, largest first


def advise(
    world: World,
    calibration: Calibration,
    personalities: Personalities,
    weights: Mapping[str, Mapping[str, float]],
    nation: int,
    seed: int,
    offers: Offers | None = None,
) -> list[Counsel]:
    """What each desk would order for `nation` in world 0, at most one order a desk; `world` has begun its turn."""
    believed = believed_world(world.picked(slice(0, 1)), calibration, nation)
    characters = {desk: _seated(personalities, weights[name], nation) for desk, name, _group in DESKS}
    shorts = {desk: Choice.of(believed, calibration, who, offers, per_kind=2) for desk, who in characters.items()}
    asked = [(desk, c) for desk, _name, group in DESKS for c in _candidates(shorts[desk], nation, group)]
    if not asked:
        return []
    worth = _futures(believed, calibration, personalities, nation, seed, offers, [(shorts[d], c) for d, c in asked])
    found = []
    for desk, _name, _group in DESKS:
        own = np.array([characters[desk].of(pillar)[nation] for pillar in PILLARS])
        rows = [k for k, (who, _c) in enumerate(asked) if who == desk]
        if rows:
            gains = [(float((worth[k] * own).sum()), k) for k in rows]
            gain, best = max(gains)
            found.append(_counsel(desk, shorts[desk], nation, asked[best][1], gain, worth[best] * own))
    return found


def _seated(personalities: Personalities, weights: Mapping[str, float], nation: int) -> Personalities:
    """The characters with an adviser's in the player's seat."""
    weight = personalities.weight.copy()
    weight[nation] = [float(weights[name]) for name in WEIGHTS]
    names = list(personalities.names)
    names[nation] = names[nation] or PURPOSE
    return replace(personalities, names=tuple(names), weight=weight)


def _candidates(short: Choice, nation: int, group: str) -> list[int]:
    """Places of a desk's best options on its short list."""
    scores, kinds = short.score[0, nation], short.askings.kind[0, nation]
    own = [int(c) for c in np.argsort(-scores, kind="stable") if scores[c] > 0]
    return [c for c in own if ORDERS[KINDS[kinds[c]]].group == group][:CANDIDATES]


def _futures(
    believed: World,
    calibration: Calibration,
    personalities: Personalities,
    nation: int,
    seed: int,
    offers: Offers | None,
    asked: list[tuple[Choice, int]],
) -> Array:
    """What each option changes of the seat's pillars, mean of the turns ahead, [options, pillars]."""
    size = len(asked) + 1
    rows = np.zeros(size, dtype=np.int64)
    first = picked_askings(habit(believed, calibration, personalities, offers), rows)
    first.kind[:, nation] = -1
    for place, (short, c) in enumerate(asked, start=1):
        for name in ("kind", *COLUMNS):
            getattr(first, name)[place, nation, 0] = getattr(short.askings, name)[0, nation, c]
    start = believed.picked(rows)
    keys = future_keys(seed, PURPOSE, start.turn, size, common=True)
    policy = hands_off(habit_policy(personalities), np.full(size, nation))
    waiting = offers.picked(rows) if offers is not None else None
    ahead = unfold(start, calibration, policy, keys, TURNS, first, waiting, has_begun=True)
    points = np.mean([pillars(after, calibration)[:, nation] for after in ahead], axis=0)
    return np.asarray(points[1:] - points[0])


def _counsel(desk: str, short: Choice, nation: int, c: int, gain: float, worth: Array) -> Counsel:
    order = [int(k) for k in np.argsort(-np.abs(worth), kind="stable")]
    reasons = tuple((PILLARS[k], float(worth[k])) for k in order if abs(worth[k]) >= LEAST_REASON)[:MOST_REASONS]
    kind = KINDS[int(short.askings.kind[0, nation, c])]
    return Counsel(desk, kind, short.askings.row(0, nation, c), gain, reasons)
