"""Money and experts for a partner's government, surveys, schools or environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np

from game.engine.aid import FULL_GDP_SHARE, arriving_share
from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import AID_FORMS, PROGRAMME
from game.engine.postings import post_trust
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, choice_field, nation_field
from game.rules.number import money, percent, two_digits
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_partner, free_cash, want
from game.text import _

Form = Literal["governance", "geology", "skills", "environment"]
FORM_NAMES = {
    "governance": "Government and law",
    "geology": "Geological surveys",
    "skills": "Schools and training",
    "environment": "Water, waste and land",
}
AID_TURNS = 6
SHOWS_AFTER = 3
TRUST_POINTS = 8.0  # of the partner, for more aid than it can use
RICH_RATIO = 1.5  # of income a head: a nation gives to those who have less than it by so much
LEAST_STANDING = 2.0  # weight of standing or loyalty from which a nation gives


class GiveAid(Order):
    """A programme of six turns for one partner in one field."""

    kind = "give_aid"
    title = "Aid and capacity"
    summary = (
        "Builds a better and friendlier partner, slowly; your taxpayers pay, and part leaks where integrity is low."
    )
    lead = "paid from this turn for six turns; shows after about three"
    icon = "aid"
    group = "statecraft"
    needs = ("partner",)
    options = len(AID_FORMS)

    partner: str = nation_field("To")
    form: Form = choice_field("For", FORM_NAMES)
    size_usd_bn: float = amount_field("Aid", "US$ bn a turn")

    def row(self, axes: Axes) -> Row:
        """Partner, form, size."""
        return Row(partner=axes.nation_index[self.partner], option=AID_FORMS.index(self.form), size=self.size_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        forms: tuple[Form, ...] = ("governance", "geology", "skills", "environment")
        return cls(partner=axes.nations[row.partner], form=forms[row.option], size_usd_bn=row.size)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The partner is another nation with a government."""
        rest = world.axes.rest_of_world
        allowed: Flags = (batch.partner >= 0) & (batch.partner != batch.n) & (batch.size > 0)
        known = (batch.option >= 0) & (batch.option < len(AID_FORMS))
        allowed &= known & (batch.partner != (-1 if rest is None else rest))
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The same every turn of the programme."""
        outlays: Array = (np.arange(HORIZON) < AID_TURNS) * batch.size[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Promise the programme; the partner's trust rises at once by what it means to it."""
        each = np.repeat(batch.size[:, None], AID_TURNS, axis=1)
        np.add.at(world.aid_usd_bn[..., :AID_TURNS], (batch.w, batch.partner, batch.option), each)
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind], :AID_TURNS] += each
        gdp = calibration.baseline.gdp_usd_bn[batch.partner]
        trust = np.zeros_like(world.trust)
        trust[batch.w, batch.partner, batch.n] = -TRUST_POINTS * np.expm1(-batch.size / (FULL_GDP_SHARE * gdp))
        post_trust(world, "aid", trust)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """The rich who care for standing give to poorer nations whose ore they use, for what is weakest there."""
        w, b = s.world, s.baseline
        income = b.gdp_usd_bn / np.maximum(b.population_m, 1e-9)
        poorer = income[:, None] > RICH_RATIO * income[None, :]
        dug = ratio(w.mined_t, w.mined_t.sum(1, keepdims=True))
        stake = np.sqrt((s.weight[:, None] * dug[:, None]).max(3))  # [W, giver, receiver]
        keen = np.clip((np.maximum(p.of("standing"), p.of("standards")) - LEAST_STANDING) / 3.0, 0.0, 1.0)[:, None]
        use = 0.5 * FULL_GDP_SHARE * b.gdp_usd_bn[None, None]
        size = np.minimum(use, 0.1 * free_cash(s))
        running = w.aid_usd_bn.sum((2, 3)) / (FULL_GDP_SHARE * b.gdp_usd_bn)
        fresh = 1.0 / (1.0 + 2.0 * running)[:, None]
        giving = w.commitment_usd_bn[:, :, PROGRAMME[cls.kind]].sum(2) / s.envelope_usd_bn
        means = np.clip(size / use, 0.0, 1.0) / (1.0 + 4.0 * giving)[..., None]
        score = 1.3 * keen * poorer * stake * fresh * means * (size > 0.2 * use)
        weak = np.stack([w.integrity, 45.0 + 0.0 * w.integrity, 50.0 + 0.0 * w.integrity, w.environment.mean(2)], 2)
        form = weak.argmin(2)[:, None]
        return by_partner(s, want(p, "patience") * score, size, option=form)

    def obstacles(self, view: NationView) -> list[Problem]:
        """A partner that cannot take aid."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        if self.partner == view.iso3:
            what = _("{nation} cannot give aid to itself", nation=view.name(view.iso3))
        else:
            what = _("{nation} has no government to work with", nation=view.name(self.partner))
        return [self.problem("partner", what, _("choose another nation"))]

    def describe(self, view: NationView) -> str:
        """Partner, size and what leaks."""
        arrives = float(arriving_share(view.world)[0, view.axes.nation_index[self.partner]])
        return _(
            "Aid to {partner} for {form}: {size} a turn for {turns}, of which {leaks} leaks",
            partner=view.name(self.partner),
            form=_(FORM_NAMES[self.form]).lower(),
            size=money(self.size_usd_bn),
            turns=turns_text(AID_TURNS),
            leaks=percent(1.0 - arrives),
        )

    def objects(self, view: NationView) -> list[str]:
        """Taxpayers."""
        return [_("taxpayers")]

    def turns_until_effect(self, view: NationView) -> int:
        """Aid works by and by."""
        return SHOWS_AFTER

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to what the treasury bears; what the partner can use is proposed, or half of what can be paid."""
        if name != "size_usd_bn" or given.get("partner") not in view.axes.nation_index:
            return None
        partner = view.axes.nation_index[given["partner"]]
        unit = Batch.of(view.nation, Row(partner=partner, size=1.0))
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        most = float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0])
        use = FULL_GDP_SHARE * float(view.baseline.gdp_usd_bn[partner])
        return two_digits(most / 1000), two_digits(most), two_digits(min(use, most / 2))
