"""Does the world behave? Headless games of one level judged by their prices and by what must always hold.

    python -m game.batch.acceptance [LEVEL] [SEEDS] [TURNS]

prints a line for each mineral and what fails.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.batch.simulate import Arena, played
from game.content.load import load_level
from game.engine.axes import TURNS_PER_YEAR
from game.engine.baseline import Baseline
from game.engine.ledger import check
from game.engine.turn import Keys

Array = NDArray[np.float64]

MEDIAN_BAND = (0.4, 3.0)  # of the last price over the first, median over minerals
OUTER_BAND = (0.1, 10.0)  # of any price over its first, but for a single turn
VOLATILITY_FACTOR = 1.5
MINERALS_WITHIN = 0.8  # of the minerals


@dataclass(frozen=True)
class Acceptance:
    """Prices of many games and what the ledger said."""

    baseline: Baseline
    headline_ln: Array  # [games, turns + 1, M]
    broken: tuple[str, ...]

    @property
    def median_ratio(self) -> Array:
        """Last price over the first, median over minerals [games]."""
        ratio: Array = np.median(np.exp(self.headline_ln[:, -1]), axis=1)
        return ratio

    @property
    def outside(self) -> NDArray[np.bool_]:
        """Whether a price left the outer band two turns running [games, M]."""
        low, high = np.log(OUTER_BAND)
        out = (self.headline_ln < low) | (self.headline_ln > high)
        twice: NDArray[np.bool_] = (out[:, 1:] & out[:, :-1]).any(1)
        return twice

    @property
    def deviation(self) -> Array:
        """Deviation of 12-month log price changes, root mean square over games [M]."""
        change = self.headline_ln[:, TURNS_PER_YEAR:] - self.headline_ln[:, :-TURNS_PER_YEAR]
        spread: Array = np.sqrt((change.std(axis=1) ** 2).mean(0))
        return spread

    @property
    def volatility_ratio(self) -> Array:
        """The deviation over the published one [M]."""
        return self.deviation / self.baseline.price_volatility

    def failures(self) -> list[str]:
        """What is not as it should be, in words."""
        found = list(self.broken)
        low, high = MEDIAN_BAND
        wrong = np.flatnonzero((self.median_ratio < low) | (self.median_ratio > high))
        found += [f"game {g}: median of last over first price is {self.median_ratio[g]:.2f}" for g in wrong]
        minerals = self.baseline.axes.minerals
        found += [f"game {g}: {minerals[m]} left {OUTER_BAND} two turns running" for g, m in np.argwhere(self.outside)]
        within = np.abs(np.log(self.volatility_ratio)) <= np.log(VOLATILITY_FACTOR)
        if within.mean() < MINERALS_WITHIN:
            found.append(
                f"volatility is within a factor {VOLATILITY_FACTOR} for {within.sum()} of {len(within)} minerals"
            )
        return found

    def table(self) -> str:
        """One line for each mineral, then what fails."""
        lines = [
            f"{'':15} {'published':>9} {'here':>6} {'ratio':>6}   last price over first: least median most   extremes"
        ]
        for m, name in enumerate(self.baseline.axes.minerals):
            last, path = np.exp(self.headline_ln[:, -1, m]), np.exp(self.headline_ln[:, :, m])
            lines.append(
                f"{name:15} {self.baseline.price_volatility[m]:9.2f} {self.deviation[m]:6.2f} "
                f"{self.volatility_ratio[m]:6.2f} {last.min():28.2f} {np.median(last):6.2f} {last.max():4.2f} "
                f"{path.min():8.2f} – {path.max():.2f}"
            )
        lines.append(
            f"median over minerals of last over first: {self.median_ratio.min():.2f} – {self.median_ratio.max():.2f}"
        )
        return "\n".join([*lines, *(self.failures() or ["all as it should be"])])


def accepted(arena: Arena, seeds: range, turns: int) -> Acceptance:
    """Play one game for each seed and keep its prices and every broken invariant."""
    paths, broken = [], []
    for seed in seeds:
        path = []
        for step in played(arena, Keys(seed, (0,)), turns):
            path.append(step.world.headline_ln[0].copy())
            if step.ordered is not None:
                found = check(step.ordered, step.world, arena.calibration)
                broken += [f"seed {seed}, turn {step.world.turn}: {problem}" for problem in found]
        paths.append(np.stack(path))
    return Acceptance(arena.calibration.baseline, np.stack(paths), tuple(broken))


def main(arguments: list[str]) -> int:
    """Print the table of a level and return 1 when something fails."""
    name, seeds, turns = [*arguments, *("long_arc", "20", "30")[len(arguments) :]]
    result = accepted(Arena(load_level(name)), range(1, 1 + int(seeds)), int(turns))
    print(result.table())
    return 1 if result.failures() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
