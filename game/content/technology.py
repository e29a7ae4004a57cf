"""What nations know, how hard they work at it and how open they are, from the tables of a level."""

from __future__ import annotations

import numpy as np

from game.content.fold import Fold
from game.content.level import Level
from game.content.models.policy import KnowledgeRow
from game.engine.axes import TRACKS, Axes
from game.engine.technology import SUBSTITUTION, Technology


def build_technology(level: Level, axes: Axes, fold: Fold) -> Technology:
    """Return the start and the odds; without tables nothing is learnt.

    A nation's effort is the root of its research spending over the largest one's: twice the money finds 1.4 times as
    much. A folded group knows what its members know in the mean, by population.
    """
    world = level.world
    if not world.tracks or not world.knowledge:
        return Technology()
    nothing = KnowledgeRow(
        steps={}, research={"value": 0, "confidence": "estimate", "source": ""},
        openness={"value": 50, "confidence": "estimate", "source": ""}, confidence="estimate", source="",
    )  # fmt: skip
    rows = [world.knowledge.get(name, nothing) for name in fold.names]
    people = np.array([world.nations[name].population.value for name in fold.names])
    steps = np.array([[float(row.steps.get(track, 0)) for track in TRACKS] for row in rows])
    spent = fold.sums(
        np.array(
            [row.research.value * world.nations[name].gdp.value for name, row in zip(fold.names, rows, strict=True)]
        )
    )
    tracks = [world.tracks.get(track) for track in TRACKS]
    substitution = world.tracks.get(SUBSTITUTION)
    return Technology(
        start=np.floor(np.stack([fold.means(column, people) for column in steps.T], 1) + 0.5),
        effort=np.sqrt(spent / max(float(spent.max()), 1e-12)),
        openness=fold.means(np.array([row.openness.value for row in rows]), people),
        odds=np.array([row.odds if row else [0.0] * 5 for row in tracks]),
        effect=np.array([row.effect if row else 0.0 for row in tracks]),
        substitution_odds=np.array(substitution.odds if substitution else [0.0] * 5),
        saving=substitution.effect if substitution else 0.0,
        seabed_t=fold.table(world.seabed_ore, axes.minerals),
    )
