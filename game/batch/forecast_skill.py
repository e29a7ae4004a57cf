"""How good the fans are: prices that came against the bands forecast for them, over games that differ in chance alone.

The truth is a game in which everybody acts by habit but the seat, which gives no order: what a fan assumes. Each game
is forecast once, from what its seat believes, by the same futures that a player is shown. Two figures a mineral: the
share of games whose price came inside the 80 % band (calibration), and the mean pinball loss of the percentiles of a
fan, in log price, against that of a random walk with the mineral's historic volatility (skill; Gneiting 2011, "Making
and evaluating point forecasts", Journal of the American Statistical Association 106).

Run by hand: python -m game.batch.forecast_skill LEVEL SEAT GAMES [TURN]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from game.ai.habit import habit_policy
from game.batch.simulate import Arena, played
from game.content.load import load_level
from game.engine.axes import TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.rng import derived_seed
from game.engine.turn import Keys
from game.forecast import FAN_FUTURES, FAN_TURNS, PERCENTILES, Outset, band, batches, fan_steps, seen_from
from game.text import _

SEED = 1
START_TURN = 4


@dataclass(frozen=True)
class Skill:
    """Prices that came and what was forecast for them, natural logs relative to 2024, after `turns` turns.

    `percentile` and `walk` hold the percentiles of PERCENTILES of a fan and of the random walk.
    """

    minerals: tuple[str, ...]
    came_ln: Array  # [G, M]
    percentile: Array  # [P, G, M]
    walk: Array  # [P, G, M]

    @property
    def inside(self) -> Array:
        """Share of games inside the 80 % band, [M]."""
        return np.asarray(((self.came_ln >= self.percentile[0]) & (self.came_ln <= self.percentile[-1])).mean(0))

    @property
    def loss(self) -> Array:
        """Mean pinball loss of the fans, [M]."""
        return pinball_loss(self.percentile, self.came_ln).mean((0, 1))

    @property
    def walk_loss(self) -> Array:
        """Mean pinball loss of the random walk, [M]."""
        return pinball_loss(self.walk, self.came_ln).mean((0, 1))


def forecast_skill(
    arena: Arena, seat: str, games: int, *, start: int = START_TURN, turns: int = FAN_TURNS, futures: int = FAN_FUTURES
) -> Skill:
    """Forecast `games` games at turn `start`, `turns` ahead, and compare with what came."""
    parts = [_forecast(arena, seat, range(rows.start, rows.stop), start, turns, futures) for rows in batches(games, 16)]
    now, came, percentile = (np.concatenate(part, axis=-2) for part in zip(*parts, strict=True))
    return Skill(arena.calibration.axes.minerals, came, percentile, random_walk(arena, now, turns))


def _forecast(
    arena: Arena, seat: str, games: range, start: int, turns: int, futures: int
) -> tuple[Array, Array, Array]:
    """Log prices of some games when they are forecast [G, M], when they came, and the percentiles of the fans."""
    calibration = arena.calibration
    nation = calibration.axes.nation_index[seat]
    worlds = [step.world for step in played(arena, Keys(SEED, tuple(games)), start + turns, idle=(seat,))]
    policy = habit_policy(arena.personalities)
    now, came = worlds[start].headline_ln, worlds[-1].headline_ln
    percentile = np.empty((len(PERCENTILES), *came.shape))
    for row, game in enumerate(games):
        past = [world.picked(slice(row, row + 1)) for world in worlds[: start + 1]]
        believed = seen_from(past, calibration, nation)
        outset = Outset(believed, nation, derived_seed(SEED, f"fan/{game}", start))
        *_earlier, last = fan_steps(outset, calibration, policy, [()], range(futures), turns)
        percentile[:, row] = band(last["headline_ln"][0])
    return now, came, percentile


def random_walk(arena: Arena, price_ln: Array, turns: int) -> Array:
    """Percentiles of log prices that walk at random from `price_ln` [G, M] at historic volatility, [P, G, M]."""
    deviation = arena.calibration.baseline.price_volatility * np.sqrt(turns / TURNS_PER_YEAR)
    score = np.array([NormalDist().inv_cdf(percent / 100.0) for percent in PERCENTILES])
    return np.asarray(price_ln + score[:, None, None] * deviation)


def pinball_loss(percentile: Array, came: Array) -> Array:
    """Pinball loss of each percentile [P, G, M] against what came [G, M]."""
    level = np.array(PERCENTILES)[:, None, None] / 100.0
    gap = came - percentile
    return np.asarray(np.maximum(level * gap, (level - 1.0) * gap))


def summary(skill: Skill) -> str:
    """The figures by mineral and over all, as a table."""
    lines = [
        _("{games} games; share inside the 80 % band, pinball loss of the fan and of a random walk",
          games=len(skill.came_ln)),
        f"{_('mineral'):16} {_('inside'):>8} {_('fan'):>8} {_('walk'):>8} {_('ratio'):>8}",
    ]  # fmt: skip
    rows = [*zip(skill.minerals, skill.inside, skill.loss, skill.walk_loss, strict=True)]
    rows.append((_("all"), skill.inside.mean(), skill.loss.mean(), skill.walk_loss.mean()))
    for name, inside, loss, walk in rows:
        lines.append(f"{name:16} {inside:8.1%} {loss:8.4f} {walk:8.4f} {loss / walk:8.2f}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print the table for a level, a seat and a number of games, forecast at a turn."""
    level, seat, games, *start = arguments
    skill = forecast_skill(Arena(load_level(level)), seat, int(games), start=int(start[0]) if start else START_TURN)
    sys.stdout.write(summary(skill) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
