"""Games as contests: every seat by habit or by mind, judged by its score, and what each of them ordered on the way.

Changes of the minds are judged by this. Legacy is judged for all seats at once (`game.ai.legacy.legacies`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from game.ai.legacy import legacies
from game.batch.simulate import Arena, Step, played
from game.content.level import REST, Level
from game.engine.measures.score import PILLARS, pillars, total
from game.engine.pact import CLAUSES, TREATIES
from game.engine.purse import envelope_usd_bn
from game.engine.turn import Keys
from game.engine.world import World
from game.forecast import batches
from game.rules.catalog import KIND_CODE, KINDS
from game.rules.personality import HEDGER, WEIGHTS

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

GAMES_AT_ONCE = 8  # all turns of a batch are held at once
LEGACY_FUTURES = 16
DEBT_FLOOR = -2.0  # envelopes
DECILE = 0.9
ASKS = 60.0  # strain from which a member asks for new terms
NOW = 1  # in the compact form of a notice: leaving at once


@dataclass(frozen=True)
class Breach:
    """A treaty left at once: when, by whom, what, and the leaver's strain, whose causes were on screen before."""

    turn: int
    nation: str
    treaty: str
    strain: float
    age: int  # turns since it was signed

    @property
    def is_explained(self) -> bool:
        """Whether the strain that everybody could see had reached what makes a member ask for new terms."""
        return self.strain >= ASKS


@dataclass(frozen=True)
class Contest:
    """One game: what its N seats scored and ordered. `seconds` are those of each turn."""

    game: int
    pillar: dict[str, Array]  # pillar -> [N]
    score: Array  # [N]
    orders: Counts  # [N, kind of order] how often each was given
    treaties: Counts  # [kind of treaty] how many were signed
    clauses: Counts  # [kind of clause] how many stood in them
    breaches: tuple[Breach, ...]
    broke_turns: Counts  # [N] turns that ended below the debt floor
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Contests:
    """Games of one level with the same seats. `names` are the personalities by nation, "" for one that never acts."""

    level: str
    nations: tuple[str, ...]
    names: tuple[str, ...]
    games: tuple[Contest, ...]

    @property
    def score(self) -> Array:
        """Scores [games, N]."""
        return np.stack([game.score for game in self.games])

    @property
    def orders(self) -> Counts:
        """Orders given [games, N, kind]."""
        return np.stack([game.orders for game in self.games])

    @property
    def seats(self) -> Counts:
        """Positions of the nations that act."""
        return np.flatnonzero(np.array(self.names) != "")

    def used_by_winners(self) -> Array:
        """Share of games in whose winner's log each kind of order stands, [kind]."""
        score, orders = self.score[:, self.seats], self.orders[:, self.seats]
        winner = score.argmax(1)
        used: Array = (orders[np.arange(len(winner)), winner] > 0).mean(0)
        return used

    def used_by_the_best(self) -> Array:
        """Number of seats in whose best tenth of games each kind of order is used, [kind]."""
        score, orders = self.score[:, self.seats], self.orders[:, self.seats]
        best = score >= np.quantile(score, DECILE, axis=0)
        used: Array = ((orders > 0) & best[..., None]).any(0).sum(0)
        return used

    def gain(self) -> Array:
        """Mean score of a seat in games in which it gave a kind of order less that in those in which it did not,
        [N, kind]; nan where all or none of its games did."""
        used = self.orders > 0
        score = self.score[..., None]
        with_order, without = used.sum(0), (~used).sum(0)
        difference = np.where(used, score, 0.0).sum(0) / np.maximum(with_order, 1)
        difference -= np.where(used, 0.0, score).sum(0) / np.maximum(without, 1)
        return np.where((with_order > 0) & (without > 0), difference, np.nan)


def contests(
    level: Level,
    games: int,
    turns: int,
    *,
    seed: int = 1,
    first_game: int = 0,
    minds: bool = False,
    seats: Mapping[str, str] | None = None,
) -> Contests:
    """Play whole games that differ in chance alone. `seats` gives nations another personality than the level's.

    Raises ProblemError for a nation or personality that the level does not have.
    """
    arena = Arena(level)
    arena.personalities = arena.characters(seats or {})
    found: list[Contest] = []
    for rows in batches(games, 1 if minds else GAMES_AT_ONCE):
        keys = Keys(seed, tuple(range(first_game + rows.start, first_game + rows.stop)))
        found += _judged(arena, keys, _timed(arena, keys, turns, minds))
    return Contests(level.id, arena.calibration.axes.nations, arena.personalities.names, tuple(found))


def _timed(arena: Arena, keys: Keys, turns: int, minds: bool) -> tuple[list[Step], tuple[float, ...]]:
    """The steps of a batch of games and the seconds that each turn of one game took."""
    nations = [nation for nation in arena.calibration.axes.nations if nation != REST] if minds else []
    steps, seconds = [], []
    start = time.perf_counter()
    for step in played(arena, keys, turns, minds=nations):
        steps.append(step)
        seconds.append((time.perf_counter() - start) / len(keys.worlds))
        start = time.perf_counter()
    return steps, tuple(seconds[1:])


def _judged(arena: Arena, keys: Keys, timed: tuple[list[Step], tuple[float, ...]]) -> Iterator[Contest]:
    steps, seconds = timed
    history = [step.world for step in steps]
    calibration, level = arena.calibration, arena.level
    is_producer = np.array([level.produces(nation) for nation in calibration.axes.nations])
    found = pillars(history, calibration, is_producer)
    orders = sum(_counted(step) for step in steps[1:])
    floor = DEBT_FLOOR * envelope_usd_bn(calibration)
    broke = sum((world.treasury_usd_bn < floor).astype(np.int64) for world in history[1:])
    for w, game in enumerate(keys.worlds):
        pillar = {name: value[w] for name, value in found.items()} | {"legacy": _legacy(arena, history[-1], w, game)}
        treaties, clauses = _signed(history, w)
        breaches = tuple(_breaches(steps, w))
        yield Contest(
            game,
            pillar,
            total(pillar),
            np.asarray(orders)[w],
            treaties,
            clauses,
            breaches,
            np.asarray(broke)[w],
            seconds,
        )


def _signed(history: list[World], w: int) -> tuple[Counts, Counts]:
    """How many treaties of each kind were signed in a game, and how many clauses of each kind they held."""
    treaties = np.zeros(len(TREATIES), dtype=np.int64)
    clauses = np.zeros(len(CLAUSES), dtype=np.int64)
    for before, after in pairwise(history):
        kind, since = after.treaty_kind[w], after.treaty_since[w]
        fresh = (kind >= 0) & ((before.treaty_kind[w] != kind) | (before.treaty_since[w] != since))
        np.add.at(treaties, kind[fresh], 1)
        held = (after.clause_treaty[w] >= 0) & fresh[np.maximum(after.clause_treaty[w], 0)]
        np.add.at(clauses, after.clause_kind[w][held], 1)
    return treaties, clauses


def _breaches(steps: list[Step], w: int) -> Iterator[Breach]:
    for step in steps[1:]:
        if step.orders is None or step.ordered is None:
            continue
        for nation, slot in np.argwhere(step.orders.kind[w] == KIND_CODE["leave"]):
            option = int(step.orders.option[w, nation, slot])
            treaty, world = option // 2, step.ordered
            if option % 2 == NOW and world.treaty_kind[w, treaty] >= 0:
                name, strain = TREATIES[world.treaty_kind[w, treaty]], float(world.strain[w, treaty, nation])
                age = world.turn - int(world.treaty_since[w, treaty])
                yield Breach(world.turn + 1, world.axes.nations[nation], name, strain, age)


def _legacy(arena: Arena, final: World, w: int, game: int) -> Array:
    caretaker = [float(arena.level.weights[HEDGER][name]) for name in WEIGHTS]
    is_producer = np.array([arena.level.produces(nation) for nation in final.axes.nations])
    last = final.picked(slice(w, w + 1))
    return legacies(last, arena.calibration, arena.personalities, caretaker, is_producer, game, LEGACY_FUTURES)


def _counted(step: Step) -> Counts:
    """How many orders of each kind every nation gave in a turn, [W, N, kind]."""
    if step.orders is None:
        raise ValueError("the first step of a game has no orders")
    kind = step.orders.kind
    counted: Counts = (kind[..., None] == np.arange(len(KINDS))).sum(2)
    return counted


def lines(found: Contests) -> list[str]:
    """What the contests came to, as a table by personality and one by kind of order."""
    return [*_by_personality(found), "", *_by_order(found), "", *_by_treaty(found), "", *_costs(found)]


def _by_personality(found: Contests) -> list[str]:
    rows = [f"{'personality':18} {'seats':>5} {'score':>6} " + " ".join(f"{name:>11}" for name in PILLARS)]
    for name in sorted({name for name in found.names if name}):
        own = np.flatnonzero(np.array(found.names) == name)
        points = [np.mean([game.pillar[pillar][own].mean() for game in found.games]) for pillar in PILLARS]
        cells = " ".join(f"{value:11.1f}" for value in points)
        rows.append(f"{name:18} {len(own):5} {found.score[:, own].mean():6.1f} {cells}")
    return rows


def _by_order(found: Contests) -> list[str]:
    orders = found.orders[:, found.seats]
    winners, best = found.used_by_winners(), found.used_by_the_best()
    gain = found.gain()[found.seats]
    rows = [f"{'order':24} {'a game':>7} {'seats':>6} {'winners':>8} {'best tenth':>11} {'gain, median':>13}"]
    for code, kind in enumerate(KINDS):
        used = orders[..., code]
        if not used.any():
            rows.append(f"{kind:24} never given")
            continue
        seats = int((used.sum(0) > 0).sum())
        known = gain[:, code][~np.isnan(gain[:, code])]
        effect = f"{np.median(known):13.1f}" if len(known) else f"{'–':>13}"
        a_game = used.sum((1,)).mean()
        rows.append(f"{kind:24} {a_game:7.1f} {seats:6} {100 * winners[code]:7.0f}% {best[code]:11} {effect}")
    return rows


def _by_treaty(found: Contests) -> list[str]:
    """Treaties and clauses signed a game, breaches and how many of them the strain shown explains."""
    treaties = np.mean([game.treaties for game in found.games], axis=0)
    clauses = np.mean([game.clauses for game in found.games], axis=0)
    rows = [f"{'treaty':28} {'a game':>7}"]
    rows += [f"{name:28} {count:7.1f}" for name, count in zip(TREATIES, treaties, strict=True)]
    rows += ["", f"{'clause':28} {'a game':>7}"]
    rows += [f"{name:28} {count:7.1f}" for name, count in zip(CLAUSES, clauses, strict=True)]
    breaches = [breach for game in found.games for breach in game.breaches]
    explained = sum(breach.is_explained for breach in breaches)
    hasty = sum(breach.age < 2 for breach in breaches)
    rows.append(f"breaches: {len(breaches)}, explained by the strain shown {explained}, within two turns {hasty}")
    return rows


def _costs(found: Contests) -> list[str]:
    seconds = np.array([game.seconds for game in found.games])
    broke = sum(game.broke_turns for game in found.games)
    ruined = [f"{found.nations[n]} {broke[n]}" for n in np.flatnonzero(broke)]
    return [
        f"turns below the debt floor: {', '.join(ruined) or 'none'}",
        f"seconds a turn: median {np.median(seconds):.3f}, worst {seconds.max():.3f}",
    ]


def as_data(found: Contests) -> dict[str, object]:
    """The contests as plain data."""
    return {
        "level": found.level,
        "nations": list(found.nations),
        "personalities": list(found.names),
        "games": [
            {
                "game": game.game,
                "score": game.score.round(3).tolist(),
                "pillars": {name: value.round(3).tolist() for name, value in game.pillar.items()},
                "orders": {kind: game.orders[:, code].tolist() for code, kind in enumerate(KINDS)},
                "treaties": dict(zip(TREATIES, game.treaties.tolist(), strict=True)),
                "clauses": dict(zip(CLAUSES, game.clauses.tolist(), strict=True)),
                "breaches": [asdict(breach) for breach in game.breaches],
                "broke_turns": game.broke_turns.tolist(),
                "seconds": [round(value, 4) for value in game.seconds],
            }
            for game in found.games
        ],
    }
