"""The hindcast: historical episodes through the engine, model against observed.

Every episode is a small market with its own baseline and shock; all run side by side as minerals of one small world,
through the engine's own calibration, phases and clearing, with one set of parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from game.batch.hindcast_check import Check, Outcome, checks, known_metric, needed_turns, outcomes
from game.batch.hindcast_run import run
from game.content.episode import Episode, load_episodes
from game.content.episode_mineral import DEFAULT, MineralRow, mineral_row, shared_parameters
from game.engine.baseline import Parameters
from game.files import LEVELS
from game.text import _

EPISODES = LEVELS / "_episodes" / "episodes.yaml"
SHOWN_TURNS = 20  # ten years, so that an echo shows

RowOf = Callable[[str], MineralRow]


@dataclass(frozen=True)
class Hindcast:
    """What the model made of each episode, and every check."""

    outcomes: tuple[Outcome, ...]
    checks: tuple[Check, ...]

    @property
    def hits(self) -> int:
        """Checks inside their bands."""
        return sum(check.inside for check in self.checks)

    def of(self, episode: str) -> list[Check]:
        """The checks of one episode."""
        return [check for check in self.checks if check.episode == episode]


def load_all(files: Sequence[Path]) -> list[Episode]:
    """The episodes of the files, of the game's own file when none is given. Raises ProblemError."""
    return [episode for file in files or (EPISODES,) for episode in load_episodes(file)]


def hindcast(
    episodes: Sequence[Episode], parameters: Parameters | None = None, row_of: RowOf = mineral_row
) -> Hindcast:
    """Run the episodes with one set of parameters, the game's own by default."""
    rows = [row_of(episode.mineral) for episode in episodes]
    turns = max(needed_turns(episodes), SHOWN_TURNS)
    found = outcomes(episodes, run(episodes, rows, parameters or shared_parameters(), turns))
    return Hindcast(tuple(found), tuple(check for outcome in found for check in checks(outcome)))


def default_row(mineral: str) -> MineralRow:
    """The default row for every mineral; whether a metal is a by-product stays, as a fact about it."""
    return replace(DEFAULT, is_by_product=mineral_row(mineral).is_by_product)


def direction_is_right(outcome: Outcome) -> bool:
    """Whether the price moved the way it was observed to, or the accepted band holds no move at all."""
    if outcome.episode.observed.ratio is None:
        return True
    bands = [band for name, band in outcome.episode.accept.items() if name.endswith("_ratio")]
    if any(band.low <= 1.0 <= band.high for band in bands):
        return True
    return bool((outcome.price[outcome.extreme] > 1.0) == (outcome.episode.observed.ratio > 1.0))


def echo(outcome: Outcome) -> float:
    """Height of the second peak over the first in logs, 0 without one, over ten years."""
    path = np.log(outcome.price[1 : 1 + SHOWN_TURNS])
    if outcome.is_trough or path.max() <= np.log1p(0.1):
        return 0.0
    after = path[int(path.argmax()) :]
    rising = np.flatnonzero(np.diff(after) > 0)
    second = after[rising[0] :].max() if len(rising) else 0.0
    return float(max(second, 0.0) / path.max())


def table(result: Hindcast) -> str:
    """Model against observed band for every check, and the total line."""
    lines = [f"{_('episode'):24} {_('check'):44} {_('model'):>8}   {_('band'):>14}"]
    for check in result.checks:
        verdict = "" if check.inside else "  " + _("outside")
        band = f"[{_end(check.low)}, {_end(check.high)}]"
        lines.append(f"{check.episode:24} {check.metric:44} {check.model:8.3g}   {band:>14}{verdict}")
    for outcome in result.outcomes:
        unknown = [name for name in outcome.episode.accept if not known_metric(name)]
        if unknown:
            lines.append(_("{episode}: not compared: {names}", episode=outcome.episode.id, names=", ".join(unknown)))
    lines.append(total_line(result))
    return "\n".join(lines)


def _end(value: float) -> str:
    return f"{value:g}" if np.isfinite(value) else _("open")


def total_line(result: Hindcast) -> str:
    """How many checks are inside."""
    count = len(result.checks)
    share = 100.0 * result.hits / count if count else 0.0
    message = "{hits} of {count} checks inside their bands ({share:.0f} %)"
    return _(message, hits=result.hits, count=count, share=share)
