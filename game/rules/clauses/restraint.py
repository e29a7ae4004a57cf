"""What members may not do to each other's supply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.asking import NOBODY, Batch, partner_flags
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import choice_field
from game.rules.measure import MEASURE_STEP, NONE, QUOTA
from game.text import _

Scope = Literal["standstill", "no_discrimination", "notice"]
SCOPES: tuple[Scope, ...] = ("standstill", "no_discrimination", "notice")
STANDSTILL, NO_DISCRIMINATION, NOTICE = range(3)


class Restraint(Clause):
    """No new export measures towards members: none at all, none that single them out, or no sudden stops.

    Measures that held before stay. Without sudden stops, licences and taxes remain allowed, quotas and bans do not.
    """

    kind = "restraint"
    title = "Restraint"
    summary = "Buyers among the members need not fear a cut; sellers give up a weapon while it is in force."
    by = "each"
    binds = ("restrict_exports",)

    scope: Scope = choice_field(
        "No new measures",
        {
            "standstill": "None towards members",
            "no_discrimination": "None that name members",
            "notice": "No quotas or bans towards members",
        },
        default="no_discrimination",
    )

    def numbers(self, axes: Axes) -> Numbers:
        """The scope."""
        return Numbers(option=SCOPES.index(self.scope))

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The restraint."""
        return cls(scope=SCOPES[numbers.option])

    @classmethod
    def forbids(cls, world: World, rows: Rows, kind: str, batch: Batch) -> Flags:
        """New export measures that hit a member the scope protects."""
        measure = batch.option % MEASURE_STEP
        hit = partner_flags(batch, world.treaty_member.shape[2])
        found = np.zeros(len(batch), dtype=np.bool_)
        for scope, caught in (
            (STANDSTILL, measure != NONE),
            (NO_DISCRIMINATION, (measure != NONE) & (batch.partner != NOBODY)),
            (NOTICE, measure >= QUOTA),
        ):
            protects = rows.most(world, np.where(rows.option == scope, 1.0, 0.0)) > 0
            found |= caught & (protects[batch.w, batch.n] & hit).any(1)
        return found

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """None where an export measure of the treaty's own time names a member, whoever ordered it."""
        nations = world.treaty_member.shape[2]
        latest = np.full((world.size, nations, nations), -1.0)
        held = (np.isfinite(world.export_quota_t) | (world.export_tax > 0)) & (world.export_until >= world.turn)
        w, n, m, layer = np.nonzero(held)
        since = np.where(world.export_target[w, n, m, layer], world.export_since[w, n, m, layer][:, None], -1.0)
        np.maximum.at(latest, (w, n), since)
        first = world.treaty_since[rows.w, rows.p][:, None, None]
        broken = (rows.pairs(world) & (latest[rows.w] >= first)).any(2)
        return np.where(broken, 0.0, 1.0)

    def describe(self, name: Callable[[str], str]) -> str:
        """The scope."""
        return {
            "standstill": _("no new export measures towards members"),
            "no_discrimination": _("no export measures that name members"),
            "notice": _("no quotas or bans on exports to members"),
        }[self.scope]
