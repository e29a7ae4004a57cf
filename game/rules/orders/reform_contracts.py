"""Reform of how a government gives and keeps contracts."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.reform import MINING_POINTS, REFORM_TURNS, SCOPES, STATE_POINTS
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import choice_field
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, alone, want
from game.text import _

Scope = Literal["mining", "state"]
SCOPE_NAMES = {"mining": "Mining contracts", "state": "The whole state"}
CLEAN = 90.0  # integrity from which there is nothing to reform
FIRM_SUPPORT = 40.0  # under which a nation does not anger insiders of its own accord


class ReformContracts(Order):
    """Contracts, owners and payments made public, and offices given by merit, over six turns."""

    kind = "reform_contracts"
    title = "Clean-contracts reform"
    summary = (
        "Investors ask for less and communities trust more, turn by turn; insiders lose, and deals slow down meanwhile."
    )
    lead = "six turns, each a part"
    icon = "reform"
    group = "resources"
    capital = 2.0
    needs = ()
    options = len(SCOPES)

    scope: Scope = choice_field("Scope", SCOPE_NAMES)

    def row(self, axes: Axes) -> Row:
        """The scope."""
        return Row(option=SCOPES.index(self.scope))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        scopes: tuple[Scope, ...] = ("mining", "state")
        return cls(scope=scopes[row.option])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """No reform is under way, and there is something to reform."""
        at = (batch.w, batch.n)
        free: Flags = world.reform_until[at] <= world.turn
        return free & (world.integrity[at] < CLEAN) & (batch.option >= 0) & (batch.option < len(SCOPES))

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Begin the reform."""
        world.reform_until[batch.w, batch.n] = world.turn + REFORM_TURNS
        world.reform_scope[batch.w, batch.n] = batch.option

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Those who care for standards or standing and are not clean, while the public backs them."""
        w = s.world
        dirty = np.clip((60.0 - w.integrity) / 30.0, 0.0, 1.0)
        keen = (p.of("standards") + p.of("standing") - 2.0) / 6.0
        backed = np.clip((w.support - FIRM_SUPPORT) / 10.0, 0.0, 1.0)
        free = w.reform_until <= w.turn
        patient = want(p, "patience")[..., 0]
        whole = keen * dirty * backed * free * patient
        score = np.stack([whole * (w.support < 50.0), whole * (w.support >= 50.0)], axis=2)
        return alone(s, score, option=np.arange(len(SCOPES)))

    def obstacles(self, view: NationView) -> list[Problem]:
        """A reform under way, or nothing left to do."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        wait = int(view.world.reform_until[0, view.nation]) - view.world.turn
        if wait > 0:
            what = _("a reform is under way for {turns} more", turns=turns_text(wait))
            return [self.problem("scope", what, _("wait until it is through"))]
        what = _("{nation} keeps its contracts clean already", nation=view.name(view.iso3))
        return [self.problem("scope", what, _("nothing is missing here: spend the capital elsewhere"))]

    def describe(self, view: NationView) -> str:
        """Scope, and the integrity it will bring."""
        now = float(view.world.integrity[0, view.nation])
        rate = (STATE_POINTS if self.scope == "state" else MINING_POINTS) / 100.0
        then = 100.0 - (100.0 - now) * (1.0 - rate) ** REFORM_TURNS
        return _(
            "Clean-contracts reform ({scope}): integrity from {now:.0f} to about {then:.0f} in {turns}",
            scope=_(SCOPE_NAMES[self.scope]).lower(),
            now=now,
            then=then,
            turns=turns_text(REFORM_TURNS),
        )

    def objects(self, view: NationView) -> list[str]:
        """Insiders."""
        insiders = [_("insiders who live on contracts")]
        return [*insiders, _("officials who owe their posts to friends")] if self.scope == "state" else insiders

    def turns_until_effect(self, view: NationView) -> int:
        """The turns of the reform."""
        return REFORM_TURNS
