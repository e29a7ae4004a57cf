"""Grades of the refined metal that reached the seat, against the grade that its makers need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.purity import high_purity_cover
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

FULL = 0.995


@dataclass(frozen=True)
class PurityModel:
    """Parts (0-1) of the metal used: of high purity, and needed so by makers who take no other. `tone` is bad where
    their output suffers, warn where they refine the rest further themselves, high where it is enough."""

    pure: float
    needed: float
    tone: str
    number: Number


def purity(scene: Scene, m: int) -> PurityModel | None:
    """The grades of a mineral; None where none of the seat's makers asks for one."""
    world, n, grades = scene.world, scene.nation, scene.baseline.purity
    if not grades.is_needed.shape[0] > m or not grades.is_needed[m].any():
        return None
    used = float(world.use_t[0, n, m].sum())
    cover = float(high_purity_cover(world, scene.calibration)[0, n, m])
    delivered = world.refined_flow_t[0, m, :, n]
    if used <= 0 or not np.isfinite(cover) or delivered.sum() <= 0:
        return None
    pure = float((delivered * grades.share[:, m]).sum() / delivered.sum())
    needed = min(float((world.need_t[0, n, m] * grades.is_needed[m]).sum()) / used, 1.0)
    met = float(world.high_purity_met_share[0, n, m])
    tone = "bad" if met < FULL else "warn" if pure < needed * FULL else "high"
    return PurityModel(pure, needed, tone, _number(scene, m, pure, needed, met, tone))


def _number(scene: Scene, m: int, pure: float, needed: float, met: float, tone: str) -> Number:
    axes, grades = scene.axes, scene.baseline.purity
    makers = ", ".join(
        _(scene.level.world.products[axes.products[k]].name) for k in np.flatnonzero(grades.is_needed[m])
    )
    outcome = {
        "bad": _("They could get {met} of it, and make less.", met=fmt.percent(met)),
        "warn": _("They refine the rest further themselves, as they did in 2024."),
        "high": _("There is enough."),
    }[tone]
    return field_number(
        pure, "share", ("high_purity_met_share", "high_purity_usual_share", "refined_flow_t"),
        title=_("Grades of {mineral}", mineral=scene.name(axes.minerals[m]).lower()),
        meaning=_("Part of the metal that reached you that is of high purity, by where it was refined. Makers of "
                  "{makers} take no other and need {needed} of what you use. {outcome}",
                  makers=makers, needed=fmt.percent(needed), outcome=outcome),
        text=_("{pure} pure, {needed} needed", pure=fmt.percent(pure), needed=fmt.percent(needed)),
        tone="text" if tone == "high" else tone,
    )  # fmt: skip
