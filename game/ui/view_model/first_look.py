"""Where a player looks first: an importer at what it is most exposed in, a producer at what it makes most of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.measures import supplier_shares
from game.ui.view_model.lens import output_t
from game.ui.view_model.scene import Scene


@dataclass(frozen=True)
class Look:
    """A mineral, lens and stage that one looks at."""

    mineral: str
    lens: str
    stage: str


def first_look(scene: Scene) -> Look:
    """By the seat's role."""
    if scene.level.nation(scene.seat).role == "producer":
        return _made_most(scene)
    risks = exposures(scene)
    mineral = risks[0][0] if risks else scene.axes.minerals[0]
    return Look(mineral, "dependency", "refine")


def exposures(scene: Scene, least: float = 0.0) -> list[tuple[str, int, float]]:
    """Mineral, largest foreign supplier and its share of the refined metal delivered, by the value it sells."""
    world, n = scene.world, scene.nation
    found = []
    for m, mineral in enumerate(scene.axes.minerals):
        shares = supplier_shares(world, n, m)[0].copy()
        shares[n] = 0.0
        k = int(np.argmax(shares))
        value = float(world.refined_flow_t[0, m, k, n]) * float(scene.baseline.price_usd_per_t[m])
        if shares[k] >= least:
            found.append((value * float(shares[k]), (mineral, k, float(shares[k]))))
    return [row for _value, row in sorted(found, key=lambda pair: -pair[0])]


def _made_most(scene: Scene) -> Look:
    """The mineral and stage in which the seat's share of the world is largest."""
    best = (0.0, scene.axes.minerals[0], "mine")
    for stage in ("mine", "refine"):
        for m, mineral in enumerate(scene.axes.minerals):
            output = output_t(scene, m, stage)
            share = float(output[scene.nation]) / (float(output.sum()) or 1.0)
            best = max(best, (share, mineral, stage))
    return Look(best[1], "production", best[2])
