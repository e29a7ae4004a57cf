"""How far the hindcast can be trusted: refits without an episode, draws from the published ranges, the default row.

    python -m game.batch.hindcast_proof [DRAWS] [FILE]

takes about a third of a second a draw (1,000 draws by default) and writes levels/_episodes/proof.json, which the
almanac shows. A refit is the best of the draws by the score on the other episodes, so that the episode left out has no
part in it whatever.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.batch.hindcast import EPISODES, Hindcast, default_row, direction_is_right, echo, hindcast, load_all
from game.batch.hindcast_check import Check
from game.content.episode import Episode
from game.content.episode_mineral import parameter_ranges, shared_parameters
from game.engine.baseline import Parameters
from game.engine.rng import stream

Array = NDArray[np.float64]

PROOF = EPISODES.with_name("proof.json")
DRAWS = 1000

# The constants of the price dynamics that were fitted; the rest was taken from the literature and left alone.
FITTED = (
    "current_price_weight",
    "normal_utilisation",
    "stock_elasticity",
    "spare_stock_elasticity",
    "fear_cover_months",
    "fear_persistence",
    "licence_fear",
    "leak_share",
    "leak_turns",
    "contagion",
    "expectation_speed",
    "substitution_speed",
    "investment_turns",
)
MISS = 0.12  # what a miss costs beside its distance, in logs
MONTHS_PER_LOG = 12.0  # months of timing that cost as much as a factor e in price
LOUD_ECHO = 0.45  # second peak over first, in logs, from which an echo costs


@dataclass(frozen=True)
class Draw:
    """One set of parameters with what it gave: score and hits of each episode [E]."""

    parameters: Parameters
    score: Array
    hits: NDArray[np.int64]


def drawn(seed: int, number: int) -> Parameters:
    """A set of parameters, the fitted ones uniform in their published ranges."""
    ranges, chance = parameter_ranges(), stream(seed, number, 0, "proof")
    values = {name: float(chance.uniform(*ranges[name])) for name in FITTED}
    return replace(shared_parameters(), **values)  # type: ignore[arg-type]


def distance(check: Check) -> float:
    """How far a check is outside its band, in logs of price or in years of timing."""
    if check.inside:
        return 0.0
    if check.metric.startswith("months_"):
        return max(check.low - check.model, check.model - check.high) / MONTHS_PER_LOG
    low, high, model = (np.log(max(value, 1e-3)) for value in (check.low, check.high, check.model))
    return float(max(low - model, model - high))


def scored(result: Hindcast) -> Array:
    """Score of each episode, small is good: distances outside the bands, misses, and loud echoes [E]."""
    scores = []
    for outcome in result.outcomes:
        own = result.of(outcome.episode.id)
        outside = sum(distance(check) + MISS * (not check.inside) for check in own)
        scores.append(outside + max(echo(outcome) - LOUD_ECHO, 0.0))
    return np.array(scores)


def hits(result: Hindcast) -> NDArray[np.int64]:
    """Checks inside for each episode [E]."""
    return np.array([sum(check.inside for check in result.of(o.episode.id)) for o in result.outcomes])


def draws(episodes: Sequence[Episode], count: int, seed: int = 1) -> list[Draw]:
    """Run the episodes with `count` sets of parameters from the published ranges."""
    found = []
    for number in range(count):
        parameters = drawn(seed, number)
        result = hindcast(episodes, parameters)
        found.append(Draw(parameters, scored(result), hits(result)))
    return found


def left_out(episodes: Sequence[Episode], tried: Sequence[Draw]) -> list[dict[str, Any]]:
    """Hits on each episode of the set that fits the others best."""
    score = np.stack([draw.score for draw in tried])  # [draws, E]
    rows = []
    for k, episode in enumerate(episodes):
        others = score.sum(1) - score[:, k]
        best = tried[int(others.argmin())]
        rows.append({"episode": episode.id, "inside": int(best.hits[k]), "of": checks_of(episode)})
    return rows


def checks_of(episode: Episode) -> int:
    """Number of checks of an episode."""
    from game.batch.hindcast_check import half_year_bands, known_metric

    return sum(map(known_metric, half_year_bands(episode)))


def proof(episodes: Sequence[Episode], count: int) -> dict[str, Any]:
    """Everything the almanac shows beside the score."""
    tried = draws(episodes, count)
    total = sum(map(checks_of, episodes))
    share = np.array([draw.hits.sum() / total for draw in tried])
    fitted, plain = hindcast(episodes), hindcast(episodes, row_of=default_row)
    without = left_out(episodes, tried)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "draws": count,
        "checks": total,
        "inside": fitted.hits,
        "left_out": without,
        "left_out_inside": sum(row["inside"] for row in without),
        "default_row_inside": plain.hits,
        "drawn_mean_share": round(float(share.mean()), 4),
        "drawn_low_share": round(float(np.percentile(share, 5)), 4),
        "drawn_high_share": round(float(np.percentile(share, 95)), 4),
        "direction_right": sum(map(direction_is_right, fitted.outcomes)),
        "echo": {o.episode.id: round(echo(o), 3) for o in fitted.outcomes},
    }


def main(arguments: list[str]) -> int:
    """Write the proof and print it."""
    count = int(arguments[0]) if arguments else DRAWS
    target = Path(arguments[1]) if len(arguments) > 1 else PROOF
    text = json.dumps(proof(load_all([]), count), indent=1)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
