"""Looking into what others do not show, and into what one's own supply would bear."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import PROGRAMME
from game.engine.purse import envelope_usd_bn
from game.engine.stress import stressed_industry
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON
from game.rules.field import choice_field, nation_field
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_partner, want
from game.text import _

Subject = Literal["supplier", "country", "stress"]
SUBJECTS = ("supplier", "country", "stress")
SUPPLIER, COUNTRY, STRESS = range(3)
NAMES = {
    "supplier": "Its stockpiles and purchases",
    "country": "Risk in the country",
    "stress": "Stress test: it stops selling",
}
COST_USD_BN = 0.02
MOST_ENVELOPE_SHARE = 0.1  # of a small state's envelope that the same work costs at most
KNOWN_TURNS = 6
HEAVY_SHARE = 0.4  # of a mineral from one supplier, from which a nation looks into it


class Audit(Order):
    """Experts for a turn: what they find in another nation stays known for six turns, a stress test until the next."""

    kind = "audit"
    title = "Audit and foresight"
    summary = (
        "You learn what a supplier hides or your makers cannot bear; your purse pays, and you may have to act on it."
    )
    lead = "known from the next turn for six turns"
    icon = "audit"
    group = "statecraft"
    needs = ("partner",)
    options = len(SUBJECTS)

    partner: str = nation_field("Nation")
    subject: Subject = choice_field("Looked into", NAMES)

    def row(self, axes: Axes) -> Row:
        """Partner, subject."""
        return Row(partner=axes.nation_index[self.partner], option=SUBJECTS.index(self.subject))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        subjects: tuple[Subject, ...] = ("supplier", "country", "stress")
        return cls(partner=axes.nations[row.partner], subject=subjects[row.option])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Another nation, and nothing that is known already."""
        pair = (batch.w, batch.n, batch.partner)
        stock = (batch.option == SUPPLIER) & (world.stock_audit_until[pair] > world.turn + 1)
        country = (batch.option == COUNTRY) & (world.country_audit_until[pair] > world.turn + 1)
        known = (batch.option >= 0) & (batch.option < len(SUBJECTS))
        return np.asarray((batch.partner >= 0) & (batch.partner != batch.n) & known & ~stock & ~country)

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The experts, this turn."""
        cost = np.minimum(COST_USD_BN, MOST_ENVELOPE_SHARE * envelope_usd_bn(calibration)[batch.n])
        return np.asarray((np.arange(HORIZON) < 1) * cost[:, None], dtype=np.float64)

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Note until when what is known, or what the test says."""
        cost = cls.outlays(world, calibration, batch)[:, 0]
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind], 0] += cost
        for subject, field in ((SUPPLIER, "stock_audit_until"), (COUNTRY, "country_audit_until")):
            chosen = batch.picked(batch.option == subject)
            world.arrays[field][chosen.w, chosen.n, chosen.partner] = world.turn + KNOWN_TURNS
        tested = batch.picked(batch.option == STRESS)
        if len(tested):
            found = stressed_industry(world, calibration, tested.w, tested.n, tested.partner)
            world.stress_partner[tested.w, tested.n] = tested.partner
            world.stressed_industry[tested.w, tested.n] = found

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Who hangs on one supplier looks into its stockpiles; the careful look into the country too."""
        w = s.world
        heavy = (s.weight.T[None, :, None] * np.maximum(s.foreign_share - HEAVY_SHARE, 0.0)).max(1)  # [W, O, D]
        heavy = heavy.swapaxes(1, 2)  # [W, buyer, supplier]
        careful = (p.of("patience") >= 4)[:, None]
        country = careful & (w.stock_audit_until > w.turn + 1)
        known = np.where(country, w.country_audit_until, w.stock_audit_until) > w.turn + 1
        score = 2.5 * want(p, "security") * heavy * ~known
        return by_partner(s, np.asarray(score), option=np.where(country, COUNTRY, SUPPLIER))

    def obstacles(self, view: NationView) -> list[Problem]:
        """Oneself, or what is known."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        if self.partner == view.iso3:
            return [self.problem("partner", _("your own state is known to you"), _("choose another nation"))]
        what = _("what {nation} hides there is known to you still", nation=view.name(self.partner))
        return [self.problem("subject", what, _("look into something else, or wait until it is out of date"))]

    def describe(self, view: NationView) -> str:
        """What is looked into; for a test, what the last one found."""
        name = view.name(self.partner)
        if self.subject == "supplier":
            return _("Audit of stockpiles and purchases of {nation}, known for {turns}", nation=name, turns=_known())
        if self.subject == "country":
            return _("Audit of risk in {nation}, known for {turns}", nation=name, turns=_known())
        partner, found = int(view.world.stress_partner[0, view.nation]), view.world.stressed_industry[0, view.nation]
        if partner != view.axes.nation_index[self.partner]:
            return _(
                "Stress test: what if {nation} stops selling at once (while it is queued, the fan shows that)",
                nation=name,
            )
        return _(
            "Stress test: what if {nation} stops selling at once (industry last found: {industry:.1f})",
            nation=name,
            industry=float(found),
        )

    def objects(self, view: NationView) -> list[str]:
        """The one looked into."""
        if self.subject == "stress":
            return [_("those who would have to act on it")]
        return [_("{nation}, which would rather not be looked into", nation=view.name(self.partner))]

    def turns_until_effect(self, view: NationView) -> int:
        """What is found is known when the turn is over."""
        return 1


def _known() -> str:
    return turns_text(KNOWN_TURNS)
