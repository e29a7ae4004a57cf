"""What becomes of resource income: saved, given to communities, built with, or spent."""

from __future__ import annotations

from typing import Self

import numpy as np

from game.engine.acceptance import dug_usd_bn, opening_licence
from game.engine.axes import TURNS_PER_YEAR, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.climate import usual_ln
from game.engine.revenue import general_income_usd_bn
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.field import number_field
from game.rules.number import money, percent
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, alone, want
from game.text import _

STEP = 0.05
STEPS = round(1 / STEP)
SAME = STEP / 10  # smaller differences of a share are none
GREAT_STAKE = 0.01  # of GDP: yearly value of ore from which a nation takes full interest in the split
TOO_FAR = 0.15  # from what a nation wants, all shares together, before it touches the split
WEAK_SUPPORT = 35.0  # below it a government that lives on revenue spends all of it


class SplitRevenue(Order):
    """Shares of the resource income of the general budget; what is left over is spent as it comes."""

    kind = "split_revenue"
    title = "Revenue split"
    summary = (
        "Saving, sharing and building bring calm that lasts; today's voters get less, and count on what you once gave."
    )
    lead = "this turn, until changed"
    icon = "split"
    group = "resources"
    needs = ()

    fund: float = number_field("Saved in a fund", "share", 0.0, 1.0, STEP, 0.2)
    communities: float = number_field("For communities around the sites", "share", 0.0, 1.0, STEP, 0.2)
    infrastructure: float = number_field("For roads, power and water", "share", 0.0, 1.0, STEP, 0.2)

    def row(self, axes: Axes) -> Row:
        """The three shares in one number, in steps of 5 %."""
        steps = [np.asarray(round(share / STEP)) for share in (self.fund, self.communities, self.infrastructure)]
        return Row(option=int(_code(*steps)))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        fund, communities, infrastructure = (round(int(step) * STEP, 2) for step in _steps(np.asarray(row.option)))
        return cls(fund=fund, communities=communities, infrastructure=infrastructure)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is ore to have income from, the shares do not exceed the whole, and the split would change."""
        fund, communities, infrastructure = _steps(batch.option)
        digs = world.mined_t[batch.w, batch.n].sum(-1) > 0
        fits = (fund <= STEPS) & (fund + communities + infrastructure <= STEPS) & (batch.option >= 0)
        allowed: Flags = digs & fits & (cls._distance(world, batch) > SAME)
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the shares."""
        for name, step in zip(("fund", "community", "infrastructure"), _steps(batch.option), strict=True):
            world.arrays[f"{name}_share"][batch.w, batch.n] = STEP * step

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """The patient save in booms, stewards share, upgraders build, and who is about to fall spends."""
        w, b = s.world, s.baseline
        dug = w.mined_t * b.ore_price_usd_per_t
        stake = np.sqrt(np.clip(dug_usd_bn(w, s.calibration) * TURNS_PER_YEAR / b.gdp_usd_bn / GREAT_STAKE, 0.0, 1.0))
        above = ratio((dug * (w.expected_mine_ln - usual_ln(s.calibration))).sum(2), dug.sum(2))
        lost = np.maximum(ratio((dug * (opening_licence(b) - w.social_licence)).sum(2), dug.sum(2)), 0.0)
        fund = 0.05 * p.of("patience") * (0.6 + np.clip(above / 0.3, -0.5, 1.0))
        shared = 0.05 * p.of("standards") + 0.01 * lost
        built = np.broadcast_to(0.04 * p.of("value_added"), fund.shape)
        spends = (w.support < WEAK_SUPPORT) & (p.of("revenue") >= 3)
        steps = [np.asarray(np.round(np.where(spends, 0.0, x) / STEP), dtype=np.int64) for x in (fund, shared, built)]
        option = _code(*(np.minimum(step, STEPS // 3) for step in steps))
        now = (w.fund_share, w.community_share, w.infrastructure_share)
        far = sum(np.abs(STEP * step - share) for step, share in zip(_steps(option), now, strict=True))
        score = (want(p, "patience")[..., 0] * stake * np.clip((far - TOO_FAR) / 0.3, 0.0, 1.0))[..., None]
        return alone(s, np.asarray(score), option=option[..., None])

    def obstacles(self, view: NationView) -> list[Problem]:
        """No income, more than the whole, or no change."""
        batch = self.batch(view)
        if self.allowed(view.world, view.calibration, batch)[0]:
            return []
        if not view.world.mined_t[0, view.nation].sum() > 0:
            what = _("{nation} digs nothing and has no resource income", nation=view.name(view.iso3))
            return [self.problem("", what, _("open a mine first"))]
        total = self.fund + self.communities + self.infrastructure
        if total > 1 + SAME:
            what = _("the shares add up to {total}", total=percent(total))
            return [self.problem("fund", what, _("lower one of them: together they are at most 100%"))]
        return [self.problem("fund", _("income is split like that already"), _("choose other shares"))]

    def describe(self, view: NationView) -> str:
        """The shares, and the income they are shares of."""
        income = float(general_income_usd_bn(view.world, view.calibration)[0, view.nation])
        return _(
            "Resource income of {income} a turn: {fund} saved, {communities} to communities, {built} built, rest spent",
            fund=percent(self.fund),
            communities=percent(self.communities),
            built=percent(self.infrastructure),
            income=money(income),
        )

    def objects(self, view: NationView) -> list[str]:
        """Whoever gets less than now."""
        world, n = view.world, view.nation
        now = [float(world.arrays[name][0, n]) for name in ("fund_share", "community_share", "infrastructure_share")]
        new = [self.fund, self.communities, self.infrastructure]
        names = [_("savers"), _("communities around the sites"), _("builders")]
        less = [name for name, was, is_now in zip(names, now, new, strict=True) if is_now < was - SAME]
        return [*less, _("those who live on public spending")] if sum(new) > sum(now) + SAME else less

    @classmethod
    def _distance(cls, world: World, batch: Batch) -> Array:
        """How far the split asked for is from the one in force, all shares together, [A]."""
        fund, communities, infrastructure = (STEP * step for step in _steps(batch.option))
        at = (batch.w, batch.n)
        far = np.abs(fund - world.fund_share[at]) + np.abs(communities - world.community_share[at])
        return np.asarray(far + np.abs(infrastructure - world.infrastructure_share[at]))


def _code(fund: Index, communities: Index, infrastructure: Index) -> Index:
    """Three shares, counted in steps, as one number."""
    return np.asarray((fund * (STEPS + 1) + communities) * (STEPS + 1) + infrastructure)


def _steps(code: Index) -> tuple[Index, Index, Index]:
    rest, infrastructure = np.divmod(code, STEPS + 1)
    fund, communities = np.divmod(rest, STEPS + 1)
    return fund, communities, infrastructure
