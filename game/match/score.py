"""The score of a nation in a match: five pillars and their total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.ai.legacy import FUTURES, legacy
from game.engine.baseline import Flags
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
    found = pillars_so_far(match, nation)
    return whole(found | {"legacy": legacy_pillar(match, nation, futures)})


def pillars_so_far(match: Match, nation: str) -> dict[str, float]:
    """The pillars that the turns played decide: all but Legacy. Raises ValueError before the first turn."""
    n = match.axes.nation_index[nation]
    found = pillars(match.history, match.calibration, _producers(match))
    return {name: float(value[0, n]) for name, value in found.items()}


def legacy_pillar(match: Match, nation: str, futures: int = FUTURES) -> float:
    """What the nation leaves to a caretaker after the last resolved turn, in `futures` games played on."""
    calibration, n = match.calibration, match.axes.nation_index[nation]
    hedger = [float(match.level.weights[HEDGER][name]) for name in WEIGHTS]
    offers = compact_offers(match.offers(nation), match.axes)
    played = characters(match.level, calibration)
    return legacy(match.world, calibration, played, hedger, n, _producers(match), match.seed, offers, futures)


def whole(pillar: dict[str, float]) -> Score:
    """The score that pillars make."""
    return Score(pillar, float(total({name: np.array([value]) for name, value in pillar.items()})[0]))


def _producers(match: Match) -> Flags:
    return np.array([match.level.produces(iso3) for iso3 in match.axes.nations])


def score_lines(match: Match, nation: str, found: Score) -> list[str]:
    """The score in words, a pillar a line."""
    heading = _("Score of {nation} after {date}, 0-100", nation=match.name(nation), date=match.date)
    titles = {name: _(title) for name, title in TITLES.items()}
    rows = [(titles[name], value) for name, value in found.pillar.items()] + [(_("Total"), found.total)]
    return [heading, *(f"  {value:5.1f}  {title}" for title, value in rows)]
