"""A stake in, or the takeover of, what foreign firms own of a mineral's sites."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import MINE, REFINE, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.climate import usual_ln
from game.engine.equity import Where, foreign_share, profit_usd_bn, take, worth_usd_bn
from game.engine.fields import PROGRAMME
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON
from game.rules.field import choice_field, mineral_field, number_field
from game.rules.number import money, percent
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_mineral
from game.text import _

Stage = Literal["mine", "refine"]
PAID_TURNS = 2
LEAST_OWNED = 0.01  # of a mineral's sites: less is not worth a law
CALM = 0.3  # of what one change of rules adds to risk: above, a nation leaves its rules alone
BOOM_LN = 0.3  # expected price over the ordinary one that makes every nation look at its mines


class TakeEquity(Order):
    """The state takes a share of what foreign firms own, for all of its worth, for a part of it, or for nothing."""

    kind = "take_equity"
    title = "Equity or takeover"
    summary = "Your treasury gets an owner's income; foreign owners lose theirs, and later investors charge you for it."
    lead = "income from this turn; investors remember it for eight turns"
    icon = "equity"
    group = "resources"
    capital = 3.0
    needs = ("mineral", "layer")

    mineral: str = mineral_field()
    stage: Stage = choice_field("Stage", {"mine": "Mining", "refine": "Refining"})
    share: float = number_field("Share of what foreign firms own", "share", 0.05, 1.0, 0.05, 0.25)
    compensation: float = number_field("Compensation, share of its worth", "share", 0.0, 1.0, 0.05, 1.0)

    def row(self, axes: Axes) -> Row:
        """Mineral, stage, compensation in percent, share."""
        stage = MINE if self.stage == "mine" else REFINE
        return Row(axes.mineral_index[self.mineral], stage, option=round(100 * self.compensation), size=self.share)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        stages: tuple[Stage, ...] = ("mine", "refine")
        mineral = axes.minerals[row.mineral]
        return cls(mineral=mineral, stage=stages[row.layer], share=row.size, compensation=row.option / 100)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Foreign firms own something of sites that exist."""
        where = _where(batch)
        owned = _owned(world, calibration, where) >= LEAST_OWNED
        bounded = (batch.size >= 0.05) & (batch.size <= 1) & (batch.option >= 0) & (batch.option <= 100)
        allowed: Flags = owned & bounded & (world.capacity_t[where] > 0)
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The envelope's part of the compensation, over two turns; the general budget pays the rest."""
        where = _where(batch)
        bought = worth_usd_bn(world, calibration)[where] * _owned(world, calibration, where) * batch.size
        paid = calibration.parameters.earmarked_royalty * bought * batch.option / 100
        outlays: Array = (np.arange(HORIZON) < PAID_TURNS) * (paid / PAID_TURNS)[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Promise the compensation and take the share."""
        promised = cls.outlays(world, calibration, batch)[:, : world.commitment_usd_bn.shape[-1]]
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind], : promised.shape[1]] += promised
        take(world, calibration, _where(batch), batch.size, batch.option / 100)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Those who live for revenue or leverage more than for their name, in a boom; nobody twice in a short time."""
        w, parameters = s.world, s.calibration.parameters
        greed = p.of("revenue") + p.of("leverage") - p.of("loyalty") - p.of("standing")
        keen = np.clip(greed / 4.0, 0.0, 1.0)[:, None]
        calm = (w.country_risk_ln < CALM * parameters.rule_change_risk)[..., None]
        owned = s.baseline.foreign_share[..., MINE].sum(1) * (1.0 - w.taken_share[..., MINE])
        income = parameters.earmarked_royalty * owned * profit_usd_bn(w, s.calibration)[..., MINE]
        prize = np.sqrt(np.clip(income / s.envelope_usd_bn[:, None], 0.0, 1.0)) * (owned >= LEAST_OWNED)
        boom = np.clip((w.expected_mine_ln - usual_ln(s.calibration)) / BOOM_LN, -0.5, 1.0)
        score = 1.6 * keen * calm * prize * (0.7 + boom)
        harsh = p.of("standing") + p.of("standards") <= 2
        return by_mineral(s, score, 0.5, layer=MINE, option=np.where(harsh, 0, 30)[None, :, None])

    def obstacles(self, view: NationView) -> list[Problem]:
        """No foreign owner, or no site."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        stage = {"mine": _("mines"), "refine": _("refineries")}[self.stage]
        what = _(
            "foreign firms own no {mineral} {stage} in {nation}",
            mineral=view.name(self.mineral),
            stage=stage,
            nation=view.name(view.iso3),
        )
        return [self.problem("mineral", what, _("choose a mineral and stage with foreign owners"))]

    def describe(self, view: NationView) -> str:
        """The share of all sites, and what is paid for it."""
        owned = float(_owned(view.world, view.calibration, _where(self.batch(view)))[0])
        usd_bn, _points = self.price(view)
        return _(
            "Take {part} of {mineral} {stage} from foreign owners against {compensation} of its worth ({cost})",
            part=percent(owned * self.share),
            mineral=view.name(self.mineral),
            stage={"mine": _("mines"), "refine": _("refineries")}[self.stage],
            compensation=percent(self.compensation),
            cost=money(usd_bn),
        )

    def objects(self, view: NationView) -> list[str]:
        """The owners, and those who would have invested."""
        m, stage = view.axes.mineral_index[self.mineral], MINE if self.stage == "mine" else REFINE
        owned = foreign_share(view.world, view.calibration)[0, view.nation, :, m, stage]
        owners = [int(o) for o in np.argsort(-owned)[:3] if owned[o] > 0]
        names = [(view.name(view.axes.nations[o]), percent(float(owned[o]))) for o in owners]
        named = [_("owners in {nation}, who hold {share}", nation=nation, share=share) for nation, share in names]
        return [*named, _("investors who were about to come")]


def _where(batch: Batch) -> Where:
    return batch.w, batch.n, batch.mineral, batch.layer


def _owned(world: World, calibration: Calibration, where: Where) -> Array:
    """Share of all sites of a mineral and stage that foreign firms still own, [A]."""
    _w, n, m, stage = where
    return np.asarray(calibration.baseline.foreign_share[n, :, m, stage].sum(-1) * (1.0 - world.taken_share[where]))
