"""Steps that calm a rivalry: a hotline, a pause of one's own measures, a joint statement, a mediator."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.fields import FIELD, SUPPORT
from game.engine.postings import post_at, post_trust
from game.engine.tension import LEAST_TENSION
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.field import choice_field, nation_field
from game.rules.orders._base import LEAST_STANDING, Order
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_partner, want
from game.text import _

Way = Literal["hotline", "pause", "statement", "mediator"]
WAYS: tuple[Way, ...] = ("hotline", "pause", "statement", "mediator")
HOTLINE, PAUSE, STATEMENT, MEDIATOR = range(4)

CALMED = np.array([5.0, 12.0, 8.0, 15.0])  # points of tension on both sides
HAWKS = np.array([0.0, -1.5, -0.5, -1.0])  # points of support at home
STATEMENT_TRUST = 30.0  # of the target, or it signs no statement
MEDIATOR_TRUST = 50.0  # that both sides have in a third
HEALED_SHARE = 0.2  # of the trust lost that has not healed
GOODWILL = 1.0  # points of trust on both sides
CALMED_FEAR = 0.2  # share of their makers' fear that both sides lose


class Deescalate(Order):
    """The stronger the step, the more it asks: own measures lifted, some trust left, a third whom both trust."""

    kind = "deescalate"
    title = "De-escalate"
    summary = "Insurers, traders and makers on both sides breathe again; hawks at home call it weakness."
    lead = "this turn"
    icon = "handshake"
    group = "statecraft"
    needs = ("partner",)
    options = 4

    target: str = nation_field("With")
    way: Way = choice_field(
        "Step",
        {
            "hotline": "Hotline",
            "pause": "Pause your measures",
            "statement": "Joint statement",
            "mediator": "Mediator",
        },
        "hotline",
    )

    def row(self, axes: Axes) -> Row:
        """Target, way."""
        return Row(partner=axes.nation_index[self.target], option=WAYS.index(self.way))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(target=axes.nations[row.partner], way=WAYS[row.option])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is tension or lost trust between two governments, and what the step needs."""
        at, back = (batch.w, batch.n, batch.partner), (batch.w, batch.partner, batch.n)
        tense = np.maximum(world.tension[at], world.tension[back]) >= LEAST_TENSION
        tense |= (world.trust_scar[back] < 0) | (world.trust_scar[at] < 0)
        needs = np.choose(
            np.clip(batch.option, 0, MEDIATOR),
            [
                np.ones(len(batch), dtype=np.bool_),
                _measures(world, batch),
                world.trust[back] >= STATEMENT_TRUST,
                mediator(world, batch) >= 0,
            ],
        )
        rest = world.axes.rest_of_world
        allowed: Flags = tense & needs & (batch.partner != batch.n) & (batch.partner != (-1 if rest is None else rest))
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Lower the tension of both sides, mend some trust, calm their makers; hawks at home are displeased."""
        at, back = (batch.w, batch.n, batch.partner), (batch.w, batch.partner, batch.n)
        for pair in (at, back):
            np.subtract.at(world.tension, pair, CALMED[batch.option])
        np.maximum(world.tension, 0.0, out=world.tension)
        mended = np.zeros_like(world.trust)
        for pair in (at, back):
            np.add.at(mended, pair, GOODWILL - HEALED_SHARE * world.trust_scar[pair])
        for pair in (at, back):
            world.trust_scar[pair] *= 1.0 - HEALED_SHARE
        post_trust(world, "deescalated", mended)
        post_at(world, SUPPORT, cls.kind, (batch.w, batch.n), HAWKS[batch.option])
        for nation in (batch.n, batch.partner):
            world.feared_share[batch.w, nation] *= 1.0 - CALMED_FEAR
        _pause(world, batch.picked(batch.option == PAUSE))

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Who cares for standing talks when tension is high, by the strongest step there is."""
        w = s.world
        tension = np.maximum(w.tension, w.tension.swapaxes(1, 2))
        scar = -np.minimum(w.trust_scar, 0.0).swapaxes(1, 2)
        dove = np.maximum(want(p, "standing") - 0.5 * np.asarray(p.keenness)[None, :, None], 0.0)
        score = dove * (tension / 40.0 + scar / 40.0) * (tension + scar > 5.0)
        statement = w.trust.swapaxes(1, 2) >= STATEMENT_TRUST
        return by_partner(s, score, option=np.where(statement, STATEMENT, HOTLINE))

    def obstacles(self, view: NationView) -> list[Problem]:
        """Nothing to calm, or what the step needs is missing."""
        batch = self.batch(view)
        names = {"nation": view.name(self.target)}
        if self.target in (view.iso3, "ROW"):
            what = _("{nation} cannot be the other side", **names)
            return [self.problem("target", what, _("choose another nation with a government of its own"))]
        if self.allowed(view.world, view.calibration, batch)[0]:
            return []
        missing = {
            "pause": (_("you have no measure against {nation} to pause", **names), _("choose another step")),
            "statement": (
                _("{nation} trusts you too little to sign a statement", **names),
                _("begin with a hotline, or find a mediator"),
            ),
            "mediator": (
                _("there is no nation that both you and {nation} trust", **names),
                _("win the trust of a third that {nation} trusts, or begin with a hotline", **names),
            ),
        }
        calm = (_("there is no tension with {nation} to talk down", **names), _("keep the political capital"))
        tense = Deescalate(target=self.target).allowed(view.world, view.calibration, self._hotline(view))[0]
        what, hint = missing.get(self.way, calm) if tense else calm
        return [self.problem("way" if tense else "target", what, hint)]

    def describe(self, view: NationView) -> str:
        """The step and how much it calms."""
        message = {
            "hotline": "A hotline with {nation}: tension −{points:.0f}",
            "pause": "Pause all own measures against {nation}: tension −{points:.0f}",
            "statement": "A joint statement with {nation}: tension −{points:.0f}",
            "mediator": "Mediation with {nation}: tension −{points:.0f}",
        }[self.way]
        return _(message, nation=view.name(self.target), points=CALMED[WAYS.index(self.way)])

    def objects(self, view: NationView) -> list[str]:
        """Hawks, where there is something to dislike."""
        return [_("hawks at home")] if HAWKS[WAYS.index(self.way)] < 0 else []

    def _hotline(self, view: NationView) -> Batch:
        return Batch.of(view.nation, Row(partner=view.axes.nation_index[self.target], option=HOTLINE))


def mediator(world: World, batch: Batch) -> Index:
    """A third nation that both sides trust and that has a name, the most trusted first; -1 for none, [A]."""
    trusted = np.minimum(world.trust[batch.w, batch.n], world.trust[batch.w, batch.partner])
    fit = (trusted >= MEDIATOR_TRUST) & (world.standing[batch.w] >= LEAST_STANDING)
    place = np.arange(len(batch))
    fit[place, batch.n] = fit[place, batch.partner] = False
    if world.axes.rest_of_world is not None:
        fit[:, world.axes.rest_of_world] = False
    best = np.where(fit, trusted, -1.0).argmax(1)
    return np.where(fit[place, best], best, -1)


def _measures(world: World, batch: Batch) -> Flags:
    """Whether the nation has a sanction on the target or an export measure that names it, [A]."""
    named = world.export_target[batch.w, batch.n, :, :, batch.partner] & (
        world.export_until[batch.w, batch.n] > world.turn
    )
    sanctions = world.sanction_rate[batch.w, batch.n, batch.partner] > 0
    found: Flags = named.any((1, 2)) | sanctions
    return found


def _pause(world: World, batch: Batch) -> None:
    """Take the target off one's own measures; a measure that names nobody any more is over."""
    w, n, target = batch.w, batch.n, batch.partner
    world.sanction_rate[w, n, target] = 0.0
    world.export_target[w, n, :, :, target] = False
    row, mineral, layer = np.nonzero(~world.export_target[w, n].any(-1))
    at = (w[row], n[row], mineral, layer)
    world.export_until[at] = FIELD["export_until"].default
    world.export_quota_t[at] = FIELD["export_quota_t"].default
    world.export_tax[at] = FIELD["export_tax"].default
