"""The score of a nation in a match: five pillars and their total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.ai.legacy import FUTURES, legacy
from game.engine.measures.score import pillars, total
from game.match.match import Match
from game.match.offer import compact_offers
from game.match.seat import characters
from game.rules.personality import HEDGER, WEIGHTS
from game.text import _

TITLES = {
    "security": "Security",
    "prosperity": "Prosperity",
    "standing": "Standing",
    "stewardship": "Stewardship",
    "legacy": "Legacy",
}


@dataclass(frozen=True)
class Score:
    """Pillars of 0 to 100 by name, and their weighted geometric mean."""

    pillar: dict[str, float]
    total: float


def score(match: Match, nation: str, *, futures: int = FUTURES) -> Score:
    """The score of a nation after the last resolved turn. Legacy plays `futures` games on, which takes seconds.

    Raises ValueError before the first turn.
    """
    calibration, n = match.calibration, match.axes.nation_index[nation]
    is_producer = np.array([match.level.produces(iso3) for iso3 in match.axes.nations])
    found = {name: value[:, n] for name, value in pillars(match.history, calibration, is_producer).items()}
    hedger = [float(match.level.weights[HEDGER][name]) for name in WEIGHTS]
    offers = compact_offers(match.offers(nation), match.axes)
    played = characters(match.level, calibration)
    left = legacy(match.world, calibration, played, hedger, n, is_producer, match.seed, offers, futures)
    found["legacy"] = np.array([left])
    return Score({name: float(value[0]) for name, value in found.items()}, float(total(found)[0]))


def score_lines(match: Match, nation: str, found: Score) -> list[str]:
    """The score in words, a pillar a line."""
    heading = _("Score of {nation} after {date}, 0-100", nation=match.name(nation), date=match.date)
    titles = {name: _(title) for name, title in TITLES.items()}
    rows = [(titles[name], value) for name, value in found.pillar.items()] + [(_("Total"), found.total)]
    return [heading, *(f"  {value:5.1f}  {title}" for title, value in rows)]
