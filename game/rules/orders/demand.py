"""A demand with a deadline, backed by a threat."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import LAYERS, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.postings import post_trust
from game.engine.pressure import DROP_DUTIES, LIFT_MEASURE, RESTRICT, exposure, withheld, yield_odds
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import choice_field, layer_field, mineral_field, nation_field, number_field
from game.rules.number import percent
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_mineral, together
from game.text import _

Concession = Literal["lift_measure", "drop_duties"]
Threat = Literal["restrict_exports", "sanction"]
CONCESSIONS: tuple[Concession, ...] = ("lift_measure", "drop_duties")
THREATS: tuple[Threat, ...] = ("restrict_exports", "sanction")
LAYER_NAMES: tuple[Literal["ore", "refined"], ...] = ("ore", "refined")

PRESSED_TRUST = -3.0  # of the target, for being threatened at all
PRESSED_TENSION = 8.0
LEAST_CREDIBILITY = 20.0  # below, nobody listens
SHORTEST, LONGEST = 1, 3
_THREAT_STEP, _TURNS_STEP = 2, 4  # the compact form holds concession, threat and turns in one number


class Demand(Order):
    """One demand at a time. It is granted when the target does as asked by its turn; else carry the threat out."""

    kind = "demand"
    title = "Press a demand"
    summary = "You win a concession if they need you more; they resent it, and a called bluff ruins your next threat."
    lead = "answered within one to three turns"
    icon = "alert"
    group = "statecraft"
    capital = 2.0
    needs = ("mineral", "layer", "partner")

    target: str = nation_field("Of")
    concession: Concession = choice_field(
        "Concession", {"lift_measure": "Lift its export measure", "drop_duties": "Drop its duties on us"}
    )
    mineral: str = mineral_field()
    layer: Literal["ore", "refined"] = layer_field()
    threat: Threat = choice_field(
        "Or else", {"restrict_exports": "We restrict exports to it", "sanction": "We sanction it"}
    )
    turns: int = number_field("Within", "turns", SHORTEST, LONGEST, 1, 2)

    def row(self, axes: Axes) -> Row:
        """Mineral, layer, target; concession, threat and turns in one number."""
        option = CONCESSIONS.index(self.concession) + _THREAT_STEP * THREATS.index(self.threat)
        mineral, target = axes.mineral_index[self.mineral], axes.nation_index[self.target]
        return Row(mineral, LAYERS.index(self.layer), target, option + _TURNS_STEP * self.turns)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(
            target=axes.nations[row.partner],
            concession=CONCESSIONS[row.option % _THREAT_STEP],
            mineral=axes.minerals[row.mineral],
            layer=LAYER_NAMES[row.layer],
            threat=THREATS[row.option % _TURNS_STEP // _THREAT_STEP],
            turns=row.option // _TURNS_STEP,
        )

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Something is withheld that could be granted, the threat would hurt, and no other demand is open."""
        turns = batch.option // _TURNS_STEP
        fits = (turns >= SHORTEST) & (turns <= LONGEST) & (batch.partner != batch.n)
        fits &= world.demand_target[batch.w, batch.n] < 0
        fits &= world.credibility[batch.w, batch.n] >= LEAST_CREDIBILITY
        fits &= _withheld(world, batch) & (_hurt(world, calibration, batch) > 0)
        allowed: Flags = fits
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """The demand is on the table, and the target takes it ill."""
        at = (batch.w, batch.n)
        _write(world, batch)
        world.demand_due[at] = world.turn + 1 + batch.option // _TURNS_STEP
        lost = np.zeros_like(world.trust)
        np.add.at(lost, (batch.w, batch.partner, batch.n), PRESSED_TRUST)
        post_trust(world, "pressed", lost)
        pair = (batch.w, batch.partner, batch.n)
        world.tension[pair] = np.minimum(world.tension[pair] + PRESSED_TENSION, 100.0)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Those keen on leverage press whoever restricts what they use, or taxes what they sell, and needs them."""
        w = s.world
        held = (np.isfinite(w.export_quota_t) | (w.export_tax > 0)) & (w.export_until > w.turn + 1)
        hit = (w.export_target & held[..., None]).transpose(0, 4, 2, 3, 1)  # [W, victim, M, L, seller]
        needed = (s.need_share.T[None, :, None, :] * s.foreign_share).sum(1)  # [W, seller, buyer]
        taxed = np.asarray(w.import_tariff > 0).transpose(0, 2, 3, 1)  # [W, M, L, buyer]
        sold = s.foreign_share.transpose(0, 2, 1, 3)[:, :, :, None] * taxed[:, None]  # [W, seller, M, L, buyer]
        keen = np.asarray(p.keenness)[None, :, None] * (w.credibility / 60.0)[..., None]
        lift = _pressed(s, hit * needed[:, :, None, None], 4.0 * keen * s.weight, LIFT_MEASURE)
        drop = _pressed(s, sold * needed[:, :, None, None], 4.0 * keen * s.market_weight, DROP_DUTIES)
        return together(lift, drop)

    def obstacles(self, view: NationView) -> list[Problem]:
        """A demand is open, nothing is withheld, the threat is empty, or nobody believes it."""
        batch = self.batch(view)
        names = {"nation": view.name(self.target), "mineral": view.name(self.mineral)}
        if self.target in (view.iso3, "ROW"):
            what = _("nothing can be demanded of {nation}", **names)
            return [self.problem("target", what, _("choose another nation with a government of its own"))]
        if view.world.demand_target[0, view.nation] >= 0:
            return [self.problem("", _("your last demand is still open"), _("wait until its turn is over"))]
        if view.world.credibility[0, view.nation] < LEAST_CREDIBILITY:
            what = _("after your last bluff nobody listens")
            return [self.problem("", what, _("keep your word until threats are believed again"))]
        if not _withheld(view.world, batch)[0]:
            what = _("{nation} holds nothing back in {mineral} that it could grant", **names)
            hint = _("a demand needs an export measure that names you, or duties on what you sell")
            return [self.problem("mineral", what, hint)]
        if _hurt(view.world, view.calibration, batch)[0] <= 0:
            what = _("the threat would not hurt {nation}", **names)
            return [self.problem("threat", what, _("threaten with what it buys from you, or sells to you"))]
        return []

    def describe(self, view: NationView) -> str:
        """What, of whom, by when, and the odds."""
        batch = self.batch(view)
        threat = np.array([THREATS.index(self.threat)])
        odds = float(yield_odds(view.world, view.calibration, batch.w, batch.n, batch.partner, threat)[0])
        message = {
            ("lift_measure", "restrict_exports"): (
                "Demand of {nation} to lift its measure on {mineral} within {turns}, or exports to it are restricted:"
                " {odds} that it yields"
            ),
            ("lift_measure", "sanction"): (
                "Demand of {nation} to lift its measure on {mineral} within {turns}, or it is sanctioned:"
                " {odds} that it yields"
            ),
            ("drop_duties", "restrict_exports"): (
                "Demand of {nation} to drop its duties on {mineral} within {turns}, or exports to it are restricted:"
                " {odds} that it yields"
            ),
            ("drop_duties", "sanction"): (
                "Demand of {nation} to drop its duties on {mineral} within {turns}, or it is sanctioned:"
                " {odds} that it yields"
            ),
        }[self.concession, self.threat]
        names = {"nation": view.name(self.target), "mineral": view.name(self.mineral)}
        return _(message, turns=turns_text(self.turns), odds=percent(odds), **names)

    def objects(self, view: NationView) -> list[str]:
        """The target, and those at home whom the threat would cost."""
        home = {
            "restrict_exports": _("your exporters, whose sales are the threat"),
            "sanction": _("your importers, who would pay"),
        }
        return [_("{nation}, who resents it", nation=view.name(self.target)), home[self.threat]]

    def turns_until_effect(self, view: NationView) -> int:
        """The deadline."""
        return self.turns


def _write(world: World, batch: Batch) -> None:
    """Put the demands on the table."""
    at = (batch.w, batch.n)
    world.demand_target[at] = batch.partner
    world.demand_mineral[at], world.demand_layer[at] = batch.mineral, batch.layer
    world.demand_concession[at] = batch.option % _THREAT_STEP
    world.demand_threat[at] = batch.option % _TURNS_STEP // _THREAT_STEP


def _withheld(world: World, batch: Batch) -> Flags:
    """Whether there is anything to grant, [A]."""
    concession = batch.option % _THREAT_STEP
    return withheld(world, batch.w, batch.n, batch.partner, batch.mineral, batch.layer, concession)


def _hurt(world: World, calibration: Calibration, batch: Batch) -> Array:
    """Points the target would lose by the threat, [A]."""
    supply, sales = exposure(world, calibration, batch.w, batch.n, batch.partner)
    return np.where(batch.option % _TURNS_STEP // _THREAT_STEP == RESTRICT, supply, sales)


def _pressed(s: Situation, worth: Array, weight: Array, concession: int) -> Wishes:
    """For each mineral the layer and the target of most worth [W, N, M, L, target]: concede, or exports are cut."""
    flat = worth.reshape(*worth.shape[:3], -1)
    best = flat.argmax(3)
    layer, target = np.divmod(best, worth.shape[-1])
    score = weight * np.take_along_axis(flat, best[..., None], 3)[..., 0]
    option = concession + _THREAT_STEP * RESTRICT + _TURNS_STEP * 2
    return by_mineral(s, score, layer=layer, partner=target, option=option)
