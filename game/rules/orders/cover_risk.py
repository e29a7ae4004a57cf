"""Insurance by the state for what its firms own, or would build, in risky countries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.climate import governance
from game.engine.cover_claim import covered_usd_bn
from game.engine.fields import PROGRAMME
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row, partner_code, partner_flags, partners_of
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, nations_field, number_field
from game.rules.number import money, percent, two_digits
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, alone, free_cash, want
from game.text import _

LEAST_PERCENT, MOST_PERCENT = 10, 90
LEAST_TURNS, MOST_TURNS = 2, 20
_TURNS_STEP = 128  # the compact form holds the part covered below and the turns above this

WISHED_HOSTS, WISHED_PERCENT, WISHED_TURNS = 3, 80, 8
RESERVE_ENVELOPES, PURSE_CASH_SHARE = 0.6, 0.25


class CoverRisk(Order):
    """New cover replaces the old; the reserve is set aside now and what is left of it comes back at the end."""

    kind = "cover_risk"
    title = "Risk cover"
    summary = "Your firms build where they would not, and hosts gain sites; taxpayers stand for what goes wrong there."
    lead = "this turn, for years"
    icon = "cover"
    group = "industry"
    needs = ()

    hosts: tuple[str, ...] = nations_field("In", "everywhere abroad")
    percent: int = number_field("Part of losses covered", "%", LEAST_PERCENT, MOST_PERCENT, 10, WISHED_PERCENT)
    reserve_usd_bn: float = amount_field("Reserve for claims", "US$ bn")
    turns: int = number_field("Holds for", "turns", LEAST_TURNS, MOST_TURNS, 1, WISHED_TURNS)

    def row(self, axes: Axes) -> Row:
        """Hosts, part covered and turns in one number, reserve."""
        positions = tuple(axes.nation_index[host] for host in self.hosts)
        option = self.percent + _TURNS_STEP * self.turns
        return Row(partner=partner_code(positions), option=option, size=self.reserve_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of; hosts in the order of the axes."""
        turns, part = divmod(row.option, _TURNS_STEP)
        hosts = tuple(axes.nations[position] for position in partners_of(row.partner))
        return cls(hosts=hosts, percent=part, reserve_usd_bn=row.size, turns=turns)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Hosts are named, oneself not among them, and the terms are within bounds."""
        part, turns = _terms(batch)
        bounded = (part >= LEAST_PERCENT) & (part <= MOST_PERCENT) & (turns >= LEAST_TURNS) & (turns <= MOST_TURNS)
        named = partner_flags(batch, len(world.axes.nations)).any(axis=-1) & ~_names_itself(batch)
        allowed: Flags = (batch.size > 0) & bounded & named
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The reserve, now."""
        outlays: Array = (np.arange(HORIZON) == 0) * batch.size[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Name the hosts and set the reserve aside."""
        part, turns = _terms(batch)
        at = (batch.w, batch.n)
        world.cover_share[at] = partner_flags(batch, len(world.axes.nations)) * part[:, None] / 100
        world.cover_until[at] = world.turn + turns
        world.cover_reserve_usd_bn[at] += batch.size
        world.commitment_usd_bn[(*at, PROGRAMME[cls.kind], 0)] += batch.size

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Cover the few badly governed nations whose ore one's own makers live by."""
        w, base = s.world, s.baseline
        known = np.where(np.isfinite(w.reserves_t), w.reserves_t, 0.0) * base.ore_price_usd_per_t
        held = ratio(w.mined_t, w.mined_t.sum(1, keepdims=True)) + ratio(known, known.sum(1, keepdims=True))
        badly = (1.0 - governance(w, s.calibration)) ** 2
        gain = np.matmul(np.broadcast_to(s.weight, held.shape), held.swapaxes(1, 2)) * badly[:, None]
        others = np.arange(gain.shape[1])
        gain[:, others, others] = 0.0
        if w.axes.rest_of_world is not None:
            gain[:, :, w.axes.rest_of_world] = 0.0
        best = np.argsort(-gain, axis=2, kind="stable")[..., :WISHED_HOSTS]
        code = -2 - (np.int64(1) << best).sum(-1)
        worth = np.take_along_axis(gain, best, 2).sum(-1)
        reach = np.minimum(s.calibration.parameters.cover_reach * base.gdp_usd_bn / base.gdp_usd_bn.sum(), 1.0)
        cash = free_cash(s)[..., 0]
        size = np.minimum(PURSE_CASH_SHARE * cash, RESERVE_ENVELOPES * s.envelope_usd_bn)
        eager = want(p, "security")[..., 0] * want(p, "price")[..., 0]
        free = (w.cover_until <= w.turn) & (size > 0.25 * RESERVE_ENVELOPES * s.envelope_usd_bn)
        score = 0.45 * eager * np.sqrt(reach) * worth * free
        option = WISHED_PERCENT + _TURNS_STEP * WISHED_TURNS
        return alone(s, score[..., None], size[..., None], partner=code[..., None], option=option)

    def obstacles(self, view: NationView) -> list[Problem]:
        """Oneself among the hosts."""
        if view.iso3 not in self.hosts:
            return []
        what = _("{nation} cannot cover its firms against itself", nation=view.name(view.iso3))
        return [self.problem("hosts", what, _("take {nation} off the list", nation=view.name(view.iso3)))]

    def describe(self, view: NationView) -> str:
        """Hosts, part covered, reserve, and what is at stake."""
        hosts = ", ".join(map(view.name, self.hosts)) or _("every nation abroad")
        return _(
            "Risk cover: {part} of losses in {hosts} for {turns} turns, reserve {reserve}; "
            "your firms own {stake} of sites there",
            part=percent(self.percent / 100),
            hosts=hosts,
            turns=self.turns,
            reserve=money(self.reserve_usd_bn),
            stake=money(self._stake_usd_bn(view)),
        )

    def objects(self, view: NationView) -> list[str]:
        """Taxpayers, and miners at home."""
        return [_("taxpayers"), _("miners at home")]

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to what the treasury bears; a quarter of it is proposed."""
        if name != "reserve_usd_bn":
            return None
        unit = Batch.of(view.nation, Row(size=1.0))
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        most = float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0])
        return two_digits(most / 1000), two_digits(most), two_digits(most / 4)

    def _stake_usd_bn(self, view: NationView) -> float:
        """What the nation's firms own at the hosts."""
        share = np.zeros_like(view.world.cover_share)
        share[0, view.nation] = partner_flags(self.batch(view), len(view.axes.nations))[0]
        whole = World(view.axes, view.world.turn, {**view.world.arrays, "cover_share": share})
        return float(covered_usd_bn(whole, view.calibration)[0, view.nation])


def _terms(batch: Batch) -> tuple[Index, Index]:
    """Percent of losses covered and turns, [A] each."""
    return batch.option % _TURNS_STEP, batch.option // _TURNS_STEP


def _names_itself(batch: Batch) -> Flags:
    """Whether a nation is among its own hosts, [A]."""
    bits = np.where(batch.partner < -1, -2 - batch.partner, 0)
    named: Flags = (batch.partner == batch.n) | (bits >> batch.n & 1 == 1)
    return named
