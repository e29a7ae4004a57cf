"""A round in which deposits of a mineral are licensed to those who will mine them."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import MINE, TURNS_PER_YEAR, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.climate import change_rules
from game.engine.deposits import (
    BILATERAL,
    BONUS_SHARE,
    INTEGRITY_POINTS,
    METHODS,
    OPEN,
    ROUND_TURNS,
    STANDARDS,
    STATE,
    STATE_PART,
    TENDER_TURNS,
    Where,
    capital_usd_bn,
    offered_t,
    raise_standards,
)
from game.engine.fields import PIPELINE_TURNS, PROGRAMME
from game.engine.permit import later_turns, record_at
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON
from game.rules.field import choice_field, mineral_field
from game.rules.number import mass, money
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.site_wish import appetite
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_mineral, want
from game.text import _

Method = Literal["open", "bilateral", "state"]
Standard = Literal["basic", "good", "best"]
METHOD_NAMES = {"open": "Open tender", "bilateral": "Bilateral deal", "state": "State firm"}
ROOMY = 0.1  # of the world's mines: ore for so much more leaves enough for all who build besides
LEAST_PROMISE_LN = -0.2  # expected price over the long-run one below which bids may fail
LEAST_INTEGRITY = 20.0  # under which even a rentier goes to tender: nobody would pay a bonus in the dark
STANDARD_NAMES = {"basic": "Basic", "good": "Good", "best": "Best"}


class LicenseDeposits(Order):
    """Firms bid for deposits by what they expect to earn; a state firm shares the cost and keeps that part."""

    kind = "license_deposits"
    title = "Licensing round"
    summary = (
        "An open tender is slower and fair; a bilateral deal brings cash now, and honest firms and integrity lose."
    )
    lead = "bonus this turn; mines after the lead time of a new site"
    icon = "license"
    group = "resources"

    mineral: str = mineral_field()
    method: Method = choice_field("Given by", METHOD_NAMES, default="open")
    standards: Standard = choice_field("Standards for water, waste and work", STANDARD_NAMES, default="good")

    def row(self, axes: Axes) -> Row:
        """Mineral, method and standards in one number."""
        option = METHODS.index(self.method) * len(STANDARDS) + STANDARDS.index(self.standards)
        return Row(axes.mineral_index[self.mineral], option=option)

    options = len(METHODS) * len(STANDARDS)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        methods: tuple[Method, ...] = ("open", "bilateral", "state")
        standards: tuple[Standard, ...] = ("basic", "good", "best")
        method, standard = divmod(row.option, len(STANDARDS))
        return cls(mineral=axes.minerals[row.mineral], method=methods[method], standards=standards[standard])

    @classmethod
    def round_t(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Capacity that a round would bring, t per turn, [A]."""
        method, standard = np.divmod(batch.option, len(STANDARDS))
        return offered_t(world, calibration, _where(batch), method, standard)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There are deposits of their own, not licensed lately, and somebody bids."""
        known = (batch.option >= 0) & (batch.option < cls.options)
        if not known.all():
            result = np.zeros(len(batch), dtype=np.bool_)
            result[known] = cls.allowed(world, calibration, batch.picked(known))
            return result
        rested = world.license_until[_where(batch)] <= world.turn
        hosted = calibration.baseline.is_by_product[batch.mineral]
        allowed: Flags = rested & ~hosted & (cls.round_t(world, calibration, batch) > 0)
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The bonus comes in at once; a state firm pays its part over the turns of construction."""
        capital = capital_usd_bn(world, calibration, _where(batch), cls.round_t(world, calibration, batch))
        method = batch.option // len(STANDARDS)
        turns = cls._turns(world, calibration, batch)
        paid = np.where(method == STATE, STATE_PART * capital, 0.0) / turns
        outlays = (np.arange(HORIZON) < turns[:, None]) * paid[:, None]
        outlays[:, 0] -= calibration.parameters.earmarked_royalty * BONUS_SHARE[method] * capital
        return np.asarray(outlays)

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Put the mines into the pipeline, promise bonus and outlays, and let method and standards count."""
        where, turns = _where(batch), cls._turns(world, calibration, batch)
        tonnes, outlays = cls.round_t(world, calibration, batch), cls.outlays(world, calibration, batch)
        method, standard = np.divmod(batch.option, len(STANDARDS))
        promised = outlays[:, : world.commitment_usd_bn.shape[-1]]
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind], : promised.shape[1]] += promised
        world.pipeline_t[(*where, MINE, turns)] += tonnes
        record_at(world, where, MINE, tonnes)
        raise_standards(world, where, tonnes, standard)
        clean = world.integrity[batch.w, batch.n] + INTEGRITY_POINTS[method]
        world.integrity[batch.w, batch.n] = np.clip(clean, 0.0, 100.0)
        world.license_until[where] = world.turn + ROUND_TURNS
        bilateral = method == BILATERAL
        change_rules(world, calibration, batch.w[bilateral], batch.n[bilateral])

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Open deposits where the world has room: stewards by tender, rentiers for cash, upgraders by themselves."""
        w, b = s.world, s.baseline
        room = appetite(s, MINE, b.mine_lead)[0]
        ahead = w.capacity_t[..., MINE] + w.pipeline_t[..., MINE, :].sum(-1)
        spare = np.minimum(w.reserves_t / s.calibration.parameters.expansion_reserve_turns, 1e15) - ahead
        whole = w.capacity_t[..., MINE].sum(1, keepdims=True)
        worth = (spare > ROOMY * whole) & (w.expected_mine_ln - s.calibration.long_run_ln > LEAST_PROMISE_LN)
        keen = np.maximum(want(p, "revenue"), want(p, "price"))
        rested = w.license_until <= w.turn
        running = (w.license_until > w.turn).sum(2, keepdims=True)
        score = 1.2 * keen * np.sqrt(s.market_weight) * worth * room * rested * ~b.is_by_product / (1.0 + 2.0 * running)
        grabs = (p.of("revenue") >= 4) & (p.of("standards") <= 1) & (w.integrity > LEAST_INTEGRITY)
        owns = (p.of("value_added") >= 4) & (p.of("leverage") >= 3) & ~grabs
        method = np.where(grabs, BILATERAL, np.where(owns, STATE, OPEN))
        standard = np.clip(p.of("standards"), 0.0, 4.0).astype(np.int64) // 2
        return by_mineral(s, score, option=(method * len(STANDARDS) + standard)[..., None])

    def obstacles(self, view: NationView) -> list[Problem]:
        """A by-product, a round of late, or nobody bids."""
        batch = self.batch(view)
        if self.allowed(view.world, view.calibration, batch)[0]:
            return []
        m = view.axes.mineral_index[self.mineral]
        names = {"nation": view.name(view.iso3), "mineral": view.name(self.mineral)}
        if view.baseline.is_by_product[m]:
            what = _("{mineral} is dug with other ores and has no deposits to license", **names)
            return [self.problem("mineral", what, _("license the metal it is dug with"))]
        wait = int(view.world.license_until[0, view.nation, m]) - view.world.turn
        if wait > 0:
            what = _("deposits of {mineral} were licensed of late", **names)
            return [self.problem("mineral", what, _("the next round can be held in {turns}", turns=turns_text(wait)))]
        what = _("nobody would bid for {mineral} in {nation}", **names)
        return [
            self.problem("mineral", what, _("it takes ore in the ground, a good price, and rules that are trusted"))
        ]

    def describe(self, view: NationView) -> str:
        """Capacity, date, bonus."""
        tonnes = float(self.round_t(view.world, view.calibration, self.batch(view))[0]) * TURNS_PER_YEAR
        usd_bn, _points = self.price(view)
        told = _("{bonus} now", bonus=money(-usd_bn)) if usd_bn <= 0 else _("{cost} of state money", cost=money(usd_bn))
        return _(
            "{method} for {mineral}: {size} a year, open in {turns}, {told}",
            method=_(METHOD_NAMES[self.method]),
            mineral=view.name(self.mineral),
            size=mass(tonnes),
            turns=turns_text(self.turns_until_effect(view)),
            told=told,
        )

    def objects(self, view: NationView) -> list[str]:
        """Who loses by the method and the standards."""
        against = {
            "open": _("firms that hoped for a private deal"),
            "bilateral": _("firms that were not asked, and those who watch corruption"),
            "state": _("private miners"),
        }
        neighbours = [_("those who live around the deposits")] if self.standards == "basic" else []
        return [*neighbours, against[self.method]]

    def turns_until_effect(self, view: NationView) -> int:
        """The lead time of a new mine."""
        return int(self._turns(view.world, view.calibration, self.batch(view))[0])

    @classmethod
    def _turns(cls, world: World, calibration: Calibration, batch: Batch) -> Index:
        tender = np.where(batch.option // len(STANDARDS) == OPEN, TENDER_TURNS, 0)
        turns = calibration.baseline.mine_lead[batch.mineral] + tender + later_turns(world)[batch.w, batch.n]
        return np.asarray(np.clip(turns, 1, PIPELINE_TURNS - 1))


def _where(batch: Batch) -> Where:
    return batch.w, batch.n, batch.mineral
