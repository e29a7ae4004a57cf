"""How mines and refineries get their permits."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.acceptance import opening_licence
from game.engine.axes import MINE, REFINE, Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.climate import change_rules
from game.engine.permit import CONSENT, FAST, LATER_TURNS, REGIMES, STANDARD
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import choice_field
from game.rules.number import percent
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, alone, want
from game.text import _

Regime = Literal["standard", "fast", "consent"]
NAMES: dict[str, str] = {"standard": "Standard", "fast": "Fast track", "consent": "Consent first"}
SETTLED = 0.3  # of what one change of rules adds to risk: above, a nation leaves its rules alone


class SetPermitting(Order):
    """One regime for all new mines and refineries of the nation, until changed."""

    kind = "set_permitting"
    title = "Permitting regime"
    summary = (
        "Fast permits open sites sooner, and neighbours and courts close them more often; consent is slow and lasts."
    )
    lead = "sites decided from this turn on"
    icon = "permit"
    group = "resources"
    capital = 2.0
    needs = ()
    options = len(REGIMES)

    regime: Regime = choice_field("Permits", NAMES)

    def row(self, axes: Axes) -> Row:
        """The regime."""
        return Row(option=REGIMES.index(self.regime))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        regimes: tuple[Regime, ...] = ("standard", "fast", "consent")
        return cls(regime=regimes[row.option])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The regime would change."""
        changes: Flags = world.permitting[batch.w, batch.n] != batch.option
        return changes & (batch.option >= 0) & (batch.option < len(REGIMES))

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the regime; investors note that rules change."""
        world.permitting[batch.w, batch.n] = batch.option
        change_rules(world, calibration, batch.w, batch.n)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Who fears for supply and has ore hurries; stewards ask first; who has lost its neighbours slows down."""
        w = s.world
        sites = (w.capacity_t[..., MINE] + w.capacity_t[..., REFINE] > 0) | (w.reserves_t > 0)
        danger = (s.weight * np.maximum(s.main_share - 0.5, 0.0) * sites).max(2)
        lost = (np.maximum(opening_licence(s.baseline) - w.social_licence, 0.0) * sites).max(2) / 100.0
        lax = np.clip(1.0 - p.of("standards") / 3.0, 0.0, 1.0)
        keen = np.clip((p.of("standards") - 2.0) / 2.0, 0.0, 1.0)
        calm = w.country_risk_ln < SETTLED * s.calibration.parameters.rule_change_risk
        fast = want(p, "security")[..., 0] * lax * 2.0 * danger
        now = w.permitting
        score = np.stack(
            [
                4.0 * lost * (now == FAST) * (1.0 - keen),
                fast * (now == STANDARD) * (lost < 0.05),
                keen * sites.any(2) * (now != CONSENT),
            ],
            axis=2,
        )
        return alone(s, score * calm[..., None], option=np.arange(len(REGIMES)))

    def obstacles(self, view: NationView) -> list[Problem]:
        """No change."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        what = _("permits follow that regime already: {regime}", regime=_(NAMES[self.regime]).lower())
        return [self.problem("regime", what, _("choose another regime"))]

    def describe(self, view: NationView) -> str:
        """The regime, and what it does to time and odds."""
        later = int(LATER_TURNS[REGIMES.index(self.regime)])
        chance = percent(view.parameters.court_chance)
        if self.regime == "fast":
            message = "Fast-track permits: {turns} sooner, {chance} a turn that courts stop what was rushed"
            return _(message, turns=turns_text(-later), chance=chance)
        if self.regime == "consent":
            message = "Permits with the consent of neighbours: {turns} later, and sites that last"
            return _(message, turns=turns_text(later))
        return _("Standard permits: the time and the odds of 2024")

    def objects(self, view: NationView) -> list[str]:
        """Those who live beside sites, or those who wait to build."""
        if self.regime == "fast":
            return [_("those who live around the sites"), _("courts and environmental groups")]
        return [_("firms that wait to build")]
